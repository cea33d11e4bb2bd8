/* SPDX-License-Identifier: GPL-2.0-only */
/* A folder laid out like /, for what apply keeps in files: the lock, the journal, the boot's id. */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

#define ROOT_BOOT "0f9a1e5c-3f6b-4b1d-9c1e-0123456789ab"

/* Journals wait for the disk at every step; memory does not. */
static char root[64] = "/dev/shm/cxl-sr-test-apply-XXXXXX";

/* ROOT and @path; good until the fourth next call. */
static inline const char *root_path(const char *path)
{
	static char paths[4][512];
	static unsigned int turn;
	char *buffer = paths[turn++ % 4];

	snprintf(buffer, sizeof(paths[0]), "%s%s", root, path);
	return buffer;
}

static inline void root_mkdir(const char *path)
{
	char whole[PATH_MAX];

	snprintf(whole, sizeof(whole), "%s", root_path(path));
	if (!*path)
		return;
	for (char *at = whole + strlen(root) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(whole, 0755);
		*at = '/';
	}
	mkdir(whole, 0755);
}

static inline bool root_write(const char *path, const char *text)
{
	sr_auto_file FILE *file = NULL;
	char folder[256];

	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	if (*folder)
		root_mkdir(folder);
	file = fopen(root_path(path), "w");
	return file && fputs(text, file) >= 0 && fflush(file) == 0;
}

static inline bool root_exists(const char *path)
{
	return access(root_path(path), F_OK) == 0;
}

static inline int remove_one(const char *path, const struct stat *status, int type,
			     struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static inline void root_clear(void)
{
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void root_fill(void)
{
	mkdir(root, 0700);
	root_mkdir("/run");
	root_mkdir("/var/lib");
	root_write("/proc/sys/kernel/random/boot_id", ROOT_BOOT "\n");
}

static inline bool root_make(void)
{
	if (!mkdtemp(root)) {
		snprintf(root, sizeof(root), "/tmp/cxl-sr-test-apply-XXXXXX");
		if (!mkdtemp(root))
			return false;
	}
	root_fill();
	return true;
}

/* As it was made. */
static inline void root_renew(void)
{
	root_clear();
	root_fill();
}
