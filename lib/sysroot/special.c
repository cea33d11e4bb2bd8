// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * FIFOs, sockets and device nodes in a capture. libcxl, libdaxctl and libkmod open
 * what they find without O_NONBLOCK, so that a FIFO would hold the process for good;
 * and libkmod reads its configuration to the end, so that a huge file would, too.
 */
#include "sysroot/special.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "sysroot/entries.h"
#include "sysroot/name.h"

/* About a second; the whole sysfs of a large server has some 300000. */
#define ENTRIES_MAX 1000000

/* As of an archive. */
#define FILE_MAX ((off_t)64 << 20)

struct walk {
	unsigned int entries;
	bool sysfs; /* its links are the kernel's */
	bool kmod;  /* its files are read by libkmod */
	size_t length;
	char path[PATH_MAX]; /* of the folder at hand */
	struct sr_reason *reason;
};

static int refuse(struct walk *walk, const char *name, const char *what)
{
	char path[PATH_MAX + NAME_MAX + 2];

	snprintf(path, sizeof(path), "%s/%s", walk->path, *name == '/' ? name + 1 : name);
	return sr_fail(walk->reason, -EINVAL, "its %s is %s", sr_name_printable(path), what);
}

static int refuse_special(struct walk *walk, const char *name)
{
	return refuse(walk, name, "a FIFO, socket or device node");
}

bool sr_special_is(mode_t mode)
{
	return S_ISFIFO(mode) || S_ISSOCK(mode) || S_ISCHR(mode) || S_ISBLK(mode);
}

/*
 * The folders of runtime power management are a fifth of all and are not looked
 * into, as no library does; so no link may lead there either.
 */
static bool is_power(const char *name, size_t length)
{
	return length == 5 && memcmp(name, "power", 5) == 0;
}

/* Whether @path only goes down, and not into power. */
static bool goes_down(const char *path)
{
	for (; *path; path += strspn(path, "/")) {
		size_t part = strcspn(path, "/");

		if ((part == 2 && memcmp(path, "..", 2) == 0) || is_power(path, part))
			return false;
		path += part;
	}
	return true;
}

/*
 * sysfs makes its links of as many ".." as needed and then names only
 * (fs/sysfs/symlink.c). The folder at hand was reached without links, so counting
 * them tells whether such a link, and with it every path over it, stays in /sys.
 */
static bool stays_in_sysfs(const struct walk *walk, const char *target)
{
	unsigned int depth = 0;

	if (strncmp(target, "/sys/", 5) == 0)
		return goes_down(target);
	if (*target == '/')
		return false;
	for (const char *at = walk->path + 1; (at = strchr(at, '/')); at++)
		depth++;
	for (; strncmp(target, "../", 3) == 0; target += 3)
		if (depth-- == 0)
			return false;
	return goes_down(target);
}

static int walk_sub_folder(struct walk *walk, int folder, const char *name, unsigned int depth);

/*
 * Links are resolved in the capture, as the libraries will do; a dangling one is none. A
 * release in /lib/modules may be one, to a folder whose files libkmod opens.
 */
static int check_link(struct walk *walk, int folder, const char *name, unsigned int depth)
{
	char target[PATH_MAX];
	struct stat status;
	ssize_t length;

	if (walk->sysfs) {
		length = readlinkat(folder, name, target, sizeof(target) - 1);
		if (length < 0)
			return 0;
		target[length] = '\0';
		if (stays_in_sysfs(walk, target))
			return 0;
	}
	if (fstatat(folder, name, &status, 0) < 0)
		return 0;
	if (sr_special_is(status.st_mode))
		return refuse_special(walk, name);
	if (walk->sysfs && S_ISDIR(status.st_mode))
		return refuse(walk, name, "a link to a folder that no kernel links to");
	return S_ISDIR(status.st_mode) ? walk_sub_folder(walk, folder, name, depth) : 0;
}

