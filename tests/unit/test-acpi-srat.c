// SPDX-License-Identifier: GPL-2.0-only
/* sources/acpi-srat.h and sources/acpi-merge.h: whole tables, wrong ones, and the log's. */
#include "sources/acpi-srat.h"

#include <stdlib.h>
#include <time.h>

#include "acpi-tables.h"
#include "base/cleanup.h"
#include "sources/acpi-merge.h"

#define ENABLED 1U
#define ROUNDS	100000

#define auto_srat sr_cleanup(sr_srat_free) struct sr_srat

static void parse(struct sr_snapshot *snapshot, struct made_table *table, struct sr_srat *srat)
{
	sr_auto_free uint8_t *bytes = cut_table(table, table->length);

	is_number((uint64_t)sr_srat_parse(&snapshot->acpi, snapshot->pool, bytes, table->length,
					  srat),
		  0, "parsed");
}

static void is_memory(const struct sr_snapshot *snapshot, size_t index, uint64_t start,
		      uint64_t end, uint32_t domain)
{
	const struct sr_memory_affinity *memory = &snapshot->acpi.memory.items[index];

	if (!ok(index < snapshot->acpi.memory.count, "there is such an entry"))
		return;
	is_number(memory->range.start, start, "start");
	is_number(memory->range.end, end, "end");
	is_number(memory->proximity_domain, domain, "domain");
}

static struct made_table good_table(uint8_t revision)
{
	struct made_table table = begin_srat(revision);

	put_processor(&table, 0x10203, ENABLED);
	put_memory(&table, 0x100000000, 0x80000000, 0xabcd01, ENABLED | 2);
	put_memory(&table, 0, 0x80000000, 0x02, ENABLED);
	put_memory(&table, 0x300000000, 0x80000000, 0x03, 0);
	put_memory(&table, 0x200000000, 0x80000000, 0x01, ENABLED | 4);
	finish_table(&table);
	return table;
}

static void test_good(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table(3);
	auto_srat srat = { 0 };

	parse(snapshot, &table, &srat);
	ok(srat.whole && srat.taken == SR_YES, "whole, and taken");
	is_number(snapshot->acpi.faults.count, 0, "without faults");
	is_number(snapshot->acpi.memory.count, 3, "what is not enabled is left out");
	is_memory(snapshot, 0, 0x100000000, 0x17fffffff, 0xabcd01);
	is_memory(snapshot, 1, 0, 0x7fffffff, 2);
	is_memory(snapshot, 2, 0x200000000, 0x27fffffff, 1);
	ok(snapshot->acpi.memory.items[0].hot_pluggable &&
		   !snapshot->acpi.memory.items[0].non_volatile,
	   "hot-pluggable");
	ok(!snapshot->acpi.memory.items[2].hot_pluggable &&
		   snapshot->acpi.memory.items[2].non_volatile,
	   "non-volatile");
	ok(!snapshot->acpi.memory.items[0].node.known, "the table knows no nodes");
	is_number(snapshot->acpi.memory.items[0].source, SR_SOURCE_ACPI, "source");
	ok(sr_domain_list_has(&srat.nodes, 0x10203), "the processor's domain has a node");
	ok(!sr_domain_list_has(&srat.memory, 0x10203), "but no memory");
	ok(sr_domain_list_has(&srat.memory, 2) && sr_domain_list_has(&srat.nodes, 2),
	   "memory has both");
	ok(!sr_domain_list_has(&srat.memory, 3), "but not where it is disabled");
}

static void test_revision_1(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table(1);
	auto_srat srat = { 0 };

	parse(snapshot, &table, &srat);
	is_memory(snapshot, 0, 0x100000000, 0x17fffffff, 1);
	ok(sr_domain_list_has(&srat.nodes, 3) && !sr_domain_list_has(&srat.nodes, 0x10203),
	   "a domain of one byte");
}

static void test_revision_2(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table(2);
	auto_srat srat = { 0 };

	parse(snapshot, &table, &srat);
	is_memory(snapshot, 0, 0x100000000, 0x17fffffff, 0xabcd01);
	ok(sr_domain_list_has(&srat.nodes, 0x10203), "a domain of four bytes");
}

