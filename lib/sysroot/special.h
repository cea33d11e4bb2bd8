/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* FIFOs, sockets and device nodes in a capture: no kernel shows them where we read. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/reason.h"

/*
 * Whether a file of that mode is one. A FIFO stands in for each of them wherever a
 * capture is shown in parts or copied: it needs no right to be made, and is refused
 * where the file itself would be.
 */
bool sr_special_is(mode_t mode);

/*
 * Refuses the tree at / where a library that opens what it lists could come upon
 * such a file: -EINVAL with its name, -EFBIG for a tree too large or too deep.
 */
int sr_special_refuse(struct sr_reason *reason);
