/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The file that --stage leaves for the next boot (plan/staged.h): written whole or not at
 * all, removed, and never in the place of what is not ours. Under the lock (apply/lock.h).
 */
#pragma once

#include <stdbool.h>

#include "apply/machine.h"

/*
 * Whether the file is there: 0. -EEXIST for one that is not ours, -ELOOP for a link, -EPERM
 * for an owner or a mode with which others may have written it, -errno; and the reason.
 */
int sr_stage_look(const struct sr_machine *machine, bool *ret_there, struct sr_reason *reason);

/* Errors as above. *ret_written: false where it says @text already. */
int sr_stage_write(const struct sr_machine *machine, const char *text, bool *ret_written,
		   struct sr_reason *reason);

/* Errors as above. *ret_removed: false where there was none. */
int sr_stage_remove(const struct sr_machine *machine, bool *ret_removed, struct sr_reason *reason);

/* What puts modprobe.d into the initramfs, by what is installed, or NULL. Never run here. */
const char *sr_stage_initramfs_command(const struct sr_machine *machine);
