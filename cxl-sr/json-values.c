// SPDX-License-Identifier: GPL-2.0-only
#include "json-values.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/number.h"
#include "text.h"

struct json_object *json_new_object(struct json *json)
{
	struct json_object *object = json_object_new_object();

	json->failed |= !object;
	return object;
}

struct json_object *json_new_array(struct json *json)
{
	struct json_object *array = json_object_new_array();

	json->failed |= !array;
	return array;
}

void json_put(struct json *json, struct json_object *object, const char *key,
	      struct json_object *value)
{
	json->failed |= !value;
	if (!object || json_object_object_add(object, key, value) != 0) {
		json->failed = true;
		json_object_put(value);
	}
}

void json_put_null(struct json *json, struct json_object *object, const char *key)
{
	if (!object || json_object_object_add(object, key, NULL) != 0)
		json->failed = true;
}

static struct json_object *new_text(const char *text)
{
	sr_auto_free char *safe = printable_copy(text);

	return safe ? json_object_new_string(safe) : NULL;
}

void json_put_text(struct json *json, struct json_object *object, const char *key, const char *text)
{
	if (text)
		json_put(json, object, key, new_text(text));
	else
		json_put_null(json, object, key);
}

void json_put_size(struct json *json, struct json_object *object, const char *key, uint64_t size)
{
	json_put(json, object, key, json_object_new_uint64(size));
}

void json_put_bool(struct json *json, struct json_object *object, const char *key, bool value)
{
	json_put(json, object, key, json_object_new_boolean(value));
}

void json_put_known(struct json *json, struct json_object *object, const char *key,
		    struct sr_u64 value)
{
	if (value.known)
		json_put_size(json, object, key, value.value);
	else
		json_put_null(json, object, key);
}

void json_put_node(struct json *json, struct json_object *object, const char *key,
		   struct sr_s64 value)
{
	if (value.known)
		json_put(json, object, key, json_object_new_int64(value.value));
	else
		json_put_null(json, object, key);
}

void json_put_truth(struct json *json, struct json_object *object, const char *key,
		    enum sr_truth truth)
{
	if (truth != SR_UNKNOWN)
		json_put_bool(json, object, key, truth == SR_YES);
	else
		json_put_null(json, object, key);
}

static void put_address(struct json *json, struct json_object *object, const char *key,
			uint64_t address)
{
	char text[32];

	snprintf(text, sizeof(text), "0x%" PRIx64, address);
	json_put_text(json, object, key, text);
}

void json_put_range(struct json *json, struct json_object *object, const struct sr_range *range)
{
	if (range) {
		put_address(json, object, "start", range->start);
		put_address(json, object, "end", range->end);
		json_put_size(json, object, "size", sr_range_size(*range));
		return;
	}
	json_put_null(json, object, "start");
	json_put_null(json, object, "end");
	json_put_null(json, object, "size");
}

void json_add(struct json *json, struct json_object *array, struct json_object *value)
{
	json->failed |= !value;
	if (!array || json_object_array_add(array, value) != 0) {
		json->failed = true;
		json_object_put(value);
	}
}

void json_add_text(struct json *json, struct json_object *array, const char *text)
{
	json_add(json, array, new_text(text));
}

void json_put_names(struct json *json, struct json_object *object, const char *key,
		    struct sr_text names)
{
	struct json_object *array;
	const char *at = names.value;

	if (!names.known) {
		json_put_null(json, object, key);
		return;
	}
	array = json_new_array(json);
	while (at && *at) {
		size_t length = strcspn(at, ",");
		sr_auto_free char *name = strndup(at, length);

		json_add_text(json, array, name ? name : "");
		json->failed |= !name;
		at += length + (at[length] == ',');
	}
	json_put(json, object, key, array);
}

void json_put_nodes(struct json *json, struct json_object *object, const char *key,
		    struct sr_text nodes)
{
	struct json_object *array;
	const char *at = nodes.value;
	uint64_t node;

	if (!nodes.known) {
		json_put_null(json, object, key);
		return;
	}
	array = json_new_array(json);
	while (at && sr_number_scan(&at, 10, &node) == 0) {
		json_add(json, array, json_object_new_uint64(node));
		at += *at == ',';
	}
	json_put(json, object, key, array);
}

/*
 * Where printbuf_memappend() of json-c has no memory, those who call it in json_object.c go on
 * (0.16 to 0.19), and the text lacks a piece; only errno tells. It may be set without that, too:
 * by malloc(3), which tries brk(2) first. The second time the buffer is as large as the text, so
 * that nothing is allocated, unless something was missing.
 */
const char *json_text(const struct json *json, struct json_object *object)
{
	int layout = json->form == JSON_COMPACT ? JSON_C_TO_STRING_PLAIN : JSON_C_TO_STRING_PRETTY;

	for (int i = 0; i < 2 && !json->failed; i++) {
		const char *text;

		errno = 0;
		text = json_object_to_json_string_ext(object,
						      layout | JSON_C_TO_STRING_NOSLASHESCAPE);
		if (text && !errno)
			return text;
	}
	return NULL;
}

int json_print(const struct json *json, struct json_object *object)
{
	const char *text = json_text(json, object);

	if (!text)
		return -ENOMEM;
	return puts(text) < 0 ? -EIO : 0;
}
