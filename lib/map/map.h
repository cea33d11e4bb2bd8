/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A picture of the physical address space, as a model: lanes of segments, from a report, and
 * how they lie side by side on one common scale. Pure: nothing is drawn here, and nothing is
 * in a lane that no source said.
 *
 * The scale is broken and uneven: what no lane has anything in is cut out, and a range gets
 * columns by the fourth root of its size, so that both 64 KiB and 1 TiB can be seen. It never
 * runs backwards.
 */
#pragma once

#include "judgement/report.h"

enum sr_map_lane_id {
	SR_MAP_FIRMWARE,
	SR_MAP_SRAT,
	SR_MAP_WINDOWS,
	SR_MAP_REGIONS,
	SR_MAP_SOFT_RESERVED,
	SR_MAP_DAX,
	SR_MAP_SYSTEM_RAM,
	SR_MAP_LANE_COUNT,
};

/* What a segment is. Where several have to share a column, the last of these is seen. */
enum sr_map_kind {
	SR_MAP_KIND_OTHER_TYPE, /* of the firmware's map: ACPI data and the like */
	SR_MAP_KIND_RESERVED,
	SR_MAP_KIND_USABLE,
	SR_MAP_KIND_RAM,
	SR_MAP_KIND_OFFLINE,
	SR_MAP_KIND_AFFINITY, /* a range of the SRAT */
	SR_MAP_KIND_WINDOW,
	SR_MAP_KIND_REGION,
	SR_MAP_KIND_UNCOMMITTED,    /* a region */
	SR_MAP_KIND_COMMIT_UNKNOWN, /* a region, of which that is not known */
	SR_MAP_KIND_SOFT_RESERVED,  /* of the firmware's map */
	SR_MAP_KIND_CXL,	    /* owners of dax devices */
	SR_MAP_KIND_HMEM,
	SR_MAP_KIND_OWNER_UNKNOWN,
	SR_MAP_KIND_OK, /* states of Soft Reserved memory */
	SR_MAP_KIND_IDLE,
	SR_MAP_KIND_UNKNOWN,
	SR_MAP_KIND_UNUSABLE,
	SR_MAP_KIND_NOBODY, /* of dax devices: known to have no owner */
	SR_MAP_KIND_LOST,
	SR_MAP_KIND_COUNT,
};

struct sr_map_segment {
	struct sr_range range;
	enum sr_map_kind kind;
	const char *name;   /* "region0", "lost", "Soft Reserved" */
	const char *detail; /* more of it, in words; NULL: nothing */
};

struct sr_map_lane {
	SR_LIST(struct sr_map_segment) segments; /* by start, the wider first */
	/* Bits of the sources that could have told of it and were not wholly read. */
	unsigned int short_sources;
	bool read;  /* false: no source told anything of this lane */
	bool whole; /* nothing can be missing; only then an empty lane means none */
	SR_LIST(const char *) unplaced; /* names of what is there, nobody knows where */
};

struct sr_map {
	const struct sr_report *report; /* must outlive the map */
	struct sr_pool *pool;
	struct sr_map_lane lanes[SR_MAP_LANE_COUNT];
};

/* 0 and a map owned by the caller, or -ENOMEM. */
int sr_map_make(const struct sr_report *report, struct sr_map **ret_map);

struct sr_map *sr_map_free(struct sr_map *map);

static inline void sr_map_guard(struct sr_map **map)
{
	sr_map_free(*map);
}

#define sr_auto_map __attribute__((cleanup(sr_map_guard)))

/* "SRAT", "dax devices"; no longer than SR_MAP_LANE_NAME. */
const char *sr_map_lane_name(enum sr_map_lane_id lane);
#define SR_MAP_LANE_NAME 13

/* "lost", "Reserved": for a legend. */
const char *sr_map_kind_name(enum sr_map_kind kind);

/* Whether it must not be overlooked: lost, unusable, nobody's. */
bool sr_map_kind_alarms(enum sr_map_kind kind);

/*
 * How much depends on where it begins and ends: 0 for what every machine has, 1 for the
 * tables, 2 for CXL and Soft Reserved memory, 3 for what alarms.
 */
unsigned int sr_map_weight(const struct sr_map_segment *segment);
