// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/secure-way.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

#define LINK_LIMIT 8

struct walk {
	const char *root;
	enum sr_way_kind kind;
	int folder;	  /* where it is */
	const char *rest; /* of `path`, from there on */
	char path[PATH_MAX];
	unsigned int links;
};

void sr_way_close(struct sr_way *way)
{
	if (way->folder >= 0)
		close(way->folder);
	way->folder = -1;
}

static void walk_done(struct walk *walk)
{
	if (walk->folder >= 0)
		close(walk->folder);
}

static bool is_trusted(uid_t owner)
{
	return owner == 0 || owner == geteuid();
}

/* In a sticky folder nobody renames what is another's. */
static int check_folder(const struct stat *status, enum sr_way_kind kind)
{
	const mode_t others = kind == SR_WAY_OURS ? S_IWGRP | S_IWOTH : S_IWOTH;

	if (!S_ISDIR(status->st_mode))
		return -ENOTDIR;
	if (kind == SR_WAY_OURS && !is_trusted(status->st_uid))
		return -EPERM;
	return status->st_mode & others && !(status->st_mode & S_ISVTX) ? -EPERM : 0;
}

/* To an open folder, which is the walk's from now on. */
static int enter(struct walk *walk, int fd)
{
	struct stat status;
	int error = fd < 0 || fstat(fd, &status) < 0 ? -errno : check_folder(&status, walk->kind);

	if (error) {
		if (fd >= 0)
			close(fd);
		return error;
	}
	walk_done(walk);
	walk->folder = fd;
	return 0;
}

/* To where the rest of an absolute path, or of one that is not, begins. */
static int start(struct walk *walk)
{
	const char *path = *walk->rest != '/' ? "." : *walk->root ? walk->root : "/";

	return enter(walk, open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

/* Cuts the next name off the rest: its length; 0: there is none. */
static size_t next_name(struct walk *walk, char name[static NAME_MAX + 1], bool *ret_last)
{
	const char *at = walk->rest + strspn(walk->rest, "/");
	size_t length = strcspn(at, "/");

	if (length > NAME_MAX)
		return length;
	memcpy(name, at, length);
	name[length] = '\0';
	*ret_last = at[length + strspn(at + length, "/")] == '\0';
	walk->rest = at + length;
	return length;
}

/* What the open link @fd says comes before the rest. */
static int follow(struct walk *walk, int fd, const struct stat *status)
{
	char target[PATH_MAX], whole[PATH_MAX];
	ssize_t length;

	if (!is_trusted(status->st_uid))
		return -EPERM;
	if (++walk->links > LINK_LIMIT)
		return -ELOOP;
	length = readlinkat(fd, "", target, sizeof(target) - 1);
	if (length < 0)
		return -errno;
	target[length] = '\0';
	if (snprintf(whole, sizeof(whole), "%s%s", target, walk->rest) >= (int)sizeof(whole))
		return -ENAMETOOLONG;
	memcpy(walk->path, whole, strlen(whole) + 1);
	walk->rest = walk->path;
	return *whole == '/' ? start(walk) : 0;
}

/* One name further: 1 where it is the last one. */
static int step(struct walk *walk, char name[static NAME_MAX + 1])
{
	sr_auto_close int fd = -1;
	struct stat status;
	bool is_last = false;
	size_t length = next_name(walk, name, &is_last);
	int entered;

	if (length == 0 || length > NAME_MAX)
		return length ? -ENAMETOOLONG : -EISDIR;
	if (is_last && walk->kind == SR_WAY_OURS)
		return 1;
	fd = openat(walk->folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return is_last && errno == ENOENT ? 1 : -errno;
	if (fstat(fd, &status) < 0)
		return -errno;
	if (S_ISLNK(status.st_mode))
		return follow(walk, fd, &status);
	if (is_last)
		return 1;
	entered = fd;
	fd = -1;
	return enter(walk, entered);
}

int sr_way_find(const char *root, const char *path, enum sr_way_kind kind, struct sr_way *ret_way)
{
	__attribute__((cleanup(walk_done))) struct walk walk = { .root = root,
								 .kind = kind,
								 .folder = -1 };
	struct sr_way way;
	int error;

	if (snprintf(walk.path, sizeof(walk.path), "%s", path) >= (int)sizeof(walk.path))
		return -ENAMETOOLONG;
	walk.rest = walk.path;
	error = *path ? start(&walk) : -ENOENT;
	while (!error)
		error = step(&walk, way.name);
	if (error < 0)
		return error;
	way.folder = walk.folder;
	walk.folder = -1;
	*ret_way = way;
	return 0;
}
