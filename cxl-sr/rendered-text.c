// SPDX-License-Identifier: GPL-2.0-only
#include "rendered-text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "text.h"

/* Renderers and libsmartcols ask file descriptor 1 what it is, so this is led elsewhere. */
static int render_into(int memory, int (*render)(const void *data), const void *data)
{
	sr_auto_close int before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	int error;

	if (before < 0 || fflush(stdout) != 0 || dup2(memory, STDOUT_FILENO) < 0)
		return errno ? -errno : -EIO;
	error = render(data);
	if ((fflush(stdout) != 0 || ferror(stdout)) && !error)
		error = errno ? -errno : -EIO;
	clearerr(stdout);
	if (dup2(before, STDOUT_FILENO) < 0 && !error)
		error = -errno;
	return error;
}

int rendered_text(int (*render)(const void *data), const void *data, char **ret_text,
		  size_t *ret_length)
{
	sr_auto_close int memory = memfd_create("cxl-sr", MFD_CLOEXEC);
	sr_auto_free char *text = NULL;
	off_t length;
	int error;

	if (memory < 0)
		return -errno;
	error = render_into(memory, render, data);
	if (!error && !text_is_whole())
		error = -ENOMEM;
	if (error)
		return error;
	length = lseek(memory, 0, SEEK_END);
	text = malloc((size_t)length + 1);
	if (!text)
		return -ENOMEM;
	if (pread(memory, text, (size_t)length, 0) != length)
		return -EIO;
	text[length] = '\0';
	*ret_text = sr_take(text);
	*ret_length = (size_t)length;
	return 0;
}
