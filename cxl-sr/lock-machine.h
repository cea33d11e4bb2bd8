/* SPDX-License-Identifier: GPL-2.0-only */
/* What every command that changes the machine does first. */
#pragma once

#include "apply/lock.h"

/*
 * Opens the system's log and takes the lock: STATUS_OK, or STATUS_APPLY_BUSY or STATUS_USAGE
 * behind a message. @lock is to be released in any case.
 */
int lock_machine(const struct sr_machine *machine, struct sr_lock *lock);
