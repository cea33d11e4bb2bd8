/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder on disk for a capture, where no tmpfs of our own can be mounted. */
#pragma once

#include "base/reason.h"

/* Makes it; *@ret_path is the caller's to free. -errno and the reason. */
int sr_scratch_make(char **ret_path, struct sr_reason *reason);

/* Removes it with all that is in it; -errno. */
int sr_scratch_remove(const char *path);
