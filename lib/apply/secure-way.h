/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The way to a file, folder by folder: who can rename one of them, or put a link in its place,
 * chooses which file is found at the end.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>

struct sr_way {
	int folder; /* with O_PATH; -1: none */
	char name[NAME_MAX + 1];
};

/*
 * Who chose the way: we did, and each of its folders is root's or ours, and nobody else can
 * rename what is in it; or the caller did, and no more is asked than that not all can.
 */
enum sr_way_kind {
	SR_WAY_OURS,
	SR_WAY_GIVEN
};

/*
 * The folder of @path and the name in it, which need not exist. @root stands before absolute
 * paths, "" is /. Links to folders are followed, and with SR_WAY_GIVEN one that is the last
 * name, where they are root's or ours. The name is to be opened with O_NOFOLLOW.
 * 0, -EPERM for a folder or a link that others chose, -ELOOP for too many links, -errno.
 */
int sr_way_find(const char *root, const char *path, enum sr_way_kind kind, struct sr_way *ret_way);

/* As a scope guard too. */
void sr_way_close(struct sr_way *way);

#define sr_auto_way __attribute__((cleanup(sr_way_close)))
