/* SPDX-License-Identifier: GPL-2.0-only */
/* A file that is there whole or not at all. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/reason.h"

/* Writes what there is to @fd. 0, or -errno and the reason. */
typedef int write_function(int fd, void *data, struct sr_reason *reason);

/*
 * Has @write fill a new file beside @path, for its owner only, which then takes its place;
 * without @replace it must not be taken. 0, what @write returned, or -errno and the reason, and
 * nothing is left. What is there and is no file, as a device, is written to.
 */
int write_whole_file(const char *path, bool replace, write_function *write, void *data,
		     struct sr_reason *reason);

/* The same with a text, on disk when it takes the place of what was there, and a mode. */
int write_text_file(const char *path, mode_t mode, const char *text, struct sr_reason *reason);

/* Whether there is something at @path that is no regular file: a device, a pipe, a folder. */
bool is_no_file(const char *path);

/* "cannot write PATH: ..." of errno; -errno. */
int write_refused(struct sr_reason *reason, const char *path);
