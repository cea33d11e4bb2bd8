// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/text-stream.h"

const char *size_text(uint64_t bytes, bool long_unit, char buffer[static SIZE_TEXT_LENGTH])
{
	return sr_size_text(bytes, long_unit, buffer);
}

/* Of a whole run: what is lost of one line is lost. */
static bool lacks_text;

bool text_is_whole(void)
{
	return !lacks_text;
}

bool output_arrived(void)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout) && text_is_whole())
		return true;
	message("write error on stdout: %s", errno ? strerror(errno) : "output is not complete");
	return false;
}

FILE *text_open(char **text, size_t *length)
{
	FILE *stream = sr_text_open(text, length);

	lacks_text |= !stream;
	return stream;
}

int text_close(FILE *stream)
{
	int error = sr_text_close(stream);

	lacks_text |= error != 0;
	return error;
}

int text_vformat(char **ret_text, const char *format, va_list arguments)
{
	int length = vasprintf(ret_text, format, arguments);

	if (length < 0) {
		*ret_text = NULL;
		lacks_text = true;
	}
	return length;
}

int text_format(char **ret_text, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = text_vformat(ret_text, format, arguments);
	va_end(arguments);
	return length;
}

char *printable_copy(const char *text)
{
	char *copy = strdup(text);

	lacks_text |= !copy;
	for (char *at = copy; at && *at; at++) {
		if (*at < ' ' || *at > '~')
			*at = '?';
	}
	return copy;
}

void print_wrapped(FILE *stream, const char *text, size_t width, size_t first_indent, size_t indent)
{
	sr_auto_free char *safe = printable_copy(text);
	const char *word = safe ? safe : "(out of memory)";
	size_t column = first_indent;
	bool first = true;

	fprintf(stream, "%*s", (int)first_indent, "");
	while (*word) {
		size_t length = strcspn(word, " ");

		if (!first && column + 1 + length > width) {
			fprintf(stream, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			fputc(' ', stream);
			column++;
		}
		fwrite(word, 1, length, stream);
		first = false;
		column += length;
		word += length;
		word += strspn(word, " ");
	}
	fputc('\n', stream);
}

size_t terminal_width(FILE *stream)
{
	struct winsize size;

	if (isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 &&
	    size.ws_col >= 40)
		return size.ws_col;
	return 80;
}

void message(const char *format, ...)
{
	sr_auto_free char *text = NULL;
	sr_auto_free char *safe = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	safe = text ? printable_copy(text) : NULL;
	fprintf(stderr, "cxl-sr: %s\n", safe ? safe : "out of memory");
}
