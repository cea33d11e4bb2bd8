// SPDX-License-Identifier: GPL-2.0-only
/* A plan as JSON, schema "cxl-sr.plan/1"; plan.schema.json describes it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "json-values.h"
#include "render-plan.h"
#include "text.h"
#include "write-file.h"

static struct json_object *unit_object(struct json *json, const struct sr_plan_unit *unit)
{
	struct json_object *object = json_new_object(json);
	struct json_object *why = json_new_array(json);
	const enum sr_plan_reason *reason;

	json_put_range(json, object, &unit->unit->range);
	json_put_text(json, object, "class", sr_plan_class_name(unit->class));
	sr_for_each (reason, &unit->why)
		json_add_text(json, why, sr_plan_reasons[*reason].name);
	json_put(json, object, "why", why);
	json_put_text(json, object, "detail", unit->detail);
	json_put_size(json, object, "first_step", unit->first_step);
	json_put_size(json, object, "step_count", unit->step_count);
	json_put_text(json, object, "owner", sr_owner_name(unit->unit->owner));
	json_put_truth(json, object, "usable", unit->unit->usable);
	json_put_known(json, object, "online", unit->unit->online);
	return object;
}

static struct json_object *end_object(struct json *json, const struct sr_plan_unit *unit)
{
	struct json_object *object = json_new_object(json);

	json_put_range(json, object, &unit->unit->range);
	json_put_text(json, object, "owner", sr_owner_name(unit->owner));
	json_put_truth(json, object, "usable", unit->usable);
	json_put_known(json, object, "online", unit->online);
	return object;
}

static struct json_object *step_object(struct json *json, const struct sr_step *step)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "action", sr_action_name(step->action));
	json_put_text(json, object, "target", step->target);
	json_put_text(json, object, "path", step->path);
	json_put_text(json, object, "value", step->value);
	json_put_text(json, object, "needs", step->needs);
	json_put_text(json, object, "changes", step->changes);
	json_put_text(json, object, "undo", step->undo);
	json_put_range(json, object, step->has_range ? &step->range : NULL);
	json_put_size(json, object, "offline_bytes", step->offline_bytes);
	return object;
}

static struct json_object *range_object(struct json *json, struct sr_range range)
{
	struct json_object *object = json_new_object(json);

	json_put_range(json, object, &range);
	return object;
}

static struct json_object *blast_object(struct json *json, const struct sr_blast *blast)
{
	struct json_object *object = json_new_object(json);
	struct json_object *nodes = json_new_array(json), *regions = json_new_array(json);
	struct json_object *others = json_new_array(json);
	const struct sr_range_report *const *other;
	const char *const *region;
	const int64_t *node;

	sr_for_each (node, &blast->emptied_nodes)
		json_add(json, nodes, json_object_new_int64(*node));
	sr_for_each (region, &blast->regions)
		json_add_text(json, regions, *region);
	sr_for_each (other, &blast->others)
		json_add(json, others, range_object(json, (*other)->range));
	json_put_size(json, object, "offline_bytes", blast->offline_bytes);
	json_put(json, object, "emptied_nodes", nodes);
	json_put(json, object, "regions", regions);
	json_put(json, object, "others", others);
	return object;
}

static struct json_object *plan_object(struct json *json, const struct sr_plan *plan)
{
	struct json_object *object = json_new_object(json);
	struct json_object *units = json_new_array(json), *steps = json_new_array(json);
	struct json_object *end = json_new_array(json);
	const struct sr_plan_unit *unit;
	const struct sr_step *step;

	json_put_text(json, object, "schema", PLAN_SCHEMA);
	json_put_text(json, object, "policy", sr_policy_name(plan->policy));
	json_put_text(json, object, "resolved", sr_policy_name(plan->resolved));
	json_put_text(json, object, "class", sr_plan_class_name(plan->class));
	json_put_bool(json, object, "partial", plan->report->short_sources);
	sr_for_each (unit, &plan->units) {
		json_add(json, units, unit_object(json, unit));
		json_add(json, end, end_object(json, unit));
	}
	sr_for_each (step, &plan->steps)
		json_add(json, steps, step_object(json, step));
	json_put(json, object, "units", units);
	json_put(json, object, "steps", steps);
	json_put(json, object, "end_state", end);
	json_put(json, object, "blast", blast_object(json, &plan->blast));
	json_put_text(json, object, "fingerprint", plan->fingerprint);
	return object;
}

int render_plan_json(const struct sr_plan *plan, enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = plan_object(&json, plan);

	return json_print(&json, object);
}

int write_plan_file(const struct sr_plan *plan, const char *path, struct sr_reason *reason)
{
	struct json json = { 0 };
	json_auto struct json_object *object = plan_object(&json, plan);
	const char *text = json_text(&json, object);
	sr_auto_free char *line = NULL;

	if (!text || text_format(&line, "%s\n", text) < 0) {
		line = NULL;
		return sr_fail(reason, -ENOMEM, "out of memory");
	}
	return write_text_file(path, 0600, line, reason);
}

int plan_object_new(const struct sr_plan *plan, struct json_object **ret_object)
{
	struct json json = { 0 };
	struct json_object *object = plan_object(&json, plan);

	if (json.failed) {
		json_object_put(object);
		return -ENOMEM;
	}
	*ret_object = object;
	return 0;
}
