/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names in a capture: which are taken, and how those of an archive are made safe. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SR_NAME_DEPTH  64
#define SR_NAME_LENGTH 2048

/* The names at the top of a machine's tree that the sources read; NULL ends them. */
extern const char *const sr_names_wanted[];

/* Others that are taken along, but do not make a folder a machine's. */
extern const char *const sr_names_more[];

/*
 * @name of an archive's entry without leading, doubled and "." parts, in @clean of
 * @size bytes; empty for the root itself. -EXDEV for a ".." in it, -EFBIG for more
 * than @size bytes or SR_NAME_DEPTH parts.
 */
int sr_name_clean(const char *name, char *clean, size_t size);

/*
 * Whether a clean name is to be unpacked: a wanted one, at the top or below one
 * leading folder; but no kernel modules, nor what nobody reads of sysfs.
 */
bool sr_name_is_wanted(const char *clean);

/* Makes hostile bytes visible, for a name that goes into a reason. Returns @name. */
const char *sr_name_printable(char *name);
