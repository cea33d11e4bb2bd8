// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sandbox/filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#include "sandbox/filters.h"

#define PROGRAM(filter)                                      \
	{                                                    \
		sizeof(filter) / sizeof(*(filter)), (filter) \
	}

/* The kernel copies the program; its structure has no const. */
int sr_filter_load(enum sr_filter filter)
{
	static struct sock_filter unpack[] = { SR_FILTER_UNPACK_PROGRAM };
	static struct sock_filter read[] = { SR_FILTER_READ_PROGRAM };
	const struct sock_fprog programs[] = {
		[SR_FILTER_UNPACK] = PROGRAM(unpack),
		[SR_FILTER_READ] = PROGRAM(read),
	};

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programs[filter]) < 0 ? -errno : 0;
}
