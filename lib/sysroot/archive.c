// SPDX-License-Identifier: LGPL-2.1-or-later
/* An archive of a machine's tree, unpacked with every quantity in it bounded. */
#include "sysroot/archive.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sysroot/name.h"
#include "sysroot/unpack.h"

#define STREAM_MAX ((int64_t)1 << 30) /* with what is skipped, which costs its time too */

struct reading {
	const struct sr_libarchive *library;
	struct archive *archive;
	struct sr_unpacker unpacker;
	struct sr_reason *reason;
	int64_t written; /* the end of the file at hand */
	int64_t data;	 /* bytes of files, also skipped ones */
};

static int refuse_broken(const struct reading *reading)
{
	const char *detail = reading->library->error_string(reading->archive);
	char text[256];

	snprintf(text, sizeof(text), "%s", detail ? detail : "unknown error");
	sr_name_printable(text);
	if (reading->unpacker.entries == 0)
		return sr_fail(reading->reason, -EINVAL,
			       "it is neither a folder nor an archive that can be read: %s", text);
	return sr_fail(reading->reason, -EINVAL, "the archive is broken or truncated: %s", text);
}

static int refuse_stream(const struct reading *reading)
{
	return sr_fail(reading->reason, -EFBIG, "it decompresses to more than %lld MiB",
		       (long long)(STREAM_MAX >> 20));
}

/*
 * What was decompressed: libarchive's position in the stream, which counts headers
 * too, or for formats that compress each file themselves, the bytes of the files.
 */
static int check_stream(const struct reading *reading)
{
	if (reading->data > STREAM_MAX ||
	    reading->library->filter_bytes(reading->archive, 0) > STREAM_MAX)
		return refuse_stream(reading);
	return 0;
}

/* One block of a file; @fd is negative where the file is skipped. */
static int take_block(struct reading *reading, int fd, const void *bytes, size_t size,
		      int64_t offset)
{
	int error;

	reading->data += (int64_t)size;
	error = check_stream(reading);
	if (error || fd < 0)
		return error;
	error = sr_unpack_bytes(&reading->unpacker, fd, bytes, size, offset);
	if (error)
		return error;
	reading->written = offset + (int64_t)size;
	return 0;
}

/* Skipped files are read as well: libarchive's own skipping knows no limit. */
static int take_blocks(struct reading *reading, int fd)
{
	for (;;) {
		const void *bytes;
		size_t size;
		la_int64_t offset;
		int got, error;

		got = reading->library->read_data_block(reading->archive, &bytes, &size, &offset);
		if (got == ARCHIVE_EOF)
			return 0;
		if (got != ARCHIVE_OK)
			return refuse_broken(reading);
		error = take_block(reading, fd, bytes, size, offset);
		if (error)
			return error;
	}
}

/* The declared size first: it spares reading a terabyte up to the limit. */
static int skip_data(struct reading *reading, struct archive_entry *entry)
{
	if (reading->library->entry_size(entry) > STREAM_MAX)
		return refuse_stream(reading);
	return take_blocks(reading, -1);
}

static int take_file(struct reading *reading, struct archive_entry *entry, const char *path)
{
	const int64_t size = reading->library->entry_size(entry);
	const struct stat status = { .st_mode = S_IFREG | reading->library->entry_perm(entry),
				     .st_size = size };
	sr_auto_close int fd = -1;
	int error;

	if (sr_file_is_barred(&status))
		return sr_unpack_barred(&reading->unpacker, path);
	error = sr_unpack_file(&reading->unpacker, path, size, &fd);
	if (error)
		return error;
	reading->written = 0;
	error = take_blocks(reading, fd);
	if (error)
		return error;
	/* A sparse file may end in a hole. */
	if (size > reading->written && ftruncate(fd, size) < 0)
		return sr_fail(reading->reason, -errno, "cannot copy its files: %s",
			       strerror(errno));
	return 0;
}

static int take_link(struct reading *reading, struct archive_entry *entry, const char *path)
{
	const char *target = reading->library->entry_symlink(entry);

	if (!target || !*target)
		return 0;
	if (strlen(target) >= PATH_MAX)
		return sr_fail(reading->reason, -EFBIG, "it has a link of more than %d bytes",
			       PATH_MAX - 1);
	return sr_unpack_link(&reading->unpacker, path, target);
}

/* Only the three kinds that a kernel's trees consist of; all else is skipped. */
static int take_wanted(struct reading *reading, struct archive_entry *entry, const char *path)
{
	if (!reading->library->entry_hardlink(entry)) {
		switch (reading->library->entry_filetype(entry)) {
		case AE_IFREG:
			return take_file(reading, entry, path);
		case AE_IFLNK:
			return take_link(reading, entry, path);
		case AE_IFDIR:
			return sr_unpack_folder(&reading->unpacker, path);
		}
	}
	return skip_data(reading, entry);
}

/* A name that leaves the archive, or that this locale cannot express, is not wanted. */
static int take_entry(struct reading *reading, struct archive_entry *entry)
{
	const char *name = reading->library->entry_pathname(entry);
	char path[SR_NAME_LENGTH];
	int error;

	error = check_stream(reading);
	if (error)
		return error;
	error = sr_unpack_entry(&reading->unpacker, name ? name : "..", path);
	if (error && error != -EXDEV)
		return error;
	if (error || !sr_name_is_wanted(path))
		return skip_data(reading, entry);
	return take_wanted(reading, entry, path);
}

/*
 * libarchive takes a tar that just stops between two entries for a whole one. A
 * whole one ends with blocks of zeros, so something is read after the last entry.
 */
static int check_end(const struct reading *reading)
{
	const struct sr_libarchive *library = reading->library;

	if ((library->format(reading->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR &&
	    library->filter_bytes(reading->archive, 0) <=
		    library->read_header_position(reading->archive))
		return sr_fail(reading->reason, -EINVAL,
			       "the archive is truncated: it has no end mark");
	return 0;
}

static int take_entries(struct reading *reading)
{
	for (;;) {
		struct archive_entry *entry;
		int got = reading->library->read_next_header(reading->archive, &entry);
		int error;

		if (got == ARCHIVE_EOF)
			return check_end(reading);
		if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
			return refuse_broken(reading);
		error = take_entry(reading, entry);
		if (error)
			return error;
	}
}

/* One compression only: the data between two of them would be out of our sight. */
static int take_archive(struct reading *reading, int fd)
{
	if (reading->library->read_open_fd(reading->archive, fd, 65536) != ARCHIVE_OK)
		return refuse_broken(reading);
	if (reading->library->filter_count(reading->archive) > 2)
		return sr_fail(reading->reason, -EINVAL,
			       "the archive is compressed more than once");
	return take_entries(reading);
}

int sr_archive_unpack(const struct sr_libarchive *library, int fd, int root,
		      struct sr_reason *reason)
{
	struct reading reading = {
		.library = library,
		.archive = sr_libarchive_reader(library),
		.reason = reason,
	};
	int error;

	if (!reading.archive)
		return sr_fail(reason, -ENOMEM, "out of memory");
	sr_unpacker_begin(&reading.unpacker, root, reason);
	error = take_archive(&reading, fd);
	sr_unpacker_end(&reading.unpacker);
	library->read_free(reading.archive);
	return error;
}
