// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Does one committed region contain a decision unit, and if not, why not.
 * The rule is that of region_contains_resource() (drivers/cxl/core/region.c, v7.1):
 * the region's state is COMMIT, which sysfs shows as `commit` 1, and its resource
 * contains the range; equal counts, two regions together do not.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/range-list.h"
#include "base/sweep.h"
#include "judgement/stages.h"

/* What the regions that overlap one range amount to. */
struct overlap {
	const struct sr_region *container; /* committed, contains the range */
	size_t committed, uncommitted, unread;
	bool unknown;  /* one that could be the container, for all that was read */
	bool unplaced; /* one that could lie here */
};

struct judging {
	struct sr_report *report;
	struct sr_sweep windows, regions;
	bool window_published; /* or could be: no CXL root device waits for its driver */
	bool has_unplaced;     /* a region of which nobody can say where it lies */
};

static int compare_regions(const void *a, const void *b)
{
	const struct sr_region_report *left = a, *right = b;

	if (left->has_range != right->has_range)
		return left->has_range ? -1 : 1;
	if (!left->has_range)
		return 0;
	return sr_range_compare(left->range, right->range);
}

static int list_regions(struct sr_report *report, sr_range_list *ranges)
{
	const struct sr_region *region;
	const struct sr_region_report *listed;

	sr_for_each (region, &report->snapshot->regions) {
		struct sr_region_report *item = sr_list_add(&report->regions);

		if (!item)
			return -ENOMEM;
		item->region = region;
		item->has_range = sr_region_range(region, &item->range);
		/* Without a resource nothing touches it; without a readable one, who knows. */
		item->soft_reserved = item->has_range || !region->has_resource ? SR_NO : SR_UNKNOWN;
	}
	if (report->regions.count)
		qsort(report->regions.items, report->regions.count, sizeof(*report->regions.items),
		      compare_regions);
	sr_for_each (listed, &report->regions) {
		if (listed->has_range && sr_range_list_add(ranges, listed->range))
			return -ENOMEM;
	}
	return 0;
}

static bool has_unplaced_region(const struct sr_report *report)
{
	const struct sr_region_report *item;

	sr_for_each (item, &report->regions) {
		if (item->soft_reserved == SR_UNKNOWN)
			return true;
	}
	return false;
}

static bool has_hidden_region(const struct sr_report *report)
{
	const struct sr_region_report *item;

	sr_for_each (item, &report->regions) {
		if (item->soft_reserved == SR_UNKNOWN && item->region->committed != SR_NO)
			return true;
	}
	return !sr_source_was_read(report->snapshot, SR_SOURCE_CXL) &&
	       report->snapshot->notes[SR_SOURCE_CXL].state != SR_SOURCE_ABSENT;
}

static struct overlap weigh_regions(struct judging *judging, struct sr_range range)
{
	struct overlap overlap = {
		.unknown = !judging->report->regions_whole,
		.unplaced = judging->has_unplaced,
	};
	const size_t *index;

	sr_for_each (index, &judging->regions.active) {
		struct sr_region_report *item = &judging->report->regions.items[*index];
		bool contains = sr_range_contains(item->range, range);

		item->soft_reserved = SR_YES;
		if (item->region->committed == SR_YES) {
			overlap.committed++;
			if (contains && !overlap.container)
				overlap.container = item->region;
		} else if (item->region->committed == SR_NO) {
			overlap.uncommitted++;
		} else {
			overlap.unread++;
			overlap.unknown |= contains;
		}
	}
	return overlap;
}

static int explain_by_regions(struct sr_range_report *row, const struct overlap *overlap)
{
	bool unknown = overlap->unknown || overlap->unread || overlap->unplaced;

	if (unknown && sr_add_why(row, SR_CODE_REGION_UNKNOWN))
		return -ENOMEM;
	if (overlap->uncommitted && sr_add_why(row, SR_CODE_REGION_NOT_COMMITTED))
		return -ENOMEM;
	if (overlap->committed)
		return sr_add_why(row, overlap->committed > 1 ? SR_CODE_SPANS_REGIONS
							      : SR_CODE_REGION_SMALLER);
	if (!overlap->uncommitted && !unknown)
		return sr_add_why(row, SR_CODE_NO_REGION);
	return 0;
}

/*
 * A region lies within its root decoder, which the node in /proc/iomem can exceed,
 * so "beyond" is measured by the root decoder where it is known.
 */
