/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a driver that takes or leaves memory does to /proc/iomem and to memory blocks. */
#pragma once

#include "snapshot/snapshot.h"

/* Adds a line at its place. 0 or -ENOMEM. */
int sr_model_add_node(struct sr_snapshot *model, struct sr_range range, enum sr_iomem_kind kind,
		      const char *label);

/* Takes the lines of @kind away that lie within @range. */
void sr_model_drop_nodes(struct sr_snapshot *model, struct sr_range range, enum sr_iomem_kind kind);

/* The whole blocks of @range come, in the state that the policy of the kernel gives. */
int sr_model_add_blocks(struct sr_snapshot *model, struct sr_range range);

void sr_model_drop_blocks(struct sr_snapshot *model, struct sr_range range);

/* Whether a block that overlaps @range is not known to be offline. */
bool sr_model_may_be_online(const struct sr_snapshot *model, struct sr_range range);
