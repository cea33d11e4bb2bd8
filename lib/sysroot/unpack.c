// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Files, folders and links of a capture. Folders are entered one by one and never
 * over a link, since an earlier entry may have been one to lead us astray; and no
 * folder is ever replaced, so an opened one stays what it was.
 */
#include "sysroot/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

#define MEBIBYTE    ((int64_t)1 << 20)
#define ENTRIES_MAX 200000
#define FILE_MAX    (64 * MEBIBYTE)
#define FILES_MAX   (256 * MEBIBYTE)

#define FOLDER_FLAGS (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

void sr_unpacker_begin(struct sr_unpacker *unpacker, int root, struct sr_reason *reason)
{
	unpacker->depth = 0;
	unpacker->folders[0].fd = root;
	unpacker->folders[0].end = 0;
	unpacker->path[0] = '\0';
	unpacker->entries = 0;
	unpacker->bytes = 0;
	unpacker->reason = reason;
}

static int current_folder(const struct sr_unpacker *unpacker)
{
	return unpacker->folders[unpacker->depth].fd;
}

static void leave_folder(struct sr_unpacker *unpacker)
{
	close(current_folder(unpacker));
	unpacker->depth--;
}

/* The root is the caller's. */
void sr_unpacker_end(struct sr_unpacker *unpacker)
{
	while (unpacker->depth > 0)
		leave_folder(unpacker);
}

static int refuse(const struct sr_unpacker *unpacker, const char *path, int error)
{
	char name[SR_NAME_LENGTH];

	snprintf(name, sizeof(name), "%s", path);
	sr_name_printable(name);
	if (error == ENOTDIR || error == ELOOP || error == EISDIR)
		return sr_fail(unpacker->reason, -EINVAL,
			       "it has %.200s twice, as a folder and as a file or link", name);
	if (error == ENOSPC || error == EDQUOT)
		return sr_fail(unpacker->reason, -EFBIG, "no room for its %.200s", name);
	return sr_fail(unpacker->reason, -error, "cannot copy its %.200s: %s", name,
		       strerror(error));
}

static int refuse_size(const struct sr_unpacker *unpacker, const char *what, int64_t limit)
{
	return sr_fail(unpacker->reason, -EFBIG, "it has %s of more than %lld MiB", what,
		       (long long)(limit / MEBIBYTE));
}

/* Opens, or makes, the folder @name; a descriptor or -errno. */
static int open_folder(int parent, const char *name)
{
	int fd = openat(parent, name, FOLDER_FLAGS);

	if (fd < 0 && errno == ENOENT && mkdirat(parent, name, 0755) == 0)
		fd = openat(parent, name, FOLDER_FLAGS);
	/* cppcheck-suppress resourceLeak ; the first fd was below 0 where there is a second */
	return fd < 0 ? -errno : fd;
}

/* Enters the folder that is the first @end bytes of @path, and whose parent is current. */
static int enter_folder(struct sr_unpacker *unpacker, const char *path, size_t end)
{
	const size_t start = unpacker->folders[unpacker->depth].end;
	int fd;

	memcpy(unpacker->path + start, path + start, end - start);
	unpacker->path[end] = '\0';
	fd = open_folder(current_folder(unpacker), unpacker->path + start + (start > 0));
	if (fd < 0)
		return refuse(unpacker, unpacker->path, -fd);
	unpacker->depth++;
	unpacker->folders[unpacker->depth].fd = fd;
	unpacker->folders[unpacker->depth].end = end;
	return 0;
}

/* Whether the current folder is the first @length bytes of @path, or above it. */
static bool is_on_the_way(const struct sr_unpacker *unpacker, const char *path, size_t length)
{
	const size_t end = unpacker->folders[unpacker->depth].end;

	return end == 0 || (end <= length && memcmp(unpacker->path, path, end) == 0 &&
			    (end == length || path[end] == '/'));
}

/* Makes the folder that is the first @length bytes of @path the current one. */
static int go_to(struct sr_unpacker *unpacker, const char *path, size_t length)
{
	while (!is_on_the_way(unpacker, path, length))
		leave_folder(unpacker);
	for (;;) {
		size_t end = unpacker->folders[unpacker->depth].end;
		int error;

		if (end == length)
			return 0;
		end += end > 0;
		end += strcspn(path + end, "/");
		error = enter_folder(unpacker, path, end);
		if (error)
			return error;
	}
}

