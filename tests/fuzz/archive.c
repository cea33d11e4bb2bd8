// SPDX-License-Identifier: GPL-2.0-only
/*
 * An archive, unpacked into a folder in memory. The first byte tells whether the checksums of
 * tar's headers are made right first, which no mutation would. Nothing comes to be outside of
 * the folder, and in it only folders, links and files, and not more than there may be.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "scratch.h"
#include "sysroot/archive.h"
#include "sysroot/name.h"
#include "targets.h"

#define BLOCK 512

static struct sr_libarchive library;
static char folder[64], canary[96];

static void put_checksum(uint8_t *header)
{
	unsigned int sum = 0;
	char text[9];

	memset(header + 148, ' ', 8);
	for (int i = 0; i < BLOCK; i++)
		sum += header[i];
	snprintf(text, sizeof(text), "%06o", sum & 0777777);
	memcpy(header + 148, text, 7);
}

/* All headers that stand where the sizes of those before them say. */
static void put_checksums(uint8_t *bytes, size_t size)
{
	size_t at = 0;

	while (at + BLOCK <= size) {
		char digits[13] = { 0 };
		unsigned long long length;

		if (!bytes[at])
			return;
		memcpy(digits, bytes + at + 124, 12);
		length = strtoull(digits, NULL, 8);
		put_checksum(bytes + at);
		if (length > size)
			return;
		at += BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK;
	}
}

static int entries;

static int look(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)kind;
	entries++;
	must(S_ISREG(status->st_mode) || S_ISDIR(status->st_mode) || S_ISLNK(status->st_mode),
	     "%s is something else", path);
	must(!(status->st_mode & 07000), "%s has a mode", path);
	must(walk->level <= SR_NAME_DEPTH, "too deep");
	must(!S_ISREG(status->st_mode) || status->st_nlink == 1, "a hard link");
	return 0;
}

bool fuzz_archive_begin(const char **ret_why)
{
	static struct sr_reason reason;

	if (sr_libarchive_load(&library, &reason)) {
		*ret_why = reason.text;
		return false;
	}
	if (!scratch_make(folder, sizeof(folder))) {
		*ret_why = "no folder in memory";
		return false;
	}
	snprintf(canary, sizeof(canary), "%s/root", folder);
	return true;
}

FUZZ_RUN(fuzz_archive)
{
	sr_auto_free char *bytes = fuzz_text(data, size);
	sr_auto_close int fd = -1, root = -1;
	struct sr_reason reason = { "" };
	int error;

	if (!size)
		return;
	if (data[0] & 1)
		put_checksums((uint8_t *)bytes + 1, size - 1);
	fd = open(fuzz_file((uint8_t *)bytes + 1, size - 1), O_RDONLY | O_CLOEXEC);
	must(mkdir(canary, 0700) == 0, "mkdir: %s", strerror(errno));
	root = open(canary, O_PATH | O_DIRECTORY | O_CLOEXEC);
	error = sr_archive_unpack(&library, fd, root, &reason);
	must(!error == !*reason.text, "no reason for %d", error);
	fuzz_must_be_printable(reason.text, strlen(reason.text), false);
	entries = 0;
	nftw(folder, look, 16, FTW_PHYS);
	must((size_t)entries <= 2 + size, "%d files of %zu bytes", entries, size);
	scratch_remove(canary);
	must(rmdir(folder) == 0 && mkdir(folder, 0700) == 0, "something is beside it");
}
