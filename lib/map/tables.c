// SPDX-License-Identifier: LGPL-2.1-or-later
/* What firmware says of memory: its map, and the SRAT. */
#include <errno.h>
#include <strings.h>

#include "map/mapping.h"

/* e820_type_to_string() and e820_print_type(), arch/x86/kernel/e820.c, of all versions. */
static enum sr_map_kind kind_of(const struct sr_memory_map_entry *entry)
{
	if (entry->soft_reserved)
		return SR_MAP_KIND_SOFT_RESERVED;
	if (strcasecmp(entry->type, "System RAM") == 0 || strcasecmp(entry->type, "usable") == 0)
		return SR_MAP_KIND_USABLE;
	if (strcasecmp(entry->type, "reserved") == 0 ||
	    strcasecmp(entry->type, "device reserved") == 0)
		return SR_MAP_KIND_RESERVED;
	return SR_MAP_KIND_OTHER_TYPE;
}

static int add_entries(struct sr_map *map, enum sr_source_id source)
{
	struct sr_map_lane *lane = &map->lanes[SR_MAP_FIRMWARE];
	const struct sr_memory_map_entry *entry;
	const char *detail = source == SR_SOURCE_KERNEL_LOG ? "as the kernel log has it" : NULL;

	sr_for_each (entry, &map->report->snapshot->memory_map) {
		if (entry->source == source &&
		    sr_map_add(lane, entry->range, kind_of(entry), entry->type, detail))
			return -ENOMEM;
	}
	return 0;
}

/* The log stands in for sysfs, which only x86 has: it has the map that the kernel works with. */
int sr_map_firmware(struct sr_map *map)
{
	static const enum sr_source_id sources[] = {
		SR_SOURCE_FIRMWARE_MEMMAP,
		SR_SOURCE_KERNEL_LOG,
	};
	struct sr_map_lane *lane = &map->lanes[SR_MAP_FIRMWARE];

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		if (!sr_source_was_read(map->report->snapshot, sources[i]))
			continue;
		if (add_entries(map, sources[i]))
			return -ENOMEM;
		if (!lane->segments.count)
			continue;
		lane->read = true;
		lane->whole = sr_source_is_whole(map->report->snapshot, sources[i]);
		lane->short_sources = lane->whole ? 0 : 1U << sources[i];
		return 0;
	}
	lane->short_sources = 1U << SR_SOURCE_FIRMWARE_MEMMAP | 1U << SR_SOURCE_KERNEL_LOG;
	return 0;
}

int sr_map_srat(struct sr_map *map)
{
	const struct sr_acpi *acpi = &map->report->snapshot->acpi;
	struct sr_map_lane *lane = &map->lanes[SR_MAP_SRAT];
	const struct sr_memory_affinity *memory;

	lane->whole = acpi->memory_known;
	lane->read = lane->whole || acpi->memory.count;
	lane->short_sources = lane->whole ? 0 : 1U << SR_SOURCE_ACPI;
	sr_for_each (memory, &acpi->memory) {
		const char *name = sr_pool_format(map->pool, "domain %u", memory->proximity_domain);
		const char *detail = memory->hot_pluggable && memory->non_volatile
					     ? "hot-pluggable, non-volatile"
				     : memory->hot_pluggable ? "hot-pluggable"
				     : memory->non_volatile  ? "non-volatile"
							     : NULL;

		if (sr_map_add(lane, memory->range, SR_MAP_KIND_AFFINITY, name, detail))
			return -ENOMEM;
	}
	return 0;
}
