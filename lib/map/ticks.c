// SPDX-License-Identifier: LGPL-2.1-or-later
/* Addresses written beside the lanes. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/layout.h"

#define MOST_LEVELS 16

const char *sr_map_label(uint64_t address, char buffer[static SR_MAP_LABEL_SIZE])
{
	snprintf(buffer, SR_MAP_LABEL_SIZE, "0x%" PRIx64, address);
	return buffer;
}

struct labelling {
	const struct sr_map_layout *layout;
	struct sr_map_labels labels;
	bool *chosen;			 /* by cell */
	size_t *order;			 /* of the cells, in which they are tried */
	unsigned int taken[MOST_LEVELS]; /* from this column on, in each level */
};

static void labelling_done(struct labelling *labelling)
{
	free(labelling->chosen);
	free(labelling->order);
}

/* The lowest level with room for the label of @cell, or `levels`. */
static unsigned int level_of(const struct labelling *labelling, const struct sr_map_cell *cell)
{
	char text[SR_MAP_LABEL_SIZE];
	size_t length = strlen(sr_map_label(cell->range.start, text));
	unsigned int end = cell->first + (unsigned int)(length + 1) * labelling->labels.character;
	unsigned int level = 0;

	while (level < labelling->labels.levels && end > labelling->taken[level])
		level++;
	return level;
}

/*
 * From the right to the left: a label that has no room goes a level up, and its tick stands
 * in the way of what comes below it. 1 where one of those that are chosen has no room at all.
 */
static int label(struct labelling *labelling, sr_map_tick_list *ticks)
{
	/* The last label of all may do without the blank behind it. */
	for (unsigned int i = 0; i < labelling->labels.levels; i++)
		labelling->taken[i] = labelling->layout->columns + labelling->labels.beyond +
				      labelling->labels.character;
	ticks->count = 0;
	for (size_t i = labelling->layout->cells.count; i-- > 0;) {
		const struct sr_map_cell *cell = &labelling->layout->cells.items[i];
		struct sr_map_tick *tick;
		unsigned int level;

		if (!labelling->chosen[i])
			continue;
		level = level_of(labelling, cell);
		if (level == labelling->labels.levels)
			return 1;
		tick = sr_list_add(ticks);
		if (!tick)
			return -ENOMEM;
		*tick = (struct sr_map_tick){ cell->range.start, cell->first, level };
		for (unsigned int below = 0; below <= level; below++)
			labelling->taken[below] = cell->first;
	}
	return 0;
}

/* The heavier first, and where something begins before where there is nothing. */
static int compare_cells(const void *a, const void *b, void *cells)
{
	const struct sr_map_cell *left = (const struct sr_map_cell *)cells + *(const size_t *)a;
	const struct sr_map_cell *right = (const struct sr_map_cell *)cells + *(const size_t *)b;

	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	if (left->empty != right->empty)
		return left->empty ? 1 : -1;
	return left < right ? -1 : left > right;
}

static int start(struct labelling *labelling)
{
	size_t count = labelling->layout->cells.count;

	labelling->chosen = calloc(count + 1, sizeof(*labelling->chosen));
	labelling->order = calloc(count + 1, sizeof(*labelling->order));
	if (!labelling->chosen || !labelling->order)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		labelling->order[i] = i;
	qsort_r(labelling->order, count, sizeof(*labelling->order), compare_cells,
		labelling->layout->cells.items);
	return 0;
}

int sr_map_ticks(const struct sr_map_layout *layout, const struct sr_map_labels *labels,
		 sr_map_tick_list *ret_ticks)
{
	__attribute__((cleanup(labelling_done))) struct labelling labelling = {
		.layout = layout,
		.labels = *labels,
	};
	sr_auto_map_ticks sr_map_tick_list ticks = { 0 };
	int result = start(&labelling);

	if (labelling.labels.levels > MOST_LEVELS)
		labelling.labels.levels = MOST_LEVELS;
	for (size_t i = 0; i < layout->cells.count && result >= 0; i++) {
		labelling.chosen[labelling.order[i]] = true;
		result = label(&labelling, &ticks);
		labelling.chosen[labelling.order[i]] = result == 0;
	}
	if (result >= 0)
		result = label(&labelling, &ticks);
	if (result < 0)
		return result;
	*ret_ticks = ticks;
	ticks = (sr_map_tick_list){ 0 };
	return 0;
}
