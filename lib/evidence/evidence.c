// SPDX-License-Identifier: LGPL-2.1-or-later
#include "evidence/evidence.h"

#include <errno.h>
#include <stdlib.h>

#include "evidence/gathering.h"

/* From what firmware said to what came of it. */
static void (*const steps[])(struct sr_gathering *) = {
	sr_gather_map,		sr_gather_srat,	      sr_gather_candidate, sr_gather_window,
	sr_gather_fixed_window, sr_gather_decoders,   sr_gather_region,	   sr_gather_rule,
	sr_gather_dax_region,	sr_gather_dax_device, sr_gather_driver,	   sr_gather_blocks,
	sr_gather_settled,	sr_gather_verdict,
};

int sr_inquiry_new(const struct sr_report *report, struct sr_inquiry **ret_inquiry)
{
	sr_auto_inquiry struct sr_inquiry *inquiry = calloc(1, sizeof(*inquiry));

	if (!inquiry)
		return -ENOMEM;
	inquiry->report = report;
	for (int rule = 0; rule < SR_RULE_COUNT; rule++) {
		if (sr_predict(report, rule, &inquiry->predictions[rule]))
			return -ENOMEM;
	}
	if (sr_settle_judge(report->snapshot, &inquiry->signs))
		return -ENOMEM;
	*ret_inquiry = inquiry;
	inquiry = NULL;
	return 0;
}

struct sr_inquiry *sr_inquiry_free(struct sr_inquiry *inquiry)
{
	if (!inquiry)
		return NULL;
	for (int rule = 0; rule < SR_RULE_COUNT; rule++)
		sr_prediction_free(inquiry->predictions[rule]);
	sr_settle_signs_free(inquiry->signs);
	free(inquiry);
	return NULL;
}

static const struct sr_forecast *forecast_of(const struct sr_inquiry *inquiry,
					     const struct sr_range_report *unit)
{
	const struct sr_report *report = inquiry->report;

	if (report->rule.certainty == SR_CERTAINTY_NONE)
		return NULL;
	return &inquiry->predictions[report->rule.rule]->units.items[unit - report->units.items];
}

/* -ENOMEM where any of the steps found no memory. */
static int gather(struct sr_gathering *gathering)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !gathering->failed; i++) {
		steps[i](gathering);
		sr_step_end(gathering);
	}
	sr_find_cause(gathering);
	if (!gathering->failed)
		sr_tell_happened(gathering);
	if (!gathering->failed)
		sr_tell_advice(gathering);
	return gathering->failed ? -ENOMEM : 0;
}

int sr_evidence_make(const struct sr_inquiry *inquiry, const struct sr_range_report *unit,
		     struct sr_evidence **ret_evidence)
{
	sr_auto_evidence struct sr_evidence *evidence = calloc(1, sizeof(*evidence));
	struct sr_gathering gathering = {
		.inquiry = inquiry,
		.report = inquiry->report,
		.snapshot = inquiry->report->snapshot,
		.unit = unit,
		.forecast = forecast_of(inquiry, unit),
		.evidence = evidence,
	};

	if (!evidence)
		return -ENOMEM;
	evidence->unit = unit;
	evidence->settled = inquiry->signs->settled;
	evidence->pool = sr_pool_new();
	if (!evidence->pool || gather(&gathering))
		return -ENOMEM;
	*ret_evidence = evidence;
	evidence = NULL;
	return 0;
}

struct sr_evidence *sr_evidence_free(struct sr_evidence *evidence)
{
	struct sr_evidence_step *step;

	if (!evidence)
		return NULL;
	sr_for_each (step, &evidence->steps)
		sr_list_free(&step->facts);
	sr_list_free(&evidence->steps);
	sr_list_free(&evidence->why);
	sr_list_free(&evidence->advice);
	sr_pool_free(evidence->pool);
	free(evidence);
	return NULL;
}

const char *sr_evidence_says_name(enum sr_evidence_says says)
{
	static const char *const names[] = {
		[SR_EVIDENCE_INFO] = "info",
		[SR_EVIDENCE_YES] = "yes",
		[SR_EVIDENCE_NO] = "no",
		[SR_EVIDENCE_UNKNOWN] = "unknown",
	};

	return names[says];
}
