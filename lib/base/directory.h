/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names in a folder, in an order that does not hang on the file system. */
#pragma once

#include <stdbool.h>

#include "base/list.h"

struct sr_names {
	SR_LIST(char *) list;
};

/*
 * Whether @name is @pattern, in which each # stands for one or more digits:
 * "dax#.#" matches dax0.0 and dax12.3, not dax0 and not dax0.0x.
 */
bool sr_name_matches(const char *name, const char *pattern);

/*
 * The names in @path that match @pattern (NULL: all but hidden ones), sorted as strverscmp(3) does
 * (decoder1.2 before decoder1.10). -errno of opendir(3) or readdir(3), -E2BIG above @limit names,
 * -ENOMEM; nothing is returned then.
 */
int sr_names_read(const char *path, const char *pattern, size_t limit, struct sr_names *ret_names);

/* Whether @name is among them, and where. */
bool sr_names_find(const struct sr_names *names, const char *name, size_t *ret_index);

void sr_names_free(struct sr_names *names);

#define sr_auto_names __attribute__((cleanup(sr_names_free)))
