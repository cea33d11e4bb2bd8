/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is not the same in two reports. Pure. That a value is known on one side only is a
 * difference, and told as what it is: nothing is said of the machine by it.
 */
#pragma once

#include "comparison-model.h"

struct member_difference {
	const char *name; /* a member, or "parameters.NAME" */
	enum value_type type;
	struct value before, after;
};

enum presence {
	PRESENT_BOTH,
	PRESENT_BEFORE, /* and gone after */
	PRESENT_AFTER,
	UNSEEN_AFTER, /* there before; after, not all of that list could be read */
	UNSEEN_BEFORE,
};

struct item_difference {
	enum list_id list;
	enum presence presence;
	const struct compared_item *before, *after; /* NULL: not there */
	size_t first, count;			    /* in the `members` of the comparison */
};

struct comparison {
	struct model before, after;
	bool has_predictions;		       /* on both sides */
	SR_LIST(struct item_difference) items; /* in the order of the lists */
	SR_LIST(struct member_difference) members;
	struct json_object *made;    /* values and names that are in neither document */
	struct json_object *renamed; /* memdevs: names after by names before */
	size_t count;		     /* of differences: members, and items on one side only */
	size_t unknown;		     /* of these, because something is not known on one side */
};

/*
 * Of @comparison `before` and `after` are made already. 0 or -ENOMEM; to be given to
 * comparison_done() in any case.
 */
int comparison_make(struct comparison *comparison);

void comparison_done(struct comparison *comparison);

static inline bool difference_is_unknown(const struct member_difference *member)
{
	return member->before.state == VALUE_UNKNOWN || member->after.state == VALUE_UNKNOWN;
}

/* "changed", "added", "removed", "unseen-before" or "unseen-after". */
const char *presence_name(enum presence presence);
