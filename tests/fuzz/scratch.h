/* SPDX-License-Identifier: GPL-2.0-only */
/* Folders in memory, for what only takes a folder. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* An empty one of this process's; it is removed at its end. False: there can be none. */
bool scratch_make(char *path, size_t size);

/* Removes a tree, links as what they are. */
void scratch_remove(const char *path);
