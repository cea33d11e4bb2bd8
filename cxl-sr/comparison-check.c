// SPDX-License-Identifier: GPL-2.0-only
#include "comparison-check.h"

#include <string.h>

#include "comparison-model.h"

#define TEXT_LIMIT  4096
#define ARRAY_LIMIT 4096

/* Every text goes through printable_copy() before it is written, so others are not ours. */
static bool is_printable(const char *text, size_t length)
{
	if (length > TEXT_LIMIT)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}
	return true;
}

bool json_is_text(struct json_object *value)
{
	return json_object_is_type(value, json_type_string) &&
	       is_printable(json_object_get_string(value),
			    (size_t)json_object_get_string_len(value));
}

static bool is_number(struct json_object *value)
{
	/* json-c turns what is too large into the largest; a negative one stays one. */
	return json_object_is_type(value, json_type_int) && json_object_get_int64(value) >= 0;
}

static bool is_array(struct json_object *value, bool (*is_item)(struct json_object *))
{
	if (!json_object_is_type(value, json_type_array) ||
	    json_object_array_length(value) > ARRAY_LIMIT)
		return false;
	for (size_t i = 0; i < json_object_array_length(value); i++) {
		if (!is_item(json_object_array_get_idx(value, i)))
			return false;
	}
	return true;
}

static bool is_text_or_number(struct json_object *value)
{
	return json_is_text(value) || is_number(value);
}

static bool is_range(struct json_object *value)
{
	struct sr_range range;

	return json_range_get(value, &range);
}

static bool is_target(struct json_object *value)
{
	struct json_object *memdev;

	return json_path_get(value, "memdev", &memdev) && (!memdev || json_is_text(memdev));
}

static bool is_parameters(struct json_object *value)
{
	if (!json_object_is_type(value, json_type_object) ||
	    json_object_object_length(value) > ARRAY_LIMIT)
		return false;
	json_object_object_foreach(value, key, parameter)
	{
		if (!is_printable(key, strlen(key)) || (parameter && !json_is_text(parameter)))
			return false;
	}
	return true;
}

static bool is_address(struct json_object *value)
{
	uint64_t address;

	return json_address_get(value, &address);
}

static bool is_of_type(struct json_object *value, enum value_type type)
{
	switch (type) {
	case TYPE_TEXT:
		return json_is_text(value);
	case TYPE_TRUTH:
		return json_object_is_type(value, json_type_boolean);
	case TYPE_BYTES:
	case TYPE_COUNT:
		return is_number(value);
	case TYPE_SIGNED:
		return json_object_is_type(value, json_type_int);
	case TYPE_ADDRESS:
		return is_address(value);
	case TYPE_RANGE:
		return is_range(value);
	case TYPE_RANGES:
		return is_array(value, is_range);
	case TYPE_SET:
		return is_array(value, is_text_or_number);
	case TYPE_TARGETS:
		return is_array(value, is_target);
	case TYPE_PARAMETERS:
		return is_parameters(value);
	}
	return false;
}

bool json_is_member(struct json_object *item, const struct member *member)
{
	struct json_object *value;

	if (!json_path_get(item, member->path, &value))
		return false;
	return value ? is_of_type(value, member->type) : member->null != NULL_NEVER;
}
