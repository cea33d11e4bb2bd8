// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/alarm.h"

#include <string.h>

#include "judgement/cause.h"
#include "judgement/stages.h"

/* A list of codes and its end. */
#define REASONS(...) ((const enum sr_code[]){ __VA_ARGS__, SR_CODE_COUNT })

/*
 * Before CXL has settled nothing is judged lost; and what an accelerator has, its
 * driver uses in ways that show in no dax region.
 */
static bool is_judged(const struct sr_report *report, const struct sr_range_report *unit)
{
	return report->settled != SR_NO && unit->accelerator != SR_YES;
}

static bool is_lost(const struct sr_report *report, const struct sr_range_report *unit)
{
	return is_judged(report, unit) && unit->state == SR_STATE_LOST;
}

static bool is_unusable(const struct sr_report *report, const struct sr_range_report *unit)
{
	return is_judged(report, unit) && unit->state == SR_STATE_UNUSABLE;
}

static bool is_unknown(const struct sr_report *report, const struct sr_range_report *unit)
{
	return is_judged(report, unit) && unit->state == SR_STATE_UNKNOWN;
}

static bool is_taken_accelerator(const struct sr_report *report, const struct sr_range_report *unit)
{
	(void)report;
	return sr_has_why(unit, SR_CODE_ACCELERATOR_TAKEN);
}

/* Without an owner it is lost, and that tells more. */
static bool is_owned_otherwise(const struct sr_report *report, const struct sr_range_report *unit)
{
	return is_judged(report, unit) && unit->agrees == SR_NO && unit->owner != SR_OWNER_NONE;
}

/* Somebody wants kmem not to load by itself, for instance to use device_dax. */
static bool is_kmem_kept_away(const struct sr_report *report)
{
	const struct sr_module *kmem = sr_snapshot_module(report->snapshot, "kmem");

	return kmem && (kmem->blacklisted || kmem->blocked);
}

/* memhp_default_state=, or what was written to auto_online_blocks since. */
static bool is_left_offline(const struct sr_report *report)
{
	const char *policy = report->snapshot->auto_online.value;

	return policy && strcmp(policy, "offline") == 0;
}

/* Idle though nobody set this machine up so that it would be. */
static bool is_idle(const struct sr_report *report, const struct sr_range_report *unit)
{
	if (!is_judged(report, unit) || unit->state != SR_STATE_IDLE)
		return false;
	return (sr_has_why(unit, SR_CODE_NO_DRIVER) && !is_kmem_kept_away(report)) ||
	       (sr_has_why(unit, SR_CODE_BLOCKS_OFFLINE) && !is_left_offline(report)) ||
	       (sr_has_why(unit, SR_CODE_NO_DAX_DEVICE) &&
		!(unit->owner == SR_OWNER_HMEM &&
		  sr_has_parameter(report->snapshot, "dax_hmem", "region_idle")));
}

static bool has_something_to_judge(const struct sr_report *report)
{
	return report->ranges.count || report->windows.count;
}

static bool is_partial(const struct sr_report *report)
{
	return report->short_sources;
}

static bool is_unsettled(const struct sr_report *report)
{
	return report->settled == SR_NO && has_something_to_judge(report);
}

static bool has_broken_table(const struct sr_report *report)
{
	return report->snapshot->acpi.faults.count && has_something_to_judge(report);
}

/*
 * The one table of what is an alarm, the gravest first. Its reason is the cause of the
 * unit with most memory (cause.c), or the first of `reasons` that the unit, or for the
 * machine as a whole anything, has. Who has to act follows from it.
 */
