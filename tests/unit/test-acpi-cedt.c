// SPDX-License-Identifier: GPL-2.0-only
/* sources/acpi-cedt.h: fixed memory windows, and tables that break their format. */
#include "sources/acpi-cedt.h"

#include <stdlib.h>
#include <time.h>

#include "acpi-tables.h"
#include "base/cleanup.h"

#define ROUNDS 100000
#define GIB    (1ULL << 30)

static void parse(struct sr_snapshot *snapshot, struct made_table *table)
{
	sr_auto_free uint8_t *bytes = cut_table(table, table->length);

	is_number((uint64_t)sr_cedt_parse(&snapshot->acpi, snapshot->pool, bytes, table->length), 0,
		  "parsed");
}

static struct made_table good_table(void)
{
	struct made_table table = begin_cedt();

	put_host_bridge(&table, 12);
	put_window(&table, 0x2000000000, 4 * GIB, 1, 1, 2);
	put_window(&table, 0x1000000000, 2 * GIB, 0, 0, 1);
	put_host_bridge(&table, 13);
	finish_table(&table);
	return table;
}

static void test_good(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table();
	const struct sr_fixed_window *windows;

	parse(snapshot, &table);
	windows = snapshot->acpi.windows.items;
	ok(snapshot->acpi.windows_known, "all are known");
	is_number(snapshot->acpi.faults.count, 0, "without faults");
	if (!is_number(snapshot->acpi.windows.count, 2, "two windows, in the table's order"))
		return;
	is_number(windows[0].range.start, 0x2000000000, "start");
	is_number(windows[0].range.end, 0x20ffffffff, "end");
	is_number(windows[0].offset.value, 36 + 32, "where it stands: after header and bridge");
	is_number(windows[0].restrictions, 6, "restrictions");
	ok(windows[0].interleave_ways.known && windows[0].interleave_ways.value == 2, "ways");
	ok(windows[0].granularity.known && windows[0].granularity.value == 512, "granularity");
	is_number(windows[0].targets.count, 2, "targets");
	is_number(windows[0].targets.items[1], 101, "the second");
	is_number(windows[1].range.start, 0x1000000000, "another start");
	is_number(windows[1].targets.count, 1, "with one target");
}

static void test_codes(void)
{
	static const unsigned int ways[256] = { 1, 2, 4, 8, 16, 0, 0, 0, 3, 6, 12 };
	size_t wrong = 0;

	for (unsigned int code = 0; code < 256; code++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		sr_auto_free uint8_t *bytes = NULL;
		struct made_table table = begin_cedt();
		const struct sr_fixed_window *window;

		put_window(&table, 0x1000000000, GIB, (uint8_t)code, code, 16);
		finish_table(&table);
		bytes = cut_table(&table, table.length);
		if (sr_cedt_parse(&snapshot->acpi, snapshot->pool, bytes, table.length) ||
		    snapshot->acpi.windows.count != 1)
			abort();
		window = snapshot->acpi.windows.items;
		wrong += window->interleave_ways.known != (ways[code] != 0);
		wrong += window->interleave_ways.value != ways[code];
		wrong += window->targets.count != ways[code];
		wrong += window->granularity.known != (code <= 6);
		wrong += window->granularity.value != (code <= 6 ? 256U << code : 0);
	}
	is_number(wrong, 0, "each code of ways and granularity");
}

static void test_bad_windows(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = begin_cedt();

	put_window(&table, 0x1000000000, 0, 0, 0, 1);
	put_window(&table, 0xfffffffff0000000, 0x10000001, 0, 0, 1);
	put_window(&table, 0x1000000000, GIB, 3, 0, 7);
	put_window(&table, 0x2000000000, GIB, 0, 0, 0);
	put_window(&table, 0xfffffffff0000000, 0x10000000, 0, 0, 1);
	put_at(&table, 36 + 40 + 40 + 64 + 2, 35, 2);
	finish_table(&table);
	parse(snapshot, &table);
	show_faults(&snapshot->acpi);
	ok(has_fault(&snapshot->acpi, "CEDT", "at byte 36 is of size 0"), "size 0");
	ok(has_fault(&snapshot->acpi, "CEDT", "at byte 76 is leaving 64 bits"), "too large");
	ok(has_fault(&snapshot->acpi, "CEDT",
		     "at byte 116 has a length of 64, too short for its 8 targets"),
	   "targets");
	ok(has_fault(&snapshot->acpi, "CEDT", "at byte 180 has a length of 35, not 36"), "short");
	is_number(snapshot->acpi.windows.count, 0, "none of them is a window");
}

static void test_last_address(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = begin_cedt();

	put_window(&table, 0xfffffffff0000000, 0x10000000, 0, 0, 1);
	finish_table(&table);
	parse(snapshot, &table);
	is_number(snapshot->acpi.faults.count, 0, "the end of all addresses is no fault");
	if (is_number(snapshot->acpi.windows.count, 1, "a window"))
		is_number(snapshot->acpi.windows.items[0].range.end, UINT64_MAX, "end");
}

static void test_overlaps(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = begin_cedt();

	put_window(&table, 0x3000000000, GIB, 0, 0, 1);
	put_window(&table, 0x1000000000, 8 * GIB, 0, 0, 1);
	put_window(&table, 0x1040000000, GIB, 0, 0, 1);
	put_window(&table, 0x11c0000000, 2 * GIB, 0, 0, 1);
	put_window(&table, 0x1240000000, GIB, 0, 0, 1);
	put_window(&table, 0x3040000000, GIB, 0, 0, 1);
	finish_table(&table);
	parse(snapshot, &table);
	show_faults(&snapshot->acpi);
	is_number(snapshot->acpi.windows.count, 6, "all are kept");
	is_number(snapshot->acpi.faults.count, 2, "and two faults");
	ok(has_fault(&snapshot->acpi, "CEDT",
		     "0x1000000000-0x11ffffffff and 0x1040000000-0x107fffffff overlap"),
	   "one inside another");
	ok(has_fault(&snapshot->acpi, "CEDT",
		     "0x1000000000-0x11ffffffff and 0x11c0000000-0x123fffffff overlap"),
	   "one beyond another, though not the next by start");
	ok(snapshot->acpi.windows_known, "nothing was cut off");
}

