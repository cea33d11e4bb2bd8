// SPDX-License-Identifier: GPL-2.0-only
#include "firmware.h"

static void insert(struct map *map, unsigned int index, struct map_entry entry)
{
	if (map->count == MAP_ENTRIES)
		give_up("the memory map is full");
	for (unsigned int i = map->count++; i > index; i--)
		map->entries[i] = map->entries[i - 1];
	map->entries[index] = entry;
}

static void delete (struct map *map, unsigned int index)
{
	map->count--;
	for (unsigned int i = index; i < map->count; i++)
		map->entries[i] = map->entries[i + 1];
}

/* Leaves of the entry what is before @start and what is from @end on. */
static void cut(struct map *map, unsigned int index, uint64_t start, uint64_t end)
{
	struct map_entry entry = map->entries[index];
	uint64_t entry_end = entry.start + entry.size;

	delete (map, index);
	if (entry_end > end)
		insert(map, index, (struct map_entry){ end, entry_end - end, entry.type });
	if (entry.start < start)
		insert(map, index,
		       (struct map_entry){ entry.start, start - entry.start, entry.type });
}

void map_set(struct map *map, uint64_t start, uint64_t size, uint32_t type)
{
	uint64_t end = start + size;
	unsigned int i = 0;

	for (unsigned int k = map->count; k-- > 0;) {
		const struct map_entry *entry = &map->entries[k];

		if (entry->start < end && start < entry->start + entry->size)
			cut(map, k, start, end);
	}
	while (i < map->count && map->entries[i].start < start)
		i++;
	insert(map, i, (struct map_entry){ start, size, type });
}
