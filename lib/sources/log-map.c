// SPDX-License-Identifier: LGPL-2.1-or-later
/* Keeps one memory map of a kernel log; pure, no I/O. */
#include "sources/log-map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * The kernel's table has 128 + 3 * MAX_NUMNODES entries at most
 * (E820_MAX_ENTRIES of arch/x86/include/asm/e820/types.h).
 */
#define MOST_ENTRIES 16384

bool sr_log_type_is_soft_reserved(struct sr_piece type)
{
	static const char soft[] = "soft ", reserved[] = "reserved";

	if (type.length < strlen(soft) || strncasecmp(type.start, soft, strlen(soft)) != 0)
		return false;
	type = sr_piece_trim(
		(struct sr_piece){ type.start + strlen(soft), type.length - strlen(soft) });
	return type.length == strlen(reserved) &&
	       strncasecmp(type.start, reserved, strlen(reserved)) == 0;
}

int sr_log_map_add(struct sr_log_map *map, struct sr_range range, struct sr_piece type)
{
	struct sr_log_map_entry *entry;

	if (map->entries.count >= MOST_ENTRIES)
		return -ENOSPC;
	entry = sr_list_add(&map->entries);
	if (!entry)
		return -ENOMEM;
	*entry = (struct sr_log_map_entry){ range, type, sr_log_type_is_soft_reserved(type) };
	return 0;
}

/* Makes @common, a part of entry @index, @type; the rest of the entry stays what it was. */
static int change_entry(struct sr_log_map *map, size_t index, struct sr_range common,
			struct sr_piece type)
{
	struct sr_log_map_entry old = map->entries.items[index];
	struct sr_range before = { old.range.start, common.start - 1 };
	struct sr_range after = { common.end + 1, old.range.end };
	int error = 0;

	map->entries.items[index] =
		(struct sr_log_map_entry){ common, type, sr_log_type_is_soft_reserved(type) };
	if (common.start > old.range.start)
		error = sr_log_map_add(map, before, old.type);
	if (!error && common.end < old.range.end)
		error = sr_log_map_add(map, after, old.type);
	return error;
}

static void drop_entries_without_type(struct sr_log_map *map)
{
	size_t kept = 0;

	for (size_t i = 0; i < map->entries.count; i++) {
		if (map->entries.items[i].type.length)
			map->entries.items[kept++] = map->entries.items[i];
	}
	map->entries.count = kept;
}

int sr_log_map_change(struct sr_log_map *map, struct sr_range range, struct sr_piece from,
		      struct sr_piece to)
{
	size_t count = map->entries.count;
	struct sr_range common;
	int error = 0;

	for (size_t i = 0; i < count && !error; i++) {
		const struct sr_log_map_entry *entry = &map->entries.items[i];

		if (from.length && !sr_piece_equal(entry->type, from))
			continue;
		if (sr_range_intersect(entry->range, range, &common))
			error = change_entry(map, i, common, to);
	}
	if (!to.length)
		drop_entries_without_type(map);
	return error;
}

static int compare_entries(const void *a, const void *b)
{
	return sr_range_compare(((const struct sr_log_map_entry *)a)->range,
				((const struct sr_log_map_entry *)b)->range);
}

void sr_log_map_sort(struct sr_log_map *map)
{
	if (map->entries.count)
		qsort(map->entries.items, map->entries.count, sizeof(*map->entries.items),
		      compare_entries);
}
