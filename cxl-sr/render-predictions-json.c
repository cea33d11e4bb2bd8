// SPDX-License-Identifier: GPL-2.0-only
/* Predictions as JSON, schema "cxl-sr.predict/1"; predict.schema.json describes it. */
#include "json-documents.h"

#define SCHEMA "cxl-sr.predict/1"

static struct json_object *kernel_object(struct json *json, const struct sr_report *report)
{
	const struct sr_kernel_rule *rule = &report->rule;
	struct json_object *object = json_new_object(json);
	bool known = rule->certainty != SR_CERTAINTY_NONE;

	json_put_text(json, object, "release", report->snapshot->kernel.release.value);
	json_put_text(json, object, "rule", known ? sr_rule_name(rule->rule) : NULL);
	json_put_text(json, object, "certainty", sr_certainty_name(rule->certainty));
	json_put_text(json, object, "found_by", rule->found_by);
	return object;
}

static struct json_object *unit_object(struct json *json, const struct sr_range_report *unit,
				       const struct sr_forecast *forecast)
{
	struct json_object *object = json_new_object(json);
	struct json_object *codes = json_new_array(json);
	const enum sr_code *why;

	json_put_range(json, object, &unit->range);
	json_put_text(json, object, "owner", sr_owner_name(forecast->owner));
	json_put_truth(json, object, "usable", forecast->usable);
	json_put_known(json, object, "usable_bytes", forecast->usable_bytes);
	json_put_text(json, object, "driver", forecast->driver.value);
	json_put_known(json, object, "online", forecast->online);
	sr_for_each (why, &forecast->why)
		json_add_text(json, codes, sr_codes[*why].name);
	json_put(json, object, "why", codes);
	return object;
}

static struct json_object *rule_object(struct json *json, const struct sr_report *report,
				       const struct sr_prediction *prediction, bool is_own)
{
	struct json_object *object = json_new_object(json);
	struct json_object *units = json_new_array(json);
	bool is_global = prediction->rule == SR_RULE_GLOBAL;

	json_put_text(json, object, "rule", sr_rule_name(prediction->rule));
	json_put_text(json, object, "kernels", rule_kernels(prediction->rule));
	json_put_bool(json, object, "of_this_kernel", is_own);
	json_put_known(json, object, "usable_bytes", prediction->usable_bytes);
	json_put_text(json, object, "global_verdict",
		      is_global ? sr_global_verdict_name(prediction->global) : NULL);
	for (size_t i = 0; i < report->units.count; i++)
		json_add(json, units,
			 unit_object(json, &report->units.items[i], &prediction->units.items[i]));
	json_put(json, object, "units", units);
	return object;
}

struct json_object *json_predictions(struct json *json, const struct predictions *predictions)
{
	struct json_object *object = json_new_object(json);
	struct json_object *rules = json_new_array(json);

	json_put_text(json, object, "schema", SCHEMA);
	json_put_bool(json, object, "partial", predictions->report->short_sources);
	json_put(json, object, "kernel", kernel_object(json, predictions->report));
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		const struct sr_prediction *prediction = predictions->items[i];

		if (predictions->shown[i])
			json_add(json, rules,
				 rule_object(json, predictions->report, prediction,
					     prediction == predictions->own));
	}
	json_put(json, object, "rules", rules);
	return object;
}

int render_predictions_json(const struct predictions *predictions, enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = json_predictions(&json, predictions);

	return json_print(&json, object);
}
