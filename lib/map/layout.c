// SPDX-License-Identifier: LGPL-2.1-or-later
#include "map/layout.h"

#include <errno.h>
#include <stdlib.h>

#include "map/mapping.h"

unsigned int sr_map_column(const struct sr_map_layout *layout, uint64_t address)
{
	const struct sr_map_cell *cell;
	uint64_t offset, size;
	size_t index = sr_range_first(layout->cells.items, layout->cells.count,
				      sizeof(*layout->cells.items), address);

	if (index == layout->cells.count)
		return layout->columns ? layout->columns - 1 : 0;
	cell = &layout->cells.items[index];
	if (address < cell->range.start)
		return cell->first;
	offset = address - cell->range.start;
	size = cell->range.end - cell->range.start;
	/* So that the product has room. */
	while (size >> 32) {
		size >>= 1;
		offset >>= 1;
	}
	return cell->first + (unsigned int)(offset * cell->columns / (size + 1));
}

int sr_map_lay_out(const struct sr_map *map, const struct sr_map_size *size,
		   struct sr_map_layout **ret_layout)
{
	sr_auto_map_layout struct sr_map_layout *layout = calloc(1, sizeof(*layout));

	if (!layout)
		return -ENOMEM;
	layout->map = map;
	if (sr_map_cells(layout, size))
		return -ENOMEM;
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		if (sr_map_bars(layout, i))
			return -ENOMEM;
	}
	*ret_layout = layout;
	layout = NULL;
	return 0;
}

struct sr_map_layout *sr_map_layout_free(struct sr_map_layout *layout)
{
	if (!layout)
		return NULL;
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++)
		sr_list_free(&layout->lanes[i].bars);
	sr_list_free(&layout->cells);
	free(layout);
	return NULL;
}
