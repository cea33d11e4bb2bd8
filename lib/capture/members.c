// SPDX-License-Identifier: LGPL-2.1-or-later
#include "capture/members.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"

/* What can be unpacked again: lib/sysroot/unpack.c. */
#define MEMBERS_MAX 200000
#define BYTES_MAX   ((size_t)256 << 20)
#define PATH_LENGTH 1024

/* The names of a hostile tree must not steer a terminal, nor break the manifest's lines. */
static bool is_packable(const char *path)
{
	size_t length = strlen(path);

	for (const char *at = path; *at; at++) {
		if (*at < ' ' || *at > '~')
			return false;
	}
	return length > 0 && length < PATH_LENGTH;
}

int sr_member_add(struct sr_capture *capture, enum sr_member_kind kind, const char *path,
		  const char *bytes, size_t length)
{
	struct sr_member *member;

	if (!is_packable(path))
		return 0;
	if (capture->members.count >= 2 * MEMBERS_MAX)
		return sr_fail(capture->reason, -EFBIG, "there are more than %d files to pack",
			       MEMBERS_MAX);
	capture->bytes += length + strlen(path);
	if (capture->bytes > BYTES_MAX)
		return sr_fail(capture->reason, -EFBIG, "there are more than %zu MiB to pack",
			       BYTES_MAX >> 20);
	member = sr_list_add(&capture->members);
	if (!member)
		return -ENOMEM;
	*member = (struct sr_member){
		.path = sr_pool_text(capture->pool, path),
		.kind = kind,
		.bytes = sr_pool_text_n(capture->pool, bytes ? bytes : "", length),
		.length = length,
		.order = capture->members.count,
	};
	return member->path && member->bytes ? 0 : -ENOMEM;
}

int sr_remark_add(struct sr_capture *capture, const char *state, const char *text,
		  const char *detail)
{
	struct sr_remark *remark = sr_list_add(&capture->remarks);

	if (!remark)
		return -ENOMEM;
	remark->state = state;
	remark->text = sr_pool_format(capture->pool, "%s%s%s", text, detail ? "\t" : "",
				      detail ? detail : "");
	return remark->text ? 0 : -ENOMEM;
}

bool sr_path_is_within(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const struct sr_member *)a)->path, ((const struct sr_member *)b)->path);
}

static int compare_members(const void *a, const void *b)
{
	const struct sr_member *one = a, *other = b;
	int order = compare_paths(a, b);

	if (order)
		return order;
	return one->order < other->order ? -1 : one->order > other->order;
}

static void sort(struct sr_capture *capture)
{
	struct sr_member *members = capture->members.items;
	size_t kept = 0;

	if (capture->members.count)
		qsort(members, capture->members.count, sizeof(*members), compare_members);
	for (size_t i = 0; i < capture->members.count; i++) {
		if (kept == 0 || compare_paths(&members[kept - 1], &members[i]) != 0)
			members[kept++] = members[i];
	}
	capture->members.count = kept;
}

struct sr_member *sr_member_find(const struct sr_capture *capture, const char *path)
{
	const struct sr_member key = { .path = path };

	if (!capture->members.count)
		return NULL;
	return bsearch(&key, capture->members.items, capture->members.count, sizeof(key),
		       compare_paths);
}

/*
 * Adds the folders above @path but for those that @before, its neighbour in their order,
 * has too. What was added before them and is no folder stays what it is.
 */
static int add_parents(struct sr_capture *capture, const char *path, const char *before)
{
	char parent[PATH_LENGTH];
	char *slash;

	snprintf(parent, sizeof(parent), "%s", path);
	while ((slash = strrchr(parent, '/'))) {
		int error;

		*slash = '\0';
		if (sr_path_is_within(before, parent))
			break;
		error = sr_member_add(capture, SR_MEMBER_FOLDER, parent, NULL, 0);
		if (error)
			return error;
	}
	return 0;
}

/* Whether something above it is no folder. A folder made of folders has no links in it. */
static bool is_blocked(const struct sr_capture *capture, const char *path)
{
	char parent[PATH_LENGTH];
	char *slash;

	snprintf(parent, sizeof(parent), "%s", path);
	while ((slash = strrchr(parent, '/'))) {
		const struct sr_member *found;

		*slash = '\0';
		found = sr_member_find(capture, parent);
		if (!found || found->kind != SR_MEMBER_FOLDER)
			return true;
	}
	return false;
}

int sr_members_settle(struct sr_capture *capture)
{
	size_t count, kept = 0;

	sort(capture);
	count = capture->members.count;
	for (size_t i = 0; i < count; i++) {
		int error = add_parents(capture, capture->members.items[i].path,
					i ? capture->members.items[i - 1].path : "");

		if (error)
			return error;
	}
	sort(capture);
	count = capture->members.count;
	for (size_t i = 0; i < count; i++) {
		if (is_blocked(capture, capture->members.items[i].path))
			capture->members.items[i].order = 0;
	}
	for (size_t i = 0; i < count; i++) {
		if (capture->members.items[i].order)
			capture->members.items[kept++] = capture->members.items[i];
	}
	capture->members.count = kept;
	if (kept > MEMBERS_MAX)
		return sr_fail(capture->reason, -EFBIG, "there are more than %d files to pack",
			       MEMBERS_MAX);
	return 0;
}
