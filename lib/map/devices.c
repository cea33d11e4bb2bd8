// SPDX-License-Identifier: LGPL-2.1-or-later
/* Windows and regions, and the memory that the kernel has taken. */
#include <errno.h>

#include "map/mapping.h"

int sr_map_windows(struct sr_map *map)
{
	const struct sr_report *report = map->report;
	struct sr_map_lane *lane = &map->lanes[SR_MAP_WINDOWS];
	const struct sr_window *window;

	lane->whole = sr_source_is_whole(report->snapshot, SR_SOURCE_IOMEM) ||
		      sr_source_is_whole(report->snapshot, SR_SOURCE_CXL);
	lane->read = lane->whole || report->windows.count;
	lane->short_sources = lane->whole ? 0 : 1U << SR_SOURCE_IOMEM | 1U << SR_SOURCE_CXL;
	sr_for_each (window, &report->windows) {
		const char *name = sr_window_name(window);
		const char *detail = window->decoder && window->node ? window->decoder->name : NULL;

		if (window->has_range
			    ? sr_map_add(lane, window->range, SR_MAP_KIND_WINDOW, name, detail)
			    : sr_map_add_unplaced(lane, name))
			return -ENOMEM;
	}
	return 0;
}

static int add_region(struct sr_map *map, const struct sr_region_report *item)
{
	static const struct {
		enum sr_map_kind kind;
		const char *text;
	} committed[] = {
		[SR_UNKNOWN] = { SR_MAP_KIND_COMMIT_UNKNOWN, "not known whether committed" },
		[SR_NO] = { SR_MAP_KIND_UNCOMMITTED, "not committed" },
		[SR_YES] = { SR_MAP_KIND_REGION, "committed" },
	};
	const struct sr_region *region = item->region;
	const char *driver = !region->driver.known  ? ", driver unknown"
			     : region->driver.value ? ""
						    : ", no driver";
	const char *detail =
		sr_pool_format(map->pool, "%s%s", committed[region->committed].text, driver);

	return detail ? sr_map_add(&map->lanes[SR_MAP_REGIONS], item->range,
				   committed[region->committed].kind, region->name, detail)
		      : -ENOMEM;
}

int sr_map_regions(struct sr_map *map)
{
	const struct sr_report *report = map->report;
	struct sr_map_lane *lane = &map->lanes[SR_MAP_REGIONS];
	const struct sr_region_report *item;

	lane->read = sr_source_was_read(report->snapshot, SR_SOURCE_CXL);
	lane->whole = lane->read && report->regions_whole;
	lane->short_sources = lane->whole ? 0 : 1U << SR_SOURCE_CXL;
	sr_for_each (item, &report->regions) {
		/* One of size 0, that nobody has set up, is nowhere. */
		bool nowhere = item->region->size.known && item->region->size.value == 0;

		if (!item->has_range && nowhere)
			continue;
		if (item->has_range ? add_region(map, item)
				    : sr_map_add_unplaced(lane, item->region->name))
			return -ENOMEM;
	}
	return 0;
}

static int list_offline(const struct sr_snapshot *snapshot, sr_range_list *list)
{
	const struct sr_memory_block *block;

	sr_for_each (block, &snapshot->memory_blocks) {
		if (block->state == SR_BLOCK_OFFLINE && sr_range_list_add(list, block->range))
			return -ENOMEM;
	}
	sr_range_list_join(list);
	return 0;
}

/* What is online of a node, or not known to be offline; and what is offline. */
static int add_ram(struct sr_map_lane *lane, const struct sr_iomem_node *node,
		   const sr_range_list *offline)
{
	sr_auto_range_list sr_range_list online = { 0 };
	const struct sr_range *range;
	struct sr_range common;

	if (sr_map_rest(node->range, offline, &online))
		return -ENOMEM;
	sr_for_each (range, &online) {
		if (sr_map_add(lane, *range, SR_MAP_KIND_RAM, node->label, NULL))
			return -ENOMEM;
	}
	for (size_t i = sr_range_list_first(offline, node->range); i < offline->count; i++) {
		if (!sr_range_intersect(offline->items[i], node->range, &common))
			break;
		if (sr_map_add(lane, common, SR_MAP_KIND_OFFLINE, "offline", node->label))
			return -ENOMEM;
	}
	return 0;
}

int sr_map_system_ram(struct sr_map *map)
{
	const struct sr_snapshot *snapshot = map->report->snapshot;
	struct sr_map_lane *lane = &map->lanes[SR_MAP_SYSTEM_RAM];
	sr_auto_range_list sr_range_list offline = { 0 };
	const struct sr_iomem_node *node;

	lane->read = sr_source_was_read(snapshot, SR_SOURCE_IOMEM);
	lane->whole = sr_source_is_whole(snapshot, SR_SOURCE_IOMEM);
	lane->short_sources = lane->whole ? 0 : 1U << SR_SOURCE_IOMEM;
	if (list_offline(snapshot, &offline))
		return -ENOMEM;
	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_SYSTEM_RAM && add_ram(lane, node, &offline))
			return -ENOMEM;
	}
	return 0;
}
