// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A folder's tree shown on the stage. The binds are read-only: libcxl writes to
 * /sys/bus/cxl/flush. sys is bound one level down, since sys/dev is supplied.
 */
#include "sysroot/bind.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "sysroot/mount-attributes.h"
#include "sysroot/name.h"

#define SYS_CHILDREN_MAX 256

struct binder {
	bool recursive; /* mounts below the folder can be protected too */
	struct sr_reason *reason;
};

static int refuse(const struct binder *binder, const char *target, const char *what)
{
	int error = -errno;
	char name[NAME_MAX + 8];

	snprintf(name, sizeof(name), "%s", target);
	return sr_fail(binder->reason, error, "cannot %s its %s: %s", what, sr_name_printable(name),
		       strerror(-error));
}

/*
 * Before Linux 5.12 a remount reaches the topmost mount only. Mounts below the
 * folder are then left out, rather than left writable.
 */
static int protect(const struct binder *binder, const char *target)
{
	const unsigned long flags = MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV |
				    MS_NOEXEC;

	if (binder->recursive)
		return sr_mount_attributes_protect(target);
	return mount("none", target, "none", flags, NULL) < 0 ? -errno : 0;
}

static int bind_fd(const struct binder *binder, int fd, const char *target)
{
	const unsigned long flags = MS_BIND | (binder->recursive ? MS_REC : 0);
	char source[64];

	snprintf(source, sizeof(source), "/proc/self/fd/%d", fd);
	if (mount(source, target, "none", flags, NULL) < 0)
		return refuse(binder, target, "mount");
	if (protect(binder, target) < 0)
		return refuse(binder, target, "protect");
	return 0;
}

static int bind_folder(const struct binder *binder, int fd, const char *target)
{
	if (mkdir(target, 0755) < 0)
		return refuse(binder, target, "make a folder for");
	return bind_fd(binder, fd, target);
}

static int bind_file(const struct binder *binder, int fd, const char *target)
{
	sr_auto_close int made = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (made < 0)
		return refuse(binder, target, "make a file for");
	return bind_fd(binder, fd, target);
}

/* It is followed inside only, where it leads no further than the root. */
static int copy_link(const struct binder *binder, int fd, const char *target)
{
	char text[PATH_MAX];
	ssize_t length = readlinkat(fd, "", text, sizeof(text) - 1);

	if (length < 0)
		return refuse(binder, target, "read the link");
	text[length] = '\0';
	return symlink(text, target) < 0 ? refuse(binder, target, "copy the link") : 0;
}

/* What is neither file, folder nor link is not shown itself: see special.h. */
static int bind_entry(const struct binder *binder, int parent, const char *name, const char *target)
{
	sr_auto_close int fd = openat(parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 || fstat(fd, &status) < 0)
		return refuse(binder, target, "open");
	if (S_ISDIR(status.st_mode))
		return bind_folder(binder, fd, target);
	if (S_ISREG(status.st_mode))
		return bind_file(binder, fd, target);
	if (S_ISLNK(status.st_mode))
		return copy_link(binder, fd, target);
	return mkfifo(target, 0600) < 0 ? refuse(binder, target, "make a stand-in for") : 0;
}

static int bind_sys_children(const struct binder *binder, DIR *sys)
{
	unsigned int seen = 0;
	struct dirent *entry;

	while ((entry = readdir(sys))) {
		char target[NAME_MAX + 8];
		int error;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    strcmp(entry->d_name, "dev") == 0)
			continue;
		if (++seen > SYS_CHILDREN_MAX)
			return sr_fail(binder->reason, -EFBIG,
				       "its sys has more than %d names at its top",
				       SYS_CHILDREN_MAX);
		snprintf(target, sizeof(target), "sys/%s", entry->d_name);
		error = bind_entry(binder, dirfd(sys), entry->d_name, target);
		if (error)
			return error;
	}
	return 0;
}

static int bind_sys(const struct binder *binder, int root)
{
	sr_auto_close int fd = openat(root, "sys", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	sr_auto_dir DIR *sys = NULL;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd >= 0)
		sys = fdopendir(fd);
	if (!sys)
		return refuse(binder, "sys", "read");
	fd = -1;
	if (mkdir("sys", 0755) < 0)
		return refuse(binder, "sys", "make a folder for");
	return bind_sys_children(binder, sys);
}

static int bind_names(const struct binder *binder, int root, const char *const *names)
{
	for (; *names; names++) {
		int error = strcmp(*names, "sys") == 0 ? bind_sys(binder, root)
						       : bind_entry(binder, root, *names, *names);

		if (error)
			return error;
	}
	return 0;
}

int sr_bind_machine(int root, struct sr_reason *reason)
{
	const struct binder binder = {
		.recursive = sr_mount_attributes_work("."),
		.reason = reason,
	};
	int error = bind_names(&binder, root, sr_names_wanted);

	return error ? error : bind_names(&binder, root, sr_names_more);
}
