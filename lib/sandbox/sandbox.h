/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Takes from this process, for good, what reading hostile bytes does not need. Three things,
 * each a wall of its own: no capabilities, and none to come; Landlock; a filter of system
 * calls. The first is everywhere, the others where the kernel has them.
 */
#pragma once

#include <stdbool.h>

#include "base/reason.h"

struct sr_sandbox {
	bool alone;	      /* nothing else is in its mount namespace */
	bool reads_others;    /* CAP_DAC_READ_SEARCH stays: files may belong to others */
	int landlock, filter; /* why they are not there, -errno */
};

/*
 * First stage: this process, whose root is where it is to stay, may yet make files there, and
 * move its root further down (CAP_SYS_CHROOT). -errno, and the reason, only where not even
 * its capabilities can be dropped; what else there is not, @sandbox tells.
 */
int sr_sandbox_begin(struct sr_sandbox *sandbox, struct sr_reason *reason);

/*
 * Second stage: it may only read below its root, and write to what is open. Files other than
 * @fd, and standard files, are closed.
 */
int sr_sandbox_end(struct sr_sandbox *sandbox, int fd, struct sr_reason *reason);

/* What there is not and matters, in words; false where nothing is to be told. */
bool sr_sandbox_lacks(const struct sr_sandbox *sandbox, struct sr_reason *ret_words);
