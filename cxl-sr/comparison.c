// SPDX-License-Identifier: GPL-2.0-only
#include "comparison.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "comparison-match.h"
#include "text.h"

static void pair_list_guard(pair_list *pairs)
{
	sr_list_free(pairs);
}

const char *presence_name(enum presence presence)
{
	static const char *const names[] = {
		[PRESENT_BOTH] = "changed",	   [PRESENT_BEFORE] = "removed",
		[PRESENT_AFTER] = "added",	   [UNSEEN_AFTER] = "unseen-after",
		[UNSEEN_BEFORE] = "unseen-before",
	};

	return names[presence];
}

/* What blocks a device has a name besides its range, which may be another one at each boot. */
static bool same_object(struct json_object *a, struct json_object *b, enum value_type type)
{
	struct sr_range one, other;

	if (type == TYPE_RANGE && json_range_get(a, &one) && json_range_get(b, &other))
		return sr_range_equal(one, other);
	return json_object_equal(a, b);
}

static bool same_value(struct value a, struct value b, enum value_type type)
{
	return a.state == b.state &&
	       (a.state != VALUE_KNOWN || same_object(a.object, b.object, type));
}

static int add_member(struct comparison *comparison, const char *name, enum value_type type,
		      struct value before, struct value after)
{
	struct member_difference *member;

	if (same_value(before, after, type))
		return 0;
	member = sr_list_add(&comparison->members);
	if (!member)
		return -ENOMEM;
	*member = (struct member_difference){ name, type, before, after };
	comparison->count++;
	comparison->unknown += difference_is_unknown(member);
	return 0;
}

/* Keeps @object until the comparison goes; NULL: no memory. */
static struct json_object *keep(struct comparison *comparison, struct json_object *object)
{
	if (!object || json_object_array_add(comparison->made, object)) {
		json_object_put(object);
		return NULL;
	}
	return object;
}

static struct value parameter_of(struct json_object *parameters, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(parameters, key, &value))
		return (struct value){ VALUE_NONE, NULL };
	return (struct value){ value ? VALUE_KNOWN : VALUE_UNKNOWN, value };
}

static int add_parameter(struct comparison *comparison, const char *key, struct value before,
			 struct value after)
{
	sr_auto_free char *name = NULL;
	struct json_object *kept;

	if (same_value(before, after, TYPE_TEXT))
		return 0;
	if (text_format(&name, "parameters.%s", key) < 0) {
		name = NULL;
		return -ENOMEM;
	}
	kept = keep(comparison, json_object_new_string(name));
	return kept ? add_member(comparison, json_object_get_string(kept), TYPE_TEXT, before, after)
		    : -ENOMEM;
}

static int add_parameters(struct comparison *comparison, struct json_object *before,
			  struct json_object *after)
{
	int error = 0;

	json_object_object_foreach(before, key, value)
	{
		struct value was = { value ? VALUE_KNOWN : VALUE_UNKNOWN, value };

		error = error ? error
			      : add_parameter(comparison, key, was, parameter_of(after, key));
	}
	json_object_object_foreach(after, new_key, new_value)
	{
		struct value now = { new_value ? VALUE_KNOWN : VALUE_UNKNOWN, new_value };

		if (!error && !json_object_object_get_ex(before, new_key, NULL))
			error = add_parameter(comparison, new_key,
					      (struct value){ VALUE_NONE, NULL }, now);
	}
	return error;
}

/* The names after of memdevs by those before: names are given in the order of probing. */
static int rename_memdevs(struct comparison *comparison)
{
	__attribute__((cleanup(pair_list_guard))) pair_list pairs = { 0 };
	const struct item_pair *pair;
	int error = match_items(&comparison->before, &comparison->after, LIST_MEMDEVS, &pairs);

	comparison->renamed = json_object_new_object();
	if (!comparison->renamed)
		return -ENOMEM;
	sr_for_each (pair, &pairs) {
		if (error || !pair->before || !pair->after)
			continue;
		if (json_object_object_add(comparison->renamed, pair->before->name,
					   json_object_new_string(pair->after->name)))
			error = -ENOMEM;
	}
	return error;
}

/* The names of the memdevs of a region's targets; @renamed: NULL where they stay. */
static struct json_object *name_targets(struct json_object *targets, struct json_object *renamed)
{
	struct json_object *names = json_object_new_array();
	size_t count = json_object_array_length(targets);

