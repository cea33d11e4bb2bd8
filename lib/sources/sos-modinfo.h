/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What `modinfo MODULE...` prints, and the list of loaded modules: a sosreport has these. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SR_MODINFO_PATH "/sos_commands/kernel/modinfo_ALL_MODULES"
#define SR_LSMOD_PATH	"/sos_commands/kernel/lsmod"

/*
 * The next softdep of the module @name in the text of modinfo behind *@at (NULL: from the
 * start): the line's value, of @ret_length bytes; NULL where there is none. @ret_has (may be
 * NULL) is set where the text has the module at all.
 */
const char *sr_modinfo_softdep(const char *text, const char *name, const char *at,
			       size_t *ret_length, bool *ret_has);

/* Whether the text is what lsmod prints, whole; and whether it has the module @name. */
bool sr_lsmod_is_whole(const char *text);
bool sr_lsmod_has(const char *text, const char *name);
