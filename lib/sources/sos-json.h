/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What `cxl list` and `daxctl list` print, read strictly: a member is what it should be,
 * or unknown.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/known.h"
#include "base/pool.h"

struct sr_json;

/*
 * The text from its first line that begins with "[": programs' messages can stand before
 * it, as sos puts stderr and stdout into one file. 0 and the array; -ENODATA where there
 * is no such line, -EINVAL where it is no JSON, or not all of it is, or nested deeper than
 * 64 levels; -ENOMEM.
 */
int sr_json_parse(const char *text, size_t length, struct sr_json **ret_json);

void sr_json_free(struct sr_json *json);

static inline void sr_json_guard(struct sr_json **json)
{
	sr_json_free(*json);
}

#define sr_auto_json __attribute__((cleanup(sr_json_guard)))

bool sr_json_is_object(const struct sr_json *json);

/* 0 for what is no array. */
size_t sr_json_count(const struct sr_json *array);
const struct sr_json *sr_json_at(const struct sr_json *array, size_t index);

/* NULL where @object is none, or has no such member, or null. */
const struct sr_json *sr_json_member(const struct sr_json *object, const char *name);

/*
 * A number from 0 on. Unknown for all else: a negative one is a 64-bit number that the
 * program printed as if signed, and its ~0 means that it did not know either.
 */
struct sr_u64 sr_json_u64(const struct sr_json *object, const char *name);

/* A member that is text of less than @size bytes, without control characters. */
bool sr_json_text(const struct sr_json *object, const char *name, char *buffer, size_t size);

/* The same in the pool; unknown where it is not such. 0 or -ENOMEM. */
int sr_json_pool_text(struct sr_pool *pool, const struct sr_json *object, const char *name,
		      struct sr_text *ret_text);

/* Yes, where the member is the text @text; no, where it is another text; else unknown. */
enum sr_truth sr_json_text_is(const struct sr_json *object, const char *name, const char *text);

/* Calls @visit for each member of an object until it returns other than 0; returns that. */
int sr_json_each(const struct sr_json *object,
		 int (*visit)(void *context, const char *name, const struct sr_json *value),
		 void *context);
