/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A negative errno says which kind of failure it was; the reason says in words
 * what failed and, where that helps, what to do. The library never prints it.
 */
#pragma once

#include <errno.h>

struct sr_reason {
	char text[512];
};

/* Writes the reason (which may be NULL) and returns @error, a negative errno. */
int sr_fail(struct sr_reason *reason, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