static int explain_by_windows(struct sr_range_report *row)
{
	sr_auto_range_list sr_range_list covered = { 0 };
	const struct sr_window **window;

	sr_for_each (window, &row->windows) {
		struct sr_range range = (*window)->range;

		if ((*window)->decoder)
			sr_root_decoder_range((*window)->decoder, &range);
		if (sr_range_list_add(&covered, range))
			return -ENOMEM;
	}
	sr_range_list_join(&covered);
	if (sr_range_list_bytes_in(&covered, row->range) < sr_range_size(row->range) &&
	    sr_add_why(row, SR_CODE_BEYOND_WINDOW))
		return -ENOMEM;
	return row->windows.count > 1 ? sr_add_why(row, SR_CODE_SPANS_WINDOWS) : 0;
}

/* No window in a list that may lack some is no answer. */
static bool windows_are_whole(const struct sr_snapshot *snapshot)
{
	return sr_source_is_whole(snapshot, SR_SOURCE_IOMEM) ||
	       sr_source_is_whole(snapshot, SR_SOURCE_CXL) ||
	       snapshot->notes[SR_SOURCE_CXL].state == SR_SOURCE_ABSENT;
}

/* cxl_acpi binds to ACPI0017 and publishes the windows (drivers/cxl/acpi.c). */
static bool has_unbound_root(const struct sr_snapshot *snapshot)
{
	const struct sr_platform_device *root;

	sr_for_each (root, &snapshot->cxl_roots) {
		if (root->driver.known && !root->driver.value)
			return true;
	}
	return false;
}

static int judge_range(struct judging *judging, struct sr_range_report *row)
{
	struct overlap overlap = weigh_regions(judging, row->range);

	if (!row->touches_window && judging->report->windows_whole)
		return sr_add_why(row, judging->window_published ? SR_CODE_NO_WINDOW
								 : SR_CODE_NO_WINDOW_PUBLISHED);
	/* A committed region lies in a window, be that readable or not. */
	row->region = overlap.container;
	if (overlap.container) {
		row->contained = SR_YES;
		return 0;
	}
	if (!row->touches_window)
		return sr_add_why(row, SR_CODE_WINDOWS_UNKNOWN);
	row->contained = overlap.unknown ? SR_UNKNOWN : SR_NO;
	if (explain_by_windows(row))
		return -ENOMEM;
	return explain_by_regions(row, &overlap);
}

static int find_windows(struct judging *judging, struct sr_range_report *row)
{
	const size_t *index;

	sr_for_each (index, &judging->windows.active) {
		const struct sr_window **item = sr_list_add(&row->windows);

		if (!item)
			return -ENOMEM;
		*item = &judging->report->windows.items[*index];
	}
	row->touches_window = row->windows.count > 0;
	return 0;
}

/* Windows without a range come last, so the indices of the others stay as they are. */
static int list_windows(const struct sr_report *report, sr_range_list *ranges)
{
	const struct sr_window *window;

	sr_for_each (window, &report->windows) {
		if (window->has_range && sr_range_list_add(ranges, window->range))
			return -ENOMEM;
	}
	return 0;
}

static void judging_done(struct judging *judging)
{
	sr_sweep_done(&judging->windows);
	sr_sweep_done(&judging->regions);
}

int sr_judge_containment(struct sr_report *report)
{
	__attribute__((cleanup(judging_done))) struct judging judging = { .report = report };
	sr_auto_range_list sr_range_list windows = { 0 };
	sr_auto_range_list sr_range_list regions = { 0 };
	struct sr_range_report *row;

	if (list_windows(report, &windows) || list_regions(report, &regions) ||
	    sr_sweep_start(&judging.windows, windows.items, windows.count) ||
	    sr_sweep_start(&judging.regions, regions.items, regions.count))
		return -ENOMEM;
	report->regions_whole = !has_hidden_region(report);
	judging.has_unplaced = has_unplaced_region(report);
	report->windows_whole = windows_are_whole(report->snapshot);
	judging.window_published = !has_unbound_root(report->snapshot);
	sr_for_each (row, &report->units) {
		if (sr_sweep_to(&judging.windows, row->range) ||
		    sr_sweep_to(&judging.regions, row->range) || find_windows(&judging, row) ||
		    judge_range(&judging, row))
			return -ENOMEM;
	}
	return 0;
}
