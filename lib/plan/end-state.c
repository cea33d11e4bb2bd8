// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The model after all steps, judged as any machine: what each unit has come to, and whether
 * something that could be used no longer can.
 */
#include <errno.h>
#include <string.h>

#include "plan/planning.h"

/* Where blocks stay offline by the kernel's policy, they come online by hand or by udev. */
static bool stays_offline(const struct sr_snapshot *snapshot)
{
	return snapshot->auto_online.known && snapshot->auto_online.value &&
	       strcmp(snapshot->auto_online.value, "offline") == 0;
}

static bool unit_loses(const struct sr_snapshot *snapshot, const struct sr_range_report *before,
		       const struct sr_range_report *after)
{
	if (!sr_range_equal(before->range, after->range))
		return true;
	if (before->usable != SR_NO && after->usable != before->usable)
		return true;
	if (!after->lost.known && before->lost.known)
		return true;
	/* What nobody could use may end as nobody's where the rest is gained. */
	if (before->usable != SR_NO && after->lost.value > before->lost.value)
		return true;
	if (!before->online.known || !before->online.value || stays_offline(snapshot))
		return false;
	return !after->online.known || after->online.value < before->online.value;
}

bool sr_plan_loses(const struct sr_planning *planning)
{
	const struct sr_report *before = planning->report, *after = planning->now;

	if (!planning->plan->steps.count)
		return false;
	if (before->units.count != after->units.count || after->settled == SR_NO)
		return true;
	for (size_t i = 0; i < before->units.count; i++) {
		if (unit_loses(before->snapshot, &before->units.items[i], &after->units.items[i]))
			return true;
	}
	return false;
}

/* A step without a range is for all. */
static void find_steps(const struct sr_plan *plan, struct sr_plan_unit *unit)
{
	size_t first = plan->steps.count, end = 0;

	for (size_t i = 0; i < plan->steps.count; i++) {
		const struct sr_step *step = &plan->steps.items[i];

		if (step->has_range && !sr_range_overlaps(step->range, unit->unit->range))
			continue;
		if (i < first)
			first = i;
		end = i + 1;
	}
	if (first >= end)
		return;
	unit->first_step = first;
	unit->step_count = end - first;
}

int sr_plan_end(struct sr_planning *planning)
{
	struct sr_plan *plan = planning->plan;

	for (size_t i = 0; i < plan->units.count; i++) {
		struct sr_plan_unit *unit = &plan->units.items[i];
		const struct sr_range_report *after = &planning->now->units.items[i];

		unit->owner = after->owner;
		unit->usable = after->usable;
		unit->online = after->online;
		if (unit->class == SR_CLASS_REACHABLE)
			find_steps(plan, unit);
	}
	return 0;
}
