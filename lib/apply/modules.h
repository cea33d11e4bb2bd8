/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loads and removes modules of the running kernel. */
#pragma once

#include <stdbool.h>

#include "base/reason.h"

/*
 * Loads @name and what it depends on, as modprobe(8) does; but a command that modprobe.d(5)
 * names for it is not run. 0, also where it is loaded; -EPERM for such a command, -ENOENT for
 * no such module, -errno of finit_module(2).
 */
int sr_module_load(const char *name, struct sr_reason *reason);

/* Removes @name alone, with no force and without waiting: 0 or -errno of delete_module(2). */
int sr_module_unload(const char *name, struct sr_reason *reason);

/*
 * Whether /bin/false is what modprobe(8) runs in the place of loading @name. @folder is read
 * in the place of all modprobe.d; NULL: those of this machine. 0 or -errno.
 */
int sr_module_is_stopped(const char *name, const char *folder, bool *ret_stopped,
			 struct sr_reason *reason);
