/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Landlock: this process gives up files by where they are, whatever its ids and root. Raw
 * system calls, since glibc has no wrappers, and the constants that newer headers have.
 */
#pragma once

enum sr_landlock_rights {
	SR_LANDLOCK_MAKE, /* read, write, make and remove files */
	SR_LANDLOCK_READ,
};

/*
 * From here on this process reaches only what lies below its root, and that with @rights
 * alone; it can bind and connect nothing, nor send a signal to others. no_new_privs must be
 * set. -errno: -ENOSYS and -EOPNOTSUPP for a kernel without it.
 */
int sr_landlock_stay(enum sr_landlock_rights rights);
