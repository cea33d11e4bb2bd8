/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to draw a map: in text, and as an SVG picture. */
#pragma once

#include <stdbool.h>

#include "color.h"
#include "map/map.h"

struct map_style {
	bool ascii;
	enum color_mode color;
};

/* To stdout, as wide as the terminal. 0, -ENOMEM or -EIO. */
int render_map(const struct sr_map *map, const struct map_style *style);

/* A whole document that needs no other, to be freed. 0 or -ENOMEM. */
int render_map_svg(const struct sr_map *map, char **ret_text);
