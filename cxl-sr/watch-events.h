/* SPDX-License-Identifier: GPL-2.0-only */
/* What `watch` has to tell: how the verdicts of one look differ from those of the last. */
#pragma once

#include "watch-state.h"

enum watch_kind {
	WATCH_INITIAL, /* the first look */
	WATCH_CHANGED,
	WATCH_CAME,
	WATCH_WENT,
	WATCH_KIND_COUNT,
};

/* What an event is of: a range has the first ones, the machine as a whole the last two. */
enum watch_member {
	WATCH_OWNER,
	WATCH_STATE,
	WATCH_CONTAINED,
	WATCH_REGION,
	WATCH_DRIVERS,
	WATCH_ONLINE,
	WATCH_LOST,
	WATCH_WHY,
	WATCH_FINDINGS,
	WATCH_PARTIAL,
	WATCH_MEMBER_COUNT,
};

/* Bits 1 << enum watch_member. */
#define WATCH_MEMBERS_OF_MACHINE (1U << WATCH_FINDINGS | 1U << WATCH_PARTIAL)
#define WATCH_MEMBERS_OF_RANGE	 ((1U << WATCH_FINDINGS) - 1)

/* Before or after; without a state there was no look, without a row no such range. */
struct watch_side {
	const struct watch_state *state;
	const struct watch_row *row; /* NULL: the machine's */
};

struct watch_event {
	enum watch_kind kind;
	bool of_machine;
	struct watch_side before, after;
	unsigned int changed; /* bits of members; of WATCH_CHANGED at least one */
};

typedef SR_LIST(struct watch_event) watch_event_list;

/*
 * The events between two looks, the machine's first, then by address; none where nothing has
 * changed. @before: NULL for the first look. 0 or -ENOMEM. Pure; both states must outlive the
 * list.
 */
int watch_compare(const struct watch_state *before, const struct watch_state *after,
		  watch_event_list *events);

/* Stable: the JSON has them. */
const char *watch_kind_name(enum watch_kind kind);
const char *watch_member_name(enum watch_member member);
