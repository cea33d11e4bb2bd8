// SPDX-License-Identifier: GPL-2.0-only
/* lint/places.h: things that lie somewhere, sorted and disjoint. */
#include "lint/places.h"

#include "build.h"
#include "tap.h"

/* "10-1f 20-2f"; a static buffer. */
static const char *text_of(const sr_place_list *list)
{
	static char text[256];
	const struct sr_place *place;
	size_t used = 0;

	*text = '\0';
	sr_for_each (place, list)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%jx-%jx",
					 used ? " " : "", (uintmax_t)place->range.start,
					 (uintmax_t)place->range.end);
	return text;
}

static void add(sr_place_list *list, uint64_t start, uint64_t end)
{
	build_need(sr_place_add(list, span(start, end)));
}

static void test_settle(void)
{
	sr_auto_places sr_place_list list = { 0 };

	sr_places_settle(&list);
	is_text(text_of(&list), "", "none");
	add(&list, 0x30, 0x3f);
	add(&list, 0x10, 0x1f);
	add(&list, 0x20, 0x2f);
	sr_places_settle(&list);
	is_text(text_of(&list), "10-1f 20-2f 30-3f", "sorted; those that touch stay");
	add(&list, 0x1f, 0x1f);
	add(&list, 0x3f, UINT64_MAX);
	add(&list, 0, 0x10);
	sr_places_settle(&list);
	is_text(text_of(&list), "0-10 1f-1f 20-2f 30-3f", "what overlaps one before is dropped");
}

/* Of equal ones the first stays, however the list is sorted. */
static void test_equal(void)
{
	sr_auto_places sr_place_list list = { 0 };

	for (int i = 0; i < 100; i++)
		add(&list, 0x10, 0x1f);
	sr_places_settle(&list);
	is_text(text_of(&list), "10-1f", "one of a hundred");
	is_number(list.items[0].order, 0, "the first one");
}

static void test_merge(void)
{
	sr_auto_places sr_place_list list = { 0 };
	sr_auto_places sr_place_list more = { 0 };

	add(&list, 0x10, 0x1f);
	add(&list, 0x40, 0x4f);
	sr_places_settle(&list);
	add(&more, 0x50, 0x5f);
	add(&more, 0x0f, 0x10);
	add(&more, 0x4f, 0x4f);
	add(&more, 0x20, 0x3f);
	add(&more, 0x30, 0x3f);
	is_number((uint64_t)sr_places_merge(&list, &more), 0, "merged");
	is_text(text_of(&list), "10-1f 20-3f 40-4f 50-5f", "what overlaps none that was there");
}

static void test_questions(void)
{
	sr_auto_places sr_place_list list = { 0 };

	ok(!sr_places_in(&list, span(0, UINT64_MAX)), "nothing in an empty list");
	add(&list, 0x10, 0x1f);
	add(&list, 0x20, 0x2f);
	add(&list, UINT64_MAX, UINT64_MAX);
	sr_places_settle(&list);
	ok(!sr_places_in(&list, span(0, 0xf)), "before all");
	ok(!sr_places_in(&list, span(0x30, UINT64_MAX - 1)), "between");
	ok(sr_places_in(&list, span(0x1f, 0x20)) == &list.items[0], "the first of two");
	ok(sr_places_in(&list, span(0x2f, 0x40)) == &list.items[1], "by its last byte");
	ok(sr_places_in(&list, span(UINT64_MAX, UINT64_MAX)) == &list.items[2], "at the end");
	ok(sr_places_around(&list, span(0x20, 0x2f)) == &list.items[1], "around: equal");
	ok(!sr_places_around(&list, span(0x20, 0x30)), "around: one byte too many");
	ok(!sr_places_around(&list, span(0x1f, 0x20)), "around: two are not one");
	is_number(sr_places_bytes_in(&list, span(0x18, 0x27)), 0x10, "bytes in two");
	is_number(sr_places_bytes_in(&list, span(0, UINT64_MAX)), 0x21, "bytes in all");
}

int main(void)
{
	test_settle();
	test_equal();
	test_merge();
	test_questions();
	return tap_done();
}
