// SPDX-License-Identifier: GPL-2.0-only
#include "write-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"

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

/* mkostemp(3) makes files for their owner only. */
int write_whole_file(const char *path, bool replace,
		     int (*write)(int fd, void *data, struct sr_reason *reason), void *data,
		     struct sr_reason *reason)
{
	const char *slash = strrchr(path, '/');
	sr_auto_free char *temporary = NULL;
	int fd, error;

	if (asprintf(&temporary, "%.*s.cxl-sr.XXXXXX", slash ? (int)(slash + 1 - path) : 0, path) <
	    0) {
		temporary = NULL;
		return sr_fail(reason, -ENOMEM, "out of memory");
	}
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return write_refused(reason, path);
	error = write(fd, data, reason);
	errno = 0;
	if (close(fd) < 0 && !error)
		error = write_refused(reason, path);
	if (!error && move(temporary, path, replace) < 0)
		error = write_refused(reason, path);
	if (error)
		unlink(temporary);
	return error;
}
