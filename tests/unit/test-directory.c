// SPDX-License-Identifier: GPL-2.0-only
/* base/directory.h: names in a folder, their pattern and their order. */
#include "base/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"

static char folder[] = "/tmp/cxl-sr-test-XXXXXX";

static const char *const made[] = {
	"decoder1.2", "decoder1.10", "decoder0.0",  "decoder1",	   ".hidden",
	"decoder1.x", "decoder1.2b", "adecoder1.2", "decoder1.02",
};

static void make_files(void)
{
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++) {
		int file = open(made[i], O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

		if (file < 0)
			abort();
		close(file);
	}
}

static void remove_files(void)
{
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		unlink(made[i]);
	rmdir(folder);
}

static void test_pattern(void)
{
	ok(sr_name_matches("dax0.0", "dax#.#"), "digits");
	ok(sr_name_matches("dax12.3", "dax#.#"), "several digits");
	ok(!sr_name_matches("dax0", "dax#.#"), "the end is missing");
	ok(!sr_name_matches("dax0.", "dax#.#"), "a number is missing");
	ok(!sr_name_matches("dax.0", "dax#.#"), "the first number is missing");
	ok(!sr_name_matches("dax0.0x", "dax#.#"), "something behind");
	ok(!sr_name_matches("xdax0.0", "dax#.#"), "something before");
	ok(!sr_name_matches("dax-1.0", "dax#.#"), "a sign is no digit");
	ok(!sr_name_matches("dax#.#", "dax#.#"), "# stands for digits only");
	ok(!sr_name_matches("", "dax#"), "no name");
	ok(!sr_name_matches("", "#"), "no digit");
	ok(sr_name_matches("", ""), "nothing is nothing");
	ok(!sr_name_matches("a", ""), "something is not nothing");
	ok(sr_name_matches("0", "#") && sr_name_matches("9", "#"), "digits");
	ok(!sr_name_matches("/", "#") && !sr_name_matches(":", "#"), "what is beside them");
	ok(sr_name_matches("00000000000000000000000000000000007", "#"), "any number of them");
}

static void test_order(void)
{
	static const char *const wanted[] = { "decoder0.0", "decoder1.02", "decoder1.2",
					      "decoder1.10" };
	sr_auto_names struct sr_names names = { 0 };

	is_number((uint64_t)sr_names_read(folder, "decoder#.#", 100, &names), 0, "read");
	if (!is_number(names.list.count, 4, "those that match"))
		return;
	for (size_t i = 0; i < 4; i++)
		is_text(names.list.items[i], wanted[i], "in the order of their numbers");
}

static void test_all(void)
{
	sr_auto_names struct sr_names names = { 0 };
	char **name;
	bool hidden = false;

	is_number((uint64_t)sr_names_read(folder, NULL, 100, &names), 0, "read");
	is_number(names.list.count, 8, "all but the hidden one, and no dots");
	sr_for_each (name, &names.list)
		hidden |= **name == '.';
	ok(!hidden, "nothing that begins with a dot");
}

static void test_none(void)
{
	sr_auto_names struct sr_names names = { 0 };
	size_t index = 7;

	is_number((uint64_t)sr_names_read(folder, "region#", 100, &names), 0, "no match");
	is_number(names.list.count, 0, "is an empty list");
	ok(!sr_names_find(&names, "region0", &index), "in which nothing is found");
	is_number(index, 7, "nor set");
}

static void test_find(void)
{
	sr_auto_names struct sr_names names = { 0 };
	size_t index = 7;

	is_number((uint64_t)sr_names_read(folder, "decoder#.#", 100, &names), 0, "read");
	ok(!sr_names_find(&names, "decoder1.3", &index), "no such name");
	ok(!sr_names_find(&names, "decoder1", &index), "no such name, a shorter one");
	is_number(index, 7, "sets nothing");
	for (size_t i = 0; i < names.list.count; i++) {
		ok(sr_names_find(&names, names.list.items[i], &index), "found");
		is_number(index, i, "where it stands");
	}
}

static void test_limit(void)
{
	struct sr_names names = { 0 };

	is_number((uint64_t)sr_names_read(folder, "decoder#.#", 3, &names), (uint64_t)-E2BIG,
		  "one name too many");
	ok(!names.list.items && !names.list.count, "returns nothing");
	is_number((uint64_t)sr_names_read(folder, "decoder#.#", 4, &names), 0, "just as many");
	is_number(names.list.count, 4, "returns all");
	sr_names_free(&names);
	ok(!names.list.items && !names.list.count, "freed");
}

static void test_errors(void)
{
	struct sr_names names = { 0 };

	is_number((uint64_t)sr_names_read("nowhere", NULL, 9, &names), (uint64_t)-ENOENT,
		  "no folder");
	is_number((uint64_t)sr_names_read("decoder1", NULL, 9, &names), (uint64_t)-ENOTDIR,
		  "a file");
	ok(!names.list.items, "nothing is returned");
}

int main(void)
{
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	make_files();
	test_pattern();
	test_order();
	test_all();
	test_none();
	test_find();
	test_limit();
	test_errors();
	remove_files();
	return tap_done();
}
