/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The members of a capture while it is made, in memory: each once, in the order of their names. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/list.h"
#include "base/pool.h"
#include "base/reason.h"

enum sr_member_kind {
	SR_MEMBER_FOLDER,
	SR_MEMBER_FILE,
	SR_MEMBER_BARRED, /* a file that could not be read, or of which only the name is told */
	SR_MEMBER_LINK,
};

struct sr_member {
	const char *path; /* without a leading slash */
	enum sr_member_kind kind;
	const char *bytes; /* of a file; of a link its target */
	size_t length;
	size_t order; /* in which they were added */
};

/* Something that could not be packed, or not as it is, for the manifest. */
struct sr_remark {
	const char *state; /* "denied", "failed", "redacted", "ran" */
	const char *text;  /* a path or a command, and behind a tab what else there is to say */
};

struct sr_capture {
	struct sr_pool *pool;
	SR_LIST(struct sr_member) members;
	SR_LIST(struct sr_remark) remarks;
	SR_LIST(size_t) found; /* how many of each row of the table */
	size_t bytes;
	bool live;	     /* taken of this machine */
	bool of_machine;     /* it, or what it was made of, is a machine's own view */
	bool redacted;	     /* also by whom it was made before */
	const char *tool;    /* which made it first */
	const char *host;    /* this machine's name; NULL: not known */
	const char *release; /* of its kernel; NULL: not known */
	struct sr_reason *reason;
};

/*
 * Adds a member; what is there already, stays (an earlier one goes before a later one). A
 * path with anything in it but printable ASCII is not added. 0, -ENOMEM, or -EFBIG with
 * the reason.
 */
int sr_member_add(struct sr_capture *capture, enum sr_member_kind kind, const char *path,
		  const char *bytes, size_t length);

/* @detail may be NULL. 0 or -ENOMEM. */
int sr_remark_add(struct sr_capture *capture, const char *state, const char *text,
		  const char *detail);

/*
 * Sorts them, takes out doubles and what lies below a file or link, and adds the folders
 * that lead to the others. 0 or -ENOMEM.
 */
int sr_members_settle(struct sr_capture *capture);

/* Whether @path is @folder, or below it. */
bool sr_path_is_within(const char *path, const char *folder);

/* NULL where there is none. Only for settled members. */
struct sr_member *sr_member_find(const struct sr_capture *capture, const char *path);
