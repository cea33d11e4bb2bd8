// SPDX-License-Identifier: GPL-2.0-only
/* base/range.h: ranges with inclusive ends, up to the last byte of 64 bits. */
#include "base/range.h"

#include <errno.h>

#include "tap.h"

static struct sr_range range(uint64_t start, uint64_t end)
{
	return (struct sr_range){ start, end };
}

static void is_range(struct sr_range got, uint64_t start, uint64_t end, const char *what)
{
	is_number(got.start, start, what);
	is_number(got.end, end, what);
}

static void test_make(void)
{
	struct sr_range made = { 7, 8 };

	is_number((uint64_t)sr_range_make(5, 4, &made), (uint64_t)-EINVAL, "end before start");
	is_range(made, 7, 8, "a refused range sets nothing");
	is_number((uint64_t)sr_range_make(5, 5, &made), 0, "one byte");
	is_range(made, 5, 5, "is a range");
	is_number((uint64_t)sr_range_make(0, UINT64_MAX, &made), 0, "all of memory");
	is_range(made, 0, UINT64_MAX, "is a range");
}

static void test_make_sized(void)
{
	struct sr_range made = { 7, 8 };

	is_number((uint64_t)sr_range_make_sized(5, 0, &made), (uint64_t)-EINVAL, "size 0");
	is_number((uint64_t)sr_range_make_sized(UINT64_MAX, 2, &made), (uint64_t)-EOVERFLOW,
		  "a byte too far");
	is_number((uint64_t)sr_range_make_sized(2, UINT64_MAX, &made), (uint64_t)-EOVERFLOW,
		  "a size too far");
	is_range(made, 7, 8, "refused sizes set nothing");
	is_number((uint64_t)sr_range_make_sized(UINT64_MAX, 1, &made), 0, "the last byte");
	is_range(made, UINT64_MAX, UINT64_MAX, "the last byte");
	is_number((uint64_t)sr_range_make_sized(1, UINT64_MAX, &made), 0, "all but byte 0");
	is_range(made, 1, UINT64_MAX, "all but byte 0");
	is_number((uint64_t)sr_range_make_sized(0x1290000000, 0x20000000, &made), 0, "512 MiB");
	is_range(made, 0x1290000000, 0x12afffffff, "512 MiB");
}

static void test_size(void)
{
	is_number(sr_range_size(range(5, 5)), 1, "one byte");
	is_number(sr_range_size(range(0x1290000000, 0x12afffffff)), 0x20000000, "512 MiB");
	is_number(sr_range_size(range(1, UINT64_MAX)), UINT64_MAX, "all but byte 0");
	is_number(sr_range_size(range(0, UINT64_MAX)), UINT64_MAX, "all of memory, one too few");
}

static void test_contains(void)
{
	ok(sr_range_contains(range(4, 9), range(4, 9)), "equal ranges contain each other");
	ok(sr_range_contains(range(4, 9), range(5, 8)), "inner");
	ok(sr_range_contains(range(4, 9), range(4, 8)), "inner with the same start");
	ok(sr_range_contains(range(4, 9), range(5, 9)), "inner with the same end");
	ok(!sr_range_contains(range(4, 9), range(3, 9)), "a byte before");
	ok(!sr_range_contains(range(4, 9), range(4, 10)), "a byte behind");
	ok(sr_range_contains(range(0, UINT64_MAX), range(UINT64_MAX, UINT64_MAX)), "up to ~0");
	ok(!sr_range_contains(range(0, UINT64_MAX - 1), range(1, UINT64_MAX)), "not up to ~0");
}

static void test_overlap(void)
{
	struct sr_range common = { 7, 8 };

	ok(sr_range_overlaps(range(4, 9), range(9, 12)), "one common byte");
	ok(sr_range_overlaps(range(9, 12), range(4, 9)), "one common byte, the other way round");
	ok(sr_range_overlaps(range(4, 9), range(5, 8)), "one inside the other");
	ok(!sr_range_overlaps(range(4, 9), range(10, 12)), "touching is no overlap");
	ok(!sr_range_overlaps(range(10, 12), range(4, 9)), "nor is it the other way round");
	ok(sr_range_overlaps(range(0, UINT64_MAX), range(UINT64_MAX, UINT64_MAX)), "at ~0");
	ok(sr_range_equal(range(4, 9), range(4, 9)), "equal");
	ok(!sr_range_equal(range(4, 9), range(4, 8)), "other end");
	ok(!sr_range_intersect(range(4, 9), range(10, 12), &common), "nothing in common");
	is_range(common, 7, 8, "nothing in common sets nothing");
	ok(sr_range_intersect(range(4, 9), range(2, 6), &common), "a common part");
	is_range(common, 4, 6, "the common part");
	ok(sr_range_intersect(range(4, UINT64_MAX), range(2, UINT64_MAX), &common), "up to ~0");
	is_range(common, 4, UINT64_MAX, "the common part up to ~0");
}

static void test_compare(void)
{
	ok(sr_range_compare(range(1, 2), range(2, 2)) < 0, "by start");
	ok(sr_range_compare(range(2, 2), range(1, 2)) > 0, "by start, the other way");
	ok(sr_range_compare(range(1, 9), range(1, 2)) < 0, "the wider first");
	ok(sr_range_compare(range(1, 2), range(1, 9)) > 0, "the wider first, the other way");
	ok(sr_range_compare(range(1, 2), range(1, 2)) == 0, "equal");
}

static void test_join(void)
{
	struct sr_range ranges[] = {
		{ 40, 49 }, { 10, 19 }, { 20, 29 }, { 31, 35 }, { 32, 33 }, { 40, 49 },
	};
	struct sr_range high[] = {
		{ UINT64_MAX, UINT64_MAX },
		{ UINT64_MAX - 5, UINT64_MAX - 1 },
		{ UINT64_MAX - 2, UINT64_MAX },
		{ 0, 0 },
	};

	is_number(sr_range_join(NULL, 0), 0, "no ranges");
	is_number(sr_range_join(ranges, 6), 3, "joined");
	is_range(ranges[0], 10, 29, "ranges that touch");
	is_range(ranges[1], 31, 35, "a gap of one byte parts; what lies inside vanishes");
	is_range(ranges[2], 40, 49, "equal ranges are one");
	is_number(sr_range_join(high, 4), 2, "joined at ~0");
	is_range(high[0], 0, 0, "byte 0 does not follow ~0");
	is_range(high[1], UINT64_MAX - 5, UINT64_MAX, "up to ~0");
}

int main(void)
{
	test_make();
	test_make_sized();
	test_size();
	test_contains();
	test_overlap();
	test_compare();
	test_join();
	return tap_done();
}
