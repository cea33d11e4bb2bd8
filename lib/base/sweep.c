// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/sweep.h"

#include <errno.h>
#include <stdlib.h>

static int compare_by_start(const void *a, const void *b, void *ranges)
{
	const struct sr_range *items = ranges;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	int order = sr_range_compare(items[left], items[right]);

	if (order)
		return order;
	return left < right ? -1 : left > right;
}

int sr_sweep_start(struct sr_sweep *sweep, const struct sr_range *ranges, size_t count)
{
	*sweep = (struct sr_sweep){ .ranges = ranges };
	for (size_t i = 0; i < count; i++) {
		size_t *index = sr_list_add(&sweep->order);

		if (!index) {
			sr_sweep_done(sweep);
			return -ENOMEM;
		}
		*index = i;
	}
	if (count)
		qsort_r(sweep->order.items, count, sizeof(*sweep->order.items), compare_by_start,
			(void *)ranges);
	return 0;
}

int sr_sweep_to(struct sr_sweep *sweep, struct sr_range query)
{
	size_t kept = 0;

	for (size_t i = 0; i < sweep->active.count; i++) {
		size_t index = sweep->active.items[i];

		if (sweep->ranges[index].end >= query.start)
			sweep->active.items[kept++] = index;
	}
	sweep->active.count = kept;
	for (; sweep->next < sweep->order.count; sweep->next++) {
		size_t index = sweep->order.items[sweep->next];
		size_t *item;

		if (sweep->ranges[index].start > query.end)
			break;
		if (sweep->ranges[index].end < query.start)
			continue;
		item = sr_list_add(&sweep->active);
		if (!item)
			return -ENOMEM;
		*item = index;
	}
	return 0;
}

void sr_sweep_done(struct sr_sweep *sweep)
{
	sr_list_free(&sweep->order);
	sr_list_free(&sweep->active);
}
