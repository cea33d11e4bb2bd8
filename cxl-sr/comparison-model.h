/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One side of a comparison: a report as JSON, wherever it comes from, taken apart into the
 * lists of comparison-shapes.h. What is in them was checked. Pure.
 */
#pragma once

#include <json.h>
#include <stdbool.h>

#include "base/list.h"
#include "base/range.h"
#include "base/reason.h"
#include "comparison-shapes.h"

struct compared_item {
	struct json_object *object;
	struct sr_range range; /* the hull of all that it has */
	bool has_range;
	const char *name; /* NULL: it has none */
};

typedef SR_LIST(struct compared_item) compared_list;

struct model {
	struct json_object *report, *predictions; /* predictions: NULL where there are none */
	compared_list lists[LIST_COUNT];
	bool whole[LIST_COUNT]; /* what is not in the list is not there */
};

enum value_state {
	VALUE_UNKNOWN,
	VALUE_NONE,
	VALUE_KNOWN,
};

struct value {
	enum value_state state;
	struct json_object *object; /* VALUE_KNOWN: not owned */
};

/*
 * Takes over the two documents (@predictions may be NULL), also where it fails; to be given to
 * model_done() in any case. -EINVAL for what is no such document, -E2BIG for more items
 * than are compared, -ENOMEM; with the reason.
 */
int model_make(struct json_object *report, struct json_object *predictions, struct model *model,
	       struct sr_reason *reason);

void model_done(struct model *model);

struct value model_value(const struct model *model, enum list_id list,
			 const struct compared_item *item, const struct member *member);

/* The member @path of @object; false where one on the way is missing. A null leads to NULL. */
bool json_path_get(struct json_object *object, const char *path, struct json_object **ret_value);

/* "0x..."; false for anything else. */
bool json_address_get(struct json_object *value, uint64_t *ret_address);

/* An object with start and end. */
bool json_range_get(struct json_object *object, struct sr_range *ret_range);
