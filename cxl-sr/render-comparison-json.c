// SPDX-License-Identifier: GPL-2.0-only
/* A comparison as JSON, schema "cxl-sr.diff/1"; diff.schema.json describes it. */
#include "json-values.h"
#include "render-comparison.h"

#define SCHEMA "cxl-sr.diff/1"

static const char *part_name(enum part part)
{
	static const char *const names[] = { "verdicts", "facts", "predictions" };

	return names[part];
}

static void put_side(struct json *json, struct json_object *object, const char *key,
		     const struct diff_side *side, const struct model *model)
{
	struct json_object *one = json_new_object(json), *value = NULL;

	json_put_text(json, one, "argument", side->argument);
	json_put_text(json, one, "kind", side_kind_name(side->kind));
	json_path_get(model->report, "kernel.release", &value);
	json_put_text(json, one, "release", value ? json_object_get_string(value) : NULL);
	json_path_get(model->report, "summary.partial", &value);
	json_put_bool(json, one, "partial", json_object_get_boolean(value));
	json_put(json, object, key, one);
}

/* A value is shared with the document that it is from. */
static void put_value(struct json *json, struct json_object *object, const char *key,
		      struct value value)
{
	if (value.state == VALUE_KNOWN && value.object)
		json_put(json, object, key, json_object_get(value.object));
	else
		json_put_null(json, object, key);
}

static struct json_object *member_object(struct json *json, const struct member_difference *member)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "member", member->name);
	json_put_bool(json, object, "before_known", member->before.state != VALUE_UNKNOWN);
	json_put_bool(json, object, "after_known", member->after.state != VALUE_UNKNOWN);
	put_value(json, object, "before", member->before);
	put_value(json, object, "after", member->after);
	return object;
}

static void put_item(struct json *json, struct json_object *object, const char *key,
		     const struct compared_item *item)
{
	struct json_object *one;

	if (!item) {
		json_put_null(json, object, key);
		return;
	}
	one = json_new_object(json);
	json_put_text(json, one, "name", item->name);
	json_put_range(json, one, item->has_range ? &item->range : NULL);
	json_put(json, object, key, one);
}

static struct json_object *item_object(struct json *json, const struct comparison *comparison,
				       const struct item_difference *item)
{
	const struct member_difference *differences = comparison->members.items;
	struct json_object *object = json_new_object(json);
	struct json_object *members = json_new_array(json);

	json_put_text(json, object, "part", part_name(shapes[item->list].part));
	json_put_text(json, object, "list", shapes[item->list].name);
	json_put_text(json, object, "change", presence_name(item->presence));
	put_item(json, object, "before", item->before);
	put_item(json, object, "after", item->after);
	for (size_t i = 0; i < item->count; i++)
		json_add(json, members, member_object(json, &differences[item->first + i]));
	json_put(json, object, "members", members);
	return object;
}

int render_comparison_json(const struct comparison *comparison, const struct diff_sides *sides,
			   enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = json_new_object(&json);
	struct json_object *items = json_new_array(&json);
	const struct item_difference *item;

	json_put_text(&json, object, "schema", SCHEMA);
	put_side(&json, object, "before", &sides->before, &comparison->before);
	put_side(&json, object, "after", &sides->after, &comparison->after);
	json_put_bool(&json, object, "predictions_compared", comparison->has_predictions);
	json_put_size(&json, object, "differences", comparison->count);
	json_put_size(&json, object, "unknown", comparison->unknown);
	sr_for_each (item, &comparison->items)
		json_add(&json, items, item_object(&json, comparison, item));
	json_put(&json, object, "changes", items);
	return json_print(&json, object);
}
