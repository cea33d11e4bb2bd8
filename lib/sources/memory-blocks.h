/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which memory blocks are read: a large machine has tens of thousands of them. */
#pragma once

#include "base/range-list.h"
#include "snapshot/snapshot.h"

/* The Soft Reserved ranges, regions and dax devices, as a set. 0 or -ENOMEM. */
int sr_memory_blocks_wanted(const struct sr_snapshot *snapshot, sr_range_list *ret_wanted);
