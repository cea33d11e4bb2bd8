/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The one way to make a capture's files, folders and links on a stage of ours: below
 * a folder and nowhere else, with every quantity bounded. For an archive's entries, and
 * for those of a folder that is copied.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"
#include "sysroot/name.h"

/* The way to the folder of the entry before, open, since most entries are near it. */
struct sr_unpacker {
	size_t depth;
	struct {
		int fd;
		size_t end; /* of its path in @path */
	} folders[SR_NAME_DEPTH + 1];
	char path[SR_NAME_LENGTH];
	unsigned int entries;
	int64_t bytes; /* of all files */
	struct sr_reason *reason;
};

/* Takes over nothing: @root stays open for as long as the unpacker is used. */
void sr_unpacker_begin(struct sr_unpacker *unpacker, int root, struct sr_reason *reason);
void sr_unpacker_end(struct sr_unpacker *unpacker);

/*
 * Counts an entry, wanted or not; @ret_path is its clean name (sr_name_clean()).
 * -EXDEV, without a reason, for a name that leads out of it; -EFBIG above a limit.
 */
int sr_unpack_entry(struct sr_unpacker *unpacker, const char *name, char ret_path[SR_NAME_LENGTH]);

/*
 * @path is a clean name. Missing folders are made; a file or
 * link of the same name is replaced, as tar does. -EINVAL where @path leads over a
 * link or file, -EFBIG where there is no room; with the reason.
 */
int sr_unpack_folder(struct sr_unpacker *unpacker, const char *path);
int sr_unpack_link(struct sr_unpacker *unpacker, const char *path, const char *target);

int sr_unpack_fifo(struct sr_unpacker *unpacker, const char *path);

/*
 * *@ret_fd is open for sr_unpack_bytes() and the caller's to close. @size is what it
 * is said to have; -EFBIG above the limit for one file.
 */
int sr_unpack_file(struct sr_unpacker *unpacker, const char *path, int64_t size, int *ret_fd);

/* A file that nobody may read (sr_file_is_barred()). */
int sr_unpack_barred(struct sr_unpacker *unpacker, const char *path);

/* -EFBIG above the limit for one file, or that for all of them, or where there is no room. */
int sr_unpack_bytes(struct sr_unpacker *unpacker, int fd, const void *bytes, size_t size,
		    int64_t offset);
