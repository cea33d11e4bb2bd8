// SPDX-License-Identifier: GPL-2.0-only
/*
 * An event as one line of JSON, schema "cxl-sr.watch/1", described by watch.schema.json. No
 * clock: what collects lines stamps them.
 */
#include "json-values.h"
#include "render-watch.h"
#include "sources/sources.h"

#define SCHEMA "cxl-sr.watch/1"

static void put_codes(struct json *json, struct json_object *object, const char *key,
		      const struct watch_codes *codes)
{
	struct json_object *array = json_new_array(json);

	for (int i = 0; i < SR_CODE_COUNT; i++) {
		if (codes->has[i])
			json_add_text(json, array, sr_codes[i].name);
	}
	json_put(json, object, key, array);
}

/* The members of a report's rows, by the same names where they are the same. */
static struct json_object *row_object(struct json *json, const struct watch_row *row)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "owner", sr_owner_name(row->owner));
	json_put_text(json, object, "state", sr_state_name(row->state));
	json_put_truth(json, object, "contained", row->contained);
	json_put_text(json, object, "region", row->region.known ? row->region.value : NULL);
	json_put_names(json, object, "drivers", row->drivers);
	json_put_known(json, object, "online", row->online);
	json_put_known(json, object, "lost", row->lost);
	if (row->seen)
		put_codes(json, object, "why", &row->why);
	else
		json_put_null(json, object, "why");
	return object;
}

static struct json_object *machine_object(struct json *json, const struct watch_state *state)
{
	struct json_object *object = json_new_object(json);
	struct json_object *partial = json_new_array(json);

	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (state->partial & 1U << i)
			json_add_text(json, partial, sr_sources[i].name);
	}
	put_codes(json, object, "findings", &state->findings);
	json_put(json, object, "partial", partial);
	return object;
}

static void put_side(struct json *json, struct json_object *object, const char *key,
		     const struct watch_side *side, bool of_machine)
{
	if (of_machine && side->state)
		json_put(json, object, key, machine_object(json, side->state));
	else if (!of_machine && side->row)
		json_put(json, object, key, row_object(json, side->row));
	else
		json_put_null(json, object, key);
}

static struct json_object *changed_array(struct json *json, unsigned int changed)
{
	struct json_object *array = json_new_array(json);

	for (int i = 0; i < WATCH_MEMBER_COUNT; i++) {
		if (changed & 1U << i)
			json_add_text(json, array, watch_member_name(i));
	}
	return array;
}

int render_watch_json(const struct watch_event *event)
{
	struct json json = { .form = JSON_COMPACT };
	json_auto struct json_object *object = json_new_object(&json);
	const struct watch_row *row = event->after.row ? event->after.row : event->before.row;

	json_put_text(&json, object, "schema", SCHEMA);
	json_put_text(&json, object, "event", watch_kind_name(event->kind));
	json_put_text(&json, object, "subject", event->of_machine ? "machine" : "range");
	json_put_range(&json, object, row ? &row->range : NULL);
	json_put_truth(&json, object, "settled", event->after.state->settled);
	json_put(&json, object, "changed", changed_array(&json, event->changed));
	put_side(&json, object, "before", &event->before, event->of_machine);
	put_side(&json, object, "after", &event->after, event->of_machine);
	return json_print(&json, object);
}
