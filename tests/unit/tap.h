/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Unit tests speak TAP: one line a check, the plan at the end. A test program
 * that ends early has no plan, and the runner counts that as a failure.
 */
#pragma once

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned int tap_count, tap_failed;

static inline bool tap_check(bool ok, const char *file, int line, const char *what)
{
	tap_count++;
	printf("%sok %u - %s\n", ok ? "" : "not ", tap_count, what);
	if (!ok) {
		tap_failed++;
		printf("# failed at %s:%d\n", file, line);
	}
	return ok;
}

static inline bool tap_text(const char *got, const char *want, const char *file, int line,
			    const char *what)
{
	bool same = got && want ? strcmp(got, want) == 0 : got == want;

	tap_check(same, file, line, what);
	if (!same)
		printf("#  got: %s\n# want: %s\n", got ? got : "(null)", want ? want : "(null)");
	return same;
}

static inline bool tap_number(uint64_t got, uint64_t want, const char *file, int line,
			      const char *what)
{
	tap_check(got == want, file, line, what);
	if (got != want)
		printf("#  got: %#" PRIx64 "\n# want: %#" PRIx64 "\n", got, want);
	return got == want;
}

#define ok(condition, what)	   tap_check(condition, __FILE__, __LINE__, what)
#define is_text(got, want, what)   tap_text(got, want, __FILE__, __LINE__, what)
#define is_number(got, want, what) tap_number(got, want, __FILE__, __LINE__, what)

/* A case that cannot be tried, and why. */
static inline void tap_skip(const char *what, const char *why)
{
	printf("ok %u - %s # SKIP %s\n", ++tap_count, what, why);
}

/* To be returned from main(). */
static inline int tap_done(void)
{
	printf("1..%u\n", tap_count);
	return tap_failed || !tap_count;
}
