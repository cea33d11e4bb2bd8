// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A hash (FNV-1a, 64 bits) over a text of all that a plan depends on: the kernel and its
 * rule, units with their owners, regions, decoders' locks, dax regions and devices, lines of
 * /proc/iomem, modules, memory blocks that a step touches, and the steps themselves. Not what
 * changes by itself: other memory blocks, what is no memory, times, other modules.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "judgement/stages.h"
#include "plan/planning.h"

struct hash {
	uint64_t value;
};

/* With its end, so that "ab" "c" is not "a" "bc". */
static void add_word(struct hash *hash, const char *word)
{
	word = word ? word : "?";
	hash->value = sr_hash_add(hash->value, word, strlen(word) + 1);
}

static void add_number(struct hash *hash, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%jx", (uintmax_t)number);
	add_word(hash, text);
}

static void add_known(struct hash *hash, struct sr_u64 number)
{
	add_word(hash, number.known ? "known" : "unknown");
	if (number.known)
		add_number(hash, number.value);
}

static void add_text(struct hash *hash, struct sr_text text)
{
	add_word(hash, !text.known ? "unknown" : text.value ? "is" : "none");
	if (text.known && text.value)
		add_word(hash, text.value);
}

static void add_range(struct hash *hash, struct sr_range range)
{
	add_number(hash, range.start);
	add_number(hash, range.end);
}

static void add_units(struct hash *hash, const struct sr_report *report)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &report->units) {
		add_range(hash, unit->range);
		add_number(hash, unit->owner);
		add_number(hash, unit->usable);
		add_number(hash, unit->accelerator);
	}
}

static void add_regions(struct hash *hash, const struct sr_snapshot *snapshot)
{
	const struct sr_region *region;
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (region, &snapshot->regions) {
		add_word(hash, region->name);
		add_known(hash, region->start);
		add_known(hash, region->size);
		add_number(hash, region->committed);
		add_number(hash, region->locked);
		add_text(hash, region->mode);
		add_text(hash, region->driver);
	}
	sr_for_each (decoder, &snapshot->endpoint_decoders) {
		add_word(hash, decoder->name);
		add_text(hash, decoder->region);
		add_known(hash, decoder->size);
		add_number(hash, decoder->locked);
	}
}

static void add_dax(struct hash *hash, const struct sr_snapshot *snapshot)
{
	const struct sr_dax_region *dax_region;
	const struct sr_dax_device *device;
	const struct sr_platform_device *platform;
	const struct sr_range *range;

	sr_for_each (dax_region, &snapshot->dax_regions) {
		add_word(hash, dax_region->name);
		add_text(hash, dax_region->driver);
		add_known(hash, dax_region->start);
		add_known(hash, dax_region->size);
	}
	sr_for_each (device, &snapshot->dax_devices) {
		add_word(hash, device->name);
		add_text(hash, device->driver);
		add_known(hash, device->size);
		sr_for_each (range, &device->ranges)
			add_range(hash, *range);
	}
	sr_for_each (platform, &snapshot->hmem_platforms) {
		add_word(hash, platform->name);
		add_text(hash, platform->driver);
	}
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

static void add_memory(struct hash *hash, const struct sr_plan *plan)
{
	const struct sr_snapshot *snapshot = plan->report->snapshot;
	const struct sr_iomem_node *node;
	const struct sr_memory_block *block;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_OTHER && !is_touched(plan, node->range))
			continue;
		add_range(hash, node->range);
		add_word(hash, node->label);
	}
	sr_for_each (block, &snapshot->memory_blocks) {
		if (!is_touched(plan, block->range))
			continue;
		add_number(hash, block->id);
		add_number(hash, block->state);
	}
	add_known(hash, snapshot->memory_block_size);
	add_text(hash, snapshot->auto_online);
}

static void add_modules(struct hash *hash, const struct sr_snapshot *snapshot)
{
	const struct sr_module *module;

	sr_for_each (module, &snapshot->modules) {
		add_word(hash, module->name);
		add_number(hash, module->state);
		add_number(hash, module->blocked);
		add_number(hash, module->blacklisted);
	}
}

static void add_steps(struct hash *hash, const struct sr_plan *plan)
{
	const struct sr_step *step;

	sr_for_each (step, &plan->steps) {
		add_word(hash, sr_action_name(step->action));
		add_word(hash, step->target);
		add_word(hash, step->path ? step->path : "");
		add_word(hash, step->value ? step->value : "");
	}
}

int sr_plan_fingerprint(struct sr_planning *planning)
{
	struct sr_plan *plan = planning->plan;
	const struct sr_snapshot *snapshot = plan->report->snapshot;
	struct hash hash = { SR_HASH_START };

	add_word(&hash, sr_policy_name(plan->policy));
	add_text(&hash, snapshot->kernel.release);
	add_number(&hash, plan->report->rule.rule);
	add_units(&hash, plan->report);
	add_regions(&hash, snapshot);
	add_dax(&hash, snapshot);
	add_memory(&hash, plan);
	add_modules(&hash, snapshot);
	add_steps(&hash, plan);
	plan->fingerprint = sr_pool_format(plan->pool, "fnv1a64:%016jx", (uintmax_t)hash.value);
	return plan->fingerprint ? 0 : -ENOMEM;
}
