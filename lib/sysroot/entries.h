/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The entries of a folder: getdents64(2) and not readdir(3), whose three more system
 * calls and 32 KiB for each of hundreds of folders took as long as the walk itself.
 */
#pragma once

#include <dirent.h>
#include <stddef.h>
#include <sys/stat.h>

struct sr_entries {
	int folder;
	size_t at, end;
	_Alignas(struct dirent64) char buffer[4096];
};

/* @folder stays the caller's, and open for as long as its entries are read. */
void sr_entries_begin(struct sr_entries *entries, int folder);

/*
 * The next one but "." and "..": 1, its name, good until the next call, and the
 * type in its mode (0 where it is gone meanwhile); 0 at the end; -errno.
 */
int sr_entries_next(struct sr_entries *entries, const char **ret_name, mode_t *ret_type);
