/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processes that have a dax device open or mapped. */
#pragma once

#include <stdint.h>

#include "apply/machine.h"

struct sr_holder {
	uint64_t pid;
	char command[64]; /* /proc/PID/comm, printable; "?" where it cannot be read */
};

/*
 * The first process that holds /dev/@name open, or has it mapped: 1, 0 where none does, -errno
 * where that cannot be told. A process that ends meanwhile holds nothing; one that starts
 * meanwhile may be missed, as with every look at /proc.
 */
int sr_dax_holder_find(const struct sr_machine *machine, const char *name,
		       struct sr_holder *ret_holder);
