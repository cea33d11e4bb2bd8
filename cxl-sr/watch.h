/* SPDX-License-Identifier: GPL-2.0-only */
/* cxl-sr watch: looks again whenever something may have changed, and prints what has. */
#pragma once

#include "reading.h"
#include "uevents.h"
#include "watch-state.h"

struct watch {
	struct settle_choice settle;
	char *sysroot;	       /* NULL: this machine, as but for tests */
	unsigned int interval; /* the longest time without a look, in seconds; 0: no bound */
	bool json;
	struct watch_state *state; /* of the last look; NULL before the first one */
};

/*
 * Reads and judges, prints what has changed since the last look, and flushes it. An exit status,
 * behind messages; *@ret_ended: it was told to end meanwhile.
 */
int watch_look(struct watch *watch, bool *ret_ended);

/* Looks until it is told to end. An exit status, behind messages. */
int watch_follow(struct watch *watch, struct uevents *uevents);
