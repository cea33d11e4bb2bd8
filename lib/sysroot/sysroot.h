/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Another machine's tree as this process's root, for as long as it is read.
 * libcxl, libdaxctl and libkmod have no setter for their paths, so the root
 * itself changes; what a capture lacks for them (/dev, /sys/dev/char) is supplied.
 * An archive is unpacked, into memory; a folder is mounted read-only. Where mounts are
 * refused both are copied into a new folder below TMPDIR, removed on the way back.
 */
#pragma once

#include "base/reason.h"

struct sr_sysroot;

/*
 * Makes the folder or archive @path the root of this process. The content is
 * hostile until proven otherwise: no link leads out of it, nothing in it is
 * written, executed or loaded, devices and FIFOs cannot be opened, and sizes are
 * bounded. The caller must be single-threaded and hold no path of its own open
 * that it wants to look up again before it leaves.
 *
 * -ENOENT, -ENOTDIR, -EACCES: @path; -EPERM: this process may not enter another
 * root; -EXDEV: @path is this machine's own live tree; -EINVAL, -EFBIG: a broken
 * or too large archive, a folder too large to be copied, or no machine in it;
 * -ENOPKG: no libarchive to unpack it; -ENOMEM. On every error this process has the
 * root that it had.
 */
int sr_sysroot_enter(const char *path, struct sr_sysroot **ret_sysroot, struct sr_reason *reason);

/*
 * Goes back to the root and folder from before, and frees @sysroot. Where going
 * back fails the process must end: it would take the capture for its machine.
 */
int sr_sysroot_leave(struct sr_sysroot *sysroot, struct sr_reason *reason);
