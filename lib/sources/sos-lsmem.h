/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What `lsmem -a -o RANGE,SIZE,STATE,REMOVABLE,ZONES,NODE,BLOCK` prints: a line each memory
 * block, then sums.
 */
#pragma once

#include <stddef.h>

#include "base/range-list.h"
#include "snapshot/snapshot.h"

/*
 * Sets the block size and adds the blocks that overlap the set @wanted. @ret_unreadable counts
 * those of unknown state. -EINVAL where the text is not whole, or not understood: then nothing
 * is added; -ENOMEM.
 */
int sr_lsmem_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		   const sr_range_list *wanted, size_t *ret_unreadable);
