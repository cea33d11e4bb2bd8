// SPDX-License-Identifier: LGPL-2.1-or-later
/* The entries of a folder. */
#include "sysroot/entries.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void sr_entries_begin(struct sr_entries *entries, int folder)
{
	entries->folder = folder;
	entries->at = entries->end = 0;
}

static mode_t type_of(int folder, const struct dirent64 *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return DTTOIF(entry->d_type);
	if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	return status.st_mode & S_IFMT;
}

int sr_entries_next(struct sr_entries *entries, const char **ret_name, mode_t *ret_type)
{
	for (;;) {
		const struct dirent64 *entry;

		if (entries->at == entries->end) {
			ssize_t got = getdents64(entries->folder, entries->buffer,
						 sizeof(entries->buffer));

			if (got <= 0)
				return got < 0 ? -errno : 0;
			entries->at = 0;
			entries->end = (size_t)got;
		}
		entry = (const void *)(entries->buffer + entries->at);
		entries->at += entry->d_reclen;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		*ret_name = entry->d_name;
		*ret_type = type_of(entries->folder, entry);
		return 1;
	}
}
