// SPDX-License-Identifier: LGPL-2.1-or-later
/* The machine as the checks look at it: windows, regions, the SRAT, and the parts that the
 * kernel decides on. */
#include <errno.h>
#include <stdlib.h>

#include "lint/linting.h"
#include "snapshot/command-line.h"

static int list_fixed(const struct sr_linting *linting, sr_place_list *list)
{
	const struct sr_fixed_window *window;

	sr_for_each (window, &linting->snapshot->acpi.windows) {
		struct sr_place *place = sr_place_add(list, window->range);

		if (!place)
			return -ENOMEM;
		place->fixed = window;
	}
	return 0;
}

static int list_roots(const struct sr_linting *linting, sr_place_list *list)
{
	const struct sr_root_decoder *decoder;
	struct sr_range range;

	sr_for_each (decoder, &linting->snapshot->root_decoders) {
		struct sr_place *place;

		if (!sr_root_decoder_range(decoder, &range))
			continue;
		place = sr_place_add(list, range);
		if (!place)
			return -ENOMEM;
		place->root = decoder;
	}
	return 0;
}

static int list_nodes(const struct sr_linting *linting, sr_place_list *list)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &linting->snapshot->iomem) {
		struct sr_place *place;

		if (node->kind != SR_IOMEM_CXL_WINDOW)
			continue;
		place = sr_place_add(list, node->range);
		if (!place)
			return -ENOMEM;
		place->node = node;
	}
	return 0;
}

/*
 * The CEDT has what firmware says. A root decoder has the range of its CFMWS; the node in
 * /proc/iomem may have been widened (add_cxl_resources(), drivers/cxl/acpi.c), so it
 * counts only where neither of the others tells.
 */
static int look_at_windows(struct sr_linting *linting)
{
	static int (*const list[])(const struct sr_linting *, sr_place_list *) = {
		list_fixed,
		list_roots,
		list_nodes,
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		sr_auto_places sr_place_list found = { 0 };

		if (list[i](linting, &found) || sr_places_merge(&linting->windows, &found))
			return -ENOMEM;
	}
	return 0;
}

static int look_at_regions(struct sr_linting *linting)
{
	const struct sr_region_report *item;

	sr_for_each (item, &linting->report->regions) {
		struct sr_place *place;

		if (!item->has_range || item->region->committed != SR_YES)
			continue;
		place = sr_place_add(&linting->regions, item->range);
		if (!place)
			return -ENOMEM;
		place->region = item->region;
	}
	sr_places_settle(&linting->regions);
	return 0;
}

static int look_at_memory(struct sr_linting *linting)
{
	const struct sr_memory_affinity *memory;

	sr_for_each (memory, &linting->snapshot->acpi.memory) {
		struct sr_place *place = sr_place_add(&linting->memory, memory->range);

		if (!place)
			return -ENOMEM;
		place->memory = memory;
	}
	sr_places_settle(&linting->memory);
	return 0;
}

/*
 * What the command line switches off is no fault of the tables: then they are judged as
 * if they were used (numa_setup(), arch/x86/mm/numa.c).
 */
static enum sr_truth find_splits(const struct sr_snapshot *snapshot)
{
	bool off = sr_kernel_has_word(&snapshot->kernel, "numa=", "off") ||
		   sr_kernel_has_word(&snapshot->kernel, "numa=", "noacpi") ||
		   sr_kernel_has_word(&snapshot->kernel, "numa=", "nohmat");

	if (off && snapshot->acpi.has_hmat != SR_UNKNOWN)
		return snapshot->acpi.has_hmat;
	return snapshot->acpi.hmat_used;
}

static int add_part(struct sr_linting *linting, const struct sr_range_report *row,
		    struct sr_range range, const struct sr_memory_affinity *memory)
{
	struct sr_lint_part *part = sr_list_add(&linting->parts);

	if (!part)
		return -ENOMEM;
	*part = (struct sr_lint_part){ .range = range, .row = row, .memory = memory };
	return 0;
}

/*
 * drivers/acpi/numa/hmat.c registers the ranges of the SRAT before device.c of
 * drivers/dax/hmem gets to those of the map, so each end of one parts a row.
 */
static int split_row(struct sr_linting *linting, const struct sr_range_report *row)
{
	struct sr_range rest = row->range, common;
	const struct sr_place *place;

	sr_for_each_place (place, &linting->memory, row->range) {
		if (!sr_range_intersect(place->range, rest, &common))
			continue;
		if (common.start > rest.start &&
		    add_part(linting, row, (struct sr_range){ rest.start, common.start - 1 }, NULL))
			return -ENOMEM;
		if (add_part(linting, row, common, place->memory))
			return -ENOMEM;
		if (common.end == rest.end)
			return 0;
		rest.start = common.end + 1;
	}
	return add_part(linting, row, rest, NULL);
}

static int look_at_parts(struct sr_linting *linting)
{
	const struct sr_range_report *row;

	sr_for_each (row, &linting->report->ranges) {
		int error = linting->splits == SR_YES ? split_row(linting, row)
						      : add_part(linting, row, row->range, NULL);

		if (error)
			return error;
	}
	return 0;
}

int sr_lint_look(struct sr_linting *linting)
{
	linting->splits = find_splits(linting->snapshot);
	if (look_at_windows(linting) || look_at_regions(linting) || look_at_memory(linting))
		return -ENOMEM;
	return look_at_parts(linting);
}

enum sr_lint_split sr_lint_split_between(const struct sr_linting *linting, uint64_t before,
					 uint64_t from)
{
	/* The first range that reaches @before ends behind it, or the next one begins there. */
	struct sr_range where = { before, from };
	const struct sr_place *place = sr_places_in(&linting->memory, where);
	bool ends, begins;

	if (!place)
		return SR_SPLIT_NONE;
	ends = place->range.end < from;
	begins = place->range.start > before;
	if (!ends && !begins)
		return SR_SPLIT_NONE;
	return linting->splits == SR_NO ? SR_SPLIT_UNUSED : SR_SPLIT_DONE;
}

enum sr_truth sr_lint_allows_type2(const struct sr_place *window)
{
	if (window->fixed)
		return (window->fixed->restrictions & SR_WINDOW_TYPE2) ? SR_YES : SR_NO;
	return window->root ? window->root->capable_type2 : SR_UNKNOWN;
}

enum sr_truth sr_lint_is_type2_only(const struct sr_place *window)
{
	enum sr_truth type2 = sr_lint_allows_type2(window);

	if (type2 != SR_YES)
		return type2;
	if (window->fixed)
		return (window->fixed->restrictions & SR_WINDOW_TYPE3) ? SR_NO : SR_YES;
	switch (window->root->capable_type3) {
	case SR_YES:
		return SR_NO;
	case SR_NO:
		return SR_YES;
	default:
		return SR_UNKNOWN;
	}
}
