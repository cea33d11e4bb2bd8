// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Memory blocks (drivers/base/memory.c): which of the memory that concerns us is
 * online, in which zone and node. A large machine has tens of thousands of them;
 * only those are read that overlap a Soft Reserved range, a region or a dax device.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "base/number.h"
#include "base/range-list.h"
#include "sources/block-nodes.h"
#include "sources/memory-blocks.h"
#include "sources/source.h"
#include "sources/sysfs.h"

#define MEMORY_PATH "/sys/devices/system/memory"

/* 2^24 blocks of 128 MiB are 2 PiB. */
#define BLOCK_LIMIT (1U << 24)

struct reading {
	struct sr_snapshot *snapshot;
	sr_range_list wanted;
	sr_block_node_list nodes;
	size_t unreadable;
	uint64_t unreadable_first; /* block id */
};

static void reading_done(struct reading *reading)
{
	sr_range_list_free(&reading->wanted);
	sr_list_free(&reading->nodes);
}

static int want_soft_reserved(const struct sr_snapshot *snapshot, sr_range_list *wanted)
{
	const struct sr_iomem_node *node;
	const struct sr_memory_map_entry *entry;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_SOFT_RESERVED && sr_range_list_add(wanted, node->range))
			return -ENOMEM;
	}
	sr_for_each (entry, &snapshot->memory_map) {
		if (entry->soft_reserved && sr_range_list_add(wanted, entry->range))
			return -ENOMEM;
	}
	return 0;
}

static int want_devices(const struct sr_snapshot *snapshot, sr_range_list *wanted)
{
	const struct sr_region *region;
	const struct sr_dax_device *device;
	const struct sr_range *part;
	struct sr_range range;

	sr_for_each (region, &snapshot->regions) {
		if (sr_region_range(region, &range) && sr_range_list_add(wanted, range))
			return -ENOMEM;
	}
	sr_for_each (device, &snapshot->dax_devices) {
		sr_for_each (part, &device->ranges) {
			if (sr_range_list_add(wanted, *part))
				return -ENOMEM;
		}
	}
	return 0;
}

int sr_memory_blocks_wanted(const struct sr_snapshot *snapshot, sr_range_list *ret_wanted)
{
	if (want_soft_reserved(snapshot, ret_wanted) || want_devices(snapshot, ret_wanted))
		return -ENOMEM;
	sr_range_list_join(ret_wanted);
	return 0;
}

static enum sr_block_state block_state(const char *path)
{
	char state[64];

	if (sr_attribute_read(path, "state", state, sizeof(state)) != 0)
		return SR_BLOCK_UNKNOWN;
	if (strcmp(state, "online") == 0)
		return SR_BLOCK_ONLINE;
	if (strcmp(state, "offline") == 0)
		return SR_BLOCK_OFFLINE;
	return SR_BLOCK_UNKNOWN; /* going-offline: neither, and soon one of them */
}

/* Of an online block valid_zones names the zone it is in, as its first word. */
static int read_zone(struct sr_pool *pool, struct sr_memory_block *block, const char *path)
{
	char zones[256];

	if (block->state == SR_BLOCK_OFFLINE)
		block->zone = sr_text_of(NULL);
	if (block->state != SR_BLOCK_ONLINE ||
	    sr_attribute_read(path, "valid_zones", zones, sizeof(zones)) != 0)
		return 0;
	block->zone = sr_text_of(sr_pool_text_n(pool, zones, strcspn(zones, " ")));
	return block->zone.value ? 0 : -ENOMEM;
}

/* The link nodeN in the block's folder: do_register_memory_block_under_node(). */
static int read_node(struct sr_memory_block *block, const char *path)
{
	sr_auto_names struct sr_names nodes = { 0 };
	const char *digits;
	uint64_t node;
	int error = sr_names_read(path, "node#", 64, &nodes);

	if (error == -ENOMEM)
		return error;
	/* A block on a node boundary has two; then its node has no one answer. */
	if (error || nodes.list.count != 1)
		return 0;
	digits = nodes.list.items[0] + strlen("node");
	if (sr_number_scan(&digits, 10, &node) == 0 && node <= INT_MAX)
		block->node = (struct sr_s64){ .value = (int64_t)node, .known = true };
	return 0;
}

