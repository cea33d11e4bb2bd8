// SPDX-License-Identifier: LGPL-2.1-or-later
/* A folder on disk for a capture, removed again when the sysroot is left. */
#include "sysroot/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

int sr_scratch_make(char **ret_path, struct sr_reason *reason)
{
	const char *parent = secure_getenv("TMPDIR");
	sr_auto_free char *path = NULL;

	if (!parent || !*parent)
		parent = "/tmp";
	if (asprintf(&path, "%s/cxl-sr.XXXXXX", parent) < 0) {
		path = NULL;
		return sr_fail(reason, -ENOMEM, "out of memory");
	}
	if (!mkdtemp(path))
		return sr_fail(reason, -errno, "cannot make a folder in %s for the sysroot: %s",
			       parent, strerror(errno));
	*ret_path = sr_take(path);
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path) < 0 ? -errno : 0;
}

int sr_scratch_remove(const char *path)
{
	int error = nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);

	return error == -1 ? -errno : error;
}
