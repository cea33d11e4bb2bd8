// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/range.h"

#include <errno.h>
#include <stdlib.h>

int sr_range_make(uint64_t start, uint64_t end, struct sr_range *ret_range)
{
	if (end < start)
		return -EINVAL;
	*ret_range = (struct sr_range){ .start = start, .end = end };
	return 0;
}

int sr_range_make_sized(uint64_t start, uint64_t size, struct sr_range *ret_range)
{
	if (size == 0)
		return -EINVAL;
	if (size - 1 > UINT64_MAX - start)
		return -EOVERFLOW;
	*ret_range = (struct sr_range){ .start = start, .end = start + (size - 1) };
	return 0;
}

uint64_t sr_range_size(struct sr_range range)
{
	uint64_t span = range.end - range.start;

	return span == UINT64_MAX ? UINT64_MAX : span + 1;
}

bool sr_range_intersect(struct sr_range a, struct sr_range b, struct sr_range *ret_common)
{
	if (!sr_range_overlaps(a, b))
		return false;
	ret_common->start = a.start > b.start ? a.start : b.start;
	ret_common->end = a.end < b.end ? a.end : b.end;
	return true;
}

int sr_range_compare(struct sr_range a, struct sr_range b)
{
	if (a.start != b.start)
		return a.start < b.start ? -1 : 1;
	if (a.end != b.end)
		return a.end > b.end ? -1 : 1;
	return 0;
}

static int compare_ranges(const void *a, const void *b)
{
	return sr_range_compare(*(const struct sr_range *)a, *(const struct sr_range *)b);
}

size_t sr_range_join(struct sr_range *ranges, size_t count)
{
	size_t last = 0;

	if (count == 0)
		return 0;
	qsort(ranges, count, sizeof(*ranges), compare_ranges);
	for (size_t i = 1; i < count; i++) {
		bool touches = ranges[last].end == UINT64_MAX ||
			       ranges[i].start <= ranges[last].end + 1;

		if (!touches)
			ranges[++last] = ranges[i];
		else if (ranges[i].end > ranges[last].end)
			ranges[last].end = ranges[i].end;
	}
	return last + 1;
}

size_t sr_range_first(const void *items, size_t count, size_t size, uint64_t address)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct sr_range *range =
			(const void *)((const unsigned char *)items + middle * size);

		if (range->end < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
