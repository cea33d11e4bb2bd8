/* SPDX-License-Identifier: GPL-2.0-only */
/* What a renderer prints, kept as a text. */
#pragma once

#include <stddef.h>

/*
 * Runs @render with stdout led into memory, so that it prints what it prints into a pipe: 80
 * columns, no color. *@ret_text is to be freed. 0, what @render returned, or -errno.
 */
int rendered_text(int (*render)(const void *data), const void *data, char **ret_text,
		  size_t *ret_length);
