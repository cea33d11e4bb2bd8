// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Decision units: the Soft Reserved ranges, cut where the ranges that the kernel
 * decides on (candidates.c) begin and end. A merged entry of the firmware's map can
 * be several decisions, as on a machine whose two windows share one entry while the
 * SRAT has a range for each.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/range-list.h"
#include "judgement/candidates.h"
#include "judgement/stages.h"

struct cutting {
	struct sr_report *report;
	enum sr_truth srat_counts;
	sr_candidate_list candidates;
};

static void cutting_done(struct cutting *cutting)
{
	sr_list_free(&cutting->candidates);
}

static enum sr_boundary boundary_of(const struct cutting *cutting,
				    const struct sr_candidate *candidate)
{
	if (cutting->srat_counts == SR_UNKNOWN)
		return SR_BOUNDARY_UNKNOWN;
	return candidate && !candidate->of_srat ? SR_BOUNDARY_MAP : SR_BOUNDARY_SRAT;
}

/* @candidate: NULL for a part that is in none. */
static int add_unit(struct cutting *cutting, size_t parent, struct sr_range range,
		    const struct sr_candidate *candidate)
{
	struct sr_report *report = cutting->report;
	struct sr_range_report *unit = sr_list_add(&report->units);

	if (!unit)
		return -ENOMEM;
	unit->range = range;
	unit->parent = parent;
	unit->sources = report->ranges.items[parent].sources;
	unit->rule = &report->rule;
	unit->made_by_command_line = report->ranges.items[parent].made_by_command_line;
	unit->boundary = boundary_of(cutting, candidate);
	unit->has_candidate = candidate;
	unit->is_decided = candidate;
	if (candidate)
		unit->candidate = unit->decided_on = candidate->range;
	return 0;
}

/* @next: the first candidate that can overlap this range; moved on to the next one. */
static int cut_range(struct cutting *cutting, size_t parent, size_t *next)
{
	struct sr_range rest = cutting->report->ranges.items[parent].range;

	for (; *next < cutting->candidates.count; (*next)++) {
		const struct sr_candidate *candidate = &cutting->candidates.items[*next];
		struct sr_range common;

		if (candidate->range.end < rest.start)
			continue;
		if (!sr_range_intersect(candidate->range, rest, &common))
			break;
		if (common.start > rest.start &&
		    add_unit(cutting, parent, (struct sr_range){ rest.start, common.start - 1 },
			     NULL))
			return -ENOMEM;
		if (add_unit(cutting, parent, common, candidate))
			return -ENOMEM;
		if (common.end == rest.end)
			return 0;
		rest.start = common.end + 1;
	}
	return add_unit(cutting, parent, rest, NULL);
}

/* Where the source says why it fell short; else there is nothing that anybody can do. */
static int note_unknown(const struct cutting *cutting)
{
	struct sr_report *report = cutting->report;

	if (cutting->srat_counts != SR_UNKNOWN || !report->units.count ||
	    sr_source_is_whole(report->snapshot, SR_SOURCE_ACPI))
		return 0;
	return sr_add_finding(report, SR_CODE_BOUNDARIES_UNKNOWN, "%s",
			      sr_codes[SR_CODE_BOUNDARIES_UNKNOWN].sentence);
}

int sr_cut_units(struct sr_report *report)
{
	__attribute__((cleanup(cutting_done))) struct cutting cutting = {
		.report = report,
		.srat_counts = sr_srat_counts(report->snapshot),
	};
	sr_auto_range_list sr_range_list ranges = { 0 };
	const struct sr_range_report *range;
	size_t next = 0;

	sr_for_each (range, &report->ranges) {
		if (sr_range_list_add(&ranges, range->range))
			return -ENOMEM;
	}
	if (sr_list_candidates(report->snapshot, &ranges, &cutting.candidates))
		return -ENOMEM;
	for (size_t i = 0; i < report->ranges.count; i++) {
		report->ranges.items[i].first_unit = report->units.count;
		if (cut_range(&cutting, i, &next))
			return -ENOMEM;
		report->ranges.items[i].unit_count =
			report->units.count - report->ranges.items[i].first_unit;
	}
	return note_unknown(&cutting);
}
