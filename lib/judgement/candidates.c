// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The memory ranges of the SRAT come first, all of them, where the kernel takes the
 * HMAT (hmat_register_target_devices(), drivers/acpi/numa/hmat.c); then the Soft
 * Reserved entries of the memory map (hmem_init(), drivers/dax/hmem/device.c). One
 * that overlaps another which is listed already is left out whole, so an entry that
 * the SRAT covers in part is decided on in that part only.
 */
#include "judgement/candidates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Twice what any kernel takes: NR_NODE_MEMBLKS is two for each of 1024 nodes. */
#define AFFINITY_LIMIT 4096

/* A memory range of the SRAT, and where its proximity domain stands in the table. */
struct affinity {
	struct sr_range range;
	size_t domain;
};

typedef SR_LIST(struct affinity) affinity_list;

static void affinity_list_guard(affinity_list *list)
{
	sr_list_free(list);
}

/*
 * Where the kernel log alone tells of the SRAT, it may not tell of the HMAT. A platform
 * that describes CXL memory in the one has the other as a rule, so only its absence, or
 * that the kernel refuses it, makes the difference.
 */
enum sr_truth sr_srat_counts(const struct sr_snapshot *snapshot)
{
	const struct sr_acpi *acpi = &snapshot->acpi;

	if (acpi->hmat_used == SR_NO)
		return SR_NO;
	return acpi->memory_known && acpi->memory.count <= AFFINITY_LIMIT ? SR_YES : SR_UNKNOWN;
}

/* alloc_memory_target() refuses what overlaps a range of the same domain. */
static bool is_refused(const affinity_list *list, const struct affinity *affinity)
{
	const struct affinity *other;

	sr_for_each (other, list) {
		if (other->domain == affinity->domain &&
		    sr_range_overlaps(other->range, affinity->range))
			return true;
	}
	return false;
}

/* The index of the first structure with the same domain. */
static size_t domain_of(const struct sr_acpi *acpi, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (acpi->memory.items[i].proximity_domain ==
		    acpi->memory.items[index].proximity_domain)
			return i;
	}
	return index;
}

/* The kernel goes through the domains in turn, and through each by address. */
static int compare_affinities(const void *a, const void *b)
{
	const struct affinity *left = a, *right = b;

	if (left->domain != right->domain)
		return left->domain < right->domain ? -1 : 1;
	return sr_range_compare(left->range, right->range);
}

static int list_affinities(const struct sr_acpi *acpi, affinity_list *list)
{
	for (size_t i = 0; i < acpi->memory.count; i++) {
		struct affinity affinity = { acpi->memory.items[i].range, domain_of(acpi, i) };
		struct affinity *item;

		if (is_refused(list, &affinity))
			continue;
		item = sr_list_add(list);
		if (!item)
			return -ENOMEM;
		*item = affinity;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_affinities);
	return 0;
}

/* The index of the first that does not end below @address. */
static size_t find_from(const sr_candidate_list *list, uint64_t address)
{
	return sr_range_first(list->items, list->count, sizeof(*list->items), address);
}

static int add_candidate(sr_candidate_list *list, struct sr_range range, bool of_srat)
{
	size_t at = find_from(list, range.start);

	if (at < list->count && sr_range_overlaps(list->items[at].range, range))
		return 0;
	if (!sr_list_add(list))
		return -ENOMEM;
	memmove(&list->items[at + 1], &list->items[at],
		(list->count - 1 - at) * sizeof(*list->items));
	list->items[at] = (struct sr_candidate){ .range = range, .of_srat = of_srat };
	return 0;
}

static int add_srat(const struct sr_acpi *acpi, sr_candidate_list *list)
{
	__attribute__((cleanup(affinity_list_guard))) affinity_list affinities = { 0 };
	const struct affinity *affinity;

	if (list_affinities(acpi, &affinities))
		return -ENOMEM;
	sr_for_each (affinity, &affinities) {
		if (add_candidate(list, affinity->range, true))
			return -ENOMEM;
	}
	return 0;
}

static int compare_candidates(const void *a, const void *b)
{
	return sr_range_compare(((const struct sr_candidate *)a)->range,
				((const struct sr_candidate *)b)->range);
}

/* They are disjoint, so only those of the SRAT can be in the way. */
static int add_map(const sr_range_list *soft_reserved, sr_candidate_list *list)
{
	__attribute__((cleanup(sr_candidate_list_guard))) sr_candidate_list added = { 0 };
	const struct sr_range *range;
	struct sr_candidate *item;

	sr_for_each (range, soft_reserved) {
		size_t at = find_from(list, range->start);

		if (at < list->count && sr_range_overlaps(list->items[at].range, *range))
			continue;
		item = sr_list_add(&added);
		if (!item)
			return -ENOMEM;
		item->range = *range;
	}
	for (size_t i = 0; i < added.count; i++) {
		item = sr_list_add(list);
		if (!item)
			return -ENOMEM;
		*item = added.items[i];
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_candidates);
	return 0;
}

int sr_list_candidates(const struct sr_snapshot *snapshot, const sr_range_list *soft_reserved,
		       sr_candidate_list *ret_candidates)
{
	__attribute__((cleanup(sr_candidate_list_guard))) sr_candidate_list list = { 0 };

	if (sr_srat_counts(snapshot) == SR_YES && add_srat(&snapshot->acpi, &list))
		return -ENOMEM;
	if (add_map(soft_reserved, &list))
		return -ENOMEM;
	*ret_candidates = list;
	list = (sr_candidate_list){ 0 };
	return 0;
}
