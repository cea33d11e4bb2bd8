/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which node each memory block is in, from the folders of the nodes: a handful, where the
 * same stands in the folder of each of thousands of blocks (do_register_memory_block_under_node()
 * of drivers/base/node.c makes both links).
 */
#pragma once

#include <stdint.h>

#include "base/known.h"
#include "base/list.h"

struct sr_block_node {
	uint64_t block;
	uint64_t node;
};

typedef SR_LIST(struct sr_block_node) sr_block_node_list;

/* 0, also where there is nothing to read, as in most captures; -ENOMEM. Sorted by block. */
int sr_block_nodes_read(sr_block_node_list *ret_nodes);

/*
 * True where the list has the block, and its node: unknown where it is in several, as one on
 * a node boundary is.
 */
bool sr_block_nodes_find(const sr_block_node_list *nodes, uint64_t block, struct sr_s64 *ret_node);
