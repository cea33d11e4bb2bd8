/* SPDX-License-Identifier: GPL-2.0-only */
/* Which item of one side is which of the other. Pure. */
#pragma once

#include "comparison-model.h"

struct item_pair {
	/* NULL: the other one is on one side only. */
	const struct compared_item *before, *after;
};

typedef SR_LIST(struct item_pair) pair_list;

/* Adds a pair for each item of both; an item may be in several with MATCH_PARTS. 0 or -ENOMEM. */
int match_items(const struct model *before, const struct model *after, enum list_id list,
		pair_list *pairs);
