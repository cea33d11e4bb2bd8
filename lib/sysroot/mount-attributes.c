// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * mount_setattr(2). Its structure is in <linux/mount.h>, which before glibc 2.36
 * contradicts <sys/mount.h>; hence a file of its own and no wrapper of glibc's.
 */
#include "sysroot/mount-attributes.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

static int set_attributes(const char *mount_point, unsigned int flags,
			  struct mount_attr *attributes)
{
	return syscall(SYS_mount_setattr, AT_FDCWD, mount_point, flags, attributes,
		       sizeof(*attributes)) < 0
		       ? -errno
		       : 0;
}

/* Nothing to set and nothing to clear is a valid request that changes nothing. */
bool sr_mount_attributes_work(const char *mount_point)
{
	struct mount_attr nothing = { 0 };

	return set_attributes(mount_point, 0, &nothing) == 0;
}

int sr_mount_attributes_protect(const char *mount_point)
{
	struct mount_attr protection = {
		.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
			    MOUNT_ATTR_NOEXEC,
	};

	return set_attributes(mount_point, AT_RECURSIVE, &protection);
}
