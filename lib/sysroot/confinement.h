/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Into a sysroot for good, by a process that was made for it: see run.c. */
#pragma once

#include <stdbool.h>

#include "sandbox/sandbox.h"

struct sr_confinement {
	/*
	 * Called once, and before anything of the capture is looked at: @scratch is a folder that
	 * this process cannot remove any more (sr_scratch_remove()), or NULL. -errno.
	 */
	int (*tell)(void *data, const char *scratch);
	void *data;
	bool begun; /* what @tell was called for */
	struct sr_sandbox sandbox;
};

/*
 * As sr_sysroot_enter(), but there is no way back, and the first stage of the sandbox is on.
 * On an error without @begun this process has the root that it had; else it is of no use.
 */
int sr_sysroot_enter_for_good(const char *path, struct sr_confinement *confinement,
			      struct sr_reason *reason);
