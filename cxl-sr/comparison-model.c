// SPDX-License-Identifier: GPL-2.0-only
#include "comparison-model.h"

#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "comparison-check.h"
#include "json-values.h"
#include "judgement/report.h"

#define REPORT_SCHEMA	   "cxl-sr.report/1"
#define PREDICTIONS_SCHEMA "cxl-sr.predict/1"

/* Of units and ranges, as many as a report has; of others, as each is held against each. */
#define PARTS_LIMIT 65536
#define ITEM_LIMIT  2048

bool json_path_get(struct json_object *object, const char *path, struct json_object **ret_value)
{
	const char *dot = strchr(path, '.');
	struct json_object *value = object;
	char step[64];
	size_t length = dot ? (size_t)(dot - path) : strlen(path);

	if (length >= sizeof(step) || !json_object_is_type(object, json_type_object))
		return false;
	memcpy(step, path, length);
	step[length] = '\0';
	if (!json_object_object_get_ex(object, step, &value))
		return false;
	if (dot && value)
		return json_path_get(value, dot + 1, ret_value);
	*ret_value = value;
	return true;
}

bool json_address_get(struct json_object *value, uint64_t *ret_address)
{
	const char *text = json_object_get_string(value);

	return json_object_is_type(value, json_type_string) && strncmp(text, "0x", 2) == 0 &&
	       sr_number_parse(text, ret_address) == 0;
}

bool json_range_get(struct json_object *object, struct sr_range *ret_range)
{
	struct json_object *start, *end;
	struct sr_range range = { 0 };

	return json_path_get(object, "start", &start) && json_path_get(object, "end", &end) &&
	       json_address_get(start, &range.start) && json_address_get(end, &range.end) &&
	       sr_range_make(range.start, range.end, ret_range) == 0;
}

static void put_range(struct compared_item *item, struct sr_range range)
{
	if (!item->has_range || range.start < item->range.start)
		item->range.start = range.start;
	if (!item->has_range || range.end > item->range.end)
		item->range.end = range.end;
	item->has_range = true;
}

/* A dax device has a list of ranges, all else its own. */
static void find_range(struct compared_item *item)
{
	struct json_object *ranges;
	struct sr_range range;

	if (json_range_get(item->object, &range))
		put_range(item, range);
	if (!json_path_get(item->object, "ranges", &ranges) ||
	    !json_object_is_type(ranges, json_type_array))
		return;
	for (size_t i = 0; i < json_object_array_length(ranges); i++) {
		if (json_range_get(json_object_array_get_idx(ranges, i), &range))
			put_range(item, range);
	}
}

static int compare_values(const void *a, const void *b)
{
	return strcmp(json_object_get_string(*(struct json_object *const *)a),
		      json_object_get_string(*(struct json_object *const *)b));
}

static int refuse(struct sr_reason *reason, enum list_id list, const char *what)
{
	return sr_fail(reason, -EINVAL, "%s: %s is missing or not as it should be",
		       shapes[list].name, what);
}

static int check_item(const struct shape *shape, enum list_id list, struct compared_item *item,
		      struct sr_reason *reason)
{
	struct json_object *value;

	if (shape->key &&
	    (!json_path_get(item->object, shape->key, &value) || !json_is_text(value)))
		return refuse(reason, list, shape->key);
	item->name = shape->key ? json_object_get_string(value) : NULL;
	for (size_t i = 0; i < shape->member_count; i++) {
		const struct member *member = &shape->members[i];

		if (!json_is_member(item->object, member))
			return refuse(reason, list, member->path);
		json_path_get(item->object, member->path, &value);
		if (member->type == TYPE_SET && value)
			json_object_array_sort(value, compare_values);
	}
	find_range(item);
	if (shape->match == MATCH_PARTS && !item->has_range)
		return refuse(reason, list, "end");
	return 0;
}

static bool is_behind(const compared_list *list)
{
	const struct compared_item *last = &list->items[list->count - 1];

	return list->count < 2 || last[-1].range.end < last->range.start;
}

