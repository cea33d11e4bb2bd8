/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests ask of predictions: owner and use of each unit in words, and the reasons. */
#pragma once

#include "judged.h"
#include "judgement/prediction.h"

static inline struct sr_prediction *predict(const struct sr_report *report, enum sr_rule rule)
{
	struct sr_prediction *prediction = NULL;

	if (sr_predict(report, rule, &prediction) != 0 || !prediction)
		abort();
	return prediction;
}

/*
 * A report of a machine on which a kernel with the rule @captured was running;
 * SR_RULE_COUNT: nobody knows which.
 */
static inline struct sr_report *judge_under(const struct sr_snapshot *snapshot,
					    enum sr_rule captured)
{
	struct sr_report *report = judge(snapshot);

	report->rule = (struct sr_kernel_rule){
		.rule = captured == SR_RULE_COUNT ? SR_RULE_HMEM_ONLY : captured,
		.certainty = captured == SR_RULE_COUNT ? SR_CERTAINTY_NONE : SR_CERTAINTY_SURE,
	};
	return report;
}

/* "cxl usable, hmem unusable": the units; a static buffer. */
static inline const char *forecasts_of(const struct sr_snapshot *snapshot, enum sr_rule captured,
				       enum sr_rule rule)
{
	static const char *const uses[] = { "unclear", "unusable", "usable" };
	static char text[512];
	sr_auto_report struct sr_report *report = judge_under(snapshot, captured);
	sr_auto_prediction struct sr_prediction *prediction = predict(report, rule);
	const struct sr_forecast *forecast;

	*text = '\0';
	sr_for_each (forecast, &prediction->units) {
		size_t used = strlen(text);

		snprintf(text + used, sizeof(text) - used, "%s%s %s", used ? ", " : "",
			 sr_owner_name(forecast->owner), uses[forecast->usable]);
	}
	return text;
}

/* Whether the forecast of one unit has that reason. */
static inline bool has_reason(const struct sr_snapshot *snapshot, enum sr_rule rule, size_t unit,
			      enum sr_code code)
{
	sr_auto_report struct sr_report *report = judge_under(snapshot, SR_RULE_COUNT);
	sr_auto_prediction struct sr_prediction *prediction = predict(report, rule);
	const enum sr_code *why;

	if (unit >= prediction->units.count)
		return false;
	sr_for_each (why, &prediction->units.items[unit].why) {
		if (*why == code)
			return true;
	}
	return false;
}

static inline uint64_t usable_bytes_of(const struct sr_snapshot *snapshot, enum sr_rule rule)
{
	sr_auto_report struct sr_report *report = judge_under(snapshot, SR_RULE_COUNT);
	sr_auto_prediction struct sr_prediction *prediction = predict(report, rule);

	return prediction->usable_bytes.known ? prediction->usable_bytes.value : UINT64_MAX;
}

static inline const char *verdict_of_all(const struct sr_snapshot *snapshot)
{
	sr_auto_report struct sr_report *report = judge_under(snapshot, SR_RULE_COUNT);
	sr_auto_prediction struct sr_prediction *prediction = predict(report, SR_RULE_GLOBAL);

	return sr_global_verdict_name(prediction->global);
}

/* Seen from another kernel: what would a kernel with @rule make of this machine. */
static inline void tap_forecast(const struct sr_snapshot *snapshot, enum sr_rule rule,
				const char *wanted, const char *file, int line, const char *what)
{
	tap_text(forecasts_of(snapshot, SR_RULE_COUNT, rule), wanted, file, line, what);
}

#define foresees(snapshot, rule, wanted, what) \
	tap_forecast(snapshot, SR_RULE_##rule, wanted, __FILE__, __LINE__, what)

/* Seen from the kernel itself, whose /proc/iomem is as it stands in the snapshot. */
static inline void tap_expected(const struct sr_snapshot *snapshot, enum sr_rule rule,
				const char *wanted, const char *file, int line, const char *what)
{
	tap_text(forecasts_of(snapshot, rule, rule), wanted, file, line, what);
}

#define expects(snapshot, rule, wanted, what) \
	tap_expected(snapshot, SR_RULE_##rule, wanted, __FILE__, __LINE__, what)

/* The answer of v7.1 and later, from itself and from another kernel. */
static inline void tap_merged(const struct sr_snapshot *snapshot, const char *wanted,
			      const char *file, int line, const char *what)
{
	tap_forecast(snapshot, SR_RULE_PER_RANGE, wanted, file, line, what);
	tap_expected(snapshot, SR_RULE_PER_RANGE, wanted, file, line, what);
}

#define merges(snapshot, wanted, what) tap_merged(snapshot, wanted, __FILE__, __LINE__, what)
