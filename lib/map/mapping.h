/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of this folder share. */
#pragma once

#include "map/layout.h"

/* Adds a segment; @detail may be NULL. 0 or -ENOMEM, also for a NULL @name. */
int sr_map_add(struct sr_map_lane *lane, struct sr_range range, enum sr_map_kind kind,
	       const char *name, const char *detail);
int sr_map_add_unplaced(struct sr_map_lane *lane, const char *name);

/* Adds what of @range is not in @set to @list. 0 or -ENOMEM. */
int sr_map_rest(struct sr_range range, const sr_range_list *set, sr_range_list *list);

/* tables.c: what firmware says */
int sr_map_firmware(struct sr_map *map);
int sr_map_srat(struct sr_map *map);

/* devices.c: windows, regions, memory */
int sr_map_windows(struct sr_map *map);
int sr_map_regions(struct sr_map *map);
int sr_map_system_ram(struct sr_map *map);

/* owners.c: Soft Reserved memory, and who has it */
int sr_map_soft_reserved(struct sr_map *map);
int sr_map_dax(struct sr_map *map);

/* cells.c: the scale. 0 or -ENOMEM. */
int sr_map_cells(struct sr_map_layout *layout, const struct sr_map_size *size);

/* bars.c: the rows of a lane. 0 or -ENOMEM. */
int sr_map_bars(struct sr_map_layout *layout, enum sr_map_lane_id lane);
