/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An archive of a machine's tree, unpacked with every quantity in it bounded. */
#pragma once

#include "base/reason.h"
#include "libraries/libarchive.h"

/*
 * Unpacks what is wanted of the archive open at @fd below the folder open at
 * @root. -EINVAL where it is none, or a broken or truncated one, -EFBIG above a
 * limit, -errno; with the reason, and part of it unpacked.
 */
int sr_archive_unpack(const struct sr_libarchive *library, int fd, int root,
		      struct sr_reason *reason);
