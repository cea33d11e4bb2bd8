/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Can a driver claim the range of a dax device. kmem and device_dax both call
 * request_mem_region(), and __request_region() (kernel/resource.c) steps into any
 * node that overlaps the range, even where that node does not contain it, and then
 * fails. So every node of /proc/iomem that overlaps the range must contain it
 * whole, and none of them may be claimed already.
 */
#pragma once

#include "snapshot/snapshot.h"

enum sr_claim {
	SR_CLAIM_POSSIBLE,
	SR_CLAIM_NARROWER_NODE, /* a node overlaps the range without containing it */
	SR_CLAIM_TAKEN,		/* within System RAM or a dax device of /proc/iomem */
};

struct sr_claims; /* the nodes, arranged for the question */

/* 0 or -ENOMEM. @nodes must outlive the result. */
int sr_claims_new(const struct sr_iomem_node *nodes, size_t count, struct sr_claims **ret_claims);

struct sr_claims *sr_claims_free(struct sr_claims *claims);

/* @ret_node: the node that is in the way; set where the claim is not possible. */
enum sr_claim sr_claim_check(const struct sr_claims *claims, struct sr_range range,
			     const struct sr_iomem_node **ret_node);

/*
 * What kmem makes of a range: it keeps to whole memory blocks (dax_kmem_range(),
 * drivers/dax/kmem.c). False where nothing is left, or the block size is unknown.
 */
bool sr_claim_trim(struct sr_range range, struct sr_u64 block_size, struct sr_range *ret_trimmed);

/*
 * The same as sr_claim_check() for any driver: device_dax claims the range as it is,
 * kmem only its whole memory blocks.
 */
enum sr_claim sr_claim_by_driver(const struct sr_claims *claims, struct sr_range range,
				 struct sr_u64 block_size, const struct sr_iomem_node **ret_node);

/*
 * The node that dax device @name itself has in @range, as where its memory stayed
 * online while kmem was unbound; NULL for none.
 */
const struct sr_iomem_node *sr_claim_own_node(const struct sr_claims *claims, struct sr_range range,
					      const char *name);

static inline void sr_claims_guard(struct sr_claims **claims)
{
	sr_claims_free(*claims);
}

#define sr_auto_claims __attribute__((cleanup(sr_claims_guard)))
