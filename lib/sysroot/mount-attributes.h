/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* mount_setattr(2), which changes a whole tree of mounts at once (Linux 5.12). */
#pragma once

#include <stdbool.h>

/* Whether the kernel has it and lets us use it on @mount_point, which stays as it is. */
bool sr_mount_attributes_work(const char *mount_point);

/* Makes @mount_point and all below read-only, without devices, setuid or programs; -errno. */
int sr_mount_attributes_protect(const char *mount_point);