static int check_size(struct walk *walk, int folder, const char *name)
{
	struct stat status;

	if (fstatat(folder, name, &status, 0) < 0 || status.st_size <= FILE_MAX)
		return 0;
	return refuse(walk, name, "larger than 64 MiB");
}

static int walk_folder(struct walk *walk, int fd, unsigned int depth);

static int walk_sub_folder(struct walk *walk, int folder, const char *name, unsigned int depth)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (walk->sysfs ? O_NOFOLLOW : 0);
	const size_t before = walk->length, length = strlen(name);
	sr_auto_close int fd = -1;
	int error;

	if (walk->sysfs ? is_power(name, length) : depth == 0)
		return 0;
	if (depth == 0 || before + 1 + length >= sizeof(walk->path))
		return sr_fail(walk->reason, -EFBIG, "its %.64s... is too deep",
			       sr_name_printable(walk->path));
	fd = openat(folder, name, flags);
	if (fd < 0) /* nor can anybody else in this process read it */
		return 0;
	walk->path[before] = '/';
	memcpy(walk->path + before + 1, name, length + 1);
	walk->length = before + 1 + length;
	error = walk_folder(walk, fd, depth - 1);
	walk->length = before;
	walk->path[before] = '\0';
	return error;
}

static int check_entry(struct walk *walk, int folder, const char *name, mode_t type,
		       unsigned int depth)
{
	if (++walk->entries > ENTRIES_MAX)
		return sr_fail(walk->reason, -EFBIG, "it has more than %d files to look at",
			       ENTRIES_MAX);
	if (sr_special_is(type))
		return refuse_special(walk, name);
	if (walk->kmod && !S_ISDIR(type) && check_size(walk, folder, name))
		return -EINVAL;
	if (S_ISLNK(type))
		return check_link(walk, folder, name, depth);
	return S_ISDIR(type) ? walk_sub_folder(walk, folder, name, depth) : 0;
}

static int walk_folder(struct walk *walk, int fd, unsigned int depth)
{
	struct sr_entries entries;
	const char *name;
	mode_t type;
	int got;

	sr_entries_begin(&entries, fd);
	while ((got = sr_entries_next(&entries, &name, &type)) > 0) {
		int error = check_entry(walk, fd, name, type, depth);

		if (error)
			return error;
	}
	return got < 0 ? sr_fail(walk->reason, got, "cannot read its %.200s: %s",
				 sr_name_printable(walk->path), strerror(-got))
		       : 0;
}

/* libkmod reads @path also where it is no folder. */
static int walk_tree(struct walk *walk, const char *path, unsigned int depth)
{
	sr_auto_close int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		walk->length = strlen(path);
		memcpy(walk->path, path, walk->length + 1);
		return walk_folder(walk, fd, depth);
	}
	walk->length = 0;
	walk->path[0] = '\0';
	if (check_link(walk, AT_FDCWD, path, 0))
		return -EINVAL;
	return walk->kmod ? check_size(walk, AT_FDCWD, path) : 0;
}

int sr_special_refuse(struct sr_reason *reason)
{
	/* libkmod's are default_config_paths of libkmod.c, of all its releases. */
	static const struct {
		const char *path;
		unsigned int depth;
		bool sysfs, kmod;
	} trees[] = {
		{ "/sys", SR_NAME_DEPTH, true, false },
		{ "/proc", 0, false, false },
		{ "/etc/modprobe.d", 0, false, true },
		{ "/run/modprobe.d", 0, false, true },
		{ "/usr/local/lib/modprobe.d", 0, false, true },
		{ "/usr/lib/modprobe.d", 0, false, true },
		{ "/lib/modprobe.d", 0, false, true },
		{ "/lib/modules", 1, false, true },
	};
	struct walk walk = { .reason = reason };

	for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
		int error;

		walk.sysfs = trees[i].sysfs;
		walk.kmod = trees[i].kmod;
		error = walk_tree(&walk, trees[i].path, trees[i].depth);
		if (error)
			return error;
	}
	return 0;
}
