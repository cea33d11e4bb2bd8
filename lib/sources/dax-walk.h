/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which dax devices there are: libdaxctl's answer, checked. */
#pragma once

#include "base/directory.h"

struct sr_dax_names {
	struct sr_names names;	    /* of all dax devices, sorted */
	size_t left_out;	    /* how many of them libdaxctl did not return */
	const char *left_out_first; /* the name of one, owned by @names */
};

/*
 * Asks libdaxctl, then counts /sys/bus/dax/devices: libdaxctl drops a device
 * whose /dev node it cannot stat.
 *
 * 0; -ENOENT: no dax bus; -errno of reading its folder; -ENOMEM.
 */
int sr_dax_walk(struct sr_dax_names *ret_names);
