/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What depmod(8) wrote for a kernel, from its text files: libkmod reads only the
 * binary indexes, which captures lack and which are not made for hostile input.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/known.h"
#include "base/pool.h"

struct sr_module_files {
	char *dependencies; /* modules.dep; NULL: not readable */
	char *built_in;	    /* modules.builtin; NULL: not readable */
};

/* Reads both from @folder. 0 or -ENOMEM. */
int sr_module_files_read(const char *folder, struct sr_module_files *ret_files);

void sr_module_files_free(struct sr_module_files *files);

/*
 * Whether modules.dep lists @name, and what it depends on: names separated by
 * commas, known and NULL for none. 1, 0 where it does not list it, -ENOMEM.
 */
int sr_module_depends(const struct sr_module_files *files, struct sr_pool *pool, const char *name,
		      struct sr_text *ret_depends);

bool sr_module_is_built_in(const struct sr_module_files *files, const char *name);
