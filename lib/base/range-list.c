// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/range-list.h"

#include <errno.h>
#include <stdlib.h>

int sr_range_list_add(sr_range_list *list, struct sr_range range)
{
	struct sr_range *item = sr_list_add(list);

	if (!item)
		return -ENOMEM;
	*item = range;
	return 0;
}

void sr_range_list_join(sr_range_list *list)
{
	list->count = sr_range_join(list->items, list->count);
}

size_t sr_range_list_first(const sr_range_list *set, struct sr_range range)
{
	return sr_range_first(set->items, set->count, sizeof(*set->items), range.start);
}

bool sr_range_list_overlaps(const sr_range_list *set, struct sr_range range)
{
	size_t first = sr_range_list_first(set, range);

	return first < set->count && set->items[first].start <= range.end;
}

uint64_t sr_range_list_bytes_in(const sr_range_list *set, struct sr_range range)
{
	uint64_t bytes = 0;
	struct sr_range common;

	for (size_t i = sr_range_list_first(set, range); i < set->count; i++) {
		if (!sr_range_intersect(set->items[i], range, &common))
			break;
		bytes += sr_range_size(common);
	}
	return bytes;
}

void sr_range_list_free(sr_range_list *list)
{
	sr_list_free(list);
}
