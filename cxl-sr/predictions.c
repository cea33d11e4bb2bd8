// SPDX-License-Identifier: GPL-2.0-only
#include "predictions.h"

#include <string.h>

const char *rule_kernels(enum sr_rule rule)
{
	static const char *const kernels[SR_RULE_COUNT] = {
		[SR_RULE_HMEM_ONLY] = "before v6.3",
		[SR_RULE_WINDOW] = "v6.3 to v7.0",
		[SR_RULE_PER_RANGE] = "v7.1 and later",
		[SR_RULE_GLOBAL] = "never merged; kernels of some vendors",
	};

	return kernels[rule];
}

static bool is_asked_for(const char *name, enum sr_rule rule)
{
	return !name || strcmp(name, "all") == 0 || strcmp(name, sr_rule_name(rule)) == 0;
}

bool rule_is_known(const char *rule)
{
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		if (is_asked_for(rule, i))
			return true;
	}
	return false;
}

int predictions_make(const struct sr_report *report, const char *rule,
		     struct predictions *predictions)
{
	*predictions = (struct predictions){ .report = report };
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		int error = sr_predict(report, i, &predictions->items[i]);

		if (error)
			return error;
		predictions->shown[i] = is_asked_for(rule, i);
	}
	if (report->rule.certainty != SR_CERTAINTY_NONE)
		predictions->own = predictions->items[report->rule.rule];
	return 0;
}

void predictions_done(struct predictions *predictions)
{
	for (int i = 0; i < SR_RULE_COUNT; i++)
		sr_prediction_free(predictions->items[i]);
}
