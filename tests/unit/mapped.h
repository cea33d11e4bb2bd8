/* SPDX-License-Identifier: GPL-2.0-only */
/* Maps and layouts of made machines, and what must hold for each layout. */
#pragma once

#include "judged.h"
#include "map/layout.h"

static inline struct sr_map *map_of(const struct sr_report *report)
{
	struct sr_map *map = NULL;

	if (sr_map_make(report, &map) != 0 || !map)
		abort();
	return map;
}

static inline struct sr_map_layout *layout_of(const struct sr_map *map, struct sr_map_size size)
{
	struct sr_map_layout *layout = NULL;

	if (sr_map_lay_out(map, &size, &layout) != 0 || !layout)
		abort();
	return layout;
}

/* "1000-1fff ok (owner cxl), 2000-2fff lost (owner none)": a lane, in a static buffer. */
static inline const char *lane_text(const struct sr_map *map, enum sr_map_lane_id lane)
{
	static char text[4096];
	const struct sr_map_segment *segment;
	size_t used = 0;

	*text = '\0';
	sr_for_each (segment, &map->lanes[lane].segments) {
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s%" PRIx64 "-%" PRIx64 " %s", used ? ", " : "",
					 segment->range.start, segment->range.end, segment->name);
		if (segment->detail)
			used += (size_t)snprintf(text + used, sizeof(text) - used, " (%s)",
						 segment->detail);
	}
	return text;
}

/* Cells lie side by side, are as wide as they must be, and fill the picture. */
static inline bool cells_hold(const struct sr_map_layout *layout, struct sr_map_size size)
{
	const struct sr_map_cell *cell;
	unsigned int column = 0;

	sr_for_each (cell, &layout->cells) {
		if (cell->first != column || cell->columns < (cell->empty ? size.gap : size.least))
			return false;
		if (cell->empty && cell->columns != size.gap)
			return false;
		if (cell > layout->cells.items && cell->range.start != cell[-1].range.end + 1)
			return false;
		if (cell > layout->cells.items && cell->empty && cell[-1].empty)
			return false;
		column += cell->columns;
	}
	return column == (layout->cells.count ? size.columns : 0) && column == layout->columns;
}

/* What is cut out is empty in all lanes. */
static inline bool gaps_hold(const struct sr_map_layout *layout)
{
	const struct sr_map_segment *segment;
	const struct sr_map_cell *cell;

	sr_for_each (cell, &layout->cells) {
		for (int lane = 0; cell->empty && lane < SR_MAP_LANE_COUNT; lane++) {
			sr_for_each (segment, &layout->map->lanes[lane].segments) {
				if (sr_range_overlaps(segment->range, cell->range))
					return false;
			}
		}
	}
	return true;
}

/*
 * Whether a bar has the segment, in its columns, and shows nothing lighter. The first column
 * may belong to what ends in it.
 */
static inline bool has_bar(const struct sr_map_layout *layout, int lane,
			   const struct sr_map_segment *segment)
{
	unsigned int first = sr_map_column(layout, segment->range.start);
	unsigned int last = sr_map_column(layout, segment->range.end);
	const struct sr_map_bar *bar;

	sr_for_each (bar, &layout->lanes[lane].bars) {
		if (sr_range_contains(bar->range, segment->range) &&
		    bar->segment->kind >= segment->kind && first <= last && bar->last >= last &&
		    bar->first <= first + 1)
			return true;
	}
	return false;
}

static inline bool segments_hold(const struct sr_map_layout *layout)
{
	const struct sr_map_segment *segment;

	for (int lane = 0; lane < SR_MAP_LANE_COUNT; lane++) {
		sr_for_each (segment, &layout->map->lanes[lane].segments) {
			if (!has_bar(layout, lane, segment))
				return false;
		}
	}
	return true;
}

/* Bars stand in the picture, beside each other, and for all segments. */
static inline bool bars_hold(const struct sr_map_layout *layout)
{
	for (int lane = 0; lane < SR_MAP_LANE_COUNT; lane++) {
		const struct sr_map_bar *bar;
		size_t count = 0;

		sr_for_each (bar, &layout->lanes[lane].bars) {
			count += bar->count;
			if (bar->first > bar->last || bar->last >= layout->columns ||
			    bar->row >= layout->lanes[lane].rows)
				return false;
			if (bar > layout->lanes[lane].bars.items && bar->row == bar[-1].row &&
			    bar->first <= bar[-1].last)
				return false;
		}
		if (count != layout->map->lanes[lane].segments.count ||
		    layout->lanes[lane].rows > SR_MAP_ROWS)
			return false;
	}
	return true;
}

static inline bool columns_hold(const struct sr_map_layout *layout)
{
	const struct sr_map_cell *cell;
	unsigned int before = 0;

	sr_for_each (cell, &layout->cells) {
		uint64_t size = cell->range.end - cell->range.start;

		for (unsigned int i = 0; i <= 16; i++) {
			uint64_t at = cell->range.start + size / 16 * i;
			unsigned int column = sr_map_column(layout, i == 16 ? cell->range.end : at);

			if (column < before || column < cell->first ||
			    column >= cell->first + cell->columns)
				return false;
			before = column;
		}
	}
	return true;
}

/* Labels stand beside each other, and on no tick of one above them. */
static inline bool ticks_hold(const struct sr_map_layout *layout, struct sr_map_labels labels)
{
	sr_auto_map_ticks sr_map_tick_list ticks = { 0 };
	const struct sr_map_tick *tick, *other;
	char label[SR_MAP_LABEL_SIZE];

	if (sr_map_ticks(layout, &labels, &ticks))
		abort();
	sr_for_each (tick, &ticks) {
		size_t length = strlen(sr_map_label(tick->address, label));
		unsigned int end = tick->column + (unsigned int)length * labels.character;

		if (tick->level >= labels.levels || end > layout->columns + labels.beyond ||
		    tick->column != sr_map_column(layout, tick->address))
			return false;
		sr_for_each (other, &ticks) {
			if (other != tick && other->level >= tick->level &&
			    other->column >= tick->column && other->column <= end)
				return false;
		}
	}
	return true;
}

static inline const char *fault_of(const struct sr_map_layout *layout, struct sr_map_size size)
{
	static const struct sr_map_labels labels[] = { { 1, 6, 0 }, { 2, 3, 20 }, { 7, 40, 0 } };

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		if (!ticks_hold(layout, labels[i]))
			return "ticks";
	}
	return !cells_hold(layout, size) ? "cells"
	       : !gaps_hold(layout)	 ? "gaps"
	       : !bars_hold(layout)	 ? "bars"
	       : !segments_hold(layout)	 ? "segments"
	       : !columns_hold(layout)	 ? "columns"
					 : NULL;
}
