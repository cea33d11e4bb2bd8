/* SPDX-License-Identifier: GPL-2.0-only */
/* How kinds of segments look in a terminal. */
#pragma once

#include "map/map.h"

struct map_glyph {
	const char *fill[2]; /* one column wide; the second is ASCII */
	const char *color;   /* escape sequence; NULL: as it is */
};

extern const struct map_glyph map_glyphs[SR_MAP_KIND_COUNT];

/* The first column of a bar with a name, what is cut out, and the tick of an address. */
extern const char *const map_edge[2], *const map_gap[2], *const map_tick[2];

#define MAP_COLOR_END "\033[0m"
