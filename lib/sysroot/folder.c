// SPDX-License-Identifier: LGPL-2.1-or-later
/* A folder with a machine's tree: found, and told from this machine's own. */
#include "sysroot/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/cleanup.h"
#include "sysroot/name.h"

#define FOLDER_FLAGS (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static bool has_folder(int parent, const char *name)
{
	struct stat status;

	return fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static bool is_machine(int folder)
{
	return has_folder(folder, "proc") || has_folder(folder, "sys") ||
	       has_folder(folder, "sos_commands");
}

static bool has_wanted(int folder)
{
	struct stat status;

	for (const char *const *name = sr_names_wanted; *name; name++)
		if (fstatat(folder, *name, &status, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	return false;
}

static DIR *open_for_reading(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);

	if (!directory && fd >= 0)
		close(fd);
	return directory;
}

/* Returns how many sub-folders of @folder are machines; *@machine is one of them. */
static unsigned int find_machines(int folder, int *machine)
{
	sr_auto_dir DIR *directory = open_for_reading(folder);
	unsigned int found = 0, seen = 0;
	struct dirent *entry;

	while (directory && seen++ < 4096 && found < 2 && (entry = readdir(directory))) {
		sr_auto_close int candidate = -1;

		if (entry->d_name[0] == '.')
			continue;
		candidate = openat(folder, entry->d_name, FOLDER_FLAGS);
		if (candidate < 0 || !is_machine(candidate) || found++ > 0)
			continue;
		*machine = candidate;
		candidate = -1;
	}
	return found;
}

int sr_folder_find_root(int folder, int *ret_root, struct sr_reason *reason)
{
	sr_auto_close int root = -1;

	if (!is_machine(folder) && find_machines(folder, &root) > 1)
		return sr_fail(reason, -EINVAL, "it holds several machines: name one of them");
	if (root < 0)
		root = openat(folder, ".", FOLDER_FLAGS);
	if (root < 0)
		return sr_fail(reason, -errno, "cannot open it: %s", strerror(errno));
	if (!has_wanted(root))
		return sr_fail(reason, -EINVAL,
			       "it holds nothing of a machine, neither proc nor sys nor dmesg");
	*ret_root = root;
	root = -1;
	return 0;
}

static bool is_own_root(int folder)
{
	struct stat root, status;

	return stat("/", &root) == 0 && fstat(folder, &status) == 0 &&
	       root.st_dev == status.st_dev && root.st_ino == status.st_ino;
}

static bool is_live(int folder, const char *name, unsigned long type)
{
	sr_auto_close int fd = openat(folder, name, FOLDER_FLAGS);
	struct statfs status;

	return fd >= 0 && fstatfs(fd, &status) == 0 && (unsigned long)status.f_type == type;
}

/*
 * A user namespace hides the addresses in /proc/iomem, and this machine's own
 * reader does more than one for captures; so its own tree is never a capture.
 */
static int refuse_live(const char *path, int folder, struct sr_reason *reason)
{
	if (!is_own_root(folder) && !is_live(folder, "proc", PROC_SUPER_MAGIC) &&
	    !is_live(folder, "sys", SYSFS_MAGIC))
		return 0;
	return sr_fail(reason, -EXDEV,
		       "%s is the live tree of this machine, not a capture: leave --sysroot out "
		       "(or run cxl-sr inside it by chroot)",
		       path);
}

int sr_folder_open(const char *path, int *ret_root, struct sr_reason *reason)
{
	sr_auto_close int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	sr_auto_close int root = -1;
	struct sr_reason detail = { "" };
	int error;

	if (folder < 0)
		return sr_fail(reason, -errno, "cannot open %s: %s", path, strerror(errno));
	error = refuse_live(path, folder, reason);
	if (error)
		return error;
	error = sr_folder_find_root(folder, &root, &detail);
	if (error)
		return sr_fail(reason, error, "cannot use %s: %s", path, detail.text);
	error = refuse_live(path, root, reason);
	if (error)
		return error;
	*ret_root = root;
	root = -1;
	return 0;
}