/* Makes the folder of @path the current one; *@ret_name is what is left of @path. */
static int go_to_parent(struct sr_unpacker *unpacker, const char *path, const char **ret_name)
{
	const char *slash = strrchr(path, '/');

	*ret_name = slash ? slash + 1 : path;
	return go_to(unpacker, path, slash ? (size_t)(slash - path) : 0);
}

int sr_unpack_entry(struct sr_unpacker *unpacker, const char *name, char ret_path[SR_NAME_LENGTH])
{
	int error;

	if (++unpacker->entries > ENTRIES_MAX)
		return sr_fail(unpacker->reason, -EFBIG, "it has more than %d entries",
			       ENTRIES_MAX);
	error = sr_name_clean(name, ret_path, SR_NAME_LENGTH);
	if (error == -EFBIG)
		return sr_fail(unpacker->reason, -EFBIG,
			       "it has a name of more than %d bytes, 255 in one part, "
			       "or %d levels",
			       SR_NAME_LENGTH, SR_NAME_DEPTH);
	return error;
}

int sr_unpack_folder(struct sr_unpacker *unpacker, const char *path)
{
	return go_to(unpacker, path, strlen(path));
}

int sr_unpack_link(struct sr_unpacker *unpacker, const char *path, const char *target)
{
	const char *name;
	int error = go_to_parent(unpacker, path, &name);

	if (error)
		return error;
	if (symlinkat(target, current_folder(unpacker), name) == 0)
		return 0;
	if (errno == EEXIST && unlinkat(current_folder(unpacker), name, 0) == 0 &&
	    symlinkat(target, current_folder(unpacker), name) == 0)
		return 0;
	return refuse(unpacker, path, errno);
}

int sr_unpack_fifo(struct sr_unpacker *unpacker, const char *path)
{
	const char *name;
	int error = go_to_parent(unpacker, path, &name);

	if (error)
		return error;
	return mkfifoat(current_folder(unpacker), name, 0600) < 0 ? refuse(unpacker, path, errno)
								  : 0;
}

int sr_unpack_file(struct sr_unpacker *unpacker, const char *path, int64_t size, int *ret_fd)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	const char *name;
	int error, fd;

	if (size > FILE_MAX)
		return refuse_size(unpacker, "a file", FILE_MAX);
	error = go_to_parent(unpacker, path, &name);
	if (error)
		return error;
	fd = openat(current_folder(unpacker), name, flags, 0644);
	if (fd < 0 && errno == EEXIST && unlinkat(current_folder(unpacker), name, 0) == 0)
		fd = openat(current_folder(unpacker), name, flags, 0644);
	if (fd < 0)
		return refuse(unpacker, path, errno);
	*ret_fd = fd;
	return 0;
}

int sr_unpack_barred(struct sr_unpacker *unpacker, const char *path)
{
	sr_auto_close int fd = -1;
	int error = sr_unpack_file(unpacker, path, 0, &fd);

	if (error)
		return error;
	return fchmod(fd, 0) < 0 ? refuse(unpacker, path, errno) : 0;
}

static int write_at(const struct sr_unpacker *unpacker, int fd, const char *bytes, size_t size,
		    int64_t offset)
{
	while (size > 0) {
		ssize_t written = pwrite(fd, bytes, size, offset);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return refuse(unpacker, "files", errno);
		bytes += written;
		size -= (size_t)written;
		offset += written;
	}
	return 0;
}

int sr_unpack_bytes(struct sr_unpacker *unpacker, int fd, const void *bytes, size_t size,
		    int64_t offset)
{
	if (offset < 0 || offset > FILE_MAX || size > (size_t)(FILE_MAX - offset))
		return refuse_size(unpacker, "a file", FILE_MAX);
	unpacker->bytes += (int64_t)size;
	if (unpacker->bytes > FILES_MAX)
		return refuse_size(unpacker, "wanted files", FILES_MAX);
	return write_at(unpacker, fd, bytes, size, offset);
}
