/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What targets share. A target takes any bytes and does with them what the program does with
 * bytes from outside; it aborts where an answer is wrong, and leaves crashes, leaks and time to
 * the engine. It keeps nothing from one input to the next.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fuzz_target {
	const char *name;    /* of its file here, and of its folder in corpus/ and found/ */
	const char *parsers; /* the files whose coverage counts, with blanks between */
	size_t limit;	     /* bytes of an input at most */
	void (*run)(const uint8_t *data, size_t size);
	/* What the process needs once: false and why it cannot be had here. NULL: nothing. */
	bool (*begin)(const char **ret_why);
};

/* All targets, in the order of the table in targets.c. */
extern const struct fuzz_target fuzz_targets[];
extern const size_t fuzz_target_count;

/* The checkout, with a slash behind it; set before begin(). */
extern const char *fuzz_source;

/* Each in its own file. */
#define FUZZ_RUN(name) void name(const uint8_t *data, size_t size)

/* Ends the process and tells what is wrong, where @condition does not hold. */
#define must(condition, ...) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, __VA_ARGS__))

__attribute__((format(printf, 3, 4))) __attribute__((noreturn)) void fuzz_fail(const char *file,
									       int line,
									       const char *format,
									       ...);

/* The bytes with a NUL behind them, not one more, so that a sanitizer sees the end. To be freed. */
char *fuzz_text(const uint8_t *data, size_t size);

/* A file with the bytes that only its owner may write, as a path; good until the next one. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* Takes numbers off the front of an input; zeros where it has ended. */
struct fuzz_bytes {
	const uint8_t *at, *end;
};

uint8_t fuzz_byte(struct fuzz_bytes *bytes);
uint16_t fuzz_u16(struct fuzz_bytes *bytes);
size_t fuzz_left(const struct fuzz_bytes *bytes);

/* Everything that is printed is printable; @utf8: beyond ASCII too, but no controls. */
void fuzz_must_be_printable(const char *text, size_t length, bool utf8);
