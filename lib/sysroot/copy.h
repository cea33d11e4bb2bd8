/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder's tree copied, where it cannot be shown read-only. */
#pragma once

#include "base/reason.h"

/*
 * Copies what is wanted of the folder @from below the empty folder @to, within the
 * limits of an archive. What this process may not read is left out, as if it were
 * not there. -EFBIG above a limit, -errno; with the reason, and part of it copied.
 */
int sr_copy_machine(int from, int to, struct sr_reason *reason);
