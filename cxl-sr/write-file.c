// SPDX-License-Identifier: GPL-2.0-only
#include "write-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "text.h"

int write_refused(struct sr_reason *reason, const char *path)
{
	int error = errno ? -errno : -EIO;

	return sr_fail(reason, error, "cannot write %s: %s", path, strerror(-error));
}

/* link(2) fails where the name is taken, rename(2) does not. */
static int move(const char *from, const char *to, bool replace)
{
	if (replace)
		return rename(from, to);
	if (link(from, to) < 0)
		return -1;
	unlink(from);
	return 0;
}

bool is_no_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static int write_device(const char *path, write_function *write, void *data,
			struct sr_reason *reason)
{
	sr_auto_close int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);

	return fd < 0 ? write_refused(reason, path) : write(fd, data, reason);
}

/* Removed also where a library ends the process: libarchive does, where it has no memory. */
static const char *unfinished;

static void remove_unfinished(void)
{
	if (unfinished)
		unlink(unfinished);
}

/* mkostemp(3) makes files for their owner only. */
static int write_file(const char *path, bool replace, write_function *write, void *data,
		      struct sr_reason *reason)
{
	const char *slash = strrchr(path, '/');
	sr_auto_free char *temporary = NULL;
	int fd, error;

	if (text_format(&temporary, "%.*s.cxl-sr.XXXXXX", slash ? (int)(slash + 1 - path) : 0,
			path) < 0) {
		temporary = NULL;
		return sr_fail(reason, -ENOMEM, "out of memory");
	}
	if (atexit(remove_unfinished) != 0)
		return sr_fail(reason, -ENOMEM, "out of memory");
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return write_refused(reason, path);
	unfinished = temporary;
	error = write(fd, data, reason);
	errno = 0;
	if (close(fd) < 0 && !error)
		error = write_refused(reason, path);
	if (!error && move(temporary, path, replace) < 0)
		error = write_refused(reason, path);
	if (error)
		unlink(temporary);
	unfinished = NULL;
	return error;
}

int write_whole_file(const char *path, bool replace, write_function *write, void *data,
		     struct sr_reason *reason)
{
	return is_no_file(path) ? write_device(path, write, data, reason)
				: write_file(path, replace, write, data, reason);
}

struct writing {
	const char *path, *text;
	mode_t mode;
};

/* Of what is no file the mode stays, and it need not know fsync(2). */
static int finish_text(int fd, const struct writing *writing, struct sr_reason *reason)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return write_refused(reason, writing->path);
	if (!S_ISREG(status.st_mode))
		return 0;
	return fchmod(fd, writing->mode) < 0 || fsync(fd) < 0 ? write_refused(reason, writing->path)
							      : 0;
}

static int write_text(int fd, void *data, struct sr_reason *reason)
{
	const struct writing *writing = data;
	const char *text = writing->text;
	size_t left = strlen(text);

	while (left) {
		ssize_t written = write(fd, text, left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return write_refused(reason, writing->path);
		text += written;
		left -= (size_t)written;
	}
	return finish_text(fd, writing, reason);
}

int write_text_file(const char *path, mode_t mode, const char *text, struct sr_reason *reason)
{
	/* What takes the place of another file must lack nothing. */
	if (!text_is_whole())
		return sr_fail(reason, -ENOMEM, "out of memory");
	return write_whole_file(path, true, write_text, &(struct writing){ path, text, mode },
				reason);
}
