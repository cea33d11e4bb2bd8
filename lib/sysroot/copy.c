// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A folder's tree copied. The folder may change meanwhile, by its owner's hand: so
 * it is walked by descriptors, no link is followed, and a file is looked at once more
 * when it is open. What is not wanted (sr_name_is_wanted()) leaves as much behind as
 * special.c needs to judge the copy as it would the folder: an empty folder, a link.
 */
#include "sysroot/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sysroot/entries.h"
#include "sysroot/name.h"
#include "sysroot/special.h"
#include "sysroot/unpack.h"

struct copier {
	struct sr_unpacker unpacker;
	const char *path; /* of the folder at hand */
	struct sr_reason *reason;
};

/* Why @path could not be read, by errno; what is absent, or as good as that, is left out. */
static int leave_out(const struct copier *copier, const char *path)
{
	int error = -errno;
	char name[SR_NAME_LENGTH];

	if (error == -ENOENT || error == -EACCES)
		return 0;
	snprintf(name, sizeof(name), "%s", path);
	return sr_fail(copier->reason, error, "cannot read its %.200s: %s", sr_name_printable(name),
		       strerror(-error));
}

static int copy_bytes(struct copier *copier, const char *path, int from, int to)
{
	int64_t offset = 0;

	for (;;) {
		char bytes[16384];
		ssize_t got = read(from, bytes, sizeof(bytes));
		int error;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? leave_out(copier, path) : 0;
		error = sr_unpack_bytes(&copier->unpacker, to, bytes, (size_t)got, offset);
		if (error)
			return error;
		offset += got;
	}
}

/* A barred file (base/file.h) says something by that; another one is as good as absent. */
static int copy_unreadable(struct copier *copier, int folder, const char *name, const char *path)
{
	struct stat status;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0 || !sr_file_is_barred(&status))
		return 0;
	return sr_unpack_barred(&copier->unpacker, path);
}

static int copy_file(struct copier *copier, int folder, const char *name, const char *path)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	sr_auto_close int from = openat(folder, name, flags), to = -1;
	struct stat status;
	int error;

	if (from < 0 && errno == EACCES)
		return copy_unreadable(copier, folder, name, path);
	if (from < 0 || fstat(from, &status) < 0)
		return leave_out(copier, path);
	if (!S_ISREG(status.st_mode)) /* any more */
		return 0;
	if (sr_file_is_barred(&status))
		return sr_unpack_barred(&copier->unpacker, path);
	error = sr_unpack_file(&copier->unpacker, path, status.st_size, &to);
	return error ? error : copy_bytes(copier, path, from, to);
}

static int copy_link(struct copier *copier, int folder, const char *name, const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlinkat(folder, name, target, sizeof(target) - 1);

	if (length < 0)
		return leave_out(copier, path);
	target[length] = '\0';
	return sr_unpack_link(&copier->unpacker, path, target);
}

static int copy_entries(struct copier *copier, int folder);

static int copy_folder(struct copier *copier, int folder, const char *name, const char *path)
{
	const char *before = copier->path;
	sr_auto_close int fd = -1;
	int error;

	if (!sr_name_is_wanted(path))
		return sr_unpack_folder(&copier->unpacker, path);
	fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return leave_out(copier, path);
	error = sr_unpack_folder(&copier->unpacker, path);
	if (error)
		return error;
	copier->path = path;
	error = copy_entries(copier, fd);
	copier->path = before;
	return error;
}

static int copy_entry(struct copier *copier, int folder, const char *name, mode_t type)
{
	char joined[SR_NAME_LENGTH + NAME_MAX + 2], path[SR_NAME_LENGTH];
	int error;

	snprintf(joined, sizeof(joined), "%s/%s", copier->path, name);
	error = sr_unpack_entry(&copier->unpacker, joined, path);
	if (error)
		return error;
	if (strcmp(path, "sys/dev") == 0) /* supply.c makes it */
		return 0;
	if (sr_special_is(type))
		return sr_unpack_fifo(&copier->unpacker, path);
	if (S_ISLNK(type))
		return copy_link(copier, folder, name, path);
	if (S_ISDIR(type))
		return copy_folder(copier, folder, name, path);
	return S_ISREG(type) && sr_name_is_wanted(path) ? copy_file(copier, folder, name, path) : 0;
}

static int copy_entries(struct copier *copier, int folder)
{
	struct sr_entries entries;
	const char *name;
	mode_t type;
	int got;

	sr_entries_begin(&entries, folder);
	while ((got = sr_entries_next(&entries, &name, &type)) > 0) {
		int error = copy_entry(copier, folder, name, type);

		if (error)
			return error;
	}
	errno = -got;
	return got < 0 ? leave_out(copier, copier->path) : 0;
}

/* As in bind.c a sys that is no folder is refused, not taken for one to be left out. */
static int copy_top(struct copier *copier, int from, const char *name)
{
	struct stat status;

	if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return leave_out(copier, name);
	if (strcmp(name, "sys") == 0)
		return copy_entry(copier, from, name, S_IFDIR);
	return copy_entry(copier, from, name, status.st_mode & S_IFMT);
}

static int copy_names(struct copier *copier, int from, const char *const *names)
{
	int error = 0;

	for (; *names && !error; names++)
		error = copy_top(copier, from, *names);
	return error;
}

int sr_copy_machine(int from, int to, struct sr_reason *reason)
{
	struct copier copier = { .path = "", .reason = reason };
	int error;

	sr_unpacker_begin(&copier.unpacker, to, reason);
	error = copy_names(&copier, from, sr_names_wanted);
	if (!error)
		error = copy_names(&copier, from, sr_names_more);
	sr_unpacker_end(&copier.unpacker);
	return error;
}
