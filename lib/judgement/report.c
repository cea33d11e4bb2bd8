// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "judgement/stages.h"

static int (*const stages[])(struct sr_report *) = {
	sr_merge_soft_reserved,
	sr_join_windows,
	sr_cut_units,
	sr_bound_overlaps,
	sr_judge_containment,
	sr_judge_ownership,
	sr_judge_use,
	sr_judge_accelerators,
	sr_find_rule,
	sr_judge_expectation,
	sr_judge_settlement,
	sr_sum_units,
	sr_find,
};

bool sr_has_why(const struct sr_range_report *range, enum sr_code code)
{
	const enum sr_code *why;

	sr_for_each (why, &range->why) {
		if (*why == code)
			return true;
	}
	return false;
}

int sr_add_why(struct sr_range_report *range, enum sr_code code)
{
	enum sr_code *why;

	if (sr_has_why(range, code))
		return 0;
	why = sr_list_add(&range->why);
	if (!why)
		return -ENOMEM;
	*why = code;
	return 0;
}

int sr_add_finding(struct sr_report *report, enum sr_code code, const char *format, ...)
{
	struct sr_finding *finding;
	va_list arguments;

	if (report->findings.count >= SR_FINDING_LIMIT)
		return 0;
	finding = sr_list_add(&report->findings);
	if (!finding)
		return -ENOMEM;
	finding->code = code;
	va_start(arguments, format);
	finding->text = sr_pool_vformat(report->pool, format, arguments);
	va_end(arguments);
	return finding->text ? 0 : -ENOMEM;
}

int sr_report_make(const struct sr_snapshot *snapshot, struct sr_report **ret_report)
{
	sr_auto_report struct sr_report *report = calloc(1, sizeof(*report));

	if (!report)
		return -ENOMEM;
	report->snapshot = snapshot;
	report->pool = sr_pool_new();
	if (!report->pool)
		return -ENOMEM;
	for (size_t i = 0; i < sizeof(stages) / sizeof(*stages); i++) {
		int error = stages[i](report);

		if (error)
			return error;
	}
	*ret_report = report;
	report = NULL;
	return 0;
}

static void row_done(struct sr_range_report *row)
{
	sr_list_free(&row->windows);
	sr_list_free(&row->devices);
	sr_list_free(&row->why);
}

struct sr_report *sr_report_free(struct sr_report *report)
{
	struct sr_range_report *row;

	if (!report)
		return NULL;
	sr_for_each (row, &report->ranges)
		row_done(row);
	sr_for_each (row, &report->units)
		row_done(row);
	sr_list_free(&report->ranges);
	sr_list_free(&report->units);
	sr_list_free(&report->windows);
	sr_list_free(&report->regions);
	sr_list_free(&report->findings);
	sr_list_free(&report->options);
	sr_name_set_free(&report->accelerator_regions);
	sr_pool_free(report->pool);
	free(report);
	return NULL;
}

const char *sr_window_name(const struct sr_window *window)
{
	return window->node ? window->node->label : window->decoder->name;
}

const char *sr_owner_name(enum sr_owner owner)
{
	static const char *const names[] = {
		[SR_OWNER_UNKNOWN] = "unknown", [SR_OWNER_NONE] = "none",   [SR_OWNER_CXL] = "cxl",
		[SR_OWNER_HMEM] = "hmem",	[SR_OWNER_MIXED] = "mixed",
	};

	return names[owner];
}

const char *sr_state_name(enum sr_state state)
{
	static const char *const names[] = {
		[SR_STATE_OK] = "ok",		[SR_STATE_IDLE] = "idle",
		[SR_STATE_UNKNOWN] = "unknown", [SR_STATE_UNUSABLE] = "unusable",
		[SR_STATE_LOST] = "lost",
	};

	return names[state];
}

const char *sr_holder_name(enum sr_dax_holder holder)
{
	static const char *const names[] = {
		[SR_DAX_HOLDER_UNKNOWN] = "unknown",
		[SR_DAX_HOLDER_CXL] = "cxl",
		[SR_DAX_HOLDER_HMEM] = "hmem",
		[SR_DAX_HOLDER_PMEM] = "pmem",
	};

	return names[holder];
}

const char *sr_rule_name(enum sr_rule rule)
{
	static const char *const names[SR_RULE_COUNT] = {
		[SR_RULE_HMEM_ONLY] = "hmem-only",
		[SR_RULE_WINDOW] = "window",
		[SR_RULE_PER_RANGE] = "per-range",
		[SR_RULE_GLOBAL] = "global",
	};

	return names[rule];
}

const char *sr_certainty_name(enum sr_certainty certainty)
{
	static const char *const names[] = {
		[SR_CERTAINTY_NONE] = "none",
		[SR_CERTAINTY_GUESS] = "guess",
		[SR_CERTAINTY_LIKELY] = "likely",
		[SR_CERTAINTY_SURE] = "sure",
	};

	return names[certainty];
}

const char *sr_boundary_name(enum sr_boundary boundary)
{
	static const char *const names[] = {
		[SR_BOUNDARY_MAP] = "memory-map",
		[SR_BOUNDARY_SRAT] = "srat",
		[SR_BOUNDARY_UNKNOWN] = "unknown",
	};

	return names[boundary];
}

const char *sr_global_verdict_name(enum sr_global_verdict verdict)
{
	static const char *const names[] = {
		[SR_GLOBAL_UNKNOWN] = "unknown",
		[SR_GLOBAL_NONE] = "none",
		[SR_GLOBAL_DROP] = "DROP",
		[SR_GLOBAL_REGISTER] = "REGISTER",
	};

	return names[verdict];
}