static int add_item(struct model *model, enum list_id id, struct json_object *object,
		    struct sr_reason *reason)
{
	const struct shape *shape = &shapes[id];
	compared_list *list = &model->lists[id];
	struct compared_item *item;
	int error;

	if (list->count >= (shape->match == MATCH_PARTS ? PARTS_LIMIT : ITEM_LIMIT))
		return sr_fail(reason, -E2BIG, "%s: more than are compared", shape->name);
	item = sr_list_add(list);
	if (!item)
		return sr_fail(reason, -ENOMEM, "out of memory");
	item->object = object;
	error = check_item(shape, id, item, reason);
	if (!error && shape->match == MATCH_PARTS && !is_behind(list))
		return refuse(reason, id, "their order");
	return error;
}

static int add_array(struct model *model, enum list_id id, struct json_object *parent,
		     const char *name, struct sr_reason *reason)
{
	struct json_object *array;
	int error = 0;

	if (!json_path_get(parent, name, &array) || !json_object_is_type(array, json_type_array))
		return sr_fail(reason, -EINVAL, "%s is missing or no array", name);
	for (size_t i = 0; i < json_object_array_length(array) && !error; i++)
		error = add_item(model, id, json_object_array_get_idx(array, i), reason);
	return error;
}

/* A device that several units have is one device; a finding of several ranges one finding. */
static int add_each_once(struct model *model, enum list_id id, struct json_object *parent,
			 const char *name, struct json_object *seen, struct sr_reason *reason)
{
	struct json_object *array, *key;
	int error = 0;

	if (!json_path_get(parent, name, &array) || !json_object_is_type(array, json_type_array))
		return sr_fail(reason, -EINVAL, "%s is missing or no array", name);
	for (size_t i = 0; i < json_object_array_length(array) && !error; i++) {
		struct json_object *item = json_object_array_get_idx(array, i);

		if (!json_path_get(item, shapes[id].key, &key) || !json_is_text(key))
			return refuse(reason, id, shapes[id].key);
		if (json_object_object_get_ex(seen, json_object_get_string(key), NULL))
			continue;
		if (json_object_object_add(seen, json_object_get_string(key), NULL))
			return sr_fail(reason, -ENOMEM, "out of memory");
		error = add_item(model, id, item, reason);
	}
	return error;
}

static int add_findings(struct model *model, struct sr_reason *reason)
{
	json_auto struct json_object *seen = json_object_new_object();

	if (!seen)
		return sr_fail(reason, -ENOMEM, "out of memory");
	return add_each_once(model, LIST_FINDINGS, model->report, "findings", seen, reason);
}

static int add_units(struct model *model, struct sr_reason *reason)
{
	json_auto struct json_object *seen = json_object_new_object();
	const struct compared_item *item;
	int error = seen ? 0 : sr_fail(reason, -ENOMEM, "out of memory");

	sr_for_each (item, &model->lists[LIST_RANGES]) {
		error = error ? error : add_array(model, LIST_UNITS, item->object, "units", reason);
	}
	sr_for_each (item, &model->lists[LIST_UNITS]) {
		error = error ? error
			      : add_each_once(model, LIST_DAX_DEVICES, item->object, "dax", seen,
					      reason);
	}
	return error;
}

static int add_rules(struct model *model, struct sr_reason *reason)
{
	int error = add_array(model, LIST_RULES, model->predictions, "rules", reason);
	const struct compared_item *rule;

	sr_for_each (rule, &model->lists[LIST_RULES]) {
		for (int i = 0; i < SR_RULE_COUNT && !error; i++) {
			if (strcmp(rule->name, sr_rule_name(i)) == 0)
				error = add_array(model, LIST_PREDICTED + i, rule->object, "units",
						  reason);
		}
	}
	return error;
}

static bool is_read(const struct model *model, const char *source)
{
	const struct compared_item *item;
	struct json_object *state;

	sr_for_each (item, &model->lists[LIST_SOURCES]) {
		if (strcmp(item->name, source) == 0 && json_path_get(item->object, "state", &state))
			return strcmp(json_object_get_string(state), "ok") == 0;
	}
	return false;
}

