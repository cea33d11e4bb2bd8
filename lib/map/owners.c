// SPDX-License-Identifier: LGPL-2.1-or-later
/* Soft Reserved memory as it is judged, and who has it: dax devices, the room in their dax
 * regions, and what nobody has. */
#include <errno.h>
#include <stdlib.h>

#include "map/mapping.h"

static enum sr_map_kind kind_of_state(enum sr_state state)
{
	static const enum sr_map_kind kinds[] = {
		[SR_STATE_OK] = SR_MAP_KIND_OK,
		[SR_STATE_IDLE] = SR_MAP_KIND_IDLE,
		[SR_STATE_UNKNOWN] = SR_MAP_KIND_UNKNOWN,
		[SR_STATE_UNUSABLE] = SR_MAP_KIND_UNUSABLE,
		[SR_STATE_LOST] = SR_MAP_KIND_LOST,
	};

	return kinds[state];
}

static enum sr_map_kind kind_of_holder(enum sr_dax_holder holder)
{
	switch (holder) {
	case SR_DAX_HOLDER_CXL:
	case SR_DAX_HOLDER_PMEM: /* a pmem region's: CXL's memory all the same */
		return SR_MAP_KIND_CXL;
	case SR_DAX_HOLDER_HMEM:
		return SR_MAP_KIND_HMEM;
	default:
		return SR_MAP_KIND_OWNER_UNKNOWN;
	}
}

/* The units, as the kernel decides on each by itself; together they are the ranges. */
int sr_map_soft_reserved(struct sr_map *map)
{
	const struct sr_report *report = map->report;
	struct sr_map_lane *lane = &map->lanes[SR_MAP_SOFT_RESERVED];
	const struct sr_range_report *unit;

	lane->whole = report->soft_reserved_whole;
	lane->read = lane->whole || report->units.count;
	lane->short_sources = lane->whole
				      ? 0
				      : 1U << SR_SOURCE_IOMEM | 1U << SR_SOURCE_FIRMWARE_MEMMAP |
						1U << SR_SOURCE_KERNEL_LOG;
	sr_for_each (unit, &report->units) {
		const char *owner = sr_owner_name(unit->owner);
		const char *detail =
			sr_pool_format(map->pool, "owner %s", owner ? owner : "unknown");

		if (!detail || sr_map_add(lane, unit->range, kind_of_state(unit->state),
					  sr_state_name(unit->state), detail))
			return -ENOMEM;
	}
	return 0;
}

static int add_device(struct sr_map *map, const struct sr_dax_device *device, sr_range_list *held)
{
	struct sr_map_lane *lane = &map->lanes[SR_MAP_DAX];
	const char *holder = sr_holder_name(device->holder);
	const char *driver = !device->driver.known  ? "unknown"
			     : device->driver.value ? device->driver.value
						    : "none";
	const char *detail = sr_pool_format(map->pool, "owner %s, driver %s",
					    holder ? holder : "unknown", driver);
	const struct sr_range *range;

	if (!detail)
		return -ENOMEM;
	sr_for_each (range, &device->ranges) {
		if (sr_map_add(lane, *range, kind_of_holder(device->holder), device->name,
			       detail) ||
		    sr_range_list_add(held, *range))
			return -ENOMEM;
	}
	return device->ranges_known ? 0 : sr_map_add_unplaced(lane, device->name);
}

static int add_devices(struct sr_map *map, sr_range_list *held)
{
	const struct sr_dax_device *device;

	sr_for_each (device, &map->report->snapshot->dax_devices) {
		if (add_device(map, device, held))
			return -ENOMEM;
	}
	sr_range_list_join(held);
	return 0;
}

/* A dax region holds its range as long as its driver is bound, devices or not. */
static int add_room(struct sr_map *map, const struct sr_dax_region *region,
		    const sr_range_list *devices)
{
	sr_auto_range_list sr_range_list room = { 0 };
	const char *holder = sr_holder_name(region->holder);
	const char *detail;
	const struct sr_range *piece;
	struct sr_range range;

	if (!region->driver.known || !region->driver.value || !sr_dax_region_range(region, &range))
		return 0;
	detail = sr_pool_format(map->pool, "owner %s, %s", holder ? holder : "unknown",
				map->lanes[SR_MAP_DAX].whole ? "no dax device here"
							     : "its dax devices are not known");
	if (!detail || sr_map_rest(range, devices, &room))
		return -ENOMEM;
	sr_for_each (piece, &room) {
		if (sr_map_add(&map->lanes[SR_MAP_DAX], *piece, kind_of_holder(region->holder),
			       region->name, detail))
			return -ENOMEM;
	}
	return 0;
}

static int add_rooms(struct sr_map *map, sr_range_list *held)
{
	sr_auto_range_list sr_range_list bound = { 0 };
	const struct sr_dax_region *region;
	const struct sr_range *range;
	struct sr_range found;

	sr_for_each (region, &map->report->snapshot->dax_regions) {
		if (add_room(map, region, held))
			return -ENOMEM;
		if (region->driver.known && region->driver.value &&
		    sr_dax_region_range(region, &found) && sr_range_list_add(&bound, found))
			return -ENOMEM;
	}
	sr_for_each (range, &bound) {
		if (sr_range_list_add(held, *range))
			return -ENOMEM;
	}
	sr_range_list_join(held);
	return 0;
}

/* Only where it is known how much is lost, and no more nor less than that has no holder. */
static int add_nobody(struct sr_map *map, const struct sr_range_report *unit,
		      const sr_range_list *held)
{
	sr_auto_range_list sr_range_list rest = { 0 };
	const struct sr_range *range;
	uint64_t bytes = 0;

	if (!unit->lost.known || !unit->lost.value)
		return 0;
	if (sr_map_rest(unit->range, held, &rest))
		return -ENOMEM;
	sr_for_each (range, &rest)
		bytes += sr_range_size(*range);
	if (bytes != unit->lost.value)
		return 0;
	sr_for_each (range, &rest) {
		if (sr_map_add(&map->lanes[SR_MAP_DAX], *range, SR_MAP_KIND_NOBODY, "nobody",
			       "in no dax region"))
			return -ENOMEM;
	}
	return 0;
}

int sr_map_dax(struct sr_map *map)
{
	const struct sr_snapshot *snapshot = map->report->snapshot;
	struct sr_map_lane *lane = &map->lanes[SR_MAP_DAX];
	sr_auto_range_list sr_range_list held = { 0 };
	const struct sr_range_report *unit;

	lane->read = sr_source_was_read(snapshot, SR_SOURCE_DAX);
	lane->whole = sr_source_is_whole(snapshot, SR_SOURCE_DAX);
	lane->short_sources = lane->whole ? 0 : 1U << SR_SOURCE_DAX;
	if (add_devices(map, &held) || add_rooms(map, &held))
		return -ENOMEM;
	sr_for_each (unit, &map->report->units) {
		if (add_nobody(map, unit, &held))
			return -ENOMEM;
	}
	return 0;
}
