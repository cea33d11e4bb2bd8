// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A bound on how much overlaps how much. On a machine regions, windows and dax devices lie
 * side by side (alloc_hpa() of drivers/cxl/core/region.c, alloc_dev_dax_range() of
 * drivers/dax/bus.c ask for their addresses in a resource tree), so each unit is overlapped
 * by a few, or is one of few. A made capture can have all regions over all units, and what
 * is to be said of each unit then grows with the product.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/range-list.h"
#include "judgement/predicted-tree.h"
#include "judgement/stages.h"

typedef SR_LIST(uint64_t) address_list;

/* Of one kind of things that lie over units; both lists sorted. */
struct bounds {
	address_list starts, ends;
};

static void bounds_guard(struct bounds *bounds)
{
	sr_list_free(&bounds->starts);
	sr_list_free(&bounds->ends);
}

static int add(struct bounds *bounds, struct sr_range range)
{
	uint64_t *start = sr_list_add(&bounds->starts);
	uint64_t *end = sr_list_add(&bounds->ends);

	if (!start || !end)
		return -ENOMEM;
	*start = range.start;
	*end = range.end;
	return 0;
}

static int add_regions(struct bounds *bounds, const struct sr_report *report)
{
	const struct sr_region *region;
	struct sr_range range;

	sr_for_each (region, &report->snapshot->regions) {
		if (sr_region_range(region, &range) && add(bounds, range))
			return -ENOMEM;
	}
	return 0;
}

static int add_windows(struct bounds *bounds, const struct sr_report *report)
{
	const struct sr_window *window;

	sr_for_each (window, &report->windows) {
		if (window->has_range && add(bounds, window->range))
			return -ENOMEM;
	}
	return 0;
}

static int add_dax(struct bounds *bounds, const struct sr_report *report)
{
	const struct sr_dax_device *device;
	const struct sr_dax_region *region;
	const struct sr_range *part;
	struct sr_range range;

	sr_for_each (device, &report->snapshot->dax_devices) {
		sr_for_each (part, &device->ranges) {
			if (add(bounds, *part))
				return -ENOMEM;
		}
	}
	sr_for_each (region, &report->snapshot->dax_regions) {
		if (sr_dax_region_range(region, &range) && add(bounds, range))
			return -ENOMEM;
	}
	return 0;
}

static int add_boot_nodes(struct bounds *bounds, const struct sr_report *report)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &report->snapshot->iomem) {
		if (sr_is_boot_node(node) && add(bounds, node->range))
			return -ENOMEM;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return left < right ? -1 : left > right;
}

static void sort(address_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare);
}

/*
 * Units stand by address and do not overlap, so one pass counts: over a unit is what has
 * begun at its end and has not ended before it.
 */
static uint64_t count(const struct sr_report *report, struct bounds *bounds)
{
	const struct sr_range_report *unit;
	size_t begun = 0, ended = 0;
	uint64_t overlaps = 0;

	sort(&bounds->starts);
	sort(&bounds->ends);
	sr_for_each (unit, &report->units) {
		while (begun < bounds->starts.count &&
		       bounds->starts.items[begun] <= unit->range.end)
			begun++;
		while (ended < bounds->ends.count && bounds->ends.items[ended] < unit->range.start)
			ended++;
		overlaps += begun - ended;
	}
	/* One thing over one unit is what there has to be. */
	return overlaps > bounds->starts.count ? overlaps - bounds->starts.count : 0;
}

int sr_bound_overlaps(struct sr_report *report)
{
	static int (*const kinds[])(struct bounds *, const struct sr_report *) = {
		add_regions,
		add_windows,
		add_dax,
		add_boot_nodes,
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		__attribute__((cleanup(bounds_guard))) struct bounds bounds = { 0 };

		if (kinds[i](&bounds, report))
			return -ENOMEM;
		if (count(report, &bounds) > SR_OVERLAP_LIMIT)
			return -E2BIG;
	}
	return 0;
}
