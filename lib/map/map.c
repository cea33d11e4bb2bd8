// SPDX-License-Identifier: LGPL-2.1-or-later
#include "map/map.h"

#include <errno.h>
#include <stdlib.h>

#include "map/mapping.h"

int sr_map_add(struct sr_map_lane *lane, struct sr_range range, enum sr_map_kind kind,
	       const char *name, const char *detail)
{
	struct sr_map_segment *segment = name ? sr_list_add(&lane->segments) : NULL;

	if (!segment)
		return -ENOMEM;
	*segment = (struct sr_map_segment){ range, kind, name, detail };
	return 0;
}

int sr_map_add_unplaced(struct sr_map_lane *lane, const char *name)
{
	const char **item = sr_list_add(&lane->unplaced);

	if (!item)
		return -ENOMEM;
	*item = name;
	return 0;
}

int sr_map_rest(struct sr_range range, const sr_range_list *set, sr_range_list *list)
{
	for (size_t i = sr_range_list_first(set, range); i < set->count; i++) {
		struct sr_range taken = set->items[i];

		if (taken.start > range.end)
			break;
		if (taken.start > range.start &&
		    sr_range_list_add(list, (struct sr_range){ range.start, taken.start - 1 }))
			return -ENOMEM;
		if (taken.end >= range.end)
			return 0;
		range.start = taken.end + 1;
	}
	return sr_range_list_add(list, range);
}

static int compare_segments(const void *a, const void *b)
{
	const struct sr_map_segment *left = a, *right = b;
	int order = sr_range_compare(left->range, right->range);

	if (order)
		return order;
	return left->kind < right->kind ? 1 : -(left->kind > right->kind);
}

static int fill(struct sr_map *map)
{
	static int (*const makers[SR_MAP_LANE_COUNT])(struct sr_map *) = {
		[SR_MAP_FIRMWARE] = sr_map_firmware,
		[SR_MAP_SRAT] = sr_map_srat,
		[SR_MAP_WINDOWS] = sr_map_windows,
		[SR_MAP_REGIONS] = sr_map_regions,
		[SR_MAP_SOFT_RESERVED] = sr_map_soft_reserved,
		[SR_MAP_DAX] = sr_map_dax,
		[SR_MAP_SYSTEM_RAM] = sr_map_system_ram,
	};

	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		struct sr_map_lane *lane = &map->lanes[i];

		if (makers[i](map))
			return -ENOMEM;
		if (lane->segments.count)
			qsort(lane->segments.items, lane->segments.count,
			      sizeof(*lane->segments.items), compare_segments);
	}
	return 0;
}

int sr_map_make(const struct sr_report *report, struct sr_map **ret_map)
{
	sr_auto_map struct sr_map *map = calloc(1, sizeof(*map));

	if (!map)
		return -ENOMEM;
	map->report = report;
	map->pool = sr_pool_new();
	if (!map->pool || fill(map))
		return -ENOMEM;
	*ret_map = map;
	map = NULL;
	return 0;
}

struct sr_map *sr_map_free(struct sr_map *map)
{
	if (!map)
		return NULL;
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		sr_list_free(&map->lanes[i].segments);
		sr_list_free(&map->lanes[i].unplaced);
	}
	sr_pool_free(map->pool);
	free(map);
	return NULL;
}
