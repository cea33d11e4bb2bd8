/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Scope guards: a resource is given back where its name goes out of scope, on
 * every path, so functions return early and need no goto.
 */
#pragma once

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define sr_cleanup(function) __attribute__((cleanup(function)))

static inline void sr_free_guard(void *pointer)
{
	free(*(void **)pointer);
}

static inline void sr_close_guard(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void sr_fclose_guard(FILE **file)
{
	if (*file)
		fclose(*file);
}

static inline void sr_closedir_guard(DIR **directory)
{
	if (*directory)
		closedir(*directory);
}

#define sr_auto_free  sr_cleanup(sr_free_guard)
#define sr_auto_close sr_cleanup(sr_close_guard)
#define sr_auto_file  sr_cleanup(sr_fclose_guard)
#define sr_auto_dir   sr_cleanup(sr_closedir_guard)

/* Hands a guarded pointer over to somebody else: the guard then finds NULL. */
#define sr_take(pointer)                                \
	({                                              \
		__typeof__(pointer) taken_ = (pointer); \
		(pointer) = NULL;                       \
		taken_;                                 \
	})
