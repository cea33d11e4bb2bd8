// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text-stream.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

struct growing {
	char **text;
	size_t *length;
	size_t room;
};

/* As fopencookie(3) wants it: with 0 the stream has an error. */
static ssize_t grow(void *cookie, const char *bytes, size_t size)
{
	struct growing *growing = cookie;
	size_t needed = *growing->length + size + 1;

	if (needed > growing->room) {
		char *text = reallocarray(*growing->text, 2, needed);

		if (!text)
			return 0;
		*growing->text = text;
		growing->room = needed * 2;
	}
	memcpy(*growing->text + *growing->length, bytes, size);
	*growing->length += size;
	(*growing->text)[*growing->length] = '\0';
	return (ssize_t)size;
}

static int close_growing(void *cookie)
{
	free(cookie);
	return 0;
}

FILE *sr_text_open(char **text, size_t *length)
{
	const cookie_io_functions_t functions = { .write = grow, .close = close_growing };
	sr_auto_free struct growing *growing = malloc(sizeof(*growing));
	FILE *stream;

	*text = NULL;
	*length = 0;
	if (!growing)
		return NULL;
	*growing = (struct growing){ .text = text, .length = length };
	grow(growing, "", 0); /* an empty text is one */
	stream = *text ? fopencookie(growing, "w", functions) : NULL;
	if (stream)
		growing = NULL;
	return stream;
}

int sr_text_close(FILE *stream)
{
	bool failed = ferror(stream);

	return fclose(stream) == 0 && !failed ? 0 : -ENOMEM;
}
