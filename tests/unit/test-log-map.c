// SPDX-License-Identifier: GPL-2.0-only
/* sources/log-map.h: a memory map and the changes that the kernel makes to it. */
#include "sources/log-map.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "tap.h"

static void map_free(struct sr_log_map *map)
{
	sr_list_free(&map->entries);
}

#define auto_map sr_cleanup(map_free) struct sr_log_map

static struct sr_piece piece_of(const char *text)
{
	return (struct sr_piece){ text, strlen(text) };
}

static void add(struct sr_log_map *map, uint64_t start, uint64_t end, const char *type)
{
	is_number((uint64_t)sr_log_map_add(map, (struct sr_range){ start, end }, piece_of(type)), 0,
		  "added");
}

static void change(struct sr_log_map *map, uint64_t start, uint64_t end, const char *from,
		   const char *to)
{
	is_number((uint64_t)sr_log_map_change(map, (struct sr_range){ start, end }, piece_of(from),
					      piece_of(to)),
		  0, "changed");
}

static void is_entry(const struct sr_log_map *map, size_t index, uint64_t start, uint64_t end,
		     const char *type)
{
	const struct sr_log_map_entry *entry = &map->entries.items[index];

	if (!ok(index < map->entries.count, type))
		return;
	is_number(entry->range.start, start, "start");
	is_number(entry->range.end, end, "end");
	ok(sr_piece_equal(entry->type, piece_of(type)), type);
	is_number(entry->soft_reserved, sr_log_type_is_soft_reserved(piece_of(type)),
		  "soft_reserved");
}

static void test_type(void)
{
	static const char *const yes[] = { "soft reserved", "Soft Reserved", "SOFT  RESERVED" };
	static const char *const no[] = { "",
					  "soft",
					  "soft ",
					  "reserved",
					  "softreserved",
					  "soft reserve",
					  "soft reserved 2",
					  "not soft reserved",
					  "usable" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		ok(sr_log_type_is_soft_reserved(piece_of(yes[i])), yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		ok(!sr_log_type_is_soft_reserved(piece_of(no[i])), no[i]);
}

static void test_update(void)
{
	auto_map map = { 0 };

	add(&map, 0x1000, 0x8fff, "usable");
	add(&map, 0x9000, 0xffff, "soft reserved");
	change(&map, 0x2000, 0x9fff, "usable", "soft reserved");
	change(&map, 0xb000, 0xbfff, "soft reserved", "reserved");
	change(&map, 0x0, UINT64_MAX, "ACPI NVS", "soft reserved");
	sr_log_map_sort(&map);
	is_number(map.entries.count, 5, "split");
	is_entry(&map, 0, 0x1000, 0x1fff, "usable");
	is_entry(&map, 1, 0x2000, 0x8fff, "soft reserved");
	is_entry(&map, 2, 0x9000, 0xafff, "soft reserved");
	is_entry(&map, 3, 0xb000, 0xbfff, "reserved");
	is_entry(&map, 4, 0xc000, 0xffff, "soft reserved");
}

static void test_remove(void)
{
	auto_map map = { 0 };

	add(&map, 0x1000, 0x8fff, "soft reserved");
	add(&map, 0x9000, 0x9fff, "soft reserved");
	add(&map, 0xa000, 0xafff, "usable");
	change(&map, 0x4000, 0xafff, "soft reserved", "");
	sr_log_map_sort(&map);
	is_number(map.entries.count, 2, "one cut, one gone");
	is_entry(&map, 0, 0x1000, 0x3fff, "soft reserved");
	is_entry(&map, 1, 0xa000, 0xafff, "usable");
	change(&map, 0x2000, 0xa7ff, "", "");
	sr_log_map_sort(&map);
	is_number(map.entries.count, 2, "of every type");
	is_entry(&map, 0, 0x1000, 0x1fff, "soft reserved");
	is_entry(&map, 1, 0xa800, 0xafff, "usable");
	change(&map, 0, UINT64_MAX, "", "");
	is_number(map.entries.count, 0, "everything");
	sr_log_map_sort(&map);
	change(&map, 0, UINT64_MAX, "", "");
	is_number(map.entries.count, 0, "of nothing");
}

static void test_ends(void)
{
	auto_map map = { 0 };

	add(&map, 0, UINT64_MAX, "System RAM");
	change(&map, 0, 0, "System RAM", "soft reserved");
	change(&map, UINT64_MAX, UINT64_MAX, "System RAM", "soft reserved");
	sr_log_map_sort(&map);
	is_number(map.entries.count, 3, "at both ends of 64 bits");
	is_entry(&map, 0, 0, 0, "soft reserved");
	is_entry(&map, 1, 1, UINT64_MAX - 1, "System RAM");
	is_entry(&map, 2, UINT64_MAX, UINT64_MAX, "soft reserved");
}

static void test_bound(void)
{
	struct sr_range range = { 0x1000, 0x1fff };
	auto_map map = { 0 };
	size_t added = 0;

	while (sr_log_map_add(&map, range, piece_of("usable")) == 0 && added < 100000)
		added++;
	is_number(added, 16384, "entries are bounded");
	is_number((uint64_t)sr_log_map_add(&map, range, piece_of("usable")), (uint64_t)-ENOSPC,
		  "one more");
	is_number(map.entries.count, 16384, "is not added");
}

int main(void)
{
	test_type();
	test_update();
	test_remove();
	test_ends();
	test_bound();
	return tap_done();
}
