/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the rows of the table find below /. */
#pragma once

#include "capture/members.h"
#include "capture/rows.h"

/* Adds all that the table has, and counts what each row found. 0, -ENOMEM or -EFBIG. */
int sr_gather(struct sr_capture *capture);

/*
 * The file at the absolute @path, as it is or barred: @ret_found tells which is there.
 * Others than files, and what is absent, are not added. 0, -ENOMEM or -EFBIG.
 */
int sr_gather_file(struct sr_capture *capture, const char *path, bool *ret_found);

/* The same for a link, without what it leads to; never barred. */
int sr_gather_link(struct sr_capture *capture, const char *path, bool *ret_found);

/* A file that could not be read, for @error. */
int sr_gather_barred(struct sr_capture *capture, const char *path, int error);

/*
 * Calls @visit with each absolute path that matches @pattern, sorted, also with one
 * without wildcards that may not be there. 0 or the first error of @visit, -ENOMEM.
 */
int sr_gather_paths(struct sr_capture *capture, const char *pattern, void *data,
		    int (*visit)(struct sr_capture *capture, const char *path, void *data));

typedef SR_LIST(const char *) sr_path_list;

/*
 * What the rows for devices found, absolute paths: each link, the real folders, and what
 * those are related to. 0, -ENOMEM or -EFBIG.
 */
int sr_gather_devices(struct sr_capture *capture, const sr_path_list *devices);
