/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The options on a kernel command line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "snapshot/snapshot.h"

/* One option as it stands there; a blank inside double quotes belongs to it. */
struct sr_kernel_option {
	const char *text; /* not terminated */
	size_t length;
};

/*
 * Moves *@at behind the next option of a command line and returns true, or false at
 * its end. *@at may be NULL.
 */
bool sr_kernel_option_next(const char **at, struct sr_kernel_option *ret_option);

/* Whether the option starts with @prefix, for instance "module_blacklist=". */
bool sr_kernel_option_is(struct sr_kernel_option option, const char *prefix);

/*
 * Whether any option that starts with @prefix has @word in its value, a list
 * separated by commas. The command line may be unknown: then it has nothing.
 */
bool sr_kernel_has_word(const struct sr_kernel *kernel, const char *prefix, const char *word);
