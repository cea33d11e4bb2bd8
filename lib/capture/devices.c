// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devices, each once: the link on its bus, its real folder with its attributes, the
 * folders above that up to the root of all devices, with theirs, and the bare folders
 * that its links lead to.
 */
#include "capture/gather.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"

#define ROOT	    "/sys/devices/"
#define DEVICES_MAX 65536
#define PATH_LENGTH 1024

static int add_path(struct sr_capture *capture, sr_path_list *paths, const char *path,
		    size_t length)
{
	const char **item = sr_list_add(paths);

	if (!item)
		return -ENOMEM;
	*item = sr_pool_text_n(capture->pool, path, length);
	return *item ? 0 : -ENOMEM;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(sr_path_list *paths)
{
	size_t kept = 0;

	if (paths->count)
		qsort(paths->items, paths->count, sizeof(*paths->items), compare);
	for (size_t i = 0; i < paths->count; i++) {
		if (kept == 0 || strcmp(paths->items[kept - 1], paths->items[i]) != 0)
			paths->items[kept++] = paths->items[i];
	}
	paths->count = kept;
}

/* The real folder that @path leads to, if that is one of sysfs. */
static bool resolve(const char *path, char real[static PATH_MAX])
{
	struct stat status;

	return realpath(path, real) && strncmp(real, "/sys/", 5) == 0 &&
	       strlen(real) < PATH_LENGTH && stat(real, &status) == 0 && S_ISDIR(status.st_mode);
}

static int add_device(struct sr_capture *capture, sr_path_list *reals, const char *path)
{
	char real[PATH_MAX];
	bool is_link;
	int error = sr_gather_link(capture, path, &is_link);

	if (error || !resolve(path, real))
		return error;
	if (reals->count >= DEVICES_MAX)
		return sr_fail(capture->reason, -EFBIG, "there are more than %d devices",
			       DEVICES_MAX);
	return add_path(capture, reals, real, strlen(real));
}

/*
 * The folder at @path and those above it, but for those that @before, its neighbour in
 * their order, has too: many links may lead to few folders that are deep.
 */
static int add_with_parents(struct sr_capture *capture, sr_path_list *folders, const char *path,
			    const char *before)
{
	size_t length = strlen(path);

	while (length > strlen(ROOT)) {
		char folder[PATH_LENGTH];
		int error;

		memcpy(folder, path, length);
		folder[length] = '\0';
		if (sr_path_is_within(before, folder))
			return 0;
		error = add_path(capture, folders, path, length);
		if (error || strncmp(path, ROOT, strlen(ROOT)) != 0)
			return error;
		while (length && path[length - 1] != '/')
			length--;
		length -= length > 0;
	}
	return 0;
}

static int add_all_with_parents(struct sr_capture *capture, sr_path_list *folders,
				sr_path_list *reals)
{
	const char *before = "";
	const char **real;

	sort(reals);
	sr_for_each (real, reals) {
		int error = add_with_parents(capture, folders, *real, before);

		if (error)
			return error;
		before = *real;
	}
	sort(folders);
	return 0;
}

static int visit_attribute(struct sr_capture *capture, const char *path, void *data)
{
	bool found;

	(void)data;
	return sr_gather_file(capture, path, &found);
}

static int visit_relation(struct sr_capture *capture, const char *path, void *data)
{
	char real[PATH_MAX];
	bool found;
	int error = sr_gather_link(capture, path, &found);

	(void)data;
	if (error || !found || !resolve(path, real))
		return error;
	return sr_member_add(capture, SR_MEMBER_FOLDER, real + 1, NULL, 0);
}

static int gather_row(struct sr_capture *capture, const char *folder, const struct sr_row *row)
{
	char pattern[PATH_MAX];

	/* A folder of that name would be a pattern itself; no kernel has one. */
	if (strpbrk(folder, "*[?\\") ||
	    snprintf(pattern, sizeof(pattern), "%s/%s", folder, row->path) >= (int)sizeof(pattern))
		return 0;
	return sr_gather_paths(capture, pattern, NULL,
			       row->kind == SR_ROW_RELATION ? visit_relation : visit_attribute);
}

static int gather_device(struct sr_capture *capture, const char *folder)
{
	int error = sr_member_add(capture, SR_MEMBER_FOLDER, folder + 1, NULL, 0);

	for (size_t i = 0; i < sr_row_count && !error; i++) {
		if (sr_rows[i].kind == SR_ROW_ATTRIBUTE || sr_rows[i].kind == SR_ROW_RELATION)
			error = gather_row(capture, folder, &sr_rows[i]);
	}
	return error;
}

static int gather_folders(struct sr_capture *capture, const sr_path_list *folders)
{
	const char **folder;

	sr_for_each (folder, folders) {
		int error = gather_device(capture, *folder);

		if (error)
			return error;
	}
	return 0;
}

int sr_gather_devices(struct sr_capture *capture, const sr_path_list *devices)
{
	sr_path_list reals = { 0 }, folders = { 0 };
	const char **device;
	int error = 0;

	sr_for_each (device, devices) {
		error = add_device(capture, &reals, *device);
		if (error)
			break;
	}
	if (!error)
		error = add_all_with_parents(capture, &folders, &reals);
	if (!error)
		error = gather_folders(capture, &folders);
	sr_list_free(&reals);
	sr_list_free(&folders);
	return error;
}
