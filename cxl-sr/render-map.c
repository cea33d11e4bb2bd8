// SPDX-License-Identifier: GPL-2.0-only
/* A map as text: lanes of blocks with names in them, below the addresses of their bounds. */
#include "render-map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "map-glyphs.h"
#include "map-list.h"
#include "map-text.h"
#include "text.h"
#include "verdict.h"

/* Where the lanes begin, behind their names. */
#define INDENT (SR_MAP_LANE_NAME + 1)

/* Lines of addresses. */
#define LEVELS 6

/* Wider pictures do not show more. */
#define WIDEST 400

/* A line of the picture. */
struct canvas {
	const struct sr_map_layout *layout;
	bool ascii, color;
	unsigned int columns;
	struct square {
		char text[4]; /* one character, of up to three bytes */
		const char *color;
	} * squares;
};

static void canvas_done(struct canvas *canvas)
{
	free(canvas->squares);
}

static void put(struct canvas *canvas, unsigned int column, const char *character)
{
	struct square *square = &canvas->squares[column];

	strncpy(square->text, character, sizeof(square->text) - 1);
}

static void clear(struct canvas *canvas)
{
	for (unsigned int i = 0; i < canvas->columns; i++)
		canvas->squares[i] = (struct square){ .text = " " };
}

/* Printable ASCII; what has no room is left out. */
static void put_text(struct canvas *canvas, unsigned int column, const char *text)
{
	for (; *text && column < canvas->columns; text++, column++)
		put(canvas, column, (const char[]){ *text, '\0' });
}

static void set_color(const struct canvas *canvas, const char *color, const char **current)
{
	if (!canvas->color || color == *current)
		return;
	fputs(color ? color : MAP_COLOR_END, stdout);
	*current = color;
}

static void print_canvas(const struct canvas *canvas, const char *name)
{
	unsigned int end = canvas->columns;
	const char *current = NULL;

	while (end && strcmp(canvas->squares[end - 1].text, " ") == 0)
		end--;
	if (!end && !*name)
		return;
	printf("%-*s", INDENT, name);
	for (unsigned int i = 0; i < end; i++) {
		if (canvas->squares[i].color != current) {
			set_color(canvas, NULL, &current);
			set_color(canvas, canvas->squares[i].color, &current);
		}
		fputs(canvas->squares[i].text, stdout);
	}
	set_color(canvas, NULL, &current);
	putchar('\n');
}

static int print_ticks(struct canvas *canvas)
{
	static const struct sr_map_labels labels = { .character = 1, .levels = LEVELS };
	sr_auto_map_ticks sr_map_tick_list ticks = { 0 };
	const struct sr_map_tick *tick;
	char label[SR_MAP_LABEL_SIZE];

	if (sr_map_ticks(canvas->layout, &labels, &ticks))
		return -ENOMEM;
	for (unsigned int level = LEVELS; level-- > 0;) {
		clear(canvas);
		sr_for_each (tick, &ticks) {
			if (tick->level > level)
				put(canvas, tick->column, map_tick[canvas->ascii]);
			if (tick->level == level)
				put_text(canvas, tick->column, sr_map_label(tick->address, label));
		}
		print_canvas(canvas, "");
	}
	return 0;
}

static void draw_gaps(struct canvas *canvas)
{
	const struct sr_map_cell *cell;

	sr_for_each (cell, &canvas->layout->cells) {
		for (unsigned int i = 0; cell->empty && i < cell->columns; i++)
			put(canvas, cell->first + i, map_gap[canvas->ascii]);
	}
}

/* The name of a bar where it has room, else a mark where it alarms. */
static int draw_name(struct canvas *canvas, const struct sr_map_bar *bar)
{
	unsigned int room = bar->last - bar->first;
	sr_auto_free char *name = NULL;
	char count[32];

	snprintf(count, sizeof(count), "%zu ranges", bar->count);
	name = bar->count > 1 ? strdup(count) : map_name(bar->segment, 32);
	if (!name)
		return -ENOMEM;
	if (strlen(name) <= room)
		put_text(canvas, bar->first + 1, name);
	else if (room && sr_map_kind_alarms(bar->segment->kind))
		put_text(canvas, bar->first + 1, "!");
	return 0;
}

