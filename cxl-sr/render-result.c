// SPDX-License-Identifier: GPL-2.0-only
#include "render-result.h"

#include <errno.h>

#include "execution-events.h"
#include "json-values.h"
#include "render-change.h"
#include "render-plan.h"

static struct json_object *after_object(struct json *json, const struct sr_range_report *unit)
{
	struct json_object *object = json_new_object(json);

	json_put_range(json, object, &unit->range);
	json_put_text(json, object, "owner", sr_owner_name(unit->owner));
	json_put_truth(json, object, "usable", unit->usable);
	json_put_known(json, object, "online", unit->online);
	return object;
}

static void put_stop(struct json *json, struct json_object *object,
		     const struct sr_apply_result *result, int error, const char *reason)
{
	bool at_step = error && result->stopped_at != SIZE_MAX;

	json_put_known(json, object, "stopped_at",
		       at_step ? sr_u64_of(result->stopped_at) : (struct sr_u64){ 0 });
	json_put_text(json, object, "outcome", at_step ? step_result_name(result->result) : NULL);
	json_put_text(json, object, "reason", error ? reason : NULL);
}

static struct json_object *result_object(struct json *json, const struct sr_plan *plan,
					 const struct sr_apply_result *result, int error,
					 const char *reason, const struct sr_report *after)
{
	struct json_object *object = json_new_object(json);
	struct json_object *units = json_new_array(json), *warnings = json_new_array(json);
	const struct sr_range_report *unit;
	char *const *warning;

	json_put_bool(json, object, "reached", !error && (!plan || is_as_promised(plan, after)));
	json_put_bool(json, object, "changed", result->changed);
	json_put_bool(json, object, "pending", result->pending);
	json_put_size(json, object, "done", result->done);
	json_put_size(json, object, "already", result->already);
	put_stop(json, object, result, error, reason);
	sr_for_each (unit, &after->units)
		json_add(json, units, after_object(json, unit));
	sr_for_each (warning, &result->warnings)
		json_add_text(json, warnings, *warning);
	json_put(json, object, "units", units);
	json_put(json, object, "kernel_warnings", warnings);
	return object;
}

int render_result_json(const struct sr_plan *plan, const struct sr_apply_result *result, int error,
		       const char *reason, const struct sr_report *after, enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = NULL;

	if (plan && plan_object_new(plan, &object))
		return -ENOMEM;
	if (!plan) {
		object = json_new_object(&json);
		json_put_text(&json, object, "schema", PLAN_SCHEMA);
	}
	json_put(&json, object, "result", result_object(&json, plan, result, error, reason, after));
	return json_print(&json, object);
}
