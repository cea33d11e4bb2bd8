// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lint/places.h"

#include <errno.h>
#include <stdlib.h>

struct sr_place *sr_place_add(sr_place_list *list, struct sr_range range)
{
	size_t order = list->count;
	struct sr_place *place = sr_list_add(list);

	if (!place)
		return NULL;
	place->range = range;
	place->order = order;
	return place;
}

static int compare_places(const void *a, const void *b)
{
	const struct sr_place *left = a, *right = b;
	int order = sr_range_compare(left->range, right->range);

	if (order)
		return order;
	return left->order < right->order ? -1 : left->order > right->order;
}

static void sort_places(sr_place_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_places);
}

void sr_places_settle(sr_place_list *list)
{
	size_t kept = 0;

	sort_places(list);
	for (size_t i = 0; i < list->count; i++) {
		if (!kept || list->items[i].range.start > list->items[kept - 1].range.end)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

int sr_places_merge(sr_place_list *list, sr_place_list *more)
{
	const struct sr_place *place;
	size_t kept = 0;

	sr_places_settle(more);
	for (size_t i = 0; i < more->count; i++) {
		if (!sr_places_in(list, more->items[i].range))
			more->items[kept++] = more->items[i];
	}
	more->count = kept;
	sr_for_each (place, more) {
		struct sr_place *item = sr_list_add(list);

		if (!item)
			return -ENOMEM;
		*item = *place;
	}
	sort_places(list);
	return 0;
}

const struct sr_place *sr_places_first(const sr_place_list *list, struct sr_range range)
{
	size_t first = sr_range_first(list->items, list->count, sizeof(*list->items), range.start);

	return list->count ? list->items + first : list->items;
}

const struct sr_place *sr_places_in(const sr_place_list *list, struct sr_range range)
{
	const struct sr_place *place;

	sr_for_each_place (place, list, range)
		return place;
	return NULL;
}

const struct sr_place *sr_places_around(const sr_place_list *list, struct sr_range range)
{
	const struct sr_place *place = sr_places_in(list, range);

	return place && sr_range_contains(place->range, range) ? place : NULL;
}

uint64_t sr_places_bytes_in(const sr_place_list *list, struct sr_range range)
{
	const struct sr_place *place;
	struct sr_range common;
	uint64_t bytes = 0;

	sr_for_each_place (place, list, range) {
		if (sr_range_intersect(place->range, range, &common))
			bytes += sr_range_size(common);
	}
	return bytes;
}

void sr_places_free(sr_place_list *list)
{
	sr_list_free(list);
}
