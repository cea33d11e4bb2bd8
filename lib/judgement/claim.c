// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/claim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct node_end {
	uint64_t address;
	const struct sr_iomem_node *node;
};

typedef SR_LIST(struct node_end) end_list;

/*
 * A node overlaps a range without containing it just where one of its ends lies
 * inside: its start above the range's start, or its end below the range's end. So
 * two sorted lists of ends answer the question without a look at the tree. Nodes
 * that are claimed are in a list of their own, where overlapping is enough.
 */
struct sr_claims {
	end_list starts, ends;
	end_list taken; /* starts of System RAM and dax devices */
	sr_range_list taken_set;
};

static int compare_ends(const void *a, const void *b)
{
	const struct node_end *left = a, *right = b;

	if (left->address != right->address)
		return left->address < right->address ? -1 : 1;
	return left->node < right->node ? -1 : left->node > right->node;
}

static int add_end(end_list *list, uint64_t address, const struct sr_iomem_node *node)
{
	struct node_end *end = sr_list_add(list);

	if (!end)
		return -ENOMEM;
	*end = (struct node_end){ .address = address, .node = node };
	return 0;
}

static int add_node(struct sr_claims *claims, const struct sr_iomem_node *node)
{
	if (add_end(&claims->starts, node->range.start, node) ||
	    add_end(&claims->ends, node->range.end, node))
		return -ENOMEM;
	if (node->kind != SR_IOMEM_SYSTEM_RAM && node->kind != SR_IOMEM_DAX_DEVICE)
		return 0;
	if (add_end(&claims->taken, node->range.start, node))
		return -ENOMEM;
	return sr_range_list_add(&claims->taken_set, node->range);
}

static void sort_ends(end_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_ends);
}

int sr_claims_new(const struct sr_iomem_node *nodes, size_t count, struct sr_claims **ret_claims)
{
	sr_auto_claims struct sr_claims *claims = calloc(1, sizeof(*claims));

	if (!claims)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		if (add_node(claims, &nodes[i]))
			return -ENOMEM;
	}
	sort_ends(&claims->starts);
	sort_ends(&claims->ends);
	sort_ends(&claims->taken);
	sr_range_list_join(&claims->taken_set);
	*ret_claims = claims;
	claims = NULL;
	return 0;
}

struct sr_claims *sr_claims_free(struct sr_claims *claims)
{
	if (!claims)
		return NULL;
	sr_list_free(&claims->starts);
	sr_list_free(&claims->ends);
	sr_list_free(&claims->taken);
	sr_range_list_free(&claims->taken_set);
	free(claims);
	return NULL;
}

/* How many ends lie below @address. */
static size_t count_below(const end_list *list, uint64_t address)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->items[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first node with an end in [@from, @to]; NULL for none. */
static const struct sr_iomem_node *node_within(const end_list *list, uint64_t from, uint64_t to)
{
	size_t index = count_below(list, from);

	if (index == list->count || list->items[index].address > to)
		return NULL;
	return list->items[index].node;
}

/* Called where one overlaps: it starts inside, or is one of those that start before. */
static const struct sr_iomem_node *taken_node(const struct sr_claims *claims, struct sr_range range)
{
	const struct sr_iomem_node *node = node_within(&claims->taken, range.start, range.end);

	for (size_t i = count_below(&claims->taken, range.start); !node && i-- > 0;) {
		if (sr_range_overlaps(claims->taken.items[i].node->range, range))
			node = claims->taken.items[i].node;
	}
	return node;
}

enum sr_claim sr_claim_check(const struct sr_claims *claims, struct sr_range range,
			     const struct sr_iomem_node **ret_node)
{
	const struct sr_iomem_node *node = NULL;

	/* A single byte has no inside. */
	if (range.start < range.end) {
		node = node_within(&claims->starts, range.start + 1, range.end);
		if (!node)
			node = node_within(&claims->ends, range.start, range.end - 1);
	}
	if (node) {
		*ret_node = node;
		return SR_CLAIM_NARROWER_NODE;
	}
	if (!sr_range_list_overlaps(&claims->taken_set, range))
		return SR_CLAIM_POSSIBLE;
	*ret_node = taken_node(claims, range);
	return SR_CLAIM_TAKEN;
}

bool sr_claim_trim(struct sr_range range, struct sr_u64 block_size, struct sr_range *ret_trimmed)
{
	uint64_t start, end;

	if (!block_size.known || __builtin_add_overflow(range.start, block_size.value - 1, &start))
		return false;
	start -= start % block_size.value;
	/* The first address behind the last whole block; at the top of memory, 0. */
	end = range.end + 1 - (range.end + 1) % block_size.value;
	if (end == 0 && range.end != UINT64_MAX)
		return false;
	return sr_range_make(start, end - 1, ret_trimmed) == 0;
}

enum sr_claim sr_claim_by_driver(const struct sr_claims *claims, struct sr_range range,
				 struct sr_u64 block_size, const struct sr_iomem_node **ret_node)
{
	enum sr_claim claim = sr_claim_check(claims, range, ret_node);
	const struct sr_iomem_node *node;
	struct sr_range trimmed;

	if (claim != SR_CLAIM_POSSIBLE && sr_claim_trim(range, block_size, &trimmed) &&
	    sr_claim_check(claims, trimmed, &node) == SR_CLAIM_POSSIBLE)
		return SR_CLAIM_POSSIBLE;
	return claim;
}

const struct sr_iomem_node *sr_claim_own_node(const struct sr_claims *claims, struct sr_range range,
					      const char *name)
{
	const struct sr_iomem_node *node = node_within(&claims->taken, range.start, range.end);

	return node && strcmp(node->label, name) == 0 ? node : NULL;
}
