/* SPDX-License-Identifier: GPL-2.0-only */
/* --settle: a snapshot of a machine on which CXL enumeration has come to its end. */
#pragma once

#include <stdbool.h>

#include "base/reason.h"
#include "settle-loop.h"
#include "snapshot/snapshot.h"

struct uevents;

struct settle_choice {
	bool wanted;
	unsigned int seconds;	 /* to wait at most; 0: one look */
	struct uevents *uevents; /* to wait for; NULL: they are opened, and closed again */
};

/* The option's value: a number of seconds, 30 where it is NULL. False: it is neither. */
bool settle_parse(const char *value, struct settle_choice *ret_choice);

/*
 * Reads this machine, where @choice wants it again and again until it has settled, with
 * a line about that on a terminal's stderr; or @sysroot, once, as no capture changes.
 *
 * SETTLE_DONE or SETTLE_TIMED_OUT, both with a snapshot, the caller's; -errno and the
 * reason as sr_snapshot_read(), or -EINTR where @choice->uevents have ended. Without
 * @choice->wanted it is always SETTLE_DONE.
 */
int settle_read(const struct settle_choice *choice, const char *sysroot,
		struct sr_snapshot **ret_snapshot, struct sr_reason *reason);
