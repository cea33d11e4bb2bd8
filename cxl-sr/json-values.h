/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json-c with the checks that it leaves to its callers: a value that could not be
 * made is remembered and never becomes a null, and texts are made printable.
 */
#pragma once

#include <json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/known.h"
#include "base/range.h"
#include "json-form.h"

struct json {
	enum json_form form;
	bool failed; /* memory ran out somewhere; the document is not whole */
};

struct json_object *json_new_object(struct json *json);
struct json_object *json_new_array(struct json *json);

/* Members of @object. @object takes over what it is given. */
void json_put(struct json *json, struct json_object *object, const char *key,
	      struct json_object *value);
void json_put_null(struct json *json, struct json_object *object, const char *key);
void json_put_text(struct json *json, struct json_object *object, const char *key,
		   const char *text); /* NULL: null */
void json_put_size(struct json *json, struct json_object *object, const char *key, uint64_t size);
void json_put_bool(struct json *json, struct json_object *object, const char *key, bool value);

/* Unknown values are null. */
void json_put_known(struct json *json, struct json_object *object, const char *key,
		    struct sr_u64 value);
void json_put_node(struct json *json, struct json_object *object, const char *key,
		   struct sr_s64 value);
void json_put_truth(struct json *json, struct json_object *object, const char *key,
		    enum sr_truth truth);

/* Names, or numbers of nodes, separated by commas, as an array; none is an empty one. */
void json_put_names(struct json *json, struct json_object *object, const char *key,
		    struct sr_text names);
void json_put_nodes(struct json *json, struct json_object *object, const char *key,
		    struct sr_text nodes);

/* `start` and `end` as "0x..." texts and `size` as a number; nulls without a range. */
void json_put_range(struct json *json, struct json_object *object, const struct sr_range *range);

/* Items of @array. */
void json_add(struct json *json, struct json_object *array, struct json_object *value);
void json_add_text(struct json *json, struct json_object *array, const char *text);

/* The whole document, valid until @object changes; NULL: no memory. */
const char *json_text(const struct json *json, struct json_object *object);

/* Prints the whole document to stdout. 0, -ENOMEM where it is not whole, -EIO. */
int json_print(const struct json *json, struct json_object *object);

static inline void json_object_guard(struct json_object **object)
{
	json_object_put(*object);
}

#define json_auto __attribute__((cleanup(json_object_guard)))
