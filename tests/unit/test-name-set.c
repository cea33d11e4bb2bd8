// SPDX-License-Identifier: GPL-2.0-only
/* base/name-set.h: many questions about many names. */
#include "base/name-set.h"

#include "tap.h"

static void test_empty(void)
{
	sr_name_set set = { 0 };

	sr_name_set_sort(&set);
	ok(!sr_name_set_has(&set, "mem0"), "an empty set has nothing");
	is_number((uint64_t)sr_name_set_add(&set, NULL), 0, "NULL can be added");
	is_number(set.count, 0, "and is left out");
	ok(!sr_name_set_has(&set, NULL), "no set has NULL");
	sr_name_set_free(&set);
}

static void test_names(void)
{
	static const char *const names[] = { "mem2", "mem10", "mem1", "mem2", "" };
	sr_name_set set = { 0 };
	char copy[] = "mem10";

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		is_number((uint64_t)sr_name_set_add(&set, names[i]), 0, "added");
	sr_name_set_sort(&set);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		ok(sr_name_set_has(&set, names[i]), "what was added is there");
	ok(sr_name_set_has(&set, copy), "the text counts, not the pointer");
	ok(!sr_name_set_has(&set, "mem"), "the beginning of a name is not");
	ok(!sr_name_set_has(&set, "mem3"), "nor is another name");
	ok(!sr_name_set_has(&set, NULL), "nor is NULL");
	sr_name_set_free(&set);
	is_number(set.count, 0, "freed");
}

int main(void)
{
	test_empty();
	test_names();
	return tap_done();
}
