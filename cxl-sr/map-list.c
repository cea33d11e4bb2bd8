// SPDX-License-Identifier: GPL-2.0-only
#include "map-list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "map-glyphs.h"
#include "map-text.h"
#include "text.h"

/* Ranges of a lane that are listed. */
#define MOST_LISTED 16

/* Before the ranges: the lane and a mark. */
#define INDENT (SR_MAP_LANE_NAME + 2)

static bool has_gap(const struct sr_map_layout *layout)
{
	const struct sr_map_cell *cell;

	sr_for_each (cell, &layout->cells) {
		if (cell->empty)
			return true;
	}
	return false;
}

static void find_kinds(const struct sr_map_layout *layout, bool *used)
{
	const struct sr_map_bar *bar;

	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		sr_for_each (bar, &layout->lanes[i].bars)
			used[bar->segment->kind] = true;
	}
}

struct legend {
	const struct map_style *style;
	bool used[SR_MAP_KIND_COUNT];
	size_t width, column;
};

static const char *glyph_of(const struct legend *legend, int kind)
{
	return map_glyphs[kind].fill[legend->style->ascii];
}

/* Begins a line where @length columns behind @between have no room. */
static void print_between(struct legend *legend, const char *between, size_t indent, size_t length)
{
	if (legend->column && legend->column + strlen(between) + length > legend->width) {
		printf("\n%*s", (int)indent, "");
		legend->column = indent;
	} else if (legend->column) {
		fputs(between, stdout);
		legend->column += strlen(between);
	}
	legend->column += length;
}

static void print_entry(struct legend *legend, const char *glyph, const char *name)
{
	print_between(legend, "   ", 0, strlen(name) + 2);
	printf("%s %s", glyph, name);
}

/* All kinds in the picture that look like @kind, which is the first of them. */
static void print_alike(struct legend *legend, int kind)
{
	print_entry(legend, glyph_of(legend, kind), sr_map_kind_name(kind));
	for (int i = kind + 1; i < SR_MAP_KIND_COUNT; i++) {
		if (!legend->used[i] || strcmp(glyph_of(legend, i), glyph_of(legend, kind)) != 0)
			continue;
		putchar(',');
		legend->column++;
		print_between(legend, " ", 2, strlen(sr_map_kind_name(i)) + 1);
		legend->column--;
		fputs(sr_map_kind_name(i), stdout);
	}
}

static bool is_first(const struct legend *legend, int kind)
{
	for (int i = 0; i < kind; i++) {
		if (legend->used[i] && strcmp(glyph_of(legend, i), glyph_of(legend, kind)) == 0)
			return false;
	}
	return legend->used[kind];
}

void print_map_legend(const struct sr_map_layout *layout, const struct map_style *style)
{
	/* A comma may follow each entry. */
	struct legend legend = { .style = style, .width = terminal_width(stdout) - 1 };

	find_kinds(layout, legend.used);
	for (int i = 0; i < SR_MAP_KIND_COUNT; i++) {
		if (is_first(&legend, i))
			print_alike(&legend, i);
	}
	if (has_gap(layout))
		print_entry(&legend, map_gap[style->ascii], "nothing known there, cut out");
	putchar('\n');
	print_wrapped(stdout, map_scale_text, legend.width + 1, 0, 2);
}

/* What every machine has is in the picture alone. */
static bool is_listed(const struct sr_map_segment *segment)
{
	return sr_map_weight(segment) > 0;
}

/* "0x1290000000-0x12afffffff  512M region0, committed", the range padded to @padding. */
static char *line_of(const struct sr_map_segment *segment, size_t padding)
{
	sr_auto_free char *title = map_title(segment);
	size_t range = title ? strcspn(title, " ") : 0;
	size_t size = title ? strcspn(title + range + 1, " ") : 0;
	char *line;

	if (!title || text_format(&line, "%-*.*s %6.*s%s", (int)padding, (int)range, title,
				  (int)size, title + range + 1, title + range + 1 + size) < 0)
		return NULL;
	return line;
}

struct listing {
	size_t padding; /* of ranges; 0: lines are wrapped */
	size_t width;
	bool color;
};

static void print_line(const struct listing *listing, const struct sr_map_segment *segment,
		       const char *lane, const char *line)
{
	bool alarms = sr_map_kind_alarms(segment->kind);
	const char *color = listing->color && alarms ? map_glyphs[segment->kind].color : NULL;
	char mark = alarms ? '!' : ' ';

	if (listing->padding) {
		printf("%-*s%s%c %s%s\n", SR_MAP_LANE_NAME, lane, color ? color : "", mark, line,
		       color ? MAP_COLOR_END : "");
		return;
	}
	if (*lane)
		printf("%s:\n", lane);
	fputs(color ? color : "", stdout);
	putchar(mark);
	print_wrapped(stdout, line, listing->width - 1, 1, 3);
	fputs(color ? MAP_COLOR_END : "", stdout);
}

static void print_more(const struct listing *listing, size_t count)
{
	printf("%*s%zu more; the picture or a report has them\n", listing->padding ? INDENT : 2, "",
	       count);
}

static int print_lane(const struct sr_map *map, enum sr_map_lane_id lane,
		      const struct listing *listing)
{
	const struct sr_map_segment *segment;
	size_t count = 0;

	sr_for_each (segment, &map->lanes[lane].segments) {
		sr_auto_free char *line = NULL;

		if (!is_listed(segment) || count++ >= MOST_LISTED)
			continue;
		line = line_of(segment, listing->padding);
		if (!line)
			return -ENOMEM;
		print_line(listing, segment, count == 1 ? sr_map_lane_name(lane) : "", line);
	}
	if (count > MOST_LISTED)
		print_more(listing, count - MOST_LISTED);
	return 0;
}

/* The widest range, and the widest line where ranges are padded to it. */
static int measure(const struct sr_map *map, size_t *range, size_t *line)
{
	const struct sr_map_segment *segment;
	size_t rest = 0;

	*range = 0;
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		sr_for_each (segment, &map->lanes[i].segments) {
			sr_auto_free char *text = is_listed(segment) ? line_of(segment, 0) : NULL;
			size_t length = text ? strcspn(text, " ") : 0;

			if (!text && is_listed(segment))
				return -ENOMEM;
			if (length > *range)
				*range = length;
			if (text && strlen(text) - length > rest)
				rest = strlen(text) - length;
		}
	}
	*line = *range + rest;
	return 0;
}

int print_map_list(const struct sr_map *map, bool color)
{
	struct listing listing = { .width = terminal_width(stdout), .color = color };
	size_t line;

	if (measure(map, &listing.padding, &line))
		return -ENOMEM;
	if (line)
		putchar('\n');
	if (INDENT + line > listing.width)
		listing.padding = 0;
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		if (print_lane(map, i, &listing))
			return -ENOMEM;
	}
	return 0;
}
