/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel asks of hmem: ranges that it lists early in boot, and decides on
 * later, each by itself (the resource tree "HMEM devices", drivers/dax/hmem/device.c).
 */
#pragma once

#include "snapshot/snapshot.h"

struct sr_candidate {
	struct sr_range range;
	bool of_srat; /* a memory range of the SRAT; else an entry of the memory map */
};

typedef SR_LIST(struct sr_candidate) sr_candidate_list;

/*
 * Whether the kernel lists the memory ranges of the SRAT before those of the map:
 * SR_UNKNOWN where the tables could not be read.
 */
enum sr_truth sr_srat_counts(const struct sr_snapshot *snapshot);

/*
 * The candidates, sorted and disjoint. @soft_reserved: the ranges of the map, sorted
 * and disjoint too. 0 or -ENOMEM.
 */
int sr_list_candidates(const struct sr_snapshot *snapshot, const sr_range_list *soft_reserved,
		       sr_candidate_list *ret_candidates);

static inline void sr_candidate_list_guard(sr_candidate_list *list)
{
	sr_list_free(list);
}
