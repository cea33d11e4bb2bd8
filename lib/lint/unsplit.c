// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One Soft Reserved range over several windows or regions. Neighbours of one type become
 * one entry of the memory map, so that alone is no fault: then the ranges of the SRAT part
 * it. The kernel takes these only where it takes the HMAT (drivers/acpi/numa/hmat.c).
 */
#include <errno.h>

#include "lint/linting.h"

/* The first of the places where a row is not parted, and how many there are. */
struct gap {
	const struct sr_place *before, *after;
	enum sr_lint_split split;
	size_t count;
};

static void look_between(const struct sr_linting *linting, const struct sr_place *before,
			 const struct sr_place *after, struct gap *gap)
{
	enum sr_lint_split split =
		sr_lint_split_between(linting, before->range.end, after->range.start);

	if (split == SR_SPLIT_DONE || gap->count++)
		return;
	gap->before = before;
	gap->after = after;
	gap->split = split;
}

static struct sr_lint_fact fact_of_gap(const struct sr_linting *linting, const struct gap *gap)
{
	struct sr_range where = { gap->before->range.end, gap->after->range.start };
	const struct sr_place *memory = sr_places_around(&linting->memory, where);

	if (gap->split == SR_SPLIT_UNUSED)
		return sr_lint_fact_of_hmat(linting);
	if (memory)
		return sr_lint_fact_of_place(linting, memory);
	return sr_lint_fact_of_srat(linting, "no memory range ends or begins there");
}

static int add_finding(struct sr_linting *linting, const struct sr_range_report *row,
		       enum sr_code code, const char *kind, const struct gap *gap)
{
	struct sr_lint_finding draft = sr_lint_draft(code, &row->range);
	const char *why = gap->split == SR_SPLIT_UNUSED
				  ? "the SRAT parts it there, but the kernel uses that only "
				    "together with an HMAT"
				  : "the SRAT does not part it there";
	char more[SR_MORE_SIZE];

	draft.facts[0] = sr_lint_fact_of_row(linting, row);
	draft.facts[1] = fact_of_gap(linting, gap);
	sr_lint_blame(row, &draft);
	return sr_lint_add(linting, &draft,
			   "one Soft Reserved range, " SR_RANGE_FORMAT
			   ", spans the %s " SR_RANGE_FORMAT " and " SR_RANGE_FORMAT "%s, and %s",
			   SR_RANGE_VALUES(row->range), kind, SR_RANGE_VALUES(gap->before->range),
			   SR_RANGE_VALUES(gap->after->range), sr_lint_more(gap->count, more), why);
}

int sr_lint_unsplit_windows(struct sr_linting *linting)
{
	const struct sr_range_report *row;

	sr_for_each (row, &linting->report->ranges) {
		const struct sr_place *window, *before = NULL;
		struct gap gap = { 0 };

		sr_for_each_place (window, &linting->windows, row->range) {
			if (before)
				look_between(linting, before, window, &gap);
			before = window;
		}
		if (gap.count &&
		    add_finding(linting, row, SR_CODE_UNSPLIT_WINDOWS, "CXL windows", &gap))
			return -ENOMEM;
	}
	return 0;
}

/* Regions of different windows are parted where the windows are. */
static bool are_in_one_window(const struct sr_linting *linting, const struct sr_place *before,
			      const struct sr_place *after)
{
	const struct sr_place *window = sr_places_in(&linting->windows, before->range);

	return window == sr_places_in(&linting->windows, after->range);
}

int sr_lint_unsplit_regions(struct sr_linting *linting)
{
	const struct sr_range_report *row;

	sr_for_each (row, &linting->report->ranges) {
		const struct sr_place *region, *before = NULL;
		struct gap gap = { 0 };

		sr_for_each_place (region, &linting->regions, row->range) {
			if (before && are_in_one_window(linting, before, region))
				look_between(linting, before, region, &gap);
			before = region;
		}
		if (gap.count &&
		    add_finding(linting, row, SR_CODE_UNSPLIT_REGIONS, "committed regions", &gap))
			return -ENOMEM;
	}
	return 0;
}
