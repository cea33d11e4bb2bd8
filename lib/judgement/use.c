// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Is a decision unit in use, could it be, or can it not: what drivers its dax
 * devices have, whether one could be bound, and which of its memory blocks are
 * online. The unit gets the heaviest state of its parts.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/comma-list.h"
#include "base/range-list.h"
#include "base/sweep.h"
#include "judgement/claim.h"
#include "judgement/stages.h"

struct judging {
	struct sr_report *report;
	struct sr_claims *claims;
	struct sr_sweep blocks; /* over the memory blocks */
	sr_range_list online;	/* set */
	sr_range_list unknown;	/* set: blocks whose state is unknown */
	bool blocks_known;
};

static void judging_done(struct judging *judging)
{
	sr_claims_free(judging->claims);
	sr_sweep_done(&judging->blocks);
	sr_range_list_free(&judging->online);
	sr_range_list_free(&judging->unknown);
}

static int list_blocks(struct judging *judging, sr_range_list *ranges)
{
	const struct sr_memory_block *block;

	sr_for_each (block, &judging->report->snapshot->memory_blocks) {
		if (sr_range_list_add(ranges, block->range))
			return -ENOMEM;
		if (block->state == SR_BLOCK_ONLINE &&
		    sr_range_list_add(&judging->online, block->range))
			return -ENOMEM;
		if (block->state == SR_BLOCK_UNKNOWN &&
		    sr_range_list_add(&judging->unknown, block->range))
			return -ENOMEM;
	}
	sr_range_list_join(&judging->online);
	sr_range_list_join(&judging->unknown);
	return 0;
}

static struct sr_u64 online_bytes(const struct judging *judging, struct sr_range range)
{
	if (!judging->blocks_known || sr_range_list_overlaps(&judging->unknown, range))
		return (struct sr_u64){ 0 };
	return sr_u64_of(sr_range_list_bytes_in(&judging->online, range));
}

static enum sr_state judge_kmem(struct judging *judging, const struct sr_range_device *item,
				enum sr_code *ret_code)
{
	struct sr_u64 block_size = judging->report->snapshot->memory_block_size;
	const struct sr_range *range;
	uint64_t expected = 0;
	struct sr_range trimmed;

	*ret_code = SR_CODE_BLOCKS_UNKNOWN;
	if (!item->online.known || !block_size.known)
		return SR_STATE_UNKNOWN;
	sr_for_each (range, &item->device->ranges) {
		if (sr_claim_trim(*range, block_size, &trimmed))
			expected += sr_range_size(trimmed);
	}
	*ret_code = SR_CODE_BLOCKS_OFFLINE;
	return item->online.value < expected ? SR_STATE_IDLE : SR_STATE_OK;
}

static enum sr_state judge_driverless(struct judging *judging, struct sr_range_device *item,
				      enum sr_code *ret_code)
{
	const struct sr_range *range;

	sr_for_each (range, &item->device->ranges) {
		const struct sr_iomem_node *blocker;
		enum sr_claim claim =
			sr_claim_by_driver(judging->claims, *range,
					   judging->report->snapshot->memory_block_size, &blocker);

		if (claim == SR_CLAIM_POSSIBLE)
			continue;
		item->blocker = sr_claim_own_node(judging->claims, *range, item->device->name);
		if (item->blocker) {
			*ret_code = SR_CODE_LEAKED;
			return SR_STATE_UNUSABLE;
		}
		item->blocker = blocker;
		*ret_code = claim == SR_CLAIM_TAKEN ? SR_CODE_CLAIMED_BY_OTHER
						    : SR_CODE_NOT_CLAIMABLE;
		return SR_STATE_UNUSABLE;
	}
	/* A line that could not be read may be the one that is in the way. */
	*ret_code = SR_CODE_CLAIM_UNKNOWN;
	if (!sr_source_is_whole(judging->report->snapshot, SR_SOURCE_IOMEM))
		return SR_STATE_UNKNOWN;
	*ret_code = SR_CODE_NO_DRIVER;
	return SR_STATE_IDLE;
}

static enum sr_state judge_device(struct judging *judging, struct sr_range_device *item,
				  enum sr_code *ret_code)
{
	const struct sr_dax_device *device = item->device;

	*ret_code = SR_CODE_DRIVER_UNKNOWN;
	if (!device->driver.known)
		return SR_STATE_UNKNOWN;
	if (!device->driver.value)
		return judge_driverless(judging, item, ret_code);
	if (strcmp(device->driver.value, "kmem") == 0)
		return judge_kmem(judging, item, ret_code);
	return SR_STATE_OK;
}

static void weigh(struct sr_range_report *row, enum sr_state state)
{
	if (state > row->state)
		row->state = state;
}

