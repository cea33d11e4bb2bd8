// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the kernel looks at for each range that it decides on. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/sweep.h"
#include "judgement/predicted-tree.h"
#include "judgement/predicting.h"

/* The alignment of dax regions on x86: PMD_SIZE (drivers/dax/hmem/hmem.c, dax/cxl.c). */
#define DAX_REGION_ALIGNMENT (UINT64_C(2) << 20)

struct listing {
	struct sr_predicting *predicting;
	sr_range_list soft_reserved;
	sr_range_list windows, boot; /* unlike the next, these need not be disjoint */
	struct sr_sweep window_sweep, region_sweep, boot_sweep;
};

static void listing_done(struct listing *listing)
{
	sr_range_list_free(&listing->soft_reserved);
	sr_range_list_free(&listing->windows);
	sr_range_list_free(&listing->boot);
	sr_sweep_done(&listing->window_sweep);
	sr_sweep_done(&listing->region_sweep);
	sr_sweep_done(&listing->boot_sweep);
}

static int list_ranges(struct listing *listing)
{
	const struct sr_predicting *predicting = listing->predicting;
	const struct sr_report *report = predicting->report;
	struct sr_predicted_tree tree = {
		.rule = predicting->rule,
		.of_this_kernel = predicting->own,
		.shown = predicting->shown,
	};
	const struct sr_range_report *row;
	sr_auto_iomem_nodes sr_iomem_node_list windows = { 0 };
	const struct sr_iomem_node *node;

	sr_for_each (row, &report->ranges) {
		if (sr_range_list_add(&listing->soft_reserved, row->range))
			return -ENOMEM;
	}
	if (sr_predicted_windows(report, &tree, &windows))
		return -ENOMEM;
	sr_for_each (node, &windows) {
		if (sr_range_list_add(&listing->windows, node->range))
			return -ENOMEM;
	}
	sr_for_each (node, &report->snapshot->iomem) {
		if (sr_is_boot_node(node) && sr_range_list_add(&listing->boot, node->range))
			return -ENOMEM;
	}
	return 0;
}

static bool overlaps_any(const struct sr_sweep *sweep, struct sr_range range)
{
	const size_t *index;

	sr_for_each (index, &sweep->active) {
		if (sr_range_overlaps(sweep->ranges[*index], range))
			return true;
	}
	return false;
}

static enum sr_truth touches_window(const struct listing *listing, struct sr_range range)
{
	if (overlaps_any(&listing->window_sweep, range))
		return SR_YES;
	return listing->predicting->windows_whole ? SR_NO : SR_UNKNOWN;
}

/* region_contains_resource(), drivers/cxl/core/region.c: its state and its range only. */
static enum sr_truth is_contained(const struct listing *listing, struct sr_range range)
{
	const struct sr_predicting *predicting = listing->predicting;
	enum sr_truth contained = predicting->regions_whole ? SR_NO : SR_UNKNOWN;
	const size_t *index;

	sr_for_each (index, &listing->region_sweep.active) {
		const struct sr_predicted_region *region = &predicting->regions.items[*index];

		if (!sr_range_contains(region->range, range))
			continue;
		if (region->committed == SR_YES)
			return SR_YES;
		if (region->committed == SR_UNKNOWN)
			contained = SR_UNKNOWN;
	}
	return contained;
}

/*
 * __region_intersects() (kernel/resource.c): other nodes than Soft Reserved ones make
 * it REGION_MIXED, unless Soft Reserved memory covers what they share with the range.
 */
static bool holds_other_memory(const struct listing *listing, struct sr_range range)
{
	const size_t *index;
	struct sr_range common;

	sr_for_each (index, &listing->boot_sweep.active) {
		if (sr_range_intersect(listing->boot.items[*index], range, &common) &&
		    sr_range_list_bytes_in(&listing->soft_reserved, common) < sr_range_size(common))
			return true;
	}
	return false;
}

/*
 * Only a kernel that has Soft Reserved ranges in /proc/iomem looks for them among all
 * that is there; v7.0 gave them a tree of their own, where nothing else can be.
 */
static enum sr_truth is_mixed(const struct listing *listing, struct sr_range range)
{
	const struct sr_predicting *predicting = listing->predicting;
	bool whole = sr_source_is_whole(predicting->report->snapshot, SR_SOURCE_IOMEM);
	bool seen = predicting->own && (whole || predicting->shown);

	if (seen ? !predicting->shown : !sr_rule_shows_soft_reserved(predicting->rule))
		return SR_NO;
	if (holds_other_memory(listing, range))
		return SR_YES;
	/* What lies in Soft Reserved memory does not count, whatever it is. */
	if (whole || sr_range_list_bytes_in(&listing->soft_reserved, range) == sr_range_size(range))
		return SR_NO;
	return SR_UNKNOWN;
}

static bool is_aligned(struct sr_range range)
{
	return range.start % DAX_REGION_ALIGNMENT == 0 &&
	       (range.end + 1) % DAX_REGION_ALIGNMENT == 0;
}

