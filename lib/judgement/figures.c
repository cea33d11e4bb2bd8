// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/figures.h"

#include "judgement/cause.h"
#include "judgement/stages.h"

/* A figure to which a unit belongs, does not belong, or may belong. */
static void count(struct sr_u64 *figure, enum sr_truth belongs, uint64_t amount)
{
	if (belongs == SR_YES)
		figure->value += amount;
	figure->known &= belongs != SR_UNKNOWN;
}

static enum sr_truth is_in_state(const struct sr_range_report *unit, enum sr_state state)
{
	if (unit->state == state)
		return SR_YES;
	return unit->state == SR_STATE_UNKNOWN ? SR_UNKNOWN : SR_NO;
}

static enum sr_truth is_owned_by(const struct sr_range_report *unit, enum sr_owner owner)
{
	if (unit->owner == owner)
		return SR_YES;
	return unit->owner == SR_OWNER_UNKNOWN ? SR_UNKNOWN : SR_NO;
}

static void count_shares(struct sr_figures *figures, const struct sr_range_report *unit)
{
	uint64_t size = sr_range_size(unit->range);

	for (int owner = 0; owner < SR_OWNER_COUNT; owner++) {
		for (int state = 0; state < SR_STATE_COUNT; state++)
			count(&figures->bytes[owner][state],
			      sr_truth_and(is_owned_by(unit, owner), is_in_state(unit, state)),
			      size);
	}
}

/* Before CXL has settled it is not judged (alarm.c), and nobody can know it. */
static enum sr_truth is_unusable(const struct sr_report *report, const struct sr_range_report *unit)
{
	enum sr_truth unusable = is_in_state(unit, SR_STATE_UNUSABLE);

	return report->settled == SR_NO && unusable == SR_YES ? SR_UNKNOWN : unusable;
}

static enum sr_truth is_uncontained(const struct sr_range_report *unit)
{
	if (sr_is_containment_unknown(unit))
		return SR_UNKNOWN;
	return unit->contained == SR_NO ? SR_YES : SR_NO;
}

static void count_problem(struct sr_figures *figures, const struct sr_range_report *unit)
{
	const enum sr_code *cause = sr_cause(unit);
	/* What could not be read has a cause, and may have another one besides. */
	bool is_whole = unit->state != SR_STATE_UNKNOWN;
	enum sr_problem_owner whose;

	for (int owner = 0; owner < SR_PROBLEM_OWNER_COUNT; owner++)
		figures->problems[owner].known &= is_whole;
	if (!cause)
		return;
	whose = sr_problem_owner_of(unit, *cause);
	figures->problems[whose].value += sr_range_size(unit->range);
	if (whose == SR_PROBLEM_OF_UNKNOWN) {
		figures->problems[SR_PROBLEM_OF_FIRMWARE].known = false;
		figures->problems[SR_PROBLEM_OF_ADMINISTRATOR].known = false;
	}
}

static void count_unit(const struct sr_report *report, struct sr_figures *figures,
		       const struct sr_range_report *unit)
{
	uint64_t size = sr_range_size(unit->range);
	bool is_unknown = unit->state == SR_STATE_UNKNOWN;

	count_shares(figures, unit);
	sr_u64_add(&figures->lost, unit->lost);
	sr_u64_add(&figures->online, unit->online);
	count(&figures->unusable, is_unusable(report, unit), size);
	count(&figures->idle, is_in_state(unit, SR_STATE_IDLE), size);
	count(&figures->unknown, is_unknown ? SR_YES : SR_NO, size);
	count(&figures->uncontained, is_uncontained(unit), size);
	count_problem(figures, unit);
}

static enum sr_containment containment_of(const struct sr_range_report *row)
{
	if (row->contained != SR_UNKNOWN)
		return row->contained == SR_YES ? SR_CONTAINED : SR_NOT_CONTAINED;
	return sr_is_containment_unknown(row) ? SR_CONTAINMENT_UNKNOWN : SR_IN_NO_WINDOW;
}

static void count_ranges(const struct sr_report *report, struct sr_figures *figures)
{
	const struct sr_range_report *range;
	bool any_unknown;

	sr_for_each (range, &report->ranges)
		figures->ranges[containment_of(range)].value++;
	any_unknown = figures->ranges[SR_CONTAINMENT_UNKNOWN].value;
	for (int i = 0; i < SR_CONTAINMENT_COUNT; i++)
		figures->ranges[i].known &= !any_unknown || i == SR_CONTAINMENT_UNKNOWN;
}

static void count_reasons(const struct sr_report *report, struct sr_figures *figures)
{
	const struct sr_range_report *unit;
	const struct sr_finding *finding;
	const enum sr_code *why;

	sr_for_each (unit, &report->units) {
		sr_for_each (why, &unit->why)
			figures->reasons[*why][sr_problem_owner_of(unit, *why)]++;
	}
	sr_for_each (finding, &report->findings)
		figures->reasons[finding->code][sr_codes[finding->code].owner]++;
}

/* All at 0, which is known where no range can be missing. */
static void start(const struct sr_report *report, struct sr_figures *figures)
{
	bool is_whole = report->soft_reserved_whole && report->ranges.count < SR_RANGE_LIMIT;
	const struct sr_u64 zero = { .value = 0, .known = is_whole };

	*figures = (struct sr_figures){
		.accelerators = zero,
		.lost = zero,
		.unusable = zero,
		.idle = zero,
		.unknown = zero,
		.online = zero,
		.uncontained = zero,
	};
	for (int i = 0; i < SR_CONTAINMENT_COUNT; i++)
		figures->ranges[i] = zero;
	for (int owner = 0; owner < SR_OWNER_COUNT; owner++) {
		for (int state = 0; state < SR_STATE_COUNT; state++)
			figures->bytes[owner][state] = zero;
	}
	for (int owner = 0; owner < SR_PROBLEM_OWNER_COUNT; owner++)
		figures->problems[owner] = zero;
}

void sr_figures_make(const struct sr_report *report, struct sr_figures *ret_figures)
{
	const struct sr_range_report *unit;

	start(report, ret_figures);
	sr_for_each (unit, &report->units) {
		if (unit->accelerator == SR_YES)
			ret_figures->accelerators.value += sr_range_size(unit->range);
		else
			count_unit(report, ret_figures, unit);
	}
	count_ranges(report, ret_figures);
	count_reasons(report, ret_figures);
}

const char *sr_containment_name(enum sr_containment containment)
{
	static const char *const names[SR_CONTAINMENT_COUNT] = {
		[SR_CONTAINED] = "yes",
		[SR_NOT_CONTAINED] = "no",
		[SR_CONTAINMENT_UNKNOWN] = "unknown",
		[SR_IN_NO_WINDOW] = "no-window",
	};

	return names[containment];
}
