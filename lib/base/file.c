// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/number.h"

bool sr_file_is_barred(const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_size == 0 && !(status->st_mode & 0444);
}

/*
 * As open(2). O_NONBLOCK lets the open and the read of a FIFO return, so that its type can be
 * seen.
 */
static int open_to_read(const char *path)
{
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/* 0 where it can be read as a file; see sr_file_read() for the errors. */
static int check_regular(int fd)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -EINVAL;
	return sr_file_is_barred(&status) ? -EACCES : 0;
}

/* One read(2) that no signal ends. */
static ssize_t read_some(int fd, char *buffer, size_t size)
{
	for (;;) {
		ssize_t got = read(fd, buffer, size);

		if (got >= 0)
			return got;
		if (errno != EINTR)
			return -errno;
	}
}

/* Fills @buffer; returns how many bytes there were, at most @size. */
static ssize_t read_up_to(int fd, char *buffer, size_t size)
{
	size_t filled = 0;

	while (filled < size) {
		ssize_t got = read_some(fd, buffer + filled, size - filled);

		if (got < 0)
			return got;
		if (got == 0)
			break;
		filled += (size_t)got;
	}
	return (ssize_t)filled;
}

/*
 * The same, and done where a newline ends what was read: an attribute's show() gives all of it
 * to the first read(2) (sysfs_kf_seq_show() of fs/sysfs/file.c). A second one, which would only
 * find the end, is one of six system calls of a report on a machine with thousands of them.
 */
static ssize_t read_line(int fd, char *buffer, size_t size)
{
	ssize_t first = read_some(fd, buffer, size), rest;

	if (first <= 0 || buffer[first - 1] == '\n')
		return first;
	rest = read_up_to(fd, buffer + first, size - (size_t)first);
	return rest < 0 ? rest : first + rest;
}

int sr_file_read(const char *path, size_t limit, char **ret_text, size_t *ret_length)
{
	sr_auto_close int fd = open_to_read(path);
	sr_auto_free char *text = NULL;
	size_t length = 0, room = 0;
	int error;

	if (fd < 0)
		return -errno;
	error = check_regular(fd);
	if (error)
		return error;
	for (;;) {
		char *grown;
		ssize_t got;

		room = room ? room * 2 : 65536;
		grown = realloc(text, room + 1);
		if (!grown)
			return -ENOMEM;
		text = grown;
		got = read_up_to(fd, text + length, room - length);
		if (got < 0)
			return (int)got;
		length += (size_t)got;
		if (length > limit)
			return -EFBIG;
		if (length < room)
			break;
	}
	text[length] = '\0';
	*ret_text = sr_take(text);
	if (ret_length)
		*ret_length = length;
	return 0;
}

/* What reading an attribute gave no text for: what it is says more than @error of the read. */
static int why_no_text(int fd, int error)
{
	int irregular = check_regular(fd);

	return irregular ? irregular : error;
}

int sr_attribute_read(const char *directory, const char *name, char *buffer, size_t size)
{
	sr_auto_close int fd = -1;
	char path[PATH_MAX];
	ssize_t got;

	if (snprintf(path, sizeof(path), "%s/%s", directory, name) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	fd = open_to_read(path);
	if (fd < 0)
		return -errno;
	got = read_line(fd, buffer, size);
	if (got < 0)
		return why_no_text(fd, (int)got);
	if ((size_t)got >= size)
		return -EFBIG;
	/* The least that the kernel shows is a newline: this was not read, or not copied. */
	if (got == 0)
		return why_no_text(fd, -ENODATA);
	if (buffer[got - 1] == '\n')
		got--;
	buffer[got] = '\0';
	return memchr(buffer, '\0', (size_t)got) ? -EILSEQ : 0;
}

struct sr_u64 sr_attribute_u64(const char *directory, const char *name)
{
	struct sr_u64 number = { 0 };
	char text[64];

	if (sr_attribute_read(directory, name, text, sizeof(text)) == 0)
		number.known = sr_number_parse(text, &number.value) == 0;
	return number;
}

struct sr_s64 sr_attribute_s64(const char *directory, const char *name)
{
	struct sr_s64 number = { 0 };
	char text[64];

	if (sr_attribute_read(directory, name, text, sizeof(text)) == 0)
		number.known = sr_number_parse_signed(text, &number.value) == 0;
	return number;
}

enum sr_truth sr_attribute_truth(const char *directory, const char *name)
{
	struct sr_u64 number = sr_attribute_u64(directory, name);

	if (!number.known || number.value > 1)
		return SR_UNKNOWN;
	return number.value ? SR_YES : SR_NO;
}

int sr_link_read(const char *directory, const char *name, char *buffer, size_t size)
{
	char path[PATH_MAX];
	ssize_t length;

	if (snprintf(path, sizeof(path), "%s/%s", directory, name) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	length = readlink(path, buffer, size);
	if (length < 0)
		return errno == ENOENT ? 1 : -errno;
	if ((size_t)length >= size)
		return -ENAMETOOLONG;
	buffer[length] = '\0';
	return 0;
}

int sr_link_base(const char *directory, const char *name, char *buffer, size_t size)
{
	char target[PATH_MAX];
	const char *base;
	int result = sr_link_read(directory, name, target, sizeof(target));

	if (result)
		return result;
	base = strrchr(target, '/');
	base = base ? base + 1 : target;
	if (strlen(base) >= size)
		return -ENAMETOOLONG;
	memcpy(buffer, base, strlen(base) + 1);
	return 0;
}