static const struct kind {
	enum sr_alarm_level level;
	const char *words;
	bool (*of_machine)(const struct sr_report *report);
	bool (*of_unit)(const struct sr_report *report, const struct sr_range_report *unit);
	const enum sr_code *reasons; /* NULL: the cause */
} kinds[] = {
	{ SR_ALARM_CRITICAL, "lost", NULL, is_lost, NULL },
	{ SR_ALARM_CRITICAL, "unusable", NULL, is_unusable, NULL },
	{ SR_ALARM_UNKNOWN, "not all could be read", is_partial, NULL,
	  REASONS(SR_CODE_SOFT_RESERVED_INCOMPLETE, SR_CODE_WINDOWS_UNKNOWN, SR_CODE_REGION_UNKNOWN,
		  SR_CODE_OWNER_UNKNOWN, SR_CODE_DRIVER_UNKNOWN, SR_CODE_CLAIM_UNKNOWN,
		  SR_CODE_BLOCKS_UNKNOWN) },
	{ SR_ALARM_UNKNOWN, "of unknown state", NULL, is_unknown, NULL },
	{ SR_ALARM_WARNING, "CXL has not settled yet", is_unsettled, NULL,
	  REASONS(SR_CODE_UNSETTLED) },
	{ SR_ALARM_WARNING, "of an accelerator taken", NULL, is_taken_accelerator,
	  REASONS(SR_CODE_ACCELERATOR_TAKEN) },
	{ SR_ALARM_WARNING, "has another owner", NULL, is_owned_otherwise,
	  REASONS(SR_CODE_HMEM_BEFORE_WINDOWS, SR_CODE_HMEM_THOUGH_CONTAINED,
		  SR_CODE_DECIDED_OTHERWISE) },
	{ SR_ALARM_WARNING, "idle", NULL, is_idle, NULL },
	{ SR_ALARM_WARNING, "an ACPI table is broken", has_broken_table, NULL,
	  REASONS(SR_CODE_TABLE_BROKEN) },
};

_Static_assert(sizeof(kinds) / sizeof(*kinds) <= SR_ALARM_LIMIT, "SR_ALARM_LIMIT");

static uint64_t bytes_of(const struct sr_range_report *unit)
{
	return unit->state == SR_STATE_LOST && unit->lost.known ? unit->lost.value
								: sr_range_size(unit->range);
}

static enum sr_code unit_reason(const struct kind *kind, const struct sr_range_report *unit)
{
	const enum sr_code *reason = kind->reasons ? kind->reasons : sr_cause(unit);

	if (!reason)
		return SR_CODE_COUNT;
	while (kind->reasons && *reason != SR_CODE_COUNT && !sr_has_why(unit, *reason))
		reason++;
	return *reason;
}

static bool has_reason(const struct sr_report *report, enum sr_code code)
{
	const struct sr_range_report *unit;
	const struct sr_finding *finding;

	sr_for_each (finding, &report->findings) {
		if (finding->code == code)
			return true;
	}
	sr_for_each (unit, &report->units) {
		if (sr_has_why(unit, code))
			return true;
	}
	return false;
}

static enum sr_code machine_reason(const struct sr_report *report, const enum sr_code *reasons)
{
	/* The only one needs no proof. */
	if (reasons[1] == SR_CODE_COUNT)
		return reasons[0];
	while (*reasons != SR_CODE_COUNT && !has_reason(report, *reasons))
		reasons++;
	return *reasons;
}

static void find_units(const struct sr_report *report, const struct kind *kind,
		       struct sr_alarm *alarm)
{
	const struct sr_range_report *unit, *last = NULL;

	sr_for_each (unit, &report->units) {
		if (!kind->of_unit(report, unit))
			continue;
		alarm->bytes += bytes_of(unit);
		alarm->ranges += !last || last->parent != unit->parent;
		if (!alarm->unit || bytes_of(unit) > bytes_of(alarm->unit))
			alarm->unit = unit;
		last = unit;
	}
	if (alarm->unit)
		alarm->code = unit_reason(kind, alarm->unit);
}

/* Whether there is such an alarm. */
static bool find(const struct sr_report *report, const struct kind *kind,
		 struct sr_alarm *ret_alarm)
{
	struct sr_alarm alarm = {
		.level = kind->level,
		.words = kind->words,
		.code = SR_CODE_COUNT,
	};

	if (kind->of_unit)
		find_units(report, kind, &alarm);
	else if (kind->of_machine(report))
		alarm.code = machine_reason(report, kind->reasons);
	else
		return false;
	if (kind->of_unit && !alarm.unit)
		return false;
	*ret_alarm = alarm;
	return true;
}

size_t sr_alarm_list(const struct sr_report *report, struct sr_alarm ret_alarms[SR_ALARM_LIMIT])
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		count += find(report, &kinds[i], &ret_alarms[count]);
	return count;
}

const char *sr_alarm_level_name(enum sr_alarm_level level)
{
	static const char *const names[SR_ALARM_LEVEL_COUNT] = {
		[SR_ALARM_OK] = "OK",
		[SR_ALARM_WARNING] = "WARNING",
		[SR_ALARM_CRITICAL] = "CRITICAL",
		[SR_ALARM_UNKNOWN] = "UNKNOWN",
	};

	return names[level];
}
