/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kernel complains of while we work. */
#pragma once

#include "apply/apply.h"

struct sr_kernel_watch {
	int fd; /* -1: the log cannot be read */
};

/* From here on; where /dev/kmsg cannot be read, nothing will be seen. */
void sr_kernel_watch_start(const struct sr_machine *machine, struct sr_kernel_watch *ret_watch);

/*
 * Adds the texts of the kernel's own records since the start, or the last call, that tell of a
 * warning, a bug, or memory that stays online. 0, or -ENOMEM.
 */
int sr_kernel_watch_collect(struct sr_kernel_watch *watch, struct sr_apply_result *result);

void sr_kernel_watch_end(struct sr_kernel_watch *watch);

#define sr_auto_watch __attribute__((cleanup(sr_kernel_watch_end)))
