// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/cause.h"

#include <stddef.h>

#include "judgement/stages.h"

/* For each state its causes, the first that a row has counts; SR_CODE_COUNT ends. */
static const enum sr_code ok_causes[] = {
	SR_CODE_ACCELERATOR_TAKEN,
	SR_CODE_HMEM_BEFORE_WINDOWS,
	SR_CODE_HMEM_THOUGH_CONTAINED,
	SR_CODE_DECIDED_OTHERWISE,
	SR_CODE_COUNT,
};

static const enum sr_code idle_causes[] = {
	SR_CODE_ACCELERATOR_TAKEN, SR_CODE_NO_DAX_DEVICE, SR_CODE_NO_DRIVER,
	SR_CODE_BLOCKS_OFFLINE,	   SR_CODE_COUNT,
};

static const enum sr_code unknown_causes[] = {
	SR_CODE_UNSETTLED,	SR_CODE_OWNER_UNKNOWN,	SR_CODE_WINDOWS_UNKNOWN,
	SR_CODE_REGION_UNKNOWN, SR_CODE_DRIVER_UNKNOWN, SR_CODE_CLAIM_UNKNOWN,
	SR_CODE_BLOCKS_UNKNOWN, SR_CODE_COUNT,
};

/* A device that nobody can bind is so because something has other bounds than it. */
static const enum sr_code unusable_causes[] = {
	SR_CODE_LEAKED,		SR_CODE_CLAIMED_BY_OTHER, SR_CODE_DECIDED_AS_WIDER,
	SR_CODE_SPANS_WINDOWS,	SR_CODE_BEYOND_WINDOW,	  SR_CODE_SPANS_REGIONS,
	SR_CODE_REGION_SMALLER, SR_CODE_NOT_CLAIMABLE,	  SR_CODE_COUNT,
};

/*
 * First what keeps the module away, then what keeps hmem or CXL from this range. Where
 * the rule would have given it to somebody, that is the cause, and not that no region
 * contains it.
 */
static const enum sr_code lost_causes[] = {
	SR_CODE_HMEM_DISABLED,
	SR_CODE_MODULE_AWAY,
	SR_CODE_SHADOWED,
	SR_CODE_MISALIGNED,
	SR_CODE_MIXED_MEMORY,
	SR_CODE_REGION_NOT_RAM,
	SR_CODE_REGION_NO_DRIVER,
	SR_CODE_NO_DAX_REGION,
	SR_CODE_HMEM_PLATFORM_NO_DRIVER,
	SR_CODE_DECIDED_OTHERWISE,
	SR_CODE_REGION_NOT_COMMITTED,
	SR_CODE_SPANS_WINDOWS,
	SR_CODE_BEYOND_WINDOW,
	SR_CODE_SPANS_REGIONS,
	SR_CODE_REGION_SMALLER,
	SR_CODE_NO_REGION,
	SR_CODE_REGION_CONFLICT,
	SR_CODE_DAX_REGION_NO_DRIVER,
	SR_CODE_LEFT_TO_CXL,
	SR_CODE_PARTLY_WITHOUT_OWNER,
	SR_CODE_NO_OWNER,
	SR_CODE_COUNT,
};

static const enum sr_code *const causes[] = {
	[SR_STATE_OK] = ok_causes,	     [SR_STATE_IDLE] = idle_causes,
	[SR_STATE_UNKNOWN] = unknown_causes, [SR_STATE_UNUSABLE] = unusable_causes,
	[SR_STATE_LOST] = lost_causes,
};

const enum sr_code *sr_cause(const struct sr_range_report *row)
{
	const enum sr_code *cause;

	for (cause = causes[row->state]; *cause != SR_CODE_COUNT; cause++) {
		if (sr_has_why(row, *cause))
			return cause;
	}
	return NULL;
}

/* The code whose owner and action hold. */
static enum sr_code advice_of(const struct sr_range_report *row, enum sr_code code)
{
	if (sr_codes[code].owner != SR_PROBLEM_OF_FIRMWARE || row->made_by_command_line == SR_NO)
		return code;
	return row->made_by_command_line == SR_YES ? SR_CODE_MADE_BY_COMMAND_LINE
						   : SR_CODE_MAKER_UNKNOWN;
}

enum sr_problem_owner sr_problem_owner_of(const struct sr_range_report *row, enum sr_code code)
{
	return sr_codes[advice_of(row, code)].owner;
}

const char *sr_action_of(const struct sr_range_report *row, enum sr_code code)
{
	return sr_codes[advice_of(row, code)].action;
}
