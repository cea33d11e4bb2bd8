/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting until nothing is under way; clock, events and looking are the caller's. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/known.h"

enum settle_result {
	SETTLE_DONE = 0,      /* nothing says any more that something is under way */
	SETTLE_TIMED_OUT = 1, /* the time is over, and something still is */
};

/* All times are milliseconds. */
struct settle_operations {
	/* Looks anew: 0 and what was found, or -errno, which ends the loop. */
	int (*look)(void *data, enum sr_truth *ret_settled);
	/* A clock that is never put back. */
	uint64_t (*now)(void *data);
	/* Waits at most so long; true as soon as something has changed. */
	bool (*wait)(void *data, uint64_t time);
	/* Tells how much of the time is left. */
	void (*show)(void *data, uint64_t left);
};

/*
 * Looks until it finds SR_YES or SR_UNKNOWN and nothing changed meanwhile: when changes
 * came and then paused, and now and then without any, as events can be refused. At least
 * one look, however short @limit is; after each the last one counts.
 *
 * enum settle_result, or the error of a look.
 */
int settle_loop(const struct settle_operations *operations, void *data, uint64_t limit);
