// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/sos-json.h"

#include <errno.h>
#include <json-c/json.h>
#include <limits.h>
#include <string.h>

#include "base/json-piece.h"

#define DEPTH 64

static struct json_object *library_of(const struct sr_json *json)
{
	return (struct json_object *)json;
}

static const char *find_array(const char *text, const char *end)
{
	while (text && text < end && *text != '[') {
		text = memchr(text, '\n', (size_t)(end - text));
		if (text)
			text++;
	}
	return text && text < end ? text : NULL;
}

static bool is_blank(const char *text, const char *end)
{
	while (text < end && strchr(" \t\r\n", *text) && *text)
		text++;
	return text == end;
}

static void tokener_guard(struct json_tokener **tokener)
{
	if (*tokener)
		json_tokener_free(*tokener);
}

static int parse(const char *text, const char *end, struct sr_json **ret_json)
{
	__attribute__((cleanup(tokener_guard))) struct json_tokener *tokener = NULL;
	struct json_object *object;

	tokener = json_tokener_new_ex(DEPTH);
	if (!tokener)
		return -ENOMEM;
	do {
		size_t piece = sr_json_piece(text, (size_t)(end - text));

		errno = 0;
		object = json_tokener_parse_ex(tokener, text, (int)piece);
		if (errno == ENOMEM) {
			json_object_put(object);
			return -ENOMEM;
		}
		text += json_tokener_get_parse_end(tokener);
	} while (json_tokener_get_error(tokener) == json_tokener_continue && text < end);
	if (json_tokener_get_error(tokener) != json_tokener_success ||
	    !json_object_is_type(object, json_type_array) || !is_blank(text, end)) {
		json_object_put(object);
		return -EINVAL;
	}
	*ret_json = (struct sr_json *)object;
	return 0;
}

int sr_json_parse(const char *text, size_t length, struct sr_json **ret_json)
{
	const char *end = text + length, *start = find_array(text, end);
	int error = -ENOMEM;

	if (!start)
		return -ENODATA;
	if (end - start >= INT_MAX)
		return -EINVAL;
	/* malloc(3) may set errno and find memory, but not twice: then it is there already. */
	for (int i = 0; i < 2 && error == -ENOMEM; i++)
		error = parse(start, end, ret_json);
	return error;
}

void sr_json_free(struct sr_json *json)
{
	json_object_put(library_of(json));
}

bool sr_json_is_object(const struct sr_json *json)
{
	return json_object_is_type(library_of(json), json_type_object);
}

size_t sr_json_count(const struct sr_json *array)
{
	if (!json_object_is_type(library_of(array), json_type_array))
		return 0;
	return json_object_array_length(library_of(array));
}

const struct sr_json *sr_json_at(const struct sr_json *array, size_t index)
{
	return (const struct sr_json *)json_object_array_get_idx(library_of(array), index);
}

const struct sr_json *sr_json_member(const struct sr_json *object, const char *name)
{
	struct json_object *found = NULL;

	if (!sr_json_is_object(object))
		return NULL;
	json_object_object_get_ex(library_of(object), name, &found);
	return (const struct sr_json *)found;
}

struct sr_u64 sr_json_u64(const struct sr_json *object, const char *name)
{
	struct json_object *number = library_of(sr_json_member(object, name));
	uint64_t value;

	if (!json_object_is_type(number, json_type_int) || json_object_get_int64(number) < 0)
		return (struct sr_u64){ 0 };
	/* It clamps what 64 bits cannot hold to this. */
	value = json_object_get_uint64(number);
	if (value == UINT64_MAX)
		return (struct sr_u64){ 0 };
	return sr_u64_of(value);
}

bool sr_json_text(const struct sr_json *object, const char *name, char *buffer, size_t size)
{
	struct json_object *string = library_of(sr_json_member(object, name));
	const char *text;
	size_t length;

	if (!json_object_is_type(string, json_type_string))
		return false;
	text = json_object_get_string(string);
	length = (size_t)json_object_get_string_len(string);
	if (length >= size)
		return false;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] >= 0x7f)
			return false;
	memcpy(buffer, text, length + 1);
	return true;
}

int sr_json_pool_text(struct sr_pool *pool, const struct sr_json *object, const char *name,
		      struct sr_text *ret_text)
{
	char text[NAME_MAX + 1];

	if (!sr_json_text(object, name, text, sizeof(text)) || !*text)
		return 0;
	*ret_text = sr_text_of(sr_pool_text(pool, text));
	return ret_text->value ? 0 : -ENOMEM;
}

enum sr_truth sr_json_text_is(const struct sr_json *object, const char *name, const char *text)
{
	char found[NAME_MAX + 1];

	if (!sr_json_text(object, name, found, sizeof(found)))
		return SR_UNKNOWN;
	return strcmp(found, text) == 0 ? SR_YES : SR_NO;
}

int sr_json_each(const struct sr_json *object,
		 int (*visit)(void *context, const char *name, const struct sr_json *value),
		 void *context)
{
	struct json_object_iterator at, end;
	int result = 0;

	if (!sr_json_is_object(object))
		return 0;
	at = json_object_iter_begin(library_of(object));
	end = json_object_iter_end(library_of(object));
	for (; !result && !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
		result = visit(context, json_object_iter_peek_name(&at),
			       (const struct sr_json *)json_object_iter_peek_value(&at));
	return result;
}