static int draw_bar(struct canvas *canvas, const struct sr_map_bar *bar)
{
	const struct map_glyph *glyph = &map_glyphs[bar->segment->kind];

	for (unsigned int i = bar->first; i <= bar->last; i++) {
		put(canvas, i, glyph->fill[canvas->ascii]);
		canvas->squares[i].color = glyph->color;
	}
	if (bar->last > bar->first)
		put(canvas, bar->first, map_edge[canvas->ascii]);
	return draw_name(canvas, bar);
}

static int print_row(struct canvas *canvas, enum sr_map_lane_id lane, unsigned int row)
{
	const struct sr_map_bar *bar;

	clear(canvas);
	draw_gaps(canvas);
	sr_for_each (bar, &canvas->layout->lanes[lane].bars) {
		if (bar->row == row && draw_bar(canvas, bar))
			return -ENOMEM;
	}
	print_canvas(canvas, row ? "" : sr_map_lane_name(lane));
	return 0;
}

static int print_empty(struct canvas *canvas, enum sr_map_lane_id lane)
{
	sr_auto_free char *text = map_empty(canvas->layout->map, lane);

	if (!text)
		return -ENOMEM;
	clear(canvas);
	put_text(canvas, 0, strlen(text) <= canvas->columns ? text : "see below");
	print_canvas(canvas, sr_map_lane_name(lane));
	return 0;
}

static int print_lanes(struct canvas *canvas)
{
	for (int lane = 0; lane < SR_MAP_LANE_COUNT; lane++) {
		if (!canvas->layout->lanes[lane].rows && print_empty(canvas, lane))
			return -ENOMEM;
		for (unsigned int row = 0; row < canvas->layout->lanes[lane].rows; row++) {
			if (print_row(canvas, lane, row))
				return -ENOMEM;
		}
	}
	return 0;
}

static int print_picture(const struct sr_map_layout *layout, const struct map_style *style,
			 unsigned int columns)
{
	__attribute__((cleanup(canvas_done))) struct canvas canvas = {
		.layout = layout,
		.ascii = style->ascii,
		.color = color_is_wanted(style->color),
		.columns = columns,
		.squares = calloc(columns, sizeof(*canvas.squares)),
	};

	if (!canvas.squares || print_ticks(&canvas))
		return -ENOMEM;
	return print_lanes(&canvas);
}

/* What is missing in the picture, and was not told in it. */
static int print_notes(const struct sr_map_layout *layout, unsigned int columns)
{
	const struct sr_map *map = layout->map;
	size_t width = terminal_width(stdout);

	for (int lane = 0; lane < SR_MAP_LANE_COUNT; lane++) {
		sr_auto_free char *note = NULL;
		sr_auto_free char *unplaced = NULL;

		if (map_note(map, lane, &note) || map_unplaced(map, lane, &unplaced))
			return -ENOMEM;
		if (note && (layout->lanes[lane].rows || strlen(note) > columns))
			print_wrapped(stdout, note, width, 0, 2);
		if (unplaced)
			print_wrapped(stdout, unplaced, width, 0, 2);
	}
	return 0;
}

int render_map(const struct sr_map *map, const struct map_style *style)
{
	sr_auto_map_layout struct sr_map_layout *layout = NULL;
	size_t width = terminal_width(stdout);
	unsigned int columns = (unsigned int)(width < WIDEST ? width : WIDEST) - INDENT;
	const struct sr_map_size size = { .columns = columns, .least = 1, .gap = 1 };

	if (sr_map_lay_out(map, &size, &layout))
		return -ENOMEM;
	print_verdict(stdout, map->report);
	putchar('\n');
	if (print_picture(layout, style, columns))
		return -ENOMEM;
	putchar('\n');
	print_map_legend(layout, style);
	if (print_notes(layout, columns))
		return -ENOMEM;
	if (print_map_list(map, color_is_wanted(style->color)))
		return -ENOMEM;
	return ferror(stdout) ? -EIO : 0;
}
