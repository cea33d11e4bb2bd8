/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cxl/libcxl.h>

#include "libraries/load.h"

/* Each member is cxl_<name> of the library. */
#define SR_LIBCXL_FUNCTIONS(X) \
	X(bus_get_first)       \
	X(bus_get_next)        \
	X(bus_get_port)        \
	X(decoder_get_devname) \
	X(decoder_get_first)   \
	X(decoder_get_next)    \
	X(new)                 \
	X(port_get_devname)    \
	X(region_get_devname)  \
	X(region_get_first)    \
	X(region_get_next)     \
	X(set_log_priority)    \
	X(unref)

struct sr_libcxl {
#define SR_LIBCXL_MEMBER(name) SR_LIBRARY_MEMBER(cxl_, name)
	SR_LIBCXL_FUNCTIONS(SR_LIBCXL_MEMBER)
#undef SR_LIBCXL_MEMBER
};

/* Loads it for the rest of the process. -ENOPKG where it cannot be had. */
int sr_libcxl_load(struct sr_libcxl *ret_library, struct sr_reason *reason);
