/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allocations that fail, one after the other. The linker sends the library's calls to the
 * __wrap_ functions here (meson.build), so this belongs into one file of a test.
 */
#pragma once

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "tap.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_reallocarray(void *pointer, size_t count, size_t size);
char *__real_strdup(const char *text);
int __real_vasprintf(char **ret_text, const char *format, va_list arguments);
void __real_free(void *pointer);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_reallocarray(void *pointer, size_t count, size_t size);
char *__wrap_strdup(const char *text);
int __wrap_vasprintf(char **ret_text, const char *format, va_list arguments);
int __wrap___vasprintf_chk(char **ret_text, int flag, const char *format, va_list arguments);
void __wrap_free(void *pointer);

enum call {
	MALLOC,
	CALLOC,
	REALLOCARRAY,
	STRDUP,
	VASPRINTF,
	CALL_COUNT
};

static struct {
	size_t calls;	/* so far */
	size_t failing; /* the call that fails; 0: none */
	bool from_then; /* and all behind it */
	long live;	/* allocations that were not freed */
	size_t failed[CALL_COUNT];
} heap;

static bool must_fail(enum call call)
{
	heap.calls++;
	if (!heap.failing || heap.calls < heap.failing ||
	    (heap.calls > heap.failing && !heap.from_then))
		return false;
	heap.failed[call]++;
	errno = ENOMEM;
	return true;
}

static void *counted(void *pointer)
{
	heap.live += pointer != NULL;
	return pointer;
}

void *__wrap_malloc(size_t size)
{
	return must_fail(MALLOC) ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return must_fail(CALLOC) ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_reallocarray(void *pointer, size_t count, size_t size)
{
	void *grown;

	if (must_fail(REALLOCARRAY))
		return NULL;
	grown = __real_reallocarray(pointer, count, size);
	return pointer ? grown : counted(grown);
}

char *__wrap_strdup(const char *text)
{
	return must_fail(STRDUP) ? NULL : counted(__real_strdup(text));
}

/* The manual leaves the text undefined where it fails; this is the worst it can be. */
int __wrap_vasprintf(char **ret_text, const char *format, va_list arguments)
{
	int length;

	if (must_fail(VASPRINTF)) {
		*ret_text = (char *)1;
		return -1;
	}
	length = __real_vasprintf(ret_text, format, arguments);
	heap.live += length >= 0;
	return length;
}

/* What _FORTIFY_SOURCE makes of it. */
int __wrap___vasprintf_chk(char **ret_text, int flag, const char *format, va_list arguments)
{
	(void)flag;
	return __wrap_vasprintf(ret_text, format, arguments);
}

void __wrap_free(void *pointer)
{
	heap.live -= pointer != NULL;
	__real_free(pointer);
}

/* Fails each call in turn until none is left to fail; returns how many there were. */
static size_t fail_each(int (*run)(void *), void *data, bool from_then)
{
	long live = heap.live;
	int error = -ENOMEM;
	size_t failing = 0;

	while (error == -ENOMEM && heap.live == live && failing < 100000) {
		heap.calls = 0;
		heap.failing = ++failing;
		heap.from_then = from_then;
		error = run(data);
		if (error == 0 && heap.calls >= failing)
			error = 1; /* a failure that nobody took note of */
	}
	heap.failing = 0;
	is_number((uint64_t)error, 0, "-ENOMEM for each, and success in the end");
	is_number((uint64_t)(heap.live - live), 0, "nothing leaks");
	return failing - 1;
}

static void check(int (*run)(void *), void *data, size_t at_least, const char *what)
{
	size_t once = fail_each(run, data, false), on = fail_each(run, data, true);

	ok(once >= at_least, what);
	is_number(on, once, "the same number of calls where all behind one fail");
	printf("# %s: %zu calls\n", what, once);
}
