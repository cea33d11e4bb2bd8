// SPDX-License-Identifier: GPL-2.0-only
/* base/text-stream.h: a stream into memory; test-out-of-memory.c has it without memory. */
#include "base/text-stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "tap.h"

static void test_text(void)
{
	sr_auto_free char *text = NULL;
	size_t length = 7;
	FILE *stream = sr_text_open(&text, &length);

	is_text(text, "", "nothing was written yet");
	fputs("abc", stream);
	is_number((uint64_t)fflush(stream), 0, "flushed");
	is_text(text, "abc", "what was flushed is there");
	for (int i = 0; i < 100000; i++)
		fprintf(stream, "%05d\n", i);
	is_number((uint64_t)sr_text_close(stream), 0, "closed");
	is_number(length, 600003, "all was kept");
	is_number(strlen(text), length, "and a NUL behind it");
	ok(strcmp(text + length - 6, "99999\n") == 0, "up to the end");
}

static void test_empty(void)
{
	sr_auto_free char *text = NULL;
	size_t length = 7;

	is_number((uint64_t)sr_text_close(sr_text_open(&text, &length)), 0, "an empty text");
	is_text(text, "", "is a text");
	is_number(length, 0, "of no bytes");
}

int main(void)
{
	test_text();
	test_empty();
	return tap_done();
}
