/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Work on another machine's tree, with that as its root, in a process of its own: what the
 * capture may do to it stays there, and what it found comes back as bytes, not to be trusted.
 */
#pragma once

#include <stddef.h>
#include <stdio.h>

#include "base/reason.h"

struct sr_found {
	char *bytes; /* from malloc() */
	size_t length;
};

/*
 * Calls @work in a sandbox (sandbox/sandbox.h) inside @path, a folder or an archive, and hands
 * out what it wrote to @out. -errno and the reason: as sr_sysroot_enter(), those of @work,
 * -ECHILD where the process of it was killed, -EFBIG where it writes without end. On success
 * the reason tells what the sandbox lacks, and is empty as a rule.
 */
int sr_sysroot_run(const char *path, int (*work)(void *data, FILE *out, struct sr_reason *reason),
		   void *data, struct sr_found *ret_found, struct sr_reason *reason);
