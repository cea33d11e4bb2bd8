/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `watch` keeps of a report: the verdict on each range, to compare the next one with. A
 * report holds its whole snapshot; this is a few hundred bytes a range.
 */
#pragma once

#include "judgement/report.h"

struct watch_codes {
	bool has[SR_CODE_COUNT];
};

/* A decision unit, which is what the kernel decides on: a range, or a part of one. */
struct watch_row {
	struct sr_range range; /* first: see sr_range_first() */
	/*
	 * False: it was there, and is not in this report, but may be missing only because a
	 * source that has it could not be read. Nothing of it is known then.
	 */
	bool seen;
	enum sr_owner owner;
	enum sr_state state;
	enum sr_truth contained;
	struct sr_text region;
	struct sr_text drivers; /* "device_dax,kmem" */
	struct sr_u64 online, lost;
	struct watch_codes why;
};

struct watch_state {
	struct sr_pool *pool;
	SR_LIST(struct watch_row) rows; /* sorted, disjoint */
	struct watch_codes findings;	/* of the machine as a whole */
	unsigned int partial;		/* bits of sources that were not wholly read */
	enum sr_truth settled;
};

/*
 * 0 and a state, owned by the caller, or -ENOMEM. @before: the state before this report, or
 * NULL. Pure; the report may go.
 */
int watch_state_make(const struct sr_report *report, const struct watch_state *before,
		     struct watch_state **ret_state);

struct watch_state *watch_state_free(struct watch_state *state);

static inline void watch_state_guard(struct watch_state **state)
{
	watch_state_free(*state);
}

#define auto_watch_state __attribute__((cleanup(watch_state_guard)))

/* It is in no CXL window: no region can contain it, so that there is nothing to know of one. */
bool watch_row_is_outside(const struct watch_row *row);
