// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The scale: where segments begin and end parts the address space into cells. A picture has
 * room for some of them; those are kept that much depends on, and the large ones.
 */
#include <errno.h>
#include <stdlib.h>

#include "map/mapping.h"

/*
 * Ranges of CXL and Soft Reserved memory get so many times the columns of others, and in all
 * so many times those of all others, or more.
 */
#define EMPHASIS 8
#define MAJORITY 2

struct point {
	uint64_t at;
	unsigned int weight;
	uint64_t room;	     /* see rank_points() */
	unsigned int spread; /* ranks those that are alike, so that some from everywhere stay */
	bool kept;
};

struct scaling {
	struct sr_map_layout *layout;
	SR_LIST(struct point) points;
	uint64_t end; /* the last address */
	uint64_t emphasis;
	sr_range_list any, cxl; /* sets: what any lane has, and what CXL or Soft Reserved is */
};

static void scaling_done(struct scaling *scaling)
{
	sr_list_free(&scaling->points);
	sr_range_list_free(&scaling->any);
	sr_range_list_free(&scaling->cxl);
}

static int add_point(struct scaling *scaling, uint64_t at, unsigned int weight)
{
	struct point *point = sr_list_add(&scaling->points);

	if (!point)
		return -ENOMEM;
	*point = (struct point){ .at = at, .weight = weight };
	return 0;
}

static int add_segment(struct scaling *scaling, const struct sr_map_segment *segment)
{
	unsigned int weight = sr_map_weight(segment);
	struct sr_range range = segment->range;

	if (range.end > scaling->end)
		scaling->end = range.end;
	if (sr_range_list_add(&scaling->any, range) ||
	    (weight >= 2 && sr_range_list_add(&scaling->cxl, range)) ||
	    add_point(scaling, range.start, weight))
		return -ENOMEM;
	return range.end == UINT64_MAX ? 0 : add_point(scaling, range.end + 1, weight);
}

static int collect(struct scaling *scaling)
{
	const struct sr_map_segment *segment;

	for (int i = 0; i < SR_MAP_LANE_COUNT; i++) {
		sr_for_each (segment, &scaling->layout->map->lanes[i].segments) {
			if (add_segment(scaling, segment))
				return -ENOMEM;
		}
	}
	sr_range_list_join(&scaling->any);
	sr_range_list_join(&scaling->cxl);
	return 0;
}

static int by_address(const void *a, const void *b)
{
	const struct point *left = a, *right = b;

	return left->at < right->at ? -1 : left->at > right->at;
}

/* The heavier first, then those with more room beside them. */
static int by_rank(const void *a, const void *b)
{
	const struct point *left = a, *right = b;

	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	if (left->room != right->room)
		return left->room > right->room ? -1 : 1;
	if (left->spread != right->spread)
		return left->spread > right->spread ? -1 : 1;
	return by_address(a, b);
}

/* One point for each address, the heaviest; none behind the end. */
static void settle_points(struct scaling *scaling)
{
	struct point *points = scaling->points.items;
	size_t kept = 0;

	qsort(points, scaling->points.count, sizeof(*points), by_address);
	for (size_t i = 0; i < scaling->points.count; i++) {
		if (points[i].at > scaling->end)
			break;
		if (!kept || points[kept - 1].at != points[i].at)
			points[kept++] = points[i];
		else if (points[kept - 1].weight < points[i].weight)
			points[kept - 1].weight = points[i].weight;
	}
	scaling->points.count = kept;
}

static struct sr_range cell_of(const struct scaling *scaling, size_t index)
{
	const struct point *points = scaling->points.items;

	return (struct sr_range){ points[index].at, index + 1 < scaling->points.count
							    ? points[index + 1].at - 1
							    : scaling->end };
}

static bool is_empty(const struct scaling *scaling, struct sr_range range)
{
	return !sr_range_list_overlaps(&scaling->any, range);
}

/*
 * How much would be blurred without a point: the smaller one of its neighbours. Beside an
 * empty one it is that, as a gap that is not told from what is beside it cannot be cut out.
 */
static void rank_points(struct scaling *scaling)
{
	for (size_t i = 1; i < scaling->points.count; i++) {
		struct sr_range before = cell_of(scaling, i - 1), behind = cell_of(scaling, i);
		uint64_t left = sr_range_size(before), right = sr_range_size(behind);

		if (is_empty(scaling, before))
			scaling->points.items[i].room = left;
		else if (is_empty(scaling, behind))
			scaling->points.items[i].room = right;
		else
			scaling->points.items[i].room = left < right ? left : right;
		/* The two ends of a gap are of one rank. */
		scaling->points.items[i].spread = (unsigned int)__builtin_ctzll((i + 1) / 2);
	}
}

