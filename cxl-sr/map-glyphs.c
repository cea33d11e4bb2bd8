// SPDX-License-Identifier: GPL-2.0-only
#include "map-glyphs.h"

#define RED    "\033[1;31m"
#define GREEN  "\033[32m"
#define YELLOW "\033[33m"
#define BLUE   "\033[34m"
#define PURPLE "\033[35m"
#define CYAN   "\033[36m"

const struct map_glyph map_glyphs[SR_MAP_KIND_COUNT] = {
	[SR_MAP_KIND_OTHER_TYPE] = { { "·", ":" }, NULL },
	[SR_MAP_KIND_RESERVED] = { { "░", "." }, NULL },
	[SR_MAP_KIND_USABLE] = { { "▒", "=" }, NULL },
	[SR_MAP_KIND_RAM] = { { "▒", "=" }, NULL },
	[SR_MAP_KIND_OFFLINE] = { { "░", "." }, YELLOW },
	[SR_MAP_KIND_AFFINITY] = { { "░", "." }, NULL },
	[SR_MAP_KIND_WINDOW] = { { "░", "." }, CYAN },
	[SR_MAP_KIND_REGION] = { { "▓", "#" }, BLUE },
	[SR_MAP_KIND_UNCOMMITTED] = { { "┄", "-" }, YELLOW },
	[SR_MAP_KIND_COMMIT_UNKNOWN] = { { "?", "?" }, YELLOW },
	[SR_MAP_KIND_SOFT_RESERVED] = { { "▓", "#" }, NULL },
	[SR_MAP_KIND_CXL] = { { "▓", "#" }, BLUE },
	[SR_MAP_KIND_HMEM] = { { "▒", "=" }, PURPLE },
	[SR_MAP_KIND_OWNER_UNKNOWN] = { { "?", "?" }, YELLOW },
	[SR_MAP_KIND_OK] = { { "▓", "#" }, GREEN },
	[SR_MAP_KIND_IDLE] = { { "░", "." }, YELLOW },
	[SR_MAP_KIND_UNKNOWN] = { { "?", "?" }, YELLOW },
	[SR_MAP_KIND_UNUSABLE] = { { "▚", "x" }, RED },
	[SR_MAP_KIND_NOBODY] = { { "╳", "X" }, RED },
	[SR_MAP_KIND_LOST] = { { "╳", "X" }, RED },
};

const char *const map_edge[2] = { "▌", "[" };
const char *const map_gap[2] = { "╱", "/" };
const char *const map_tick[2] = { "│", "|" };
