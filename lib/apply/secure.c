// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/secure.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/secure-way.h"
#include "base/cleanup.h"

static int take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

int sr_secure_folder(const char *root, const char *path, unsigned int forbidden_mode, bool make)
{
	sr_auto_way struct sr_way way = { .folder = -1 };
	sr_auto_close int fd = -1;
	struct stat status;
	int error = sr_way_find(root, path, SR_WAY_OURS, &way);

	if (error)
		return error;
	if (make && mkdirat(way.folder, way.name, 0777 & ~forbidden_mode) < 0 && errno != EEXIST)
		return -errno;
	fd = openat(way.folder, way.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) < 0)
		return -errno;
	if (status.st_uid != geteuid() || status.st_mode & forbidden_mode)
		return -EPERM;
	return take_fd(&fd);
}

int sr_secure_check(int fd, unsigned int forbidden_mode)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -EINVAL;
	if (status.st_uid != geteuid() || status.st_mode & forbidden_mode || status.st_nlink > 1)
		return -EPERM;
	return 0;
}

/* -EFBIG where more than @size bytes are left. */
static ssize_t read_all(int fd, char *buffer, size_t size)
{
	size_t filled = 0;

	for (;;) {
		ssize_t got = read(fd, buffer + filled, size + 1 - filled);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			return (ssize_t)filled;
		filled += (size_t)got;
		if (filled > size)
			return -EFBIG;
	}
}

int sr_secure_read(int folder, const char *name, unsigned int forbidden_mode, size_t limit,
		   char **ret_text)
{
	sr_auto_close int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	sr_auto_free char *text = NULL;
	struct stat status;
	ssize_t length;
	int error;

	if (fd < 0)
		return -errno;
	error = sr_secure_check(fd, forbidden_mode);
	if (error)
		return error;
	if (fstat(fd, &status) < 0)
		return -errno;
	if (status.st_size < 0 || (size_t)status.st_size > limit)
		return -EFBIG;
	text = malloc((size_t)status.st_size + 1);
	if (!text)
		return -ENOMEM;
	length = read_all(fd, text, (size_t)status.st_size);
	if (length < 0)
		return (int)length;
	if (memchr(text, '\0', (size_t)length))
		return -EINVAL;
	text[length] = '\0';
	*ret_text = sr_take(text);
	return 0;
}

static int write_all(int fd, const char *text, size_t length)
{
	while (length) {
		ssize_t written = write(fd, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		text += written;
		length -= (size_t)written;
	}
	return fsync(fd) < 0 ? -errno : 0;
}

static int write_new(int folder, const char *name, unsigned int mode, const char *text,
		     size_t length)
{
	sr_auto_close int fd = -1;

	/* One of a run that was killed. */
	if (unlinkat(folder, name, 0) < 0 && errno != ENOENT)
		return -errno;
	fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || fchmod(fd, mode) < 0)
		return -errno;
	return write_all(fd, text, length);
}

int sr_secure_replace(int folder, const char *name, unsigned int mode, const char *text,
		      size_t length)
{
	char fresh[NAME_MAX + 1];
	int error;

	if (snprintf(fresh, sizeof(fresh), "%s.new", name) >= (int)sizeof(fresh))
		return -ENAMETOOLONG;
	error = write_new(folder, fresh, mode, text, length);
	if (!error && renameat(folder, fresh, folder, name) < 0)
		error = -errno;
	if (error) {
		unlinkat(folder, fresh, 0);
		return error;
	}
	return fsync(folder) < 0 ? -errno : 0;
}