/* What stands in the file behind the table is not the table's. */
static void test_longer_file(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table(3);
	auto_srat srat = { 0 };

	put_memory(&table, 0x900000000, 0x80000000, 9, ENABLED);
	parse(snapshot, &table, &srat);
	is_number(snapshot->acpi.memory.count, 3, "not read");
	ok(srat.whole && !snapshot->acpi.faults.count, "and no fault");
}

/* x2APIC, GICC, generic initiator, generic port with an ACPI and with a PCI handle, RINTC. */
static void test_other_domains(void)
{
	static const struct {
		uint8_t type, length, domain, flags, handle;
		bool node, memory;
	} rows[] = {
		{ 2, 24, 4, 12, 0, true, false },    { 3, 18, 2, 10, 0, true, false },
		{ 4, 12, 2, 8, 0, false, false },    { 5, 32, 4, 24, 0, true, false },
		{ 6, 32, 4, 24, 0, false, true },    { 6, 32, 4, 24, 1, false, false },
		{ 7, 20, 4, 12, 0, true, false },    { 8, 32, 4, 24, 0, false, false },
		{ 255, 32, 4, 24, 0, false, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		struct made_table table = begin_srat(3);
		size_t at = table.length;
		auto_srat srat = { 0 };

		put_zeros(&table, rows[i].length);
		put_at(&table, at, rows[i].type, 1);
		put_at(&table, at + 1, rows[i].length, 1);
		put_at(&table, at + 3, rows[i].handle, rows[i].type >= 5);
		put_at(&table, at + rows[i].domain, 0x1234567, 4);
		put_at(&table, at + rows[i].flags, ENABLED, 4);
		finish_table(&table);
		parse(snapshot, &table, &srat);
		is_number(sr_domain_list_has(&srat.nodes, 0x1234567), rows[i].node, "node");
		is_number(sr_domain_list_has(&srat.memory, 0x1234567), rows[i].memory, "memory");
		ok(srat.whole && srat.taken == SR_YES && !snapshot->acpi.faults.count, "no fault");
		printf("# type %u\n", rows[i].type);
	}
}

static void test_bad_ranges(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = begin_srat(3);
	auto_srat srat = { 0 };

	put_memory(&table, 0x1000, 0, 0, ENABLED);
	put_memory(&table, 0xffffffffffff0000, 0x10001, 0, ENABLED);
	put_memory(&table, 0xffffffffffff0000, 0x10000, 7, ENABLED);
	put_memory(&table, 0, 0, 0, 0);
	finish_table(&table);
	parse(snapshot, &table, &srat);
	is_number(snapshot->acpi.memory.count, 1, "two are left out");
	is_memory(snapshot, 0, 0xffffffffffff0000, UINT64_MAX, 7);
	is_number(snapshot->acpi.faults.count, 2, "and told");
	ok(has_fault(&snapshot->acpi, "SRAT", "at byte 48 is enabled and of size 0"), "size 0");
	ok(has_fault(&snapshot->acpi, "SRAT", "at byte 88 leaves 64 bits"), "too large");
	ok(srat.whole && srat.taken == SR_YES, "the kernel leaves them out, too");
}

static void test_bad_checksum(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table(3);
	auto_srat srat = { 0 };

	table.bytes[9]++;
	parse(snapshot, &table, &srat);
	is_number(snapshot->acpi.memory.count, 3, "read all the same");
	ok(srat.whole && has_fault(&snapshot->acpi, "SRAT", "checksum"), "but told");
}

/* What comes behind a structure with a wrong length, and what the kernel makes of it. */
static void test_bad_lengths(void)
{
	static const struct {
		uint8_t type, length;
		enum sr_truth taken;
		bool whole;
		size_t memory;
		const char *fault;
	} rows[] = {
		{ 1, 0, SR_NO, false, 0, "at byte 48 has no length" },
		{ 1, 1, SR_NO, false, 0, "has a length of 1, less than its header" },
		{ 1, 39, SR_NO, false, 0, "has a length of 39, not 40" },
		{ 1, 40, SR_YES, true, 2, NULL },
		{ 1, 80, SR_YES, true, 1, NULL },
		{ 1, 81, SR_YES, true, 1, "has a length of 81, but the table ends after 80" },
		{ 0, 0, SR_NO, false, 0, "at byte 48 has no length" },
		{ 9, 40, SR_YES, true, 1, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		struct made_table table = begin_srat(3);
		auto_srat srat = { 0 };

		put_memory(&table, 0, 0x80000000, 0, ENABLED);
		put_memory(&table, 0x100000000, 0x80000000, 1, ENABLED);
		put_at(&table, 48, rows[i].type, 1);
		put_at(&table, 49, rows[i].length, 1);
		finish_table(&table);
		parse(snapshot, &table, &srat);
		is_number(srat.taken, rows[i].taken, "taken");
		is_number(srat.whole, rows[i].whole, "whole");
		if (rows[i].memory)
			is_number(snapshot->acpi.memory.count, rows[i].memory, "memory");
		ok(rows[i].fault ? has_fault(&snapshot->acpi, "SRAT", rows[i].fault)
				 : !snapshot->acpi.faults.count,
		   rows[i].fault ? rows[i].fault : "no fault");
		printf("# type %u of length %u\n", rows[i].type, rows[i].length);
		show_faults(&snapshot->acpi);
	}
}

/* Architectures differ in whether they say "SRAT not used" of it. */
static void test_short_processor(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = begin_srat(3);
	auto_srat srat = { 0 };

	put(&table, 0, 1);
	put(&table, 15, 1);
	put_zeros(&table, 13);
	put_memory(&table, 0, 0x80000000, 0, ENABLED);
	finish_table(&table);
	parse(snapshot, &table, &srat);
	ok(has_fault(&snapshot->acpi, "SRAT", "of type 0, has a length of 15, not 16"), "told");
	ok(srat.whole && srat.taken == SR_UNKNOWN, "the memory is known, the rest not");
	is_number(snapshot->acpi.memory.count, 1, "and read");
}

/* A memory structure that the table ends in: the kernel reads what lies behind, we cannot. */
static void test_last_one_cut(void)
{
	for (unsigned int lost = 1; lost <= 40; lost++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		struct made_table table = good_table(3);
		auto_srat srat = { 0 };
		bool gone = lost >= 38; /* no more than the header: nothing is looked at */

		table.length -= lost;
		finish_table(&table);
		parse(snapshot, &table, &srat);
		is_number(snapshot->acpi.memory.count, 2, "two memory structures");
		is_number(srat.whole, gone, "whole");
		is_number(srat.taken, gone ? SR_YES : SR_UNKNOWN, "taken");
		is_number(snapshot->acpi.faults.count, !gone, "told");
	}
}

static void test_bad_headers(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct made_table table = good_table(3);
	auto_srat srat = { 0 };

	memcpy(table.bytes, "SRAX", 4);
	parse(snapshot, &table, &srat);
	ok(has_fault(&snapshot->acpi, "SRAT", "signature is not SRAT"), "another table");
	table = good_table(3);
	put_at(&table, 4, 47, 4);
	parse(snapshot, &table, &srat);
	ok(has_fault(&snapshot->acpi, "SRAT", "its length is 47, less than its header"), "short");
	ok(!srat.whole && srat.taken == SR_UNKNOWN, "nothing is known");
	is_number(snapshot->acpi.memory.count, 0, "nor read");
	table = good_table(3);
	put_at(&table, 4, UINT32_MAX, 4);
	parse(snapshot, &table, &srat);
	ok(has_fault(&snapshot->acpi, "SRAT", "its length is 4294967295, but there are only"),
	   "a length beyond the file");
	is_number(snapshot->acpi.memory.count, 3, "what is there is read");
	ok(!srat.whole && srat.taken == SR_UNKNOWN, "but there may be more");
}

/* A file of fewer bytes than the table, each number of them. */
static void test_every_cut(void)
{
	struct made_table table = good_table(3);
	size_t whole = 0, silent = 0, before = 0, sunk = 0;

	for (size_t length = 0; length < table.length; length++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		sr_auto_free uint8_t *bytes = cut_table(&table, length);
		auto_srat srat = { 0 };

		if (sr_srat_parse(&snapshot->acpi, snapshot->pool, bytes, length, &srat))
			abort();
		whole += srat.whole || srat.taken != SR_UNKNOWN;
		silent += snapshot->acpi.faults.count != 1;
		sunk += snapshot->acpi.memory.count < before;
		before = snapshot->acpi.memory.count;
	}
	is_number(whole, 0, "none is whole");
	is_number(silent, 0, "and each has its one fault");
	is_number(sunk, 0, "more bytes never tell less");
	is_number(before, 2, "and the last byte tells the last range");
}

static bool is_sane(const struct sr_snapshot *snapshot)
{
	const struct sr_memory_affinity *memory;
	const struct sr_table_fault *fault;

	sr_for_each (memory, &snapshot->acpi.memory) {
		if (memory->range.start > memory->range.end || memory->node.known)
			return false;
	}
	sr_for_each (fault, &snapshot->acpi.faults) {
		if (!fault->text || strcmp(fault->table, "SRAT") != 0)
			return false;
	}
	return snapshot->acpi.memory.count <= 6 && snapshot->acpi.faults.count <= 65;
}

static void test_damaged(void)
{
	struct made_table table = good_table(3);
	uint64_t state = 20251124;
	size_t insane = 0, entries = 0, whole = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		size_t length;
		sr_auto_free uint8_t *bytes = damage_table(&table, &length, &state);
		auto_srat srat = { 0 };

		insane += sr_srat_parse(&snapshot->acpi, snapshot->pool, bytes, length, &srat) ||
			  !is_sane(snapshot);
		entries += snapshot->acpi.memory.count;
		whole += srat.whole;
	}
	is_number(insane, 0, "damaged tables, from 20251124");
	ok(entries > ROUNDS && entries < 3 * ROUNDS, "of which some entries survive");
	ok(whole > ROUNDS / 4 && whole < ROUNDS, "and some tables");
	printf("# %zu entries, %zu whole\n", entries, whole);
}

/* 16 MiB of structures of length 2, or of memory: bounded in faults, entries and time. */
static void test_huge(void)
{
	const size_t length = 16U << 20;
	sr_auto_free uint8_t *bytes = malloc(length);
	struct made_table table = begin_srat(3), one = { .length = 0 };
	clock_t begin = clock();

	put_memory(&one, 0x1000, 0x1000, 5, ENABLED);
	for (int kind = 0; kind < 2; kind++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		auto_srat srat = { 0 };

		memcpy(bytes, table.bytes, table.length);
		for (size_t at = 48; at < length; at++)
			bytes[at] = kind ? one.bytes[(at - 48) % 40] : 1 + at % 2;
		put_at(&table, 4, length, 4);
		memcpy(bytes + 4, table.bytes + 4, 4);
		if (sr_srat_parse(&snapshot->acpi, snapshot->pool, bytes, length, &srat))
			abort();
		ok(!srat.whole, "not whole");
		ok(snapshot->acpi.faults.count <= 65, "faults are bounded");
		is_number(snapshot->acpi.memory.count, kind ? 4096 : 0, "entries are bounded");
		ok(has_fault(&snapshot->acpi, "SRAT", kind ? "more than 4096" : "more faults"),
		   "and told");
	}
	ok(clock() - begin < 20 * CLOCKS_PER_SEC, "in a time in proportion");
	printf("# %ld ms\n", (clock() - begin) / (CLOCKS_PER_SEC / 1000));
}

static void add_entry(struct sr_snapshot *snapshot, enum sr_source_id source, uint64_t start,
		      uint32_t domain, int64_t node)
{
	struct sr_memory_affinity *memory = sr_list_add(&snapshot->acpi.memory);

	if (!memory)
		abort();
	*memory = (struct sr_memory_affinity){
		.range = { start, start + 0xfff },
		.proximity_domain = domain,
		.node = { .value = node, .known = source == SR_SOURCE_KERNEL_LOG },
		.source = source,
	};
}

static void settle(struct sr_snapshot *snapshot, size_t logged, bool log_whole, bool table_whole)
{
	is_number((uint64_t)sr_acpi_merge_memory(&snapshot->acpi, snapshot->pool, logged, log_whole,
						 table_whole),
		  0, "settled");
}

/* Three lines of the log, one twice, in another order than the table. */
static struct sr_snapshot *both(bool differ)
{
	struct sr_snapshot *snapshot = sr_snapshot_new();

	add_entry(snapshot, SR_SOURCE_KERNEL_LOG, 0x2000, 8, 1);
	add_entry(snapshot, SR_SOURCE_KERNEL_LOG, 0x2000, 8, 1);
	add_entry(snapshot, SR_SOURCE_KERNEL_LOG, 0x1000, differ ? 9 : 7, 0);
	add_entry(snapshot, SR_SOURCE_ACPI, 0x1000, 7, 0);
	add_entry(snapshot, SR_SOURCE_ACPI, 0x2000, 8, 0);
	return snapshot;
}

static void test_settle_same(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = both(false);
	const struct sr_acpi *acpi = &snapshot->acpi;

	settle(snapshot, 3, true, true);
	is_number(acpi->memory.count, 2, "the table's stay");
	is_number(acpi->memory.items[0].source, SR_SOURCE_ACPI, "source");
	is_memory(snapshot, 0, 0x1000, 0x1fff, 7);
	is_memory(snapshot, 1, 0x2000, 0x2fff, 8);
	ok(acpi->memory.items[0].node.known && acpi->memory.items[0].node.value == 0, "node 0");
	ok(acpi->memory.items[1].node.known && acpi->memory.items[1].node.value == 1, "node 1");
	is_number(acpi->faults.count, 0, "no fault");
	ok(acpi->memory_known, "known");
}

static void test_settle_other(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = both(true);
	sr_auto_snapshot struct sr_snapshot *partial = both(true);

	settle(snapshot, 3, true, true);
	is_number(snapshot->acpi.memory.count, 2, "the table's stay");
	ok(!snapshot->acpi.memory.items[0].node.known, "without a node");
	is_number(snapshot->acpi.faults.count, 2, "each has what the other lacks");
	ok(has_fault(&snapshot->acpi, "SRAT",
		     "the table has 0x1000-0x1fff in domain 7, the kernel log has not"),
	   "the table");
	ok(has_fault(&snapshot->acpi, "SRAT",
		     "the kernel log has 0x1000-0x1fff in domain 9, the table has not"),
	   "the log");
	settle(partial, 3, false, true);
	is_number(partial->acpi.faults.count, 1, "what a part of a log lacks is no fault");
}

static void test_settle_one(void)
{
	sr_auto_snapshot struct sr_snapshot *cut = both(false);
	sr_auto_snapshot struct sr_snapshot *neither = both(true);
	sr_auto_snapshot struct sr_snapshot *log = both(false);
	sr_auto_snapshot struct sr_snapshot *table = sr_snapshot_new();

	settle(cut, 3, true, false);
	is_number(cut->acpi.memory.count, 3, "a whole log goes before a part of the table");
	is_number(cut->acpi.memory.items[0].source, SR_SOURCE_KERNEL_LOG, "source");
	ok(cut->acpi.memory_known, "known");
	settle(neither, 3, false, false);
	is_number(neither->acpi.memory.count, 2, "of two parts the table's");
	is_number(neither->acpi.faults.count, 0, "which may lack what the other has");
	ok(!neither->acpi.memory_known, "not known");
	log->acpi.memory.count = 3;
	settle(log, 3, false, false);
	is_number(log->acpi.memory.count, 3, "a part of a log before nothing");
	ok(!log->acpi.memory_known, "not known");
	add_entry(table, SR_SOURCE_ACPI, 0x1000, 7, 0);
	settle(table, 0, true, true);
	is_number(table->acpi.memory.count, 1, "no lines in the log");
	is_number(table->acpi.faults.count, 0, "are no fault");
	settle(table, 0, true, false);
	ok(!table->acpi.memory_known, "nor do they make up for a part of a table");
}

int main(void)
{
	test_good();
	test_revision_1();
	test_revision_2();
	test_longer_file();
	test_other_domains();
	test_bad_ranges();
	test_bad_checksum();
	test_bad_lengths();
	test_short_processor();
	test_last_one_cut();
	test_bad_headers();
	test_every_cut();
	test_damaged();
	test_huge();
	test_settle_same();
	test_settle_other();
	test_settle_one();
	return tap_done();
}