static void judge_lists(struct model *model)
{
	struct json_object *partial;
	bool decides = json_path_get(model->report, "summary.partial", &partial) &&
		       !json_object_get_boolean(partial);

	for (int i = 0; i < LIST_COUNT; i++) {
		const char *const *sources = shapes[i].sources;

		model->whole[i] = sources[0] || decides;
		for (int j = 0; j < LIST_SOURCES_MAX && sources[j]; j++)
			model->whole[i] &= is_read(model, sources[j]);
	}
	model->whole[LIST_SOURCES] = true;
}

static bool has_schema(struct json_object *document, const char *wanted)
{
	struct json_object *schema;

	return json_path_get(document, "schema", &schema) && json_is_text(schema) &&
	       strcmp(json_object_get_string(schema), wanted) == 0;
}

static int take_lists(struct model *model, struct sr_reason *reason)
{
	static const enum list_id arrays[] = {
		LIST_RANGES,	  LIST_WINDOWS, LIST_REGIONS, LIST_MEMDEVS,
		LIST_DAX_REGIONS, LIST_MODULES, LIST_SOURCES,
	};
	static const enum list_id objects[] = { LIST_SUMMARY, LIST_RULE, LIST_GLOBAL, LIST_KERNEL,
						LIST_DMI };
	struct json_object *object;
	int error = add_item(model, LIST_MACHINE, model->report, reason);

	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects) && !error; i++) {
		if (!json_path_get(model->report, shapes[objects[i]].name, &object))
			return sr_fail(reason, -EINVAL, "%s is missing", shapes[objects[i]].name);
		error = add_item(model, objects[i], object, reason);
	}
	for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays) && !error; i++)
		error = add_array(model, arrays[i], model->report,
				  arrays[i] == LIST_MODULES ? "kernel.modules"
							    : shapes[arrays[i]].name,
				  reason);
	if (!error)
		error = add_findings(model, reason);
	return error ? error : add_units(model, reason);
}

int model_make(struct json_object *report, struct json_object *predictions, struct model *model,
	       struct sr_reason *reason)
{
	int error;

	*model = (struct model){ .report = report, .predictions = predictions };
	if (!has_schema(report, REPORT_SCHEMA))
		return sr_fail(reason, -EINVAL, "its schema is not " REPORT_SCHEMA);
	if (predictions && !has_schema(predictions, PREDICTIONS_SCHEMA))
		return sr_fail(reason, -EINVAL, "its schema is not " PREDICTIONS_SCHEMA);
	error = take_lists(model, reason);
	if (!error && predictions)
		error = add_rules(model, reason);
	if (!error)
		judge_lists(model);
	return error;
}

void model_done(struct model *model)
{
	for (int i = 0; i < LIST_COUNT; i++)
		sr_list_free(&model->lists[i]);
	json_object_put(model->report);
	json_object_put(model->predictions);
	*model = (struct model){ 0 };
}

static enum value_state state_of_null(const struct model *model, enum list_id list,
				      const struct compared_item *item, enum null_meaning meaning)
{
	struct json_object *windows;

	if (meaning == NULL_NONE)
		return VALUE_NONE;
	if (meaning == NULL_NO_WINDOW && json_path_get(item->object, "windows", &windows) &&
	    json_object_is_type(windows, json_type_array) && json_object_array_length(windows))
		return VALUE_UNKNOWN;
	return meaning != NULL_UNKNOWN && model->whole[list] ? VALUE_NONE : VALUE_UNKNOWN;
}

struct value model_value(const struct model *model, enum list_id list,
			 const struct compared_item *item, const struct member *member)
{
	struct value value = { VALUE_KNOWN, NULL };

	if (!json_path_get(item->object, member->path, &value.object) || !value.object)
		value.state = state_of_null(model, list, item, member->null);
	else if (member->type == TYPE_SET && json_object_array_length(value.object) == 0 &&
		 member->null == NULL_MAYBE_NONE && !model->whole[list])
		value.state = VALUE_UNKNOWN;
	return value;
}
