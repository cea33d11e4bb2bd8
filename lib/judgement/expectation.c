// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Whom this kernel's rule gives each unit, whether that is who has it, and what the
 * seed's policy would do with the host.
 */
#include <errno.h>
#include <stdlib.h>

#include "judgement/prediction.h"
#include "judgement/stages.h"

static enum sr_truth agrees(const struct sr_range_report *unit)
{
	if (unit->owner == SR_OWNER_UNKNOWN || unit->expected == SR_OWNER_UNKNOWN)
		return SR_UNKNOWN;
	return unit->owner == unit->expected ? SR_YES : SR_NO;
}

/* What of the forecast says why nobody, or not the one expected, has it. */
static bool explains_owner(enum sr_code code)
{
	switch (code) {
	case SR_CODE_SHADOWED:
	case SR_CODE_MIXED_MEMORY:
	case SR_CODE_MISALIGNED:
	case SR_CODE_LEFT_TO_CXL:
	case SR_CODE_REGION_CONFLICT:
	case SR_CODE_MODULE_AWAY:
	case SR_CODE_HMEM_DISABLED:
		return true;
	default:
		return false;
	}
}

static int explain_owner(struct sr_range_report *unit, const struct sr_forecast *forecast)
{
	bool lacks_owner = unit->owner == SR_OWNER_NONE || unit->lost.value;
	const enum sr_code *why;

	sr_for_each (why, &forecast->why) {
		if ((*why == SR_CODE_DECIDED_AS_WIDER ||
		     (lacks_owner && unit->agrees == SR_YES && explains_owner(*why))) &&
		    sr_add_why(unit, *why))
			return -ENOMEM;
	}
	return 0;
}

bool sr_has_unbound_platform(const struct sr_snapshot *snapshot)
{
	const struct sr_platform_device *platform;

	sr_for_each (platform, &snapshot->hmem_platforms) {
		if (platform->driver.known && !platform->driver.value)
			return true;
	}
	return false;
}

/*
 * hmem of v6.3 to v7.0 never takes what touches a window that it can see, so where it
 * has such a range the windows were published later (drivers/dax/hmem/hmem.c).
 */
static int explain_disagreement(const struct sr_report *report, struct sr_range_report *unit)
{
	bool by_order = report->rule.rule == SR_RULE_WINDOW && unit->touches_window &&
			(unit->owner == SR_OWNER_HMEM || unit->owner == SR_OWNER_MIXED);

	if (unit->agrees != SR_NO)
		return 0;
	if (unit->owner == SR_OWNER_NONE && unit->expected == SR_OWNER_HMEM &&
	    sr_has_unbound_platform(report->snapshot))
		return sr_add_why(unit, SR_CODE_HMEM_PLATFORM_NO_DRIVER);
	return sr_add_why(unit, by_order ? SR_CODE_HMEM_BEFORE_WINDOWS : SR_CODE_DECIDED_OTHERWISE);
}

static int expect_unit(const struct sr_report *report, struct sr_range_report *unit,
		       const struct sr_forecast *forecast)
{
	unit->expected = forecast->owner;
	unit->expected_driver = forecast->driver;
	unit->expected_online = forecast->online;
	unit->agrees = agrees(unit);
	if (forecast->by_entry) {
		unit->is_decided = true;
		unit->decided_on = report->ranges.items[unit->parent].range;
	}
	unit->decided_vaguely = forecast->vague;
	if (explain_owner(unit, forecast))
		return -ENOMEM;
	return explain_disagreement(report, unit);
}

/* The first unit that touches a window and whose candidate no region contains. */
static const struct sr_range_report *find_tipping(const struct sr_report *report,
						  const struct sr_prediction *global)
{
	for (size_t i = 0; i < report->units.count; i++) {
		const struct sr_range_report *unit = &report->units.items[i];

		if (global->units.items[i].tips)
			return unit;
	}
	return NULL;
}

static int judge_global(struct sr_report *report)
{
	sr_auto_prediction struct sr_prediction *global = NULL;

	if (sr_predict(report, SR_RULE_GLOBAL, &global))
		return -ENOMEM;
	report->global = global->global;
	if (report->global == SR_GLOBAL_REGISTER)
		report->tipped_by = find_tipping(report, global);
	return 0;
}

int sr_judge_expectation(struct sr_report *report)
{
	sr_auto_prediction struct sr_prediction *expected = NULL;

	if (!report->units.count) {
		report->global = SR_GLOBAL_NONE;
		return 0;
	}
	if (judge_global(report))
		return -ENOMEM;
	if (report->rule.certainty == SR_CERTAINTY_NONE)
		return 0;
	if (sr_predict(report, report->rule.rule, &expected))
		return -ENOMEM;
	for (size_t i = 0; i < report->units.count; i++) {
		if (expect_unit(report, &report->units.items[i], &expected->units.items[i]))
			return -ENOMEM;
	}
	return 0;
}
