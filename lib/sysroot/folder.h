/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder with a machine's tree: found, and told from this machine's own. */
#pragma once

#include "base/reason.h"

/*
 * The root of the machine in @folder: @folder itself, or where that has neither
 * proc nor sys the one folder in it that has. *@ret_root is an O_PATH descriptor
 * of the caller's. -EINVAL where there is nothing of a machine, or are several.
 */
int sr_folder_find_root(int folder, int *ret_root, struct sr_reason *reason);

/*
 * Opens @path and finds the root of its machine. Errors as sr_sysroot_enter(); in
 * particular -EXDEV for the tree of the running machine.
 */
int sr_folder_open(const char *path, int *ret_root, struct sr_reason *reason);