static int judge_devices(struct judging *judging, struct sr_range_report *row)
{
	sr_auto_range_list sr_range_list covered = { 0 };
	struct sr_range_device *item;
	const struct sr_range *range;

	sr_for_each (item, &row->devices) {
		enum sr_code code;
		enum sr_state state;

		item->online = sr_u64_of(0);
		sr_for_each (range, &item->device->ranges) {
			sr_u64_add(&item->online, online_bytes(judging, *range));
			if (sr_range_list_add(&covered, *range))
				return -ENOMEM;
		}
		state = judge_device(judging, item, &code);
		weigh(row, state);
		if (state != SR_STATE_OK && sr_add_why(row, code))
			return -ENOMEM;
	}
	sr_range_list_join(&covered);
	/* What is in an unknown dax region, or in none, is no room of one. */
	if (!row->lost.known || row->owner == SR_OWNER_NONE ||
	    sr_range_list_bytes_in(&covered, row->range) + row->lost.value >=
		    sr_range_size(row->range))
		return 0;
	/* Owned by somebody's dax region, and by no device in it; or by one of those unread. */
	if (!sr_source_is_whole(judging->report->snapshot, SR_SOURCE_DAX)) {
		weigh(row, SR_STATE_UNKNOWN);
		return sr_add_why(row, SR_CODE_DRIVER_UNKNOWN);
	}
	weigh(row, SR_STATE_IDLE);
	return sr_add_why(row, SR_CODE_NO_DAX_DEVICE);
}

/* The 1024 nodes that a kernel can have (CONFIG_NODES_SHIFT) take less than this. */
#define WORDS_LENGTH 6144

/*
 * "Normal", or "Movable,Normal" where blocks differ; in the order of the blocks. More
 * than any machine has, as a made capture can bring, is no answer: unknown.
 */
int sr_add_word(struct sr_pool *pool, struct sr_text *words, const char *word)
{
	if (words->value && sr_comma_list_has(words->value, strlen(words->value), word))
		return 0;
	if (words->value && strlen(words->value) > WORDS_LENGTH) {
		words->known = false;
		return 0;
	}
	words->value = words->value ? sr_pool_format(pool, "%s,%s", words->value, word)
				    : sr_pool_text(pool, word);
	return words->value ? 0 : -ENOMEM;
}

static int add_block(struct sr_report *report, struct sr_range_report *row,
		     const struct sr_memory_block *block)
{
	char node[24];

	if (block->state != SR_BLOCK_ONLINE)
		return 0;
	if (block->zone.known && block->zone.value &&
	    sr_add_word(report->pool, &row->zones, block->zone.value))
		return -ENOMEM;
	if (!block->node.known)
		return 0;
	snprintf(node, sizeof(node), "%jd", (intmax_t)block->node.value);
	return sr_add_word(report->pool, &row->nodes, node);
}

static int judge_blocks(struct judging *judging, struct sr_range_report *row)
{
	const struct sr_snapshot *snapshot = judging->report->snapshot;
	const size_t *index;

	row->online = online_bytes(judging, row->range);
	row->zones.known = row->nodes.known = row->online.known;
	if (sr_sweep_to(&judging->blocks, row->range))
		return -ENOMEM;
	sr_for_each (index, &judging->blocks.active) {
		if (add_block(judging->report, row, &snapshot->memory_blocks.items[*index]))
			return -ENOMEM;
	}
	return 0;
}

static int judge_range(struct judging *judging, struct sr_range_report *row)
{
	const enum sr_code *why;

	row->state = SR_STATE_OK;
	if (judge_blocks(judging, row) || judge_devices(judging, row))
		return -ENOMEM;
	if (row->lost.value)
		weigh(row, SR_STATE_LOST);
	sr_for_each (why, &row->why) {
		if (*why == SR_CODE_OWNER_UNKNOWN)
			weigh(row, SR_STATE_UNKNOWN);
	}
	if (row->state != SR_STATE_UNKNOWN)
		row->usable = row->state <= SR_STATE_IDLE ? SR_YES : SR_NO;
	return 0;
}

int sr_judge_use(struct sr_report *report)
{
	__attribute__((cleanup(judging_done))) struct judging judging = { .report = report };
	sr_auto_range_list sr_range_list blocks = { 0 };
	struct sr_range_report *row;

	judging.blocks_known = sr_source_was_read(report->snapshot, SR_SOURCE_MEMORY_BLOCKS);
	if (sr_claims_new(report->snapshot->iomem.items, report->snapshot->iomem.count,
			  &judging.claims) ||
	    list_blocks(&judging, &blocks) ||
	    sr_sweep_start(&judging.blocks, blocks.items, blocks.count))
		return -ENOMEM;
	sr_for_each (row, &report->units) {
		if (judge_range(&judging, row))
			return -ENOMEM;
	}
	return 0;
}
