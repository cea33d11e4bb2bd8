// SPDX-License-Identifier: GPL-2.0-only
/* base/range-list.h: ranges as a set of addresses. */
#include "base/range-list.h"

#include "tap.h"

static struct sr_range span(uint64_t start, uint64_t end)
{
	return (struct sr_range){ start, end };
}

static void add(sr_range_list *list, uint64_t start, uint64_t end)
{
	is_number((uint64_t)sr_range_list_add(list, span(start, end)), 0, "added");
}

static void is_item(const sr_range_list *list, size_t index, uint64_t start, uint64_t end)
{
	if (!ok(index < list->count, "there is one"))
		return;
	is_number(list->items[index].start, start, "its start");
	is_number(list->items[index].end, end, "its end");
}

static void test_empty(void)
{
	sr_auto_range_list sr_range_list list = { 0 };

	sr_range_list_join(&list);
	is_number(list.count, 0, "nothing joined is nothing");
	ok(!sr_range_list_overlaps(&list, span(0, UINT64_MAX)), "nothing overlaps nothing");
	is_number(sr_range_list_bytes_in(&list, span(0, UINT64_MAX)), 0, "and has no bytes");
}

static void test_join(void)
{
	sr_auto_range_list sr_range_list list = { 0 };

	add(&list, 40, 49);
	add(&list, 20, 29);
	add(&list, 10, 19);
	add(&list, 45, 47);
	add(&list, 31, 31);
	is_number(list.count, 5, "as added");
	is_item(&list, 0, 40, 49);
	sr_range_list_join(&list);
	is_number(list.count, 3, "a set");
	is_item(&list, 0, 10, 29);
	is_item(&list, 1, 31, 31);
	is_item(&list, 2, 40, 49);
	sr_range_list_join(&list);
	is_number(list.count, 3, "a set stays as it is");
	sr_range_list_free(&list);
	ok(!list.items && !list.count, "freed");
}

static void test_overlaps(void)
{
	sr_auto_range_list sr_range_list set = { 0 };

	add(&set, 10, 19);
	add(&set, 30, 39);
	sr_range_list_join(&set);
	ok(!sr_range_list_overlaps(&set, span(0, 9)), "before all");
	ok(sr_range_list_overlaps(&set, span(0, 10)), "the first byte");
	ok(sr_range_list_overlaps(&set, span(12, 13)), "inside one");
	ok(sr_range_list_overlaps(&set, span(19, 20)), "the last byte of one");
	ok(!sr_range_list_overlaps(&set, span(20, 29)), "just the gap");
	ok(sr_range_list_overlaps(&set, span(20, 30)), "the gap and a byte");
	ok(sr_range_list_overlaps(&set, span(0, UINT64_MAX)), "around all");
	ok(!sr_range_list_overlaps(&set, span(40, UINT64_MAX)), "behind all");
}

static void test_bytes(void)
{
	sr_auto_range_list sr_range_list set = { 0 };

	add(&set, 10, 19);
	add(&set, 30, 39);
	add(&set, 50, 59);
	sr_range_list_join(&set);
	is_number(sr_range_list_bytes_in(&set, span(0, 9)), 0, "before all");
	is_number(sr_range_list_bytes_in(&set, span(0, 10)), 1, "the first byte");
	is_number(sr_range_list_bytes_in(&set, span(10, 19)), 10, "one of them");
	is_number(sr_range_list_bytes_in(&set, span(20, 29)), 0, "a gap");
	is_number(sr_range_list_bytes_in(&set, span(19, 30)), 2, "a gap and both sides");
	is_number(sr_range_list_bytes_in(&set, span(15, 54)), 20, "parts of three");
	is_number(sr_range_list_bytes_in(&set, span(0, UINT64_MAX)), 30, "all");
	is_number(sr_range_list_bytes_in(&set, span(60, UINT64_MAX)), 0, "behind all");
}

static void test_ends(void)
{
	sr_auto_range_list sr_range_list set = { 0 };
	sr_auto_range_list sr_range_list all = { 0 };

	add(&set, UINT64_MAX - 9, UINT64_MAX);
	add(&set, 0, 0);
	sr_range_list_join(&set);
	is_number(set.count, 2, "byte 0 does not follow ~0");
	ok(sr_range_list_overlaps(&set, span(UINT64_MAX, UINT64_MAX)), "the last byte of all");
	ok(sr_range_list_overlaps(&set, span(0, 0)), "the first byte of all");
	ok(!sr_range_list_overlaps(&set, span(1, UINT64_MAX - 10)), "all between");
	is_number(sr_range_list_bytes_in(&set, span(UINT64_MAX - 1, UINT64_MAX)), 2, "at ~0");
	is_number(sr_range_list_bytes_in(&set, span(0, UINT64_MAX)), 11, "at both ends");
	add(&all, 0x8000, UINT64_MAX);
	add(&all, 0, 0x7fff);
	sr_range_list_join(&all);
	is_number(all.count, 1, "all of memory");
	is_number(sr_range_list_bytes_in(&all, span(0, UINT64_MAX)), UINT64_MAX, "has this size");
	is_number(sr_range_list_bytes_in(&all, span(1, UINT64_MAX)), UINT64_MAX, "and this");
}

int main(void)
{
	test_empty();
	test_join();
	test_overlaps();
	test_bytes();
	test_ends();
	return tap_done();
}
