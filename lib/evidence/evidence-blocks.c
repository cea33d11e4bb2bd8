// SPDX-License-Identifier: LGPL-2.1-or-later
/* Memory blocks: what of the unit is online as ordinary RAM. */
#include <string.h>

#include "evidence/gathering.h"

#define MEMORY "/sys/devices/system/memory"

/* Blocks side by side of which all files say the same. */
struct run {
	const struct sr_memory_block *first, *last;
};

static bool same_text(struct sr_text a, struct sr_text b)
{
	if (!a.value || !b.value)
		return a.value == b.value && a.known == b.known;
	return strcmp(a.value, b.value) == 0;
}

static bool goes_on(const struct run *run, const struct sr_memory_block *block)
{
	return run->last->id + 1 == block->id && run->last->state == block->state &&
	       same_text(run->last->zone, block->zone);
}

static const char *state_words(enum sr_block_state state)
{
	static const char *const words[] = {
		[SR_BLOCK_UNKNOWN] = "(unknown)",
		[SR_BLOCK_OFFLINE] = "offline",
		[SR_BLOCK_ONLINE] = "online",
	};

	return words[state];
}

/* "memory{594..597}" is what a shell makes all their names of. */
static void add_run(struct sr_gathering *gathering, const struct run *run)
{
	const char *folder;

	if (!run->first)
		return;
	folder = run->first == run->last
			 ? sr_say(gathering, MEMORY "/memory%ju", (uintmax_t)run->first->id)
			 : sr_say(gathering, MEMORY "/memory{%ju..%ju}", (uintmax_t)run->first->id,
				  (uintmax_t)run->last->id);
	sr_fact(gathering, sr_say(gathering, "%s/state", folder), state_words(run->first->state));
	if (run->first->zone.value)
		sr_fact(gathering, sr_say(gathering, "%s/valid_zones", folder),
			run->first->zone.value);
}

/* Returns how many blocks of the unit there are. */
static size_t add_blocks(struct sr_gathering *gathering)
{
	const struct sr_memory_block *block;
	struct run run = { 0 };
	size_t count = 0;

	sr_for_each (block, &gathering->snapshot->memory_blocks) {
		if (!sr_range_overlaps(block->range, gathering->unit->range))
			continue;
		count++;
		if (run.first && goes_on(&run, block)) {
			run.last = block;
			continue;
		}
		add_run(gathering, &run);
		run = (struct run){ block, block };
	}
	add_run(gathering, &run);
	return count;
}

static size_t count_online(const struct sr_gathering *gathering, size_t *ret_all)
{
	const struct sr_memory_block *block;
	size_t online = 0, all = 0;

	sr_for_each (block, &gathering->snapshot->memory_blocks) {
		if (!sr_range_overlaps(block->range, gathering->unit->range))
			continue;
		all++;
		online += block->state == SR_BLOCK_ONLINE;
	}
	*ret_all = all;
	return online;
}

static bool has_kmem(const struct sr_range_report *unit)
{
	const struct sr_range_device *item;

	sr_for_each (item, &unit->devices) {
		if (item->device->driver.value && strcmp(item->device->driver.value, "kmem") == 0)
			return true;
	}
	return false;
}

static const char *text_of_blocks(struct sr_gathering *gathering, enum sr_evidence_says *ret_says)
{
	const struct sr_range_report *unit = gathering->unit;
	size_t all, online = count_online(gathering, &all);

	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (!unit->online.known)
		return "Memory blocks are the pieces in which RAM comes online. Which of this "
		       "range "
		       "are could not be read.";
	*ret_says = has_kmem(unit) ? SR_EVIDENCE_NO : SR_EVIDENCE_INFO;
	if (!all)
		return "Memory blocks are the pieces in which RAM comes online. There is none of "
		       "this "
		       "range: the kernel does not have it as RAM.";
	if (online == all)
		*ret_says = SR_EVIDENCE_YES;
	return sr_say(gathering,
		      "Memory blocks are the pieces in which RAM comes online. %zu of %zu of this "
		      "range are online, %s%s%s.",
		      online, all, sr_say_size(gathering, unit->online.value),
		      unit->zones.value ? ", zone " : "",
		      unit->zones.value ? unit->zones.value : "");
}

void sr_gather_blocks(struct sr_gathering *gathering)
{
	enum sr_evidence_says says;
	const char *text = text_of_blocks(gathering, &says);

	sr_step(gathering, "memory blocks", says, text);
	if (!add_blocks(gathering) &&
	    sr_source_was_read(gathering->snapshot, SR_SOURCE_MEMORY_BLOCKS))
		sr_fact(gathering, MEMORY, "(no memory block for this range)");
	if (has_kmem(gathering->unit) && gathering->snapshot->auto_online.known)
		sr_fact_text(gathering, MEMORY, "auto_online_blocks",
			     gathering->snapshot->auto_online);
	sr_fact_source(gathering, SR_SOURCE_MEMORY_BLOCKS);
}
