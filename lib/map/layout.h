/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where each segment of a map lies in a picture that is some columns wide. */
#pragma once

#include "map/map.h"

/* A column is a character, or whatever the one who draws takes for a unit. */
struct sr_map_size {
	unsigned int columns; /* from SR_MAP_COLUMNS_MIN to SR_MAP_COLUMNS_MAX */
	unsigned int least;   /* columns of a range that would get fewer; from 1 to 10 */
	unsigned int gap;     /* columns of what is cut out; from 1 to 10 */
};

#define SR_MAP_COLUMNS_MIN 20
#define SR_MAP_COLUMNS_MAX 1000

/* A stretch of the scale, from one boundary that is shown to the next. */
struct sr_map_cell {
	struct sr_range range;
	bool empty;	     /* no lane has anything there: cut out */
	unsigned int weight; /* of its first address, see sr_map_weight() */
	unsigned int first;  /* column */
	unsigned int columns;
};

/* What is drawn: one segment, or neighbours that have no column of their own. */
struct sr_map_bar {
	const struct sr_map_segment *segment; /* the one to be seen, by its kind */
	size_t count;			      /* of segments that it stands for */
	struct sr_range range;		      /* from the first of them to the last */
	unsigned int row;		      /* those that overlap lie below each other */
	unsigned int first, last;	      /* columns */
};

#define SR_MAP_ROWS 3

struct sr_map_layout {
	const struct sr_map *map; /* must outlive the layout */
	unsigned int columns;
	SR_LIST(struct sr_map_cell) cells; /* none: there is nothing to show */
	struct {
		SR_LIST(struct sr_map_bar) bars; /* by row, then by column, disjoint */
		unsigned int rows;
	} lanes[SR_MAP_LANE_COUNT];
};

/* 0 and a layout owned by the caller, or -ENOMEM. */
int sr_map_lay_out(const struct sr_map *map, const struct sr_map_size *size,
		   struct sr_map_layout **ret_layout);

struct sr_map_layout *sr_map_layout_free(struct sr_map_layout *layout);

static inline void sr_map_layout_guard(struct sr_map_layout **layout)
{
	sr_map_layout_free(*layout);
}

#define sr_auto_map_layout __attribute__((cleanup(sr_map_layout_guard)))

/*
 * The column that has @address; that of the nearest one that is shown where none has it. Of
 * two addresses the higher one is never in the lower column.
 */
unsigned int sr_map_column(const struct sr_map_layout *layout, uint64_t address);

/* An address to be written above or below the first column that has it. */
struct sr_map_tick {
	uint64_t address;
	unsigned int column;
	unsigned int level; /* 0 is next to the lanes; labels of one level do not overlap */
};

typedef SR_LIST(struct sr_map_tick) sr_map_tick_list;

static inline void sr_map_ticks_guard(sr_map_tick_list *ticks)
{
	sr_list_free(ticks);
}

#define sr_auto_map_ticks __attribute__((cleanup(sr_map_ticks_guard)))

/* Room for the label of a tick, "0x1290000000". */
#define SR_MAP_LABEL_SIZE 24
const char *sr_map_label(uint64_t address, char buffer[static SR_MAP_LABEL_SIZE]);

struct sr_map_labels {
	unsigned int character; /* columns of one */
	unsigned int levels;
	unsigned int beyond; /* columns behind the last one that a label may reach into */
};

/*
 * Chooses boundaries to label: labels begin at the column that they name, and nothing stands
 * in the column of a tick between its label and the lanes. The heavier ones go first. 0 or
 * -ENOMEM.
 */
int sr_map_ticks(const struct sr_map_layout *layout, const struct sr_map_labels *labels,
		 sr_map_tick_list *ret_ticks);
