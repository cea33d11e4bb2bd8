// SPDX-License-Identifier: GPL-2.0-only
/* base/sweep.h: which ranges overlap each of a series of queries. */
#include "base/sweep.h"

#include "tap.h"

static struct sr_range span(uint64_t start, uint64_t end)
{
	return (struct sr_range){ start, end };
}

/* "3 0 1": the active ranges, in a static buffer. */
static const char *active_at(struct sr_sweep *sweep, uint64_t start, uint64_t end)
{
	static char text[256];
	const size_t *index;
	size_t used = 0;

	*text = '\0';
	if (sr_sweep_to(sweep, span(start, end)) != 0)
		return NULL;
	sr_for_each (index, &sweep->active)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%zu", used ? " " : "",
					 *index);
	return text;
}

static void start(struct sr_sweep *sweep, const struct sr_range *ranges, size_t count)
{
	is_number((uint64_t)sr_sweep_start(sweep, ranges, count), 0, "started");
}

static void test_empty(void)
{
	sr_auto_sweep struct sr_sweep sweep = { 0 };

	start(&sweep, NULL, 0);
	is_text(active_at(&sweep, 0, UINT64_MAX), "", "nothing is active");
	sr_sweep_done(&sweep);
	ok(!sweep.order.items && !sweep.active.items, "done twice");
}

static void test_order(void)
{
	static const struct sr_range ranges[] = {
		{ 30, 39 }, { 10, 19 }, { 10, 49 }, { 12, 13 }, { 50, 50 },
	};
	sr_auto_sweep struct sr_sweep sweep = { 0 };

	start(&sweep, ranges, 5);
	is_text(active_at(&sweep, 0, 9), "", "before all");
	is_text(active_at(&sweep, 10, 11), "2 1", "by start, the wider first");
	is_text(active_at(&sweep, 13, 13), "2 1 3", "one more has begun");
	is_text(active_at(&sweep, 14, 29), "2 1", "one has ended");
	is_text(active_at(&sweep, 30, 48), "2 0", "another one");
	is_text(active_at(&sweep, 49, 50), "2 4", "the last byte of one, the first of another");
	is_text(active_at(&sweep, 51, UINT64_MAX), "", "behind all");
}

/* What lies between two queries is never active. */
static void test_gap(void)
{
	static const struct sr_range ranges[] = { { 10, 19 }, { 20, 29 }, { 30, 39 } };
	sr_auto_sweep struct sr_sweep sweep = { 0 };

	start(&sweep, ranges, 3);
	is_text(active_at(&sweep, 10, 10), "0", "the first");
	is_text(active_at(&sweep, 30, 30), "2", "the one between was skipped");
}

static void test_equal(void)
{
	static const struct sr_range ranges[] = { { 5, 9 }, { 5, 9 }, { 5, 9 } };
	sr_auto_sweep struct sr_sweep sweep = { 0 };

	start(&sweep, ranges, 3);
	is_text(active_at(&sweep, 9, 9), "0 1 2", "equal ranges as they stand in the list");
	is_text(active_at(&sweep, 9, 10), "0 1 2", "the same query start again");
	is_text(active_at(&sweep, 10, 10), "", "one byte on");
}

static void test_ends(void)
{
	static const struct sr_range ranges[] = {
		{ UINT64_MAX, UINT64_MAX },
		{ 0, 0 },
		{ 0, UINT64_MAX },
		{ 0, UINT64_MAX - 1 },
	};
	sr_auto_sweep struct sr_sweep sweep = { 0 };

	start(&sweep, ranges, 4);
	is_text(active_at(&sweep, 0, 0), "2 3 1", "at 0");
	is_text(active_at(&sweep, 1, UINT64_MAX - 1), "2 3", "between");
	is_text(active_at(&sweep, UINT64_MAX, UINT64_MAX), "2 0", "at ~0");
}

/* Queries that overlap each other: more may be active, none may be missing. */
static void test_overlapping_queries(void)
{
	static const struct sr_range ranges[] = { { 10, 19 }, { 40, 49 } };
	sr_auto_sweep struct sr_sweep sweep = { 0 };

	start(&sweep, ranges, 2);
	is_text(active_at(&sweep, 0, 45), "0 1", "a wide query");
	is_text(active_at(&sweep, 5, 15), "0 1", "a narrow one: the second is to be checked");
	is_text(active_at(&sweep, 20, 40), "1", "and now it is there");
}

int main(void)
{
	test_empty();
	test_order();
	test_gap();
	test_equal();
	test_ends();
	test_overlapping_queries();
	return tap_done();
}