static int look(struct listing *listing, struct sr_decision *decision)
{
	struct sr_range range = decision->range;

	if (sr_sweep_to(&listing->window_sweep, range) ||
	    sr_sweep_to(&listing->region_sweep, range) || sr_sweep_to(&listing->boot_sweep, range))
		return -ENOMEM;
	decision->touches = touches_window(listing, range);
	decision->contained = is_contained(listing, range);
	decision->mixed = is_mixed(listing, range);
	decision->aligned = is_aligned(range);
	return 0;
}

/* Units of one candidate stand side by side. */
static int list_candidates(struct sr_predicting *predicting)
{
	const struct sr_report *report = predicting->report;
	struct sr_decision *decision = NULL;

	for (size_t i = 0; i < report->units.count; i++) {
		const struct sr_range_report *unit = &report->units.items[i];

		if (!unit->has_candidate)
			continue;
		if (decision && sr_range_equal(decision->range, unit->candidate)) {
			decision->unit_count = i + 1 - decision->first_unit;
			continue;
		}
		decision = sr_list_add(&predicting->decisions);
		if (!decision)
			return -ENOMEM;
		*decision = (struct sr_decision){ unit->candidate, i, 1 };
	}
	return 0;
}

static int look_at_all(struct sr_predicting *predicting)
{
	__attribute__((cleanup(listing_done))) struct listing listing = {
		.predicting = predicting,
	};
	const sr_range_list *regions = &predicting->region_ranges;
	struct sr_decision *decision;

	if (list_ranges(&listing) ||
	    sr_sweep_start(&listing.window_sweep, listing.windows.items, listing.windows.count) ||
	    sr_sweep_start(&listing.region_sweep, regions->items, regions->count) ||
	    sr_sweep_start(&listing.boot_sweep, listing.boot.items, listing.boot.count))
		return -ENOMEM;
	sr_for_each (decision, &predicting->decisions) {
		if (look(&listing, decision))
			return -ENOMEM;
	}
	return 0;
}

static void decision_list_guard(sr_decision_list *list)
{
	sr_list_free(list);
}

static int add_decision(sr_decision_list *list, struct sr_decision decision)
{
	struct sr_decision *last = list->count ? &list->items[list->count - 1] : NULL;

	/* One that reaches over several entries of the map comes once for each. */
	if (last && last->first_unit == decision.first_unit)
		return 0;
	last = sr_list_add(list);
	if (!last)
		return -ENOMEM;
	*last = decision;
	return 0;
}

/* @decided: for each unit the decision on it, or NULL. */
static int decide_entry(const struct sr_range_report *entry,
			const struct sr_decision *const decided[], sr_decision_list *list)
{
	bool asked = false;

	for (size_t i = entry->first_unit; i < entry->first_unit + entry->unit_count; i++) {
		if (!decided[i] || decided[i]->mixed == SR_YES)
			continue;
		asked = true;
		if (add_decision(list, *decided[i]))
			return -ENOMEM;
	}
	if (asked)
		return 0;
	return add_decision(list, (struct sr_decision){ .range = entry->range,
							.first_unit = entry->first_unit,
							.unit_count = entry->unit_count,
							.by_entry = true });
}

static void find_decided(const struct sr_predicting *predicting,
			 const struct sr_decision *decided[])
{
	const struct sr_decision *decision;

	sr_for_each (decision, &predicting->decisions) {
		for (size_t i = 0; i < decision->unit_count; i++)
			decided[decision->first_unit + i] = decision;
	}
}

/*
 * Before v6.3 a range is asked whether it is Soft Reserved, and nothing else, before it
 * comes into any list or tree (hmem_register_device(), drivers/dax/hmem/device.c of v6.1;
 * since then hmem_register_resource() lists all, and asks later). So a range of the SRAT
 * with other memory in it, DRAM as a rule, is in nobody's way: the entry of the map is
 * taken as it is.
 */
static int decide_by_entries(struct sr_predicting *predicting)
{
	__attribute__((cleanup(decision_list_guard))) sr_decision_list list = { 0 };
	const struct sr_report *report = predicting->report;
	sr_auto_free const struct sr_decision **decided =
		calloc(report->units.count + 1, sizeof(*decided));
	const struct sr_range_report *entry;

	if (!decided)
		return -ENOMEM;
	find_decided(predicting, decided);
	sr_for_each (entry, &report->ranges) {
		if (decide_entry(entry, decided, &list))
			return -ENOMEM;
	}
	sr_list_free(&predicting->decisions);
	predicting->decisions = list;
	list = (sr_decision_list){ 0 };
	return look_at_all(predicting);
}

int sr_list_decisions(struct sr_predicting *predicting)
{
	if (list_candidates(predicting) || look_at_all(predicting))
		return -ENOMEM;
	return predicting->rule == SR_RULE_HMEM_ONLY ? decide_by_entries(predicting) : 0;
}
