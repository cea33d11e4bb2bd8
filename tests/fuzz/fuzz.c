// SPDX-License-Identifier: GPL-2.0-only
#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void fuzz_fail(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "\n%s:%d: ", file, line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	abort();
}

char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
	static int fd = -1;
	static char path[32];

	if (fd < 0)
		fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0 || fchmod(fd, 0600) < 0 || ftruncate(fd, 0) < 0 ||
	    pwrite(fd, data, size, 0) != (ssize_t)size || lseek(fd, 0, SEEK_SET) < 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

uint8_t fuzz_byte(struct fuzz_bytes *bytes)
{
	return bytes->at < bytes->end ? *bytes->at++ : 0;
}

uint16_t fuzz_u16(struct fuzz_bytes *bytes)
{
	uint16_t low = fuzz_byte(bytes);

	return (uint16_t)(low | fuzz_byte(bytes) << 8);
}

size_t fuzz_left(const struct fuzz_bytes *bytes)
{
	return (size_t)(bytes->end - bytes->at);
}

void fuzz_must_be_printable(const char *text, size_t length, bool utf8)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];

		must(byte == '\n' || (byte >= ' ' && byte <= '~') || (utf8 && byte >= 0x80),
		     "prints the byte %#x", byte);
	}
}
