// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loaded before the C library (LD_PRELOAD), it numbers the allocations of the program and of
 * all its libraries, the C library's own too, and makes one fail:
 *
 *   FAILING_COUNT=FILE   is given the number of allocations at the end
 *   FAILING_CALL=N       which fails; without it none
 *   FAILING_ON=1         and all behind it
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

/* dlsym() allocates; these are glibc's own. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *pointer, size_t size);

static atomic_long allocations;
static long failing; /* 0: none */
static bool on;
static int count_file = -1;

/* What is allocated before main() is not the program's: by loaders, constructors. */
__attribute__((constructor)) static void begin(void)
{
	const char *call = getenv("FAILING_CALL"), *count = getenv("FAILING_COUNT");

	if (count)
		count_file = open(count, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	on = getenv("FAILING_ON");
	allocations = 0;
	failing = call ? atol(call) : 0;
}

__attribute__((destructor)) static void end(void)
{
	if (count_file >= 0)
		dprintf(count_file, "%ld\n", (long)allocations);
}

static bool must_fail(void)
{
	long number = ++allocations;

	if (!failing || number < failing || (number > failing && !on))
		return false;
	errno = ENOMEM;
	return true;
}

EXPORT void *malloc(size_t size)
{
	return must_fail() ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t count, size_t size)
{
	return must_fail() ? NULL : __libc_calloc(count, size);
}

EXPORT void *realloc(void *pointer, size_t size)
{
	return must_fail() ? NULL : __libc_realloc(pointer, size);
}
