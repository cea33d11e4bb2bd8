/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One writer: who changes the machine holds the lock from its first look to its last. */
#pragma once

#include "apply/machine.h"

#define SR_LOCK_PATH "/run/cxl-sr.lock"

struct sr_lock {
	int fd; /* -1: not held */
};

/*
 * Takes the lock, without waiting; it ends with sr_lock_release() or the process. -EBUSY, and
 * the holder's process in the reason, where another has it; -EPERM for a file that is not ours
 * alone to write; -ELOOP for a link; -errno.
 */
int sr_lock_take(const struct sr_machine *machine, struct sr_lock *ret_lock,
		 struct sr_reason *reason);

/* As a scope guard too. The file stays: one that is removed can be locked twice. */
void sr_lock_release(struct sr_lock *lock);

#define sr_auto_lock __attribute__((cleanup(sr_lock_release)))
