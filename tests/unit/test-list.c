// SPDX-License-Identifier: GPL-2.0-only
/* base/list.h and base/pool.h: what grows, and what is freed at once. */
#include "base/list.h"

#include <stdlib.h>

#include "base/pool.h"
#include "tap.h"

struct item {
	uint64_t number;
	char letter;
};

typedef SR_LIST(struct item) item_list;

static void test_empty(void)
{
	item_list list = { 0 };
	const struct item *item;
	size_t seen = 0;

	sr_for_each (item, &list)
		seen++;
	is_number(seen, 0, "an empty list has no items");
	sr_list_free(&list);
	ok(!list.items && !list.count && !list.room, "and can be freed");
}

static void test_add(void)
{
	item_list list = { 0 };
	struct item *item;
	uint64_t expected = 0;
	bool zeroed = true, same = true;

	for (uint64_t i = 0; i < 1000; i++) {
		item = sr_list_add(&list);
		if (!item)
			break;
		zeroed &= item->number == 0 && item->letter == 0;
		*item = (struct item){ .number = i, .letter = 'x' };
	}
	is_number(list.count, 1000, "a thousand items");
	ok(list.room >= list.count, "there is room for them");
	ok(zeroed, "each was zeroed");
	sr_for_each (item, &list)
		same &= item->number == expected++ && item->letter == 'x';
	ok(same, "and they stand in their order");
	is_number(expected, 1000, "all of them");
	sr_list_free(&list);
	ok(!list.items && !list.count && !list.room, "freed and empty");
}

/* A list that was cut short has leftovers in its room. */
static void test_reuse(void)
{
	item_list list = { 0 };
	struct item *item = sr_list_add(&list);

	if (ok(item, "one item"))
		*item = (struct item){ .number = 7, .letter = 'x' };
	list.count = 0;
	item = sr_list_add(&list);
	ok(item && item->number == 0 && item->letter == 0, "what is reused is zeroed");
	is_number(list.count, 1, "one item again");
	sr_list_free(&list);
}

/* The sanitizer would rather end the program than return NULL. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void test_too_large(void)
{
	struct item first = { .number = 7 };
	void *items = &first;
	size_t count = SIZE_MAX / 2 + 1, room = SIZE_MAX / 2 + 1;

	ok(!sr_list_grow(&items, &count, &room, sizeof(first)), "room that cannot be doubled");
	ok(items == &first && count == SIZE_MAX / 2 + 1 && room == count, "the list as it was");
	count = room = SIZE_MAX / 32;
	ok(!sr_list_grow(&items, &count, &room, 64), "bytes that cannot be counted");
	ok(items == &first && count == SIZE_MAX / 32 && room == count, "the list as it was");
	is_number(first.number, 7, "and its item");
}

static void test_pool_texts(void)
{
	struct sr_pool *pool = sr_pool_new();
	char source[] = "region0";
	const char *copy, *part, *empty;

	if (!ok(pool, "a pool"))
		return;
	copy = sr_pool_text(pool, source);
	part = sr_pool_text_n(pool, source, 6);
	empty = sr_pool_text(pool, "");
	memset(source, '-', sizeof(source) - 1);
	is_text(copy, "region0", "a copy");
	is_text(part, "region", "the beginning of a text");
	is_text(empty, "", "an empty text");
	is_text(sr_pool_format(pool, "%s-%d", "a", 12), "a-12", "a formatted text");
	is_text(copy, "region0", "the first stays as it was");
	pool = sr_pool_free(pool);
	ok(!pool, "freed");
	ok(!sr_pool_free(NULL), "nothing is freed as well");
}

/* More than one chunk, with texts larger than a chunk in between. */
static void test_pool_grows(void)
{
	static char large[40000];
	struct sr_pool *pool = sr_pool_new();
	const char *texts[3000], *longs[3] = { 0 };
	char wanted[16];
	bool same = true;

	if (!ok(pool, "a pool"))
		return;
	memset(large, 'x', sizeof(large) - 1);
	for (size_t i = 0; i < 3000; i++) {
		texts[i] = sr_pool_format(pool, "text %zu", i);
		if (i % 1000 == 500)
			longs[i / 1000] = sr_pool_text(pool, large);
	}
	for (size_t i = 0; i < 3000; i++) {
		snprintf(wanted, sizeof(wanted), "text %zu", i);
		same &= texts[i] && strcmp(texts[i], wanted) == 0;
	}
	ok(same, "three thousand texts");
	for (size_t i = 0; i < 3; i++)
		ok(longs[i] && strlen(longs[i]) == sizeof(large) - 1, "a text beyond a chunk");
	sr_pool_free(pool);
}

/* The last byte of a chunk is used, the one behind it is not. */
static void test_pool_bounds(void)
{
	static char text[16384 + 2];
	struct sr_pool *pool = sr_pool_new();

	if (!ok(pool, "a pool"))
		return;
	memset(text, 'y', sizeof(text) - 1);
	for (size_t length = 16382; length <= 16385; length++) {
		const char *copy = sr_pool_text_n(pool, text, length);

		is_number(copy ? strlen(copy) : 0, length, "a text as long as a chunk");
	}
	is_text(sr_pool_text(pool, "z"), "z", "and one more");
	sr_pool_free(pool);
}

int main(void)
{
	test_empty();
	test_add();
	test_reuse();
	test_too_large();
	test_pool_texts();
	test_pool_grows();
	test_pool_bounds();
	return tap_done();
}
