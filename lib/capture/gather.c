// SPDX-License-Identifier: LGPL-2.1-or-later
#include "capture/gather.h"

#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sources/recorded.h"

#define FILE_LIMIT ((size_t)64 << 20)

struct visit {
	enum sr_row_kind kind;
	size_t found;
	sr_path_list *devices;
};

int sr_gather_barred(struct sr_capture *capture, const char *path, int error)
{
	bool denied = error == -EACCES || error == -EPERM;
	int adding = sr_remark_add(capture, denied ? "denied" : "failed", path + 1,
				   denied ? NULL : strerror(-error));

	return adding ? adding : sr_member_add(capture, SR_MEMBER_BARRED, path + 1, NULL, 0);
}

/* modprobe.d(5): a link to it takes the place of a file that is not wanted. */
static bool is_null_device(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISCHR(status.st_mode) &&
	       status.st_rdev == makedev(1, 3);
}

int sr_gather_file(struct sr_capture *capture, const char *path, bool *ret_found)
{
	sr_auto_free char *bytes = NULL;
	size_t length = 0;
	int error = sr_file_read(path, FILE_LIMIT, &bytes, &length);

	*ret_found = true;
	if (error == -ENOMEM)
		return error;
	if ((error == -EINVAL || error == -EACCES) && is_null_device(path))
		return sr_member_add(capture, SR_MEMBER_FILE, path + 1, NULL, 0);
	if (error == -ENOENT || error == -ENOTDIR || error == -EINVAL || error == -ELOOP) {
		*ret_found = false;
		return 0;
	}
	if (error)
		return sr_gather_barred(capture, path, error);
	return sr_member_add(capture, SR_MEMBER_FILE, path + 1, bytes, length);
}

int sr_gather_link(struct sr_capture *capture, const char *path, bool *ret_found)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof(target));

	*ret_found = length > 0 && (size_t)length < sizeof(target);
	if (!*ret_found)
		return 0;
	return sr_member_add(capture, SR_MEMBER_LINK, path + 1, target, (size_t)length);
}

static int gather_folder(struct sr_capture *capture, const char *path, bool *ret_found)
{
	struct stat status;

	*ret_found = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
	return *ret_found ? sr_member_add(capture, SR_MEMBER_FOLDER, path + 1, NULL, 0) : 0;
}

static int gather_name(struct sr_capture *capture, const char *path, bool *ret_found)
{
	struct stat status;

	*ret_found = stat(path, &status) == 0 && S_ISREG(status.st_mode);
	return *ret_found ? sr_member_add(capture, SR_MEMBER_BARRED, path + 1, NULL, 0) : 0;
}

/* libcxl and libdaxctl leave out devices that have none (lib/sysroot/supply.c). */
static int gather_node(struct sr_capture *capture, const char *path, bool *ret_found)
{
	struct stat status;
	char member[PATH_MAX];

	*ret_found = stat(path, &status) == 0 &&
		     (capture->live ? S_ISCHR(status.st_mode) : S_ISREG(status.st_mode)) &&
		     snprintf(member, sizeof(member), "%s%s", capture->live ? "cxl-sr" : "",
			      capture->live ? path : path + 1) < (int)sizeof(member);
	return *ret_found ? sr_member_add(capture, SR_MEMBER_BARRED, member, NULL, 0) : 0;
}

/* Where there is this folder, it has all nodes that there were. */
static int gather_folder_of_nodes(struct sr_capture *capture)
{
	bool found;

	if (capture->live)
		return sr_member_add(capture, SR_MEMBER_FOLDER, SR_RECORDED_NODES + 1, NULL, 0);
	return gather_folder(capture, SR_RECORDED_NODES, &found);
}

static int note_device(struct sr_capture *capture, const char *path, sr_path_list *devices,
		       bool *ret_found)
{
	struct stat status;
	const char **item;

	*ret_found = lstat(path, &status) == 0;
	if (!*ret_found)
		return 0;
	item = sr_list_add(devices);
	if (!item)
		return -ENOMEM;
	*item = sr_pool_text(capture->pool, path);
	return *item ? 0 : -ENOMEM;
}

static int visit_path(struct sr_capture *capture, const char *path, void *data)
{
	struct visit *visit = data;
	bool found = false;
	int error = 0;

	switch (visit->kind) {
	case SR_ROW_FILE:
	case SR_ROW_RECORDED:
	case SR_ROW_RELEASE:
	case SR_ROW_ATTRIBUTE:
		error = sr_gather_file(capture, path, &found);
		break;
	case SR_ROW_FOLDER:
		error = gather_folder(capture, path, &found);
		break;
	case SR_ROW_NODE:
		error = gather_node(capture, path, &found);
		break;
	case SR_ROW_NAME:
		error = gather_name(capture, path, &found);
		break;
	case SR_ROW_LINK:
	case SR_ROW_RELATION:
		error = sr_gather_link(capture, path, &found);
		break;
	case SR_ROW_DEVICE:
		error = note_device(capture, path, visit->devices, &found);
		break;
	}
	visit->found += found;
	return error;
}

static void glob_guard(glob_t *found)
{
	globfree(found);
}

/* What is not there, or may not be looked at, is no reason to end; memory that lacks is. */
static int is_short_of_memory(const char *path, int error)
{
	(void)path;
	return error == ENOMEM;
}

int sr_gather_paths(struct sr_capture *capture, const char *pattern, void *data,
		    int (*visit)(struct sr_capture *capture, const char *path, void *data))
{
	sr_cleanup(glob_guard) glob_t found = { 0 };
	int result;

	/* glob(3) drops what it may not look at; that it is there is worth telling. */
	if (!strpbrk(pattern, "*[?\\"))
		return visit(capture, pattern, data);
	result = glob(pattern, GLOB_NOESCAPE, is_short_of_memory, &found);
	if (result == GLOB_NOSPACE || result == GLOB_ABORTED)
		return -ENOMEM;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		int error = visit(capture, found.gl_pathv[i], data);

		if (error)
			return error;
	}
	return 0;
}

/* False where the row is none for this tree. */
static bool make_pattern(const struct sr_capture *capture, const struct sr_row *row,
			 char pattern[static PATH_MAX])
{
	if (row->kind == SR_ROW_ATTRIBUTE || row->kind == SR_ROW_RELATION ||
	    (row->kind == SR_ROW_RECORDED && capture->live))
		return false;
	if (row->kind == SR_ROW_NODE && !capture->live)
		return snprintf(pattern, PATH_MAX, "/cxl-sr/%s", row->path) < PATH_MAX;
	if (row->kind != SR_ROW_RELEASE)
		return snprintf(pattern, PATH_MAX, "/%s", row->path) < PATH_MAX;
	return snprintf(pattern, PATH_MAX, "/lib/modules/%s%s%s",
			capture->release ? capture->release : "", capture->release ? "/" : "",
			row->path) < PATH_MAX;
}

int sr_gather(struct sr_capture *capture)
{
	sr_path_list devices = { 0 };
	int error = 0;

	for (size_t i = 0; i < sr_row_count && !error; i++) {
		struct visit visit = { .kind = sr_rows[i].kind, .devices = &devices };
		size_t *found = sr_list_add(&capture->found);
		char pattern[PATH_MAX];

		if (!found)
			error = -ENOMEM;
		if (error || !make_pattern(capture, &sr_rows[i], pattern))
			continue;
		error = sr_gather_paths(capture, pattern, &visit, visit_path);
		*found = visit.found;
	}
	if (!error)
		error = gather_folder_of_nodes(capture);
	if (!error)
		error = sr_gather_devices(capture, &devices);
	sr_list_free(&devices);
	return error;
}