static void test_broken_walks(void)
{
	static const struct {
		uint16_t length;
		bool known;
		size_t windows;
		const char *fault;
	} rows[] = {
		{ 0, false, 0, "at byte 36 has no length" },
		{ 32, true, 2, NULL },
		{ 32 + 44, true, 1, NULL },
		{ 32 + 44 + 40, true, 0, NULL },
		{ 65535, true, 0, "has a length of 65535, but the table ends after 148" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		struct made_table table = good_table();

		put_at(&table, 38, rows[i].length, 2);
		finish_table(&table);
		parse(snapshot, &table);
		is_number(snapshot->acpi.windows_known, rows[i].known, "known");
		is_number(snapshot->acpi.windows.count, rows[i].windows, "windows");
		ok(rows[i].fault ? has_fault(&snapshot->acpi, "CEDT", rows[i].fault)
				 : !snapshot->acpi.faults.count,
		   rows[i].fault ? rows[i].fault : "no fault");
		show_faults(&snapshot->acpi);
	}
}

/* The table's last window, which it ends in. */
static void test_last_one_cut(void)
{
	for (unsigned int lost = 1; lost <= 40; lost++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		struct made_table table = begin_cedt();
		bool gone = lost >= 36;

		put_window(&table, 0x1000000000, GIB, 0, 0, 1);
		table.length -= lost;
		finish_table(&table);
		parse(snapshot, &table);
		is_number(snapshot->acpi.windows.count, 0, "no window");
		is_number(snapshot->acpi.windows_known, gone, "known");
		is_number(snapshot->acpi.faults.count, !gone, "told");
	}
}

static void test_every_cut(void)
{
	struct made_table table = good_table();
	size_t known = 0, silent = 0, before = 0, sunk = 0;

	for (size_t length = 0; length < table.length; length++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		sr_auto_free uint8_t *bytes = cut_table(&table, length);

		if (sr_cedt_parse(&snapshot->acpi, snapshot->pool, bytes, length))
			abort();
		known += snapshot->acpi.windows_known;
		silent += snapshot->acpi.faults.count != 1;
		sunk += snapshot->acpi.windows.count < before;
		before = snapshot->acpi.windows.count;
	}
	is_number(known, 0, "no part is known to be all");
	is_number(silent, 0, "and each has its one fault");
	is_number(sunk, 0, "more bytes never tell less");
	is_number(before, 2, "and both windows come up");
}

static bool is_sane(const struct sr_acpi *acpi)
{
	const struct sr_fixed_window *window;

	sr_for_each (window, &acpi->windows) {
		if (window->range.start > window->range.end)
			return false;
		if (window->targets.count !=
		    (window->interleave_ways.known ? window->interleave_ways.value : 0))
			return false;
	}
	return acpi->windows.count <= 4 && acpi->faults.count <= 65 &&
	       (acpi->windows_known || acpi->faults.count);
}

static void test_damaged(void)
{
	struct made_table table = good_table();
	uint64_t state = 20251126;
	size_t insane = 0, windows = 0, known = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		size_t length;
		sr_auto_free uint8_t *bytes = damage_table(&table, &length, &state);

		insane += sr_cedt_parse(&snapshot->acpi, snapshot->pool, bytes, length) ||
			  !is_sane(&snapshot->acpi);
		windows += snapshot->acpi.windows.count;
		known += snapshot->acpi.windows_known;
	}
	is_number(insane, 0, "damaged tables, from 20251126");
	ok(windows > ROUNDS / 2 && windows < 2 * ROUNDS, "of which some windows survive");
	ok(known > ROUNDS / 4 && known < ROUNDS, "and some tables");
	printf("# %zu windows, %zu known\n", windows, known);
}

/* 16 MiB of windows that all overlap. */
static void test_huge(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	const size_t length = 16U << 20;
	sr_auto_free uint8_t *bytes = calloc(1, length);
	struct made_table table = begin_cedt(), one = { .length = 0 };
	clock_t begin = clock();

	put_window(&one, 0x1000, 0x1000, 0, 0, 1);
	put_at(&table, 4, length, 4);
	memcpy(bytes, table.bytes, table.length);
	for (size_t at = 36; at < length; at++)
		bytes[at] = one.bytes[(at - 36) % one.length];
	is_number((uint64_t)sr_cedt_parse(&snapshot->acpi, snapshot->pool, bytes, length), 0,
		  "parsed");
	is_number(snapshot->acpi.windows.count, 4096, "windows are bounded");
	is_number(snapshot->acpi.faults.count, 65, "faults, too");
	ok(!snapshot->acpi.windows_known, "there are more");
	ok(clock() - begin < 20 * CLOCKS_PER_SEC, "in a time in proportion");
	printf("# %ld ms\n", (clock() - begin) / (CLOCKS_PER_SEC / 1000));
}

int main(void)
{
	test_good();
	test_codes();
	test_bad_windows();
	test_last_address();
	test_overlaps();
	test_broken_walks();
	test_last_one_cut();
	test_every_cut();
	test_damaged();
	test_huge();
	return tap_done();
}
