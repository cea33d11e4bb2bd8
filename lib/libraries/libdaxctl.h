/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <daxctl/libdaxctl.h>

#include "libraries/load.h"

/* Each member is daxctl_<name> of the library. */
#define SR_LIBDAXCTL_FUNCTIONS(X) \
	X(dev_get_devname)        \
	X(dev_get_first)          \
	X(dev_get_next)           \
	X(new)                    \
	X(region_get_first)       \
	X(region_get_next)        \
	X(set_log_priority)       \
	X(unref)

struct sr_libdaxctl {
#define SR_LIBDAXCTL_MEMBER(name) SR_LIBRARY_MEMBER(daxctl_, name)
	SR_LIBDAXCTL_FUNCTIONS(SR_LIBDAXCTL_MEMBER)
#undef SR_LIBDAXCTL_MEMBER
};

/* Loads it for the rest of the process. -ENOPKG where it cannot be had. */
int sr_libdaxctl_load(struct sr_libdaxctl *ret_library, struct sr_reason *reason);
