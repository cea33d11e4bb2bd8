/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Decision units of a report on a made machine against those of the slow judge
 * (slow-units.h), and ranges against the sums of their units.
 */
#pragma once

#include "judged.h"
#include "slow-worlds.h"

/* What was seen at least once, so that the cases do not grow dull unnoticed. */
static struct {
	size_t cases, units, open, cautious, expected;
	unsigned int owners[SR_RULE_COUNT], usables[SR_RULE_COUNT], globals, boundaries, observed;
	bool shadowed, wider;
} seen;

/* The case that failed last, in words. */
static char failure[512];

__attribute__((format(printf, 1, 2))) static inline bool fails(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(failure, sizeof(failure), format, arguments);
	va_end(arguments);
	return false;
}

/* Says, too, which case it was. */
static inline bool fails_under(enum sr_rule captured, enum sr_rule rule)
{
	size_t used = strlen(failure);

	snprintf(failure + used, sizeof(failure) - used, "; captured under %s, predicted for %s",
		 captured == SR_RULE_COUNT ? "an unknown rule" : sr_rule_name(captured),
		 sr_rule_name(rule));
	return false;
}

static inline bool is_unit_same(const struct made_rules *made, const struct slow_units *units,
				const struct sr_range_report *unit, const struct slow_unit *slow)
{
	const struct grid *grid = &made->machine.grid;
	const struct slow_row *row = &slow->row;

	if (!sr_range_equal(unit->range, range_of(grid, slow->cells)))
		return fails("unit %u-%u is %#jx-%#jx", slow->cells.first, slow->cells.last,
			     (uintmax_t)unit->range.start, (uintmax_t)unit->range.end);
	if (unit->has_candidate != (slow->candidate != NO_CANDIDATE) ||
	    (unit->has_candidate &&
	     !sr_range_equal(unit->candidate,
			     range_of(grid, units->candidates[slow->candidate].cells))))
		return fails("candidate of unit %u-%u", slow->cells.first, slow->cells.last);
	if (unit->contained != row->contained || unit->touches_window != row->touches_window)
		return fails("unit %u-%u: touches %d, contained %d; not %d, %d", slow->cells.first,
			     slow->cells.last, unit->touches_window, unit->contained,
			     row->touches_window, row->contained);
	/* Without sysfs somebody can hold it that no entry stands for. */
	if (made->sight == MADE_CXL_HIDDEN_TOO)
		return true;
	if (unit->owner != row->owner || unit->lost.known != row->lost_known ||
	    (row->lost_known && unit->lost.value != row->lost * grid->unit))
		return fails("unit %u-%u: observed owner %s, lost %#jx; not %s, %ju cells",
			     slow->cells.first, slow->cells.last, sr_owner_name(unit->owner),
			     (uintmax_t)unit->lost.value, sr_owner_name(row->owner),
			     (uintmax_t)row->lost);
	return true;
}

static inline enum sr_boundary slow_boundary(const struct slow_units *units,
					     const struct slow_unit *unit)
{
	if (units->tables_unknown)
		return SR_BOUNDARY_UNKNOWN;
	return units->candidates[unit->candidate].srat ? SR_BOUNDARY_SRAT : SR_BOUNDARY_MAP;
}

static inline bool are_units_right(const struct made_rules *made, const struct slow_units *units,
				   const struct sr_report *report)
{
	if (report->units.count != units->count)
		return fails("%zu units, not %zu", report->units.count, units->count);
	for (size_t i = 0; i < units->count; i++) {
		const struct slow_unit *slow = &units->units[i];

		if (!is_unit_same(made, units, &report->units.items[i], slow))
			return false;
		seen.shadowed |= slow->candidate == NO_CANDIDATE;
		seen.observed |= 1U << slow->row.owner;
		if (slow->candidate == NO_CANDIDATE)
			continue;
		seen.boundaries |= 1U << slow_boundary(units, slow);
		seen.wider |= units->candidates[slow->candidate].mask != slow->mask;
		if (report->units.items[i].boundary != slow_boundary(units, slow))
			return fails("boundary of unit %u-%u is %d", slow->cells.first,
				     slow->cells.last, report->units.items[i].boundary);
	}
	return true;
}

static inline enum sr_owner joined_owner(enum sr_owner a, enum sr_owner b)
{
	if (a == b)
		return a;
	if (a == SR_OWNER_UNKNOWN || b == SR_OWNER_UNKNOWN)
		return SR_OWNER_UNKNOWN;
	if (a == SR_OWNER_NONE || b == SR_OWNER_NONE)
		return a == SR_OWNER_NONE ? b : a;
	return SR_OWNER_MIXED;
}

/* A range is the sum of its units. */
static inline bool is_sum(const struct sr_report *report, size_t index)
{
	const struct sr_range_report *range = &report->ranges.items[index];
	const struct sr_range_report *unit = &report->units.items[range->first_unit];
	struct sr_range_report sum = *unit;
	uint64_t next = range->range.start;

	if (range->unit_count == 0 || range->first_unit + range->unit_count > report->units.count)
		return fails("range %zu has no units", index);
	for (size_t i = 0; i < range->unit_count; i++, unit++) {
		if (unit->parent != index || unit->range.start != next)
			return fails("units of range %zu leave a gap", index);
		next = unit->range.end + 1;
		sum.owner = joined_owner(sum.owner, unit->owner);
		if (unit->contained == SR_NO || sum.contained == SR_NO)
			sum.contained = SR_NO;
		else if (unit->contained == SR_UNKNOWN)
			sum.contained = SR_UNKNOWN;
		if (unit->state > sum.state)
			sum.state = unit->state;
		if (unit->region != sum.region)
			sum.region = NULL;
	}
	if (next != range->range.end + 1 || range->owner != sum.owner ||
	    range->contained != sum.contained || range->state != sum.state ||
	    range->region != sum.region)
		return fails("range %zu is %s, contained %d, state %s: not what its units are",
			     index, sr_owner_name(range->owner), range->contained,
			     sr_state_name(range->state));
	return true;
}

static inline bool are_sums_right(const struct sr_report *report)
{
	size_t units = 0;

	for (size_t i = 0; i < report->ranges.count; i++) {
		if (!is_sum(report, i))
			return false;
		units += report->ranges.items[i].unit_count;
	}
	return units == report->units.count || fails("units that are in no range");
}
