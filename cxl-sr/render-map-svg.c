// SPDX-License-Identifier: GPL-2.0-only
/* A map as SVG: the picture first, as its height is known only then. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "map-svg.h"
#include "map-text.h"
#include "render-map.h"
#include "text.h"
#include "verdict.h"

/* In pixels: a column, and a character of 12 px with some air. */
#define UNIT	  4
#define CHARACTER 8

/* In columns. */
#define COLUMNS 260
#define LEAST	2
#define GAP	4
#define LEVELS	6
#define BEYOND	22 /* for the address at which the last range ends */

/* In pixels. */
#define LEFT	   128
#define MARGIN	   16
#define WIDTH	   (LEFT + (COLUMNS + BEYOND) * UNIT + MARGIN)
#define LINE	   18 /* of text */
#define TICK_LINE  14
#define ROW	   26 /* a bar and the space below it */
#define BAR	   22
#define LANE_SPACE 8
#define SWATCH	   28

/* Ranges that alarm are written out below the picture, up to so many. */
#define MOST_ALARMS 16

struct picture {
	FILE *stream;
	const struct sr_map_layout *layout;
	sr_map_tick_list ticks;
	int y;	 /* of what comes next */
	int top; /* of the lanes */
	int bottom;
};

static int x_of(unsigned int column)
{
	return LEFT + (int)column * UNIT;
}

static void write_line(struct picture *picture, const char *class, int x, int y, const char *text)
{
	fprintf(picture->stream, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
	svg_write_text(picture->stream, text);
	fputs("</text>\n", picture->stream);
}

/* Each line of @text below the one before it. */
static void write_lines(struct picture *picture, const char *class, char *text)
{
	char *rest;

	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		picture->y += LINE;
		write_line(picture, class, MARGIN, picture->y, line);
	}
}

static int write_verdict(struct picture *picture)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = text_open(&text, &length);

	if (!stream)
		return -ENOMEM;
	print_verdict(stream, picture->layout->map->report);
	if (text_close(stream) != 0)
		return -ENOMEM;
	picture->y = MARGIN;
	write_lines(picture, "verdict", text);
	picture->y += LINE;
	return 0;
}

static int height_of(const struct picture *picture, enum sr_map_lane_id lane)
{
	unsigned int rows = picture->layout->lanes[lane].rows;

	return (int)(rows ? rows : 1) * ROW + LANE_SPACE;
}

static void place_lanes(struct picture *picture)
{
	const struct sr_map_tick *tick;
	int levels = 0;

	sr_for_each (tick, &picture->ticks) {
		if ((int)tick->level >= levels)
			levels = (int)tick->level + 1;
	}
	picture->top = picture->y + levels * TICK_LINE + LANE_SPACE;
	picture->bottom = picture->top;
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++)
		picture->bottom += height_of(picture, i);
}

static void write_ticks(struct picture *picture)
{
	const struct sr_map_tick *tick;
	char label[SR_MAP_LABEL_SIZE];

	sr_for_each (tick, &picture->ticks) {
		int x = x_of(tick->column);
		int y = picture->top - LANE_SPACE - (int)tick->level * TICK_LINE;

		fprintf(picture->stream,
			"<line class=\"guide\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", x,
			y - TICK_LINE + 4, x, picture->bottom - LANE_SPACE);
		write_line(picture, "small tick", x + 3, y, sr_map_label(tick->address, label));
	}
}

/* A torn edge through all lanes. */
static void write_gap(const struct picture *picture, const struct sr_map_cell *cell)
{
	char size[SIZE_TEXT_LENGTH];
	int x = x_of(cell->first), width = (int)cell->columns * UNIT;

	fprintf(picture->stream,
		"<g><title>cut out: nothing known in 0x%" PRIx64 "-0x%" PRIx64 ", %s</title>"
		"<rect class=\"gap\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
		"<path class=\"tear\" d=\"M%d %d",
		cell->range.start, cell->range.end,
		size_text(sr_range_size(cell->range), false, size), x, picture->top, width,
		picture->bottom - picture->top - LANE_SPACE, x + width / 2, picture->top);
	for (int y = picture->top, turn = 3; y + 6 <= picture->bottom - LANE_SPACE;
	     y += 6, turn = -turn)
		fprintf(picture->stream, "l%d 6", y == picture->top ? turn : 2 * turn);
	fputs("\"/></g>\n", picture->stream);
}

static void write_gaps(const struct picture *picture)
{
	const struct sr_map_cell *cell;

	sr_for_each (cell, &picture->layout->cells) {
		if (cell->empty)
			write_gap(picture, cell);
	}
}

