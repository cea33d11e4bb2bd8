/* SPDX-License-Identifier: GPL-2.0-only */
/* Where an archive is written to, and how the name of that tells the format. */
#pragma once

#include <stdbool.h>

#include "base/reason.h"
#include "sysroot/pack.h"

/*
 * Whether @command can write an archive to @path, "-" for stdout, and in which format: STATUS_OK,
 * or STATUS_USAGE behind a message.
 */
int archive_check(const char *command, const char *path, enum sr_pack_format *ret_format);

/* Writes @what to @fd. -errno and the reason. */
typedef int (*archive_writer)(const void *what, int fd, enum sr_pack_format format,
			      struct sr_reason *reason);

/*
 * Has @write write @what to @path, "-" for stdout. A file is there whole or not at all, for its
 * owner only; where there is one, it is replaced if @replace, else -EEXIST. What is no file,
 * as a device, is written to. -errno and the reason.
 */
int archive_write(archive_writer write, const void *what, const char *path, bool replace,
		  enum sr_pack_format format, struct sr_reason *reason);
