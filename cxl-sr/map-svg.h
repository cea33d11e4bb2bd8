/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of the SVG picture that are the same for every map, and what names need. */
#pragma once

#include <stdio.h>

#include "map/map.h"

/* The style sheet, for light and dark, and the patterns of what must not be overlooked. */
void svg_write_style(FILE *stream);

/* The name of a kind in the style sheet, "lost". */
const char *svg_class(enum sr_map_kind kind);

/* The pattern over its fill, or NULL. */
const char *svg_pattern(enum sr_map_kind kind);

/* Text between tags or in quotes: printable, with nothing in it that is markup. */
void svg_write_text(FILE *stream, const char *text);
