// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which memory map to judge, and what it calls usable and reserved. */
#include <errno.h>
#include <strings.h>

#include "lint/linting.h"

/* e820_type_to_string() and e820_print_type(), arch/x86/kernel/e820.c, of all versions. */
static bool is_usable(const char *type)
{
	return strcasecmp(type, "System RAM") == 0 || strcasecmp(type, "usable") == 0;
}

static bool is_reserved(const char *type)
{
	return strcasecmp(type, "reserved") == 0 || strcasecmp(type, "device reserved") == 0;
}

static bool has_entries(const struct sr_snapshot *snapshot, enum sr_source_id source)
{
	const struct sr_memory_map_entry *entry;

	if (!sr_source_was_read(snapshot, source))
		return false;
	sr_for_each (entry, &snapshot->memory_map) {
		if (entry->source == source)
			return true;
	}
	return false;
}

/*
 * The last map in the log is the one that the kernel works with; a whole one goes before
 * one that is not, and any before none.
 */
static void choose_source(struct sr_linting *linting)
{
	static const enum sr_source_id sources[] = {
		SR_SOURCE_KERNEL_LOG,
		SR_SOURCE_FIRMWARE_MEMMAP,
	};

	for (int whole = 1; whole >= 0; whole--) {
		for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
			if (!has_entries(linting->snapshot, sources[i]) ||
			    (whole && !sr_source_is_whole(linting->snapshot, sources[i])))
				continue;
			linting->map_source = sources[i];
			linting->has_map = true;
			return;
		}
	}
}

int sr_lint_look_at_map(struct sr_linting *linting)
{
	const struct sr_memory_map_entry *entry;

	choose_source(linting);
	if (!linting->has_map)
		return 0;
	sr_for_each (entry, &linting->snapshot->memory_map) {
		if (entry->source != linting->map_source)
			continue;
		if (is_usable(entry->type) && sr_range_list_add(&linting->usable, entry->range))
			return -ENOMEM;
		if (is_reserved(entry->type) && sr_range_list_add(&linting->reserved, entry->range))
			return -ENOMEM;
	}
	sr_range_list_join(&linting->usable);
	sr_range_list_join(&linting->reserved);
	return 0;
}
