/* SPDX-License-Identifier: GPL-2.0-only */
/* Words that both pictures of a map have. All texts are printable, and to be freed. */
#pragma once

#include "map/layout.h"

/* What the widths mean. */
extern const char map_scale_text[];

/*
 * What is not known of the lane: "not read: SRAT (no permission)" or "only partly read: ...";
 * NULL where it is whole. 0 or -ENOMEM.
 */
int map_note(const struct sr_map *map, enum sr_map_lane_id lane, char **ret_text);

/* What is there and has no place in the picture; NULL: nothing. 0 or -ENOMEM. */
int map_unplaced(const struct sr_map *map, enum sr_map_lane_id lane, char **ret_text);

/* What stands in a lane without a bar. NULL: no memory. */
char *map_empty(const struct sr_map *map, enum sr_map_lane_id lane);

/* "0x1290000000-0x12afffffff 512M region0, committed". NULL: no memory. */
char *map_title(const struct sr_map_segment *segment);

/* The same of what a bar stands for, several segments as "5 ranges in 0x...-0x...". */
char *map_bar_title(const struct sr_map_bar *bar);

/* The name of a segment, no longer than @length, which is 4 or more. */
char *map_name(const struct sr_map_segment *segment, size_t length);
