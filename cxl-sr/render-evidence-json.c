// SPDX-License-Identifier: GPL-2.0-only
/* The evidence as JSON, schema "cxl-sr.explain/1"; explain.schema.json describes it. */
#include "render-evidence.h"

#define SCHEMA "cxl-sr.explain/1"

static struct json_object *step_object(struct json *json, const struct sr_evidence_step *step)
{
	struct json_object *object = json_new_object(json);
	struct json_object *facts = json_new_array(json);
	const struct sr_evidence_fact *fact;

	json_put_text(json, object, "stage", step->stage);
	json_put_text(json, object, "says", sr_evidence_says_name(step->says));
	json_put_text(json, object, "text", step->text);
	sr_for_each (fact, &step->facts) {
		struct json_object *item = json_new_object(json);

		json_put_text(json, item, "path", fact->path);
		json_put_text(json, item, "value", fact->value);
		json_add(json, facts, item);
	}
	json_put(json, object, "facts", facts);
	return object;
}

static void put_problem(struct json *json, struct json_object *object,
			const struct sr_evidence *evidence)
{
	const enum sr_code *cause = evidence->cause;
	struct json_object *problem;

	if (!cause) {
		json_put_null(json, object, "problem");
		return;
	}
	problem = json_new_object(json);
	json_put_text(json, problem, "code", sr_codes[*cause].name);
	json_put_text(json, problem, "owner", sr_problem_owner_name(evidence->problem_owner));
	json_put_text(json, problem, "action", sr_codes[*cause].action);
	json_put(json, object, "problem", problem);
}

static void put_texts(struct json *json, struct json_object *object,
		      const struct sr_evidence *evidence)
{
	struct json_object *why = json_new_array(json);
	struct json_object *advice = json_new_array(json);
	const enum sr_code *code;
	const char **text;

	json_put_text(json, object, "happened", evidence->happened);
	sr_for_each (code, &evidence->why)
		json_add_text(json, why, sr_codes[*code].name);
	json_put(json, object, "why", why);
	put_problem(json, object, evidence);
	sr_for_each (text, &evidence->advice)
		json_add_text(json, advice, *text);
	json_put(json, object, "advice", advice);
}

struct json_object *evidence_object(struct json *json, const struct sr_evidence *evidence)
{
	const struct sr_range_report *unit = evidence->unit;
	struct json_object *object = json_new_object(json);
	struct json_object *steps = json_new_array(json);
	const struct sr_evidence_step *step;

	json_put_range(json, object, &unit->range);
	json_put_text(json, object, "owner", sr_owner_name(unit->owner));
	json_put_text(json, object, "state", sr_state_name(unit->state));
	sr_for_each (step, &evidence->steps)
		json_add(json, steps, step_object(json, step));
	json_put(json, object, "steps", steps);
	put_texts(json, object, evidence);
	return object;
}

int render_evidence_json(struct json *json, enum sr_truth settled, struct json_object *units)
{
	json_auto struct json_object *object = json_new_object(json);

	json_put_text(json, object, "schema", SCHEMA);
	json_put_truth(json, object, "settled", settled);
	json_put(json, object, "units", units);
	return json_print(json, object);
}