static int read_block(struct reading *reading, uint64_t id, struct sr_range range)
{
	struct sr_memory_block *block = sr_list_add(&reading->snapshot->memory_blocks);
	char path[PATH_MAX];
	int error;

	if (!block)
		return -ENOMEM;
	snprintf(path, sizeof(path), MEMORY_PATH "/memory%ju", (uintmax_t)id);
	block->id = id;
	block->range = range;
	block->state = block_state(path);
	if (block->state == SR_BLOCK_UNKNOWN && reading->unreadable++ == 0)
		reading->unreadable_first = id;
	error = read_zone(reading->snapshot->pool, block, path);
	if (error || sr_block_nodes_find(&reading->nodes, id, &block->node))
		return error;
	return read_node(block, path);
}

/* The N of memoryN is the block's address divided by the block size. */
static int read_if_wanted(struct reading *reading, const char *name)
{
	const char *digits = name + strlen("memory");
	uint64_t size = reading->snapshot->memory_block_size.value;
	uint64_t id, start;
	struct sr_range range;

	/* memory7 is block 7; a made memory07 would count it twice. */
	if (digits[0] == '0' && digits[1] != '\0')
		return 0;
	if (sr_number_scan(&digits, 10, &id) || __builtin_mul_overflow(id, size, &start) ||
	    sr_range_make_sized(start, size, &range) ||
	    !sr_range_list_overlaps(&reading->wanted, range))
		return 0;
	return read_block(reading, id, range);
}

static int read_blocks(struct sr_source_context *context, struct reading *reading)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(MEMORY_PATH, "memory#", BLOCK_LIMIT, &names);
	char **name;

	if (error == -ENOMEM)
		return error;
	if (error)
		return sr_note(context, SR_SOURCE_MEMORY_BLOCKS, sr_state_of_error(error),
			       MEMORY_PATH, "%s", strerror(-error));
	sr_for_each (name, &names.list) {
		error = read_if_wanted(reading, *name);
		if (error)
			return error;
	}
	if (reading->unreadable)
		return sr_note(context, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_PARTIAL, MEMORY_PATH,
			       "the state of memory%ju and %zu more is unknown",
			       (uintmax_t)reading->unreadable_first, reading->unreadable - 1);
	return sr_note(context, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_OK, MEMORY_PATH, NULL);
}

/* Hexadecimal without 0x: block_size_bytes_show(). */
static struct sr_u64 read_block_size(void)
{
	struct sr_u64 size = { 0 };
	char text[64];
	const char *at = text;

	if (sr_attribute_read(MEMORY_PATH, "block_size_bytes", text, sizeof(text)) == 0 &&
	    sr_number_scan(&at, 16, &size.value) == 0 && *at == '\0')
		size.known = size.value != 0;
	return size;
}

/* What becomes of blocks that are added: auto_online_blocks_show() of drivers/base/memory.c. */
static int read_auto_online(struct sr_snapshot *snapshot)
{
	return sr_sysfs_text(snapshot->pool, MEMORY_PATH, "auto_online_blocks",
			     &snapshot->auto_online);
}

int sr_read_memory_blocks(struct sr_source_context *context)
{
	__attribute__((cleanup(reading_done))) struct reading reading = {
		.snapshot = context->snapshot,
	};

	if (read_auto_online(context->snapshot))
		return -ENOMEM;
	context->snapshot->memory_block_size = read_block_size();
	if (!context->snapshot->memory_block_size.known)
		return sr_note(context, SR_SOURCE_MEMORY_BLOCKS,
			       access(MEMORY_PATH, F_OK) ? SR_SOURCE_ABSENT : SR_SOURCE_UNREADABLE,
			       MEMORY_PATH, "no size of memory blocks");
	if (sr_memory_blocks_wanted(context->snapshot, &reading.wanted) ||
	    sr_block_nodes_read(&reading.nodes))
		return -ENOMEM;
	return read_blocks(context, &reading);
}