static void write_rect(FILE *stream, enum sr_map_kind kind, int x, int y, int width, int height)
{
	const char *pattern = svg_pattern(kind);

	fprintf(stream,
		"<rect class=\"%s\" x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\" rx=\"2\"/>",
		svg_class(kind), x, y, width - 1, height - 1);
	if (pattern)
		fprintf(stream,
			"<rect fill=\"url(#%s)\" x=\"%d.5\" y=\"%d.5\" width=\"%d\" "
			"height=\"%d\" rx=\"2\"/>",
			pattern, x, y, width - 1, height - 1);
}

/* What is written into a bar: its name, a mark where there is no room and it alarms, or nothing. */
static char *bar_text(const struct sr_map_bar *bar, int width)
{
	bool alarms = sr_map_kind_alarms(bar->segment->kind);
	char *text;

	if (bar->count == 1)
		text = map_name(bar->segment, 32);
	else if (text_format(&text, "%zu ranges", bar->count) < 0)
		text = NULL;
	if (text && (int)strlen(text) * CHARACTER + 8 > width)
		snprintf(text, strlen(text) + 1, "%s",
			 alarms && width >= 2 * CHARACTER + 4 ? "!" : "");
	return text;
}

static int write_bar_text(struct picture *picture, const struct sr_map_bar *bar, int x, int y,
			  int width)
{
	sr_auto_free char *text = bar_text(bar, width);
	bool alarms = sr_map_kind_alarms(bar->segment->kind);
	int length;

	if (!text)
		return -ENOMEM;
	if (!*text)
		return 0;
	length = (int)strlen(text) * CHARACTER;
	x += (width - length) / 2 < 6 ? (width - length) / 2 : 6;
	if (svg_pattern(bar->segment->kind))
		fprintf(picture->stream,
			"<rect class=\"plate\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
			"rx=\"2\"/>",
			x - 2, y + 3, length + 2, BAR - 6);
	write_line(picture, alarms ? "label alarm" : "label", x, y + 15, text);
	return 0;
}

static int write_bar(struct picture *picture, const struct sr_map_bar *bar, int top)
{
	int x = x_of(bar->first), width = (int)(bar->last - bar->first + 1) * UNIT;
	int y = top + (int)bar->row * ROW;
	sr_auto_free char *title = map_bar_title(bar);
	int error;

	if (!title)
		return -ENOMEM;
	fputs("<g><title>", picture->stream);
	svg_write_text(picture->stream, title);
	fputs("</title>", picture->stream);
	write_rect(picture->stream, bar->segment->kind, x, y, width, BAR);
	error = write_bar_text(picture, bar, x, y, width);
	fputs("</g>\n", picture->stream);
	return error;
}

static int write_lane(struct picture *picture, enum sr_map_lane_id lane, int top)
{
	const struct sr_map_bar *bar;

	fprintf(picture->stream, "<g id=\"lane-%d\">\n", lane);
	write_line(picture, "lane", MARGIN, top + 15, sr_map_lane_name(lane));
	sr_for_each (bar, &picture->layout->lanes[lane].bars) {
		if (write_bar(picture, bar, top))
			return -ENOMEM;
	}
	if (!picture->layout->lanes[lane].rows) {
		sr_auto_free char *text = map_empty(picture->layout->map, lane);

		if (!text)
			return -ENOMEM;
		fprintf(picture->stream,
			"<rect class=\"plate\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
			LEFT + 2, top + 1, (int)strlen(text) * CHARACTER + 8, BAR - 2);
		write_line(picture, "none", LEFT + 6, top + 15, text);
	}
	fputs("</g>\n", picture->stream);
	return 0;
}

static int write_lanes(struct picture *picture)
{
	int top = picture->top;

	for (int lane = 0; lane < SR_MAP_LANE_COUNT; lane++) {
		if (write_lane(picture, lane, top))
			return -ENOMEM;
		top += height_of(picture, lane);
	}
	picture->y = picture->bottom;
	return 0;
}

/* What is cut out, behind the kinds. */
static void write_cut(struct picture *picture, int x)
{
	static const char text[] = "cut out: nothing known there";

	if (x + SWATCH + (int)sizeof(text) * CHARACTER > WIDTH - MARGIN) {
		x = MARGIN;
		picture->y += ROW;
	}
	fprintf(picture->stream,
		"<rect class=\"gap\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\"/>"
		"<path class=\"tear\" d=\"M%d %dl3 4l-6 4l6 4l-3 4\"/>",
		x, picture->y, SWATCH, x + SWATCH / 2, picture->y);
	write_line(picture, "small", x + SWATCH + 6, picture->y + 13, text);
}