/* Keeps points in the order of their rank, of each weight no more than its quota. */
static size_t keep_points(struct scaling *scaling, size_t limit, const size_t quotas[static 4])
{
	size_t kept = 0, counts[4] = { 0 };

	for (size_t i = 0; i < scaling->points.count && kept < limit; i++) {
		struct point *point = &scaling->points.items[i];

		if (point->kept || counts[point->weight] >= quotas[point->weight])
			continue;
		point->kept = true;
		counts[point->weight]++;
		kept++;
	}
	return kept;
}

static void drop_points(struct scaling *scaling)
{
	struct point *points = scaling->points.items;
	size_t kept = 0;

	for (size_t i = 0; i < scaling->points.count; i++) {
		if (points[i].kept)
			points[kept++] = points[i];
	}
	scaling->points.count = kept;
	qsort(points, kept, sizeof(*points), by_address);
}

/*
 * What every machine has in its first 4 GiB must not fill the picture, nor what is lost,
 * where much is, hide the windows that it is in. What room is left is for all but the former.
 */
static void choose_points(struct scaling *scaling, size_t limit)
{
	const size_t first[] = { limit / 5, limit / 2, limit, limit / 2 };
	const size_t second[] = { 0, limit, limit, limit };
	struct point *points = scaling->points.items;

	rank_points(scaling);
	/* Without the first one there is no scale. */
	points[0].kept = true;
	qsort(points + 1, scaling->points.count - 1, sizeof(*points), by_rank);
	limit -= 1;
	limit -= keep_points(scaling, limit, first);
	keep_points(scaling, limit, second);
	drop_points(scaling);
}

static int make_cells(struct scaling *scaling)
{
	for (size_t i = 0; i < scaling->points.count; i++) {
		struct sr_map_cell *cell = sr_list_add(&scaling->layout->cells);

		if (!cell)
			return -ENOMEM;
		cell->range = cell_of(scaling, i);
		cell->weight = scaling->points.items[i].weight;
		cell->empty = is_empty(scaling, cell->range);
	}
	return 0;
}

static uint64_t square_root(uint64_t value)
{
	uint64_t root = 0;

	for (uint64_t bit = 1ULL << 31; bit; bit >>= 1) {
		if ((root | bit) * (root | bit) <= value)
			root |= bit;
	}
	return root;
}

static bool is_cxl(const struct scaling *scaling, const struct sr_map_cell *cell)
{
	return sr_range_list_overlaps(&scaling->cxl, cell->range);
}

static uint64_t share_of(const struct scaling *scaling, const struct sr_map_cell *cell)
{
	uint64_t share = square_root(square_root(sr_range_size(cell->range)));

	if (cell->empty)
		return 0;
	return is_cxl(scaling, cell) ? share * scaling->emphasis : share;
}

static void find_emphasis(struct scaling *scaling)
{
	uint64_t cxl = 0, other = 0;
	struct sr_map_cell *cell;

	scaling->emphasis = 1;
	sr_for_each (cell, &scaling->layout->cells) {
		if (is_cxl(scaling, cell))
			cxl += share_of(scaling, cell);
		else
			other += share_of(scaling, cell);
	}
	scaling->emphasis = EMPHASIS;
	if (cxl && cxl * EMPHASIS < other * MAJORITY)
		scaling->emphasis = other * MAJORITY / cxl;
}

/* All get what they need at least; the rest is shared, and no column is left over. */
static void share_columns(struct scaling *scaling, const struct sr_map_size *size)
{
	struct sr_map_layout *layout = scaling->layout;
	uint64_t total = 0, before = 0, rest = size->columns, given = 0;
	struct sr_map_cell *cell;

	find_emphasis(scaling);
	sr_for_each (cell, &layout->cells) {
		total += share_of(scaling, cell);
		rest -= cell->empty ? size->gap : size->least;
	}
	sr_for_each (cell, &layout->cells) {
		uint64_t more;

		before += share_of(scaling, cell);
		more = (total ? rest * before / total : 0) - given;
		given += more;
		cell->first = layout->columns;
		cell->columns = (cell->empty ? size->gap : size->least) + (unsigned int)more;
		layout->columns += cell->columns;
	}
}

int sr_map_cells(struct sr_map_layout *layout, const struct sr_map_size *size)
{
	__attribute__((cleanup(scaling_done))) struct scaling scaling = { .layout = layout };
	unsigned int widest = size->least > size->gap ? size->least : size->gap;

	if (collect(&scaling))
		return -ENOMEM;
	if (!scaling.points.count)
		return 0;
	settle_points(&scaling);
	/* Half of the columns are for the sizes. */
	choose_points(&scaling, size->columns / 2 / widest);
	if (make_cells(&scaling))
		return -ENOMEM;
	share_columns(&scaling, size);
	return 0;
}
