// SPDX-License-Identifier: GPL-2.0-only
#include "lock-machine.h"

#include <errno.h>
#include <syslog.h>

#include "commands.h"
#include "text.h"

int lock_machine(const struct sr_machine *machine, struct sr_lock *lock)
{
	struct sr_reason reason = { "" };
	int error;

	openlog("cxl-sr", LOG_PID, LOG_DAEMON);
	lock->fd = -1;
	error = sr_lock_take(machine, lock, &reason);
	if (!error)
		return STATUS_OK;
	message("%s", reason.text);
	return error == -EBUSY ? STATUS_APPLY_BUSY : STATUS_USAGE;
}
