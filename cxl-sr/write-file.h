/* SPDX-License-Identifier: GPL-2.0-only */
/* A file that is there whole or not at all, for its owner only. */
#pragma once

#include <stdbool.h>

#include "base/reason.h"

/*
 * Has @write fill a new file beside @path, which then takes its place; without @replace it
 * must not be taken. 0, what @write returned, or -errno and the reason, and nothing is left.
 */
int write_whole_file(const char *path, bool replace,
		     int (*write)(int fd, void *data, struct sr_reason *reason), void *data,
		     struct sr_reason *reason);

/* "cannot write PATH: ..." of errno; -errno. */
int write_refused(struct sr_reason *reason, const char *path);
