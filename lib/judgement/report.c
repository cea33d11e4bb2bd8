// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "judgement/stages.h"

static int (*const stages[])(struct sr_report *) = {
	sr_merge_soft_reserved, sr_join_windows, sr_judge_containment,
	sr_judge_ownership,	sr_judge_use,	 sr_find,
};

int sr_add_why(struct sr_range_report *range, enum sr_code code)
{
	enum sr_code *why;

	sr_for_each (why, &range->why) {
		if (*why == code)
			return 0;
	}
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

struct sr_report *sr_report_free(struct sr_report *report)
{
	struct sr_range_report *range;

	if (!report)
		return NULL;
	sr_for_each (range, &report->ranges) {
		sr_list_free(&range->windows);
		sr_list_free(&range->devices);
		sr_list_free(&range->why);
	}
	sr_list_free(&report->ranges);
	sr_list_free(&report->windows);
	sr_list_free(&report->regions);
	sr_list_free(&report->findings);
	sr_list_free(&report->options);
	sr_pool_free(report->pool);
	free(report);
	return NULL;
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
