/* SPDX-License-Identifier: GPL-2.0-only */
/* What stands below a map in text: what its characters mean, and exact ranges. */
#pragma once

#include "map/layout.h"
#include "render-map.h"

void print_map_legend(const struct sr_map_layout *layout, const struct map_style *style);

/* 0 or -ENOMEM. */
int print_map_list(const struct sr_map *map, bool color);
