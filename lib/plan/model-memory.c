// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/model-memory.h"

#include <errno.h>
#include <string.h>

int sr_model_add_node(struct sr_snapshot *model, struct sr_range range, enum sr_iomem_kind kind,
		      const char *label)
{
	struct sr_iomem_node *at = sr_list_add(&model->iomem);

	if (!at)
		return -ENOMEM;
	for (; at > model->iomem.items && sr_range_compare(at[-1].range, range) > 0; at--)
		*at = at[-1];
	*at = (struct sr_iomem_node){ .range = range, .kind = kind, .label = label };
	return 0;
}

void sr_model_drop_nodes(struct sr_snapshot *model, struct sr_range range, enum sr_iomem_kind kind)
{
	const struct sr_iomem_node *node;
	size_t kept = 0;

	sr_for_each (node, &model->iomem) {
		if (node->kind != kind || !sr_range_contains(range, node->range))
			model->iomem.items[kept++] = *node;
	}
	model->iomem.count = kept;
}

static enum sr_block_state new_block_state(const struct sr_snapshot *model)
{
	if (!model->auto_online.known || !model->auto_online.value)
		return SR_BLOCK_UNKNOWN;
	return strcmp(model->auto_online.value, "offline") == 0 ? SR_BLOCK_OFFLINE
								: SR_BLOCK_ONLINE;
}

/* More than that is no machine but a made capture. */
#define NEW_BLOCK_LIMIT 1048576

/* @range is a whole number of blocks. */
int sr_model_add_blocks(struct sr_snapshot *model, struct sr_range range)
{
	uint64_t size = model->memory_block_size.value;
	uint64_t count = sr_range_size(range) / size, at = range.start;

	if (count > NEW_BLOCK_LIMIT)
		return -EINVAL;
	for (; count; count--, at += size) {
		struct sr_memory_block *block = sr_list_add(&model->memory_blocks);

		if (!block)
			return -ENOMEM;
		*block = (struct sr_memory_block){
			.id = at / size,
			.range = { at, at + (size - 1) },
			.state = new_block_state(model),
		};
	}
	return 0;
}

void sr_model_drop_blocks(struct sr_snapshot *model, struct sr_range range)
{
	const struct sr_memory_block *block;
	size_t kept = 0;

	sr_for_each (block, &model->memory_blocks) {
		if (!sr_range_contains(range, block->range))
			model->memory_blocks.items[kept++] = *block;
	}
	model->memory_blocks.count = kept;
}

bool sr_model_may_be_online(const struct sr_snapshot *model, struct sr_range range)
{
	const struct sr_memory_block *block;

	if (!sr_source_is_whole(model, SR_SOURCE_MEMORY_BLOCKS))
		return true;
	sr_for_each (block, &model->memory_blocks) {
		if (block->state != SR_BLOCK_OFFLINE && sr_range_overlaps(block->range, range))
			return true;
	}
	return false;
}