	for (size_t i = 0; i < count && names; i++) {
		struct json_object *memdev = NULL, *name;

		json_path_get(json_object_array_get_idx(targets, i), "memdev", &memdev);
		if (memdev &&
		    json_object_object_get_ex(renamed, json_object_get_string(memdev), &name))
			memdev = name;
		if (json_object_array_add(names, json_object_get(memdev))) {
			json_object_put(names);
			return NULL;
		}
	}
	return names;
}

static int add_targets(struct comparison *comparison, const char *name, struct value before,
		       struct value after)
{
	if (before.state == VALUE_KNOWN && after.state == VALUE_KNOWN) {
		before.object = keep(comparison, name_targets(before.object, comparison->renamed));
		after.object = keep(comparison, name_targets(after.object, NULL));
		if (!before.object || !after.object)
			return -ENOMEM;
	}
	return add_member(comparison, name, TYPE_TARGETS, before, after);
}

static int compare_members(struct comparison *comparison, enum list_id list,
			   const struct item_pair *pair)
{
	const struct shape *shape = &shapes[list];
	int error = 0;

	for (size_t i = 0; i < shape->member_count && !error; i++) {
		const struct member *member = &shape->members[i];
		struct value before = model_value(&comparison->before, list, pair->before, member);
		struct value after = model_value(&comparison->after, list, pair->after, member);

		if (member->type == TYPE_PARAMETERS)
			error = add_parameters(comparison, before.object, after.object);
		else if (member->type == TYPE_TARGETS)
			error = add_targets(comparison, member->path, before, after);
		else
			error = add_member(comparison, member->path, member->type, before, after);
	}
	return error;
}

static enum presence presence_of(const struct comparison *comparison, enum list_id list,
				 const struct item_pair *pair)
{
	if (!pair->after)
		return comparison->after.whole[list] ? PRESENT_BEFORE : UNSEEN_AFTER;
	if (!pair->before)
		return comparison->before.whole[list] ? PRESENT_AFTER : UNSEEN_BEFORE;
	return PRESENT_BOTH;
}

static int compare_pair(struct comparison *comparison, enum list_id list,
			const struct item_pair *pair)
{
	size_t first = comparison->members.count;
	enum presence presence = presence_of(comparison, list, pair);
	struct item_difference *item;
	int error = presence == PRESENT_BOTH ? compare_members(comparison, list, pair) : 0;

	if (error || (presence == PRESENT_BOTH && comparison->members.count == first))
		return error;
	item = sr_list_add(&comparison->items);
	if (!item)
		return -ENOMEM;
	*item = (struct item_difference){
		.list = list,
		.presence = presence,
		.before = pair->before,
		.after = pair->after,
		.first = first,
		.count = comparison->members.count - first,
	};
	comparison->count += presence != PRESENT_BOTH;
	comparison->unknown += presence == UNSEEN_AFTER || presence == UNSEEN_BEFORE;
	return 0;
}

static int compare_list(struct comparison *comparison, enum list_id list)
{
	__attribute__((cleanup(pair_list_guard))) pair_list pairs = { 0 };
	const struct item_pair *pair;
	int error = match_items(&comparison->before, &comparison->after, list, &pairs);

	sr_for_each (pair, &pairs)
		error = error ? error : compare_pair(comparison, list, pair);
	return error;
}

int comparison_make(struct comparison *comparison)
{
	int error = rename_memdevs(comparison);

	comparison->made = json_object_new_array();
	comparison->has_predictions = comparison->before.predictions &&
				      comparison->after.predictions;
	if (!comparison->made)
		return -ENOMEM;
	for (int i = 0; i < LIST_COUNT && !error; i++) {
		if (shapes[i].part != PART_PREDICTIONS || comparison->has_predictions)
			error = compare_list(comparison, i);
	}
	return error;
}

void comparison_done(struct comparison *comparison)
{
	model_done(&comparison->before);
	model_done(&comparison->after);
	sr_list_free(&comparison->items);
	sr_list_free(&comparison->members);
	json_object_put(comparison->made);
	json_object_put(comparison->renamed);
	comparison->made = comparison->renamed = NULL;
}
