// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/acpi-merge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "sources/acpi-table.h"

/* An entry of the log, in the order of its range and domain. */
struct logged_entry {
	const struct sr_memory_affinity *memory;
	bool in_table;
};

struct merging {
	struct sr_table table; /* for its faults only */
	struct sr_memory_affinity *entries;
	SR_LIST(struct logged_entry) logged;
	bool compare_log, compare_table; /* whether an entry of it must be in the other */
};

static void merging_free(struct merging *merging)
{
	sr_list_free(&merging->logged);
}

static int compare_entries(const void *a, const void *b)
{
	const struct sr_memory_affinity *one = ((const struct logged_entry *)a)->memory;
	const struct sr_memory_affinity *other = ((const struct logged_entry *)b)->memory;
	int order = sr_range_compare(one->range, other->range);

	if (order || one->proximity_domain == other->proximity_domain)
		return order;
	return one->proximity_domain < other->proximity_domain ? -1 : 1;
}

/* Of equal ones one is kept. */
static void drop_repeated(struct merging *merging)
{
	struct logged_entry *entries = merging->logged.items;
	size_t kept = 0;

	for (size_t i = 0; i < merging->logged.count; i++) {
		if (!kept || compare_entries(&entries[kept - 1], &entries[i]) != 0)
			entries[kept++] = entries[i];
	}
	merging->logged.count = kept;
}

static int sort_logged(struct merging *merging, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct logged_entry *entry = sr_list_add(&merging->logged);

		if (!entry)
			return -ENOMEM;
		entry->memory = &merging->entries[i];
	}
	if (count)
		qsort(merging->logged.items, count, sizeof(*merging->logged.items),
		      compare_entries);
	drop_repeated(merging);
	return 0;
}

static int note_missing(struct merging *merging, const struct sr_memory_affinity *memory,
			const char *where, const char *from)
{
	return sr_table_fault(&merging->table, "%s has 0x%jx-0x%jx in domain %u, %s has not", where,
			      (uintmax_t)memory->range.start, (uintmax_t)memory->range.end,
			      memory->proximity_domain, from);
}

static int take_node(struct merging *merging, struct sr_memory_affinity *memory)
{
	struct logged_entry wanted = { .memory = memory }, *found;

	found = bsearch(&wanted, merging->logged.items, merging->logged.count,
			sizeof(*merging->logged.items), compare_entries);
	if (!found)
		return merging->compare_table
			       ? note_missing(merging, memory, "the table", "the kernel log")
			       : 0;
	found->in_table = true;
	memory->node = found->memory->node;
	return 0;
}

static int compare_both(struct merging *merging, size_t logged, size_t count)
{
	int error = 0;

	for (size_t i = logged; i < count && !error; i++)
		error = take_node(merging, &merging->entries[i]);
	if (!merging->compare_log)
		return error;
	for (size_t i = 0; i < merging->logged.count && !error; i++) {
		if (!merging->logged.items[i].in_table)
			error = note_missing(merging, merging->logged.items[i].memory,
					     "the kernel log", "the table");
	}
	return error;
}

int sr_acpi_merge_memory(struct sr_acpi *acpi, struct sr_pool *pool, size_t logged, bool log_whole,
			 bool table_whole)
{
	static const struct sr_table_format format = { .signature = "SRAT" };
	sr_cleanup(merging_free) struct merging merging = {
		.table = { .format = &format, .acpi = acpi, .pool = pool },
		.entries = acpi->memory.items,
		.compare_log = table_whole,
		.compare_table = log_whole,
	};
	size_t count = acpi->memory.count;
	int error;

	acpi->memory_known = table_whole || (log_whole && logged);
	if (logged && !table_whole && (log_whole || count == logged)) {
		acpi->memory.count = logged;
		return 0;
	}
	if (!logged)
		return 0;
	error = sort_logged(&merging, logged);
	if (!error)
		error = compare_both(&merging, logged, count);
	if (error)
		return error;
	memmove(acpi->memory.items, acpi->memory.items + logged,
		(count - logged) * sizeof(*acpi->memory.items));
	acpi->memory.count = count - logged;
	return 0;
}
