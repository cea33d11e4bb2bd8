// SPDX-License-Identifier: LGPL-2.1-or-later
#include "map/map.h"

static const struct {
	const char *name;
	unsigned int weight;
} kinds[SR_MAP_KIND_COUNT] = {
	[SR_MAP_KIND_OTHER_TYPE] = { "other type", 0 },
	[SR_MAP_KIND_RESERVED] = { "Reserved", 0 },
	[SR_MAP_KIND_USABLE] = { "usable", 0 },
	[SR_MAP_KIND_RAM] = { "System RAM", 0 },
	[SR_MAP_KIND_OFFLINE] = { "offline", 1 },
	[SR_MAP_KIND_AFFINITY] = { "SRAT range", 1 },
	[SR_MAP_KIND_WINDOW] = { "CXL window", 2 },
	[SR_MAP_KIND_REGION] = { "committed region", 2 },
	[SR_MAP_KIND_UNCOMMITTED] = { "region that is not committed", 2 },
	[SR_MAP_KIND_COMMIT_UNKNOWN] = { "region, unknown whether committed", 2 },
	[SR_MAP_KIND_SOFT_RESERVED] = { "Soft Reserved", 2 },
	[SR_MAP_KIND_CXL] = { "owner cxl", 2 },
	[SR_MAP_KIND_HMEM] = { "owner hmem", 2 },
	[SR_MAP_KIND_OWNER_UNKNOWN] = { "owner unknown", 2 },
	[SR_MAP_KIND_OK] = { "ok", 2 },
	[SR_MAP_KIND_IDLE] = { "idle", 2 },
	[SR_MAP_KIND_UNKNOWN] = { "unknown", 2 },
	[SR_MAP_KIND_UNUSABLE] = { "unusable", 3 },
	[SR_MAP_KIND_NOBODY] = { "owner none", 3 },
	[SR_MAP_KIND_LOST] = { "lost", 3 },
};

static const char *const lanes[SR_MAP_LANE_COUNT] = {
	[SR_MAP_FIRMWARE] = "firmware map",
	[SR_MAP_SRAT] = "SRAT",
	[SR_MAP_WINDOWS] = "windows",
	[SR_MAP_REGIONS] = "regions",
	[SR_MAP_SOFT_RESERVED] = "Soft Reserved",
	[SR_MAP_DAX] = "dax devices",
	[SR_MAP_SYSTEM_RAM] = "System RAM",
};

const char *sr_map_lane_name(enum sr_map_lane_id lane)
{
	return lanes[lane];
}

const char *sr_map_kind_name(enum sr_map_kind kind)
{
	return kinds[kind].name;
}

bool sr_map_kind_alarms(enum sr_map_kind kind)
{
	return kinds[kind].weight == 3;
}

unsigned int sr_map_weight(const struct sr_map_segment *segment)
{
	return kinds[segment->kind].weight;
}