/* Several kinds look alike, in lanes of their own; each is named. */
static void write_legend(struct picture *picture)
{
	bool used[SR_MAP_KIND_COUNT] = { 0 };
	const struct sr_map_bar *bar;
	int x = MARGIN;

	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		sr_for_each (bar, &picture->layout->lanes[i].bars)
			used[bar->segment->kind] = true;
	}
	picture->y += LANE_SPACE;
	fputs("<g id=\"legend\">\n", picture->stream);
	for (int kind = 0; kind < SR_MAP_KIND_COUNT; kind++) {
		const char *name = sr_map_kind_name(kind);
		int width = SWATCH + 6 + ((int)strlen(name) + 2) * CHARACTER;

		if (!used[kind])
			continue;
		if (x + width > WIDTH - MARGIN) {
			x = MARGIN;
			picture->y += ROW;
		}
		write_rect(picture->stream, kind, x, picture->y, SWATCH, 16);
		write_line(picture, "small", x + SWATCH + 6, picture->y + 13, name);
		x += width;
	}
	write_cut(picture, x);
	fputs("</g>\n", picture->stream);
	picture->y += ROW + LINE;
	write_line(picture, "small", MARGIN, picture->y, map_scale_text);
	picture->y += LANE_SPACE;
}

static int write_notes(struct picture *picture)
{
	for (int lane = 0; lane < SR_MAP_LANE_COUNT; lane++) {
		sr_auto_free char *note = NULL;
		sr_auto_free char *unplaced = NULL;

		if (map_note(picture->layout->map, lane, &note) ||
		    map_unplaced(picture->layout->map, lane, &unplaced))
			return -ENOMEM;
		/* Else it stands in the lane. */
		if (note && picture->layout->lanes[lane].rows)
			write_lines(picture, "note", note);
		if (unplaced)
			write_lines(picture, "note", unplaced);
	}
	return 0;
}

/* Not only as tooltips, which nobody can print. */
static int write_alarms(struct picture *picture)
{
	const struct sr_map_segment *segment;
	size_t count = 0;
	char more[48];

	sr_for_each (segment, &picture->layout->map->lanes[SR_MAP_SOFT_RESERVED].segments) {
		sr_auto_free char *title = NULL;

		if (!sr_map_kind_alarms(segment->kind) || count++ >= MOST_ALARMS)
			continue;
		title = map_title(segment);
		if (!title)
			return -ENOMEM;
		write_lines(picture, "note alarm", title);
	}
	snprintf(more, sizeof(more), "and %zu more", count - MOST_ALARMS);
	if (count > MOST_ALARMS)
		write_lines(picture, "note alarm", more);
	return 0;
}

static int write_body(struct picture *picture)
{
	static const struct sr_map_labels labels = { CHARACTER / UNIT, LEVELS, BEYOND };

	if (write_verdict(picture) || sr_map_ticks(picture->layout, &labels, &picture->ticks))
		return -ENOMEM;
	place_lanes(picture);
	write_gaps(picture);
	write_ticks(picture);
	if (write_lanes(picture))
		return -ENOMEM;
	write_legend(picture);
	if (write_notes(picture) || write_alarms(picture))
		return -ENOMEM;
	picture->y += MARGIN;
	return 0;
}

static int draw(const struct sr_map_layout *layout, char **ret_body, int *ret_height)
{
	sr_auto_free char *body = NULL;
	size_t length;
	struct picture picture = { .layout = layout };
	int error;

	picture.stream = text_open(&body, &length);
	if (!picture.stream)
		return -ENOMEM;
	error = write_body(&picture);
	sr_list_free(&picture.ticks);
	if (text_close(picture.stream) != 0 || error)
		return -ENOMEM;
	*ret_body = sr_take(body);
	*ret_height = picture.y;
	return 0;
}

int render_map_svg(const struct sr_map *map, char **ret_text)
{
	static const struct sr_map_size size = { COLUMNS, LEAST, GAP };
	sr_auto_map_layout struct sr_map_layout *layout = NULL;
	sr_auto_free char *body = NULL;
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream;
	int height;

	if (sr_map_lay_out(map, &size, &layout) || draw(layout, &body, &height))
		return -ENOMEM;
	stream = text_open(&text, &length);
	if (!stream)
		return -ENOMEM;
	fprintf(stream,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"The physical address space\">\n",
		WIDTH, height, WIDTH, height);
	svg_write_style(stream);
	fprintf(stream, "<rect class=\"back\" width=\"%d\" height=\"%d\"/>\n%s</svg>\n", WIDTH,
		height, body);
	if (text_close(stream) != 0)
		return -ENOMEM;
	*ret_text = sr_take(text);
	return 0;
}
