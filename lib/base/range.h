/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ranges of host physical addresses in bytes, both ends inclusive, as struct
 * resource has them (include/linux/ioport.h). A range is never empty, and one
 * that ends at ~0 is a range like any other.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sr_range {
	uint64_t start;
	uint64_t end;
};

/* -EINVAL for end < start. @ret_range is set only on success. */
int sr_range_make(uint64_t start, uint64_t end, struct sr_range *ret_range);

/* -EINVAL for size 0, -EOVERFLOW for a range that leaves 64 bits. */
int sr_range_make_sized(uint64_t start, uint64_t size, struct sr_range *ret_range);

/*
 * The size in bytes. The one range whose size has no 64-bit number, all of
 * memory, counts as UINT64_MAX.
 */
uint64_t sr_range_size(struct sr_range range);

/* resource_contains() of include/linux/ioport.h: equal ranges contain each other. */
static inline bool sr_range_contains(struct sr_range outer, struct sr_range inner)
{
	return outer.start <= inner.start && outer.end >= inner.end;
}

/* resource_overlaps() of include/linux/ioport.h. */
static inline bool sr_range_overlaps(struct sr_range a, struct sr_range b)
{
	return a.start <= b.end && a.end >= b.start;
}

static inline bool sr_range_equal(struct sr_range a, struct sr_range b)
{
	return a.start == b.start && a.end == b.end;
}

/* True, and the common part, where the two overlap. */
bool sr_range_intersect(struct sr_range a, struct sr_range b, struct sr_range *ret_common);

/*
 * The index of the first item that does not end below @address, or @count. The items are
 * sorted and disjoint, @size bytes each, and begin with a struct sr_range.
 */
size_t sr_range_first(const void *items, size_t count, size_t size, uint64_t address);

/* qsort order: by start, the wider first. */
int sr_range_compare(struct sr_range a, struct sr_range b);

/*
 * Sorts @ranges and joins those that overlap or touch, in place; returns how
 * many are left.
 */
size_t sr_range_join(struct sr_range *ranges, size_t count);
