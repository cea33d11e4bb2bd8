/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs one of this machine's programs and reads what it says, with bounds on time and size. */
#pragma once

#include <stddef.h>

/* A text with a NUL behind it, the caller's to free. */
struct sr_output {
	char *text;
	size_t length;
};

/*
 * Runs @arguments[0], a name that is looked for in the system's folders for programs and
 * nowhere else, in the locale C, with nothing on stdin, and reads its stdout. NULL ends
 * @arguments.
 *
 * 0, the output and *@ret_status, its exit status (128 and the number for a signal);
 * -ENOENT where there is no such program, -ETIME where it does not end within
 * @milliseconds, -EFBIG above @limit bytes, -errno.
 */
int sr_program_read(const char *const *arguments, size_t limit, unsigned int milliseconds,
		    struct sr_output *ret_output, int *ret_status);
