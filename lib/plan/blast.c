// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a plan touches besides what it is for. */
#include <errno.h>
#include <string.h>

#include "plan/planning.h"

static bool goes_offline(const struct sr_plan *plan, struct sr_range block)
{
	const struct sr_step *step;

	sr_for_each (step, &plan->steps) {
		if (step->action == SR_ACTION_OFFLINE && sr_range_overlaps(step->range, block))
			return true;
	}
	return false;
}

static bool has_node(const struct sr_blast *blast, int64_t node)
{
	const int64_t *item;

	sr_for_each (item, &blast->emptied_nodes) {
		if (*item == node)
			return true;
	}
	return false;
}

/* As far as the blocks of the snapshot tell: it has those of the memory in question only. */
static bool keeps_memory(const struct sr_plan *plan, int64_t node)
{
	const struct sr_memory_block *block;

	sr_for_each (block, &plan->report->snapshot->memory_blocks) {
		if (block->state == SR_BLOCK_ONLINE && block->node.known &&
		    block->node.value == node && !goes_offline(plan, block->range))
			return true;
	}
	return false;
}

static int list_nodes(struct sr_plan *plan)
{
	const struct sr_memory_block *block;

	if (!plan->blast.offline_bytes)
		return 0;
	sr_for_each (block, &plan->report->snapshot->memory_blocks) {
		int64_t *node;

		if (block->state != SR_BLOCK_ONLINE || !block->node.known ||
		    has_node(&plan->blast, block->node.value) ||
		    !goes_offline(plan, block->range) || keeps_memory(plan, block->node.value))
			continue;
		node = sr_list_add(&plan->blast.emptied_nodes);
		if (!node)
			return -ENOMEM;
		*node = block->node.value;
	}
	return 0;
}

/* A region that a module takes along is disabled before, so its own step names it. */
static int list_regions(struct sr_plan *plan)
{
	const struct sr_step *step;

	sr_for_each (step, &plan->steps) {
		const char **name;

		if (step->action != SR_ACTION_DISABLE_REGION)
			continue;
		name = sr_list_add(&plan->blast.regions);
		if (!name)
			return -ENOMEM;
		*name = step->target;
	}
	return 0;
}

static bool is_touched(const struct sr_plan *plan, struct sr_range range)
{
	const struct sr_step *step;

	sr_for_each (step, &plan->steps) {
		if (step->has_range && sr_range_overlaps(step->range, range))
			return true;
	}
	return false;
}

static int list_others(struct sr_plan *plan)
{
	const struct sr_plan_unit *unit;

	sr_for_each (unit, &plan->units) {
		const struct sr_range_report **item;

		if (unit->class == SR_CLASS_REACHABLE || !is_touched(plan, unit->unit->range))
			continue;
		item = sr_list_add(&plan->blast.others);
		if (!item)
			return -ENOMEM;
		*item = unit->unit;
	}
	return 0;
}

int sr_plan_blast(struct sr_planning *planning)
{
	struct sr_plan *plan = planning->plan;
	const struct sr_step *step;

	sr_for_each (step, &plan->steps)
		plan->blast.offline_bytes += step->offline_bytes;
	if (list_nodes(plan) || list_regions(plan) || list_others(plan))
		return -ENOMEM;
	return 0;
}
