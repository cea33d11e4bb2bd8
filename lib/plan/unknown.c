// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is not known, and so never leads to a step. */
#include <errno.h>

#include "plan/planning.h"

static const char *const source_names[SR_SOURCE_COUNT] = {
	[SR_SOURCE_KERNEL] = "kernel",
	[SR_SOURCE_IOMEM] = "iomem",
	[SR_SOURCE_FIRMWARE_MEMMAP] = "firmware-memmap",
	[SR_SOURCE_KERNEL_LOG] = "kernel-log",
	[SR_SOURCE_CXL] = "cxl",
	[SR_SOURCE_HMEM] = "hmem",
	[SR_SOURCE_DAX] = "dax",
	[SR_SOURCE_MEMORY_BLOCKS] = "memory-blocks",
	[SR_SOURCE_MODULES] = "modules",
	[SR_SOURCE_ACPI] = "acpi",
	[SR_SOURCE_ENUMERATION] = "enumeration",
	[SR_SOURCE_DMI] = "dmi",
};

/* Those without which no step can be judged; of others the report says if they matter. */
static unsigned int short_sources(const struct sr_report *report)
{
	static const enum sr_source_id needed[] = {
		SR_SOURCE_IOMEM, SR_SOURCE_CXL,	    SR_SOURCE_HMEM,
		SR_SOURCE_DAX,	 SR_SOURCE_MODULES, SR_SOURCE_MEMORY_BLOCKS,
	};
	unsigned int sources = report->short_sources;

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++) {
		if (!sr_source_is_whole(report->snapshot, needed[i]))
			sources |= 1U << needed[i];
	}
	return sources;
}

static int name_sources(struct sr_planning *planning, unsigned int sources,
			struct sr_plan_verdict *verdict)
{
	struct sr_pool *pool = planning->plan->pool;
	const char *names = NULL;

	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (!(sources & (1U << i)))
			continue;
		names = names ? sr_pool_format(pool, "%s, %s", names, source_names[i])
			      : sr_pool_text(pool, source_names[i]);
		if (!names)
			return -ENOMEM;
	}
	verdict->detail = sr_pool_format(pool, "not wholly read: %s", names);
	return verdict->detail ? 0 : -ENOMEM;
}

/* What of a unit or of its memory is not known; NULL: nothing. */
static const char *find_unknown(const struct sr_report *report, const struct sr_range_report *unit)
{
	if (unit->owner == SR_OWNER_UNKNOWN)
		return "who owns it";
	if (unit->accelerator == SR_UNKNOWN)
		return "whether it is an accelerator's memory";
	if (!unit->online.known)
		return "what of it is online";
	if (unit->usable == SR_UNKNOWN)
		return "whether it can be used";
	if (!report->snapshot->memory_block_size.known)
		return "the size of memory blocks";
	if (!report->snapshot->auto_online.known)
		return "whether memory comes online by itself";
	return NULL;
}

bool sr_is_unknown(struct sr_planning *planning, const struct sr_range_report *unit,
		   struct sr_plan_verdict *verdict, int *ret_error)
{
	const struct sr_report *report = planning->now;
	const char *unknown = find_unknown(report, unit);
	unsigned int sources = short_sources(report);

	*ret_error = 0;
	if (report->settled == SR_NO)
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_SETTLED) == 0;
	if (sources) {
		*ret_error = name_sources(planning, sources, verdict);
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN) == 0;
	}
	verdict->detail = unknown;
	if (unknown)
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN) == 0;
	if (report->rule.certainty <= SR_CERTAINTY_GUESS || report->rule.rule == SR_RULE_GLOBAL)
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_RULE_UNCERTAIN) == 0;
	return false;
}
