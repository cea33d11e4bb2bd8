// SPDX-License-Identifier: LGPL-2.1-or-later
/* The segments of a lane as bars: what overlaps goes into a row below, what has no column of
 * its own joins its neighbour. So a lane has no more bars than columns, times its rows. */
#include <errno.h>
#include <stdlib.h>

#include "map/mapping.h"

struct row {
	SR_LIST(struct sr_map_bar) bars;
};

struct placing {
	struct sr_map_layout *layout;
	struct row rows[SR_MAP_ROWS];
	unsigned int count;
};

static void placing_done(struct placing *placing)
{
	for (unsigned int i = 0; i < SR_MAP_ROWS; i++)
		sr_list_free(&placing->rows[i].bars);
}

static struct sr_map_bar *last_bar(struct placing *placing, unsigned int row)
{
	return &placing->rows[row].bars.items[placing->rows[row].bars.count - 1];
}

/* The first row in which nothing is in the way, or the last one there may be. */
static unsigned int row_of(struct placing *placing, const struct sr_map_segment *segment)
{
	for (unsigned int i = 0; i < placing->count; i++) {
		if (last_bar(placing, i)->range.end < segment->range.start)
			return i;
	}
	return placing->count < SR_MAP_ROWS ? placing->count : SR_MAP_ROWS - 1;
}

static void join(struct sr_map_bar *bar, const struct sr_map_segment *segment, unsigned int last)
{
	bar->count++;
	if (segment->kind > bar->segment->kind)
		bar->segment = segment;
	if (segment->range.end > bar->range.end)
		bar->range.end = segment->range.end;
	if (last > bar->last)
		bar->last = last;
}

static int place(struct placing *placing, const struct sr_map_segment *segment)
{
	unsigned int first = sr_map_column(placing->layout, segment->range.start);
	unsigned int last = sr_map_column(placing->layout, segment->range.end);
	unsigned int row = row_of(placing, segment);
	struct sr_map_bar *bar;

	if (row < placing->count) {
		bar = last_bar(placing, row);
		if (last <= bar->last || segment->range.start <= bar->range.end) {
			join(bar, segment, last);
			return 0;
		}
		/* Two that meet in a column: it stays with the first. */
		if (first == bar->last)
			first++;
	}
	bar = sr_list_add(&placing->rows[row].bars);
	if (!bar)
		return -ENOMEM;
	*bar = (struct sr_map_bar){ segment, 1, segment->range, row, first, last };
	if (row == placing->count)
		placing->count++;
	return 0;
}

int sr_map_bars(struct sr_map_layout *layout, enum sr_map_lane_id lane)
{
	__attribute__((cleanup(placing_done))) struct placing placing = { .layout = layout };
	const struct sr_map_segment *segment;
	const struct sr_map_bar *bar;

	sr_for_each (segment, &layout->map->lanes[lane].segments) {
		if (place(&placing, segment))
			return -ENOMEM;
	}
	for (unsigned int i = 0; i < placing.count; i++) {
		sr_for_each (bar, &placing.rows[i].bars) {
			struct sr_map_bar *item = sr_list_add(&layout->lanes[lane].bars);

			if (!item)
				return -ENOMEM;
			*item = *bar;
		}
	}
	layout->lanes[lane].rows = placing.count;
	return 0;
}
