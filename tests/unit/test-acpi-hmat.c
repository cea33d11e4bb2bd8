// SPDX-License-Identifier: GPL-2.0-only
/* sources/acpi-hmat.h: which tables the kernel takes, and which it ignores. */
#include "sources/acpi-hmat.h"

#include <stdlib.h>

#include "acpi-tables.h"
#include "base/cleanup.h"

#define ROUNDS 100000

/* What a test looks at; with the domains 0 and 1 for memory, 0 and 2 for nodes. */
struct outcome {
	struct sr_snapshot *snapshot;
	struct sr_hmat hmat;
	struct sr_srat srat;
};

static void outcome_free(struct outcome *outcome)
{
	sr_srat_free(&outcome->srat);
	sr_snapshot_free(outcome->snapshot);
}

#define auto_outcome sr_cleanup(outcome_free) struct outcome

static void add_domain(sr_domain_list *domains, uint32_t domain)
{
	uint32_t *added = sr_list_add(domains);

	if (!added)
		abort();
	*added = domain;
}

static struct outcome begin(void)
{
	struct outcome outcome = { .srat = { .whole = true, .taken = SR_YES } };

	outcome.snapshot = sr_snapshot_new();
	if (!outcome.snapshot)
		abort();
	add_domain(&outcome.srat.memory, 0);
	add_domain(&outcome.srat.memory, 1);
	add_domain(&outcome.srat.nodes, 0);
	add_domain(&outcome.srat.nodes, 2);
	return outcome;
}

static void parse_bytes(struct outcome *outcome, const uint8_t *bytes, size_t length, bool numa_off)
{
	if (sr_hmat_parse(&outcome->snapshot->acpi, outcome->snapshot->pool, bytes, length,
			  &outcome->srat, numa_off, &outcome->hmat))
		abort();
}

static void parse(struct outcome *outcome, struct made_table *table)
{
	sr_auto_free uint8_t *bytes = cut_table(table, table->length);

	parse_bytes(outcome, bytes, table->length, false);
}

static void is_taken(struct made_table *table, enum sr_truth taken, const char *fault,
		     const char *what)
{
	auto_outcome outcome = begin();

	finish_table(table);
	parse(&outcome, table);
	is_number(outcome.hmat.taken, taken, what);
	if (fault)
		ok(has_fault(&outcome.snapshot->acpi, "HMAT", fault), fault);
	else
		is_number(outcome.snapshot->acpi.faults.count, 0, "without a fault");
	show_faults(&outcome.snapshot->acpi);
}

static struct made_table good_table(uint8_t revision)
{
	struct made_table table = begin_hmat(revision);

	put_proximity(&table, 1, 0, 0);
	put_proximity(&table, 1, 2, 1);
	put_locality(&table, 2, 3, 32 + 8 + 12 + 12);
	put_cache(&table, 32);
	put_hmat_header(&table, 3, 8);
	put_cache(&table, 36);
	return table;
}

static void test_revisions(void)
{
	for (unsigned int revision = 0; revision < 5; revision++) {
		struct made_table table = good_table((uint8_t)revision);
		bool known = revision == 1 || revision == 2;

		is_taken(&table, known ? SR_YES : SR_NO, known ? NULL : "the kernel takes 1 and 2",
			 "a revision");
		printf("# revision %u\n", revision);
	}
}

static void test_lines(void)
{
	struct made_table table = good_table(2);
	auto_outcome second = begin();
	auto_outcome first = begin();
	auto_outcome others = begin();

	finish_table(&table);
	parse(&second, &table);
	ok(second.hmat.is_logged && second.hmat.whole, "the kernel prints a line");
	table.bytes[8] = 1;
	finish_table(&table);
	parse(&first, &table);
	ok(!first.hmat.is_logged, "not surely of revision 1");
	table = begin_hmat(2);
	put_locality(&table, 1, 1, 42);
	finish_table(&table);
	parse(&others, &table);
	ok(!others.hmat.is_logged, "nor of other types");
}

static void test_empty(void)
{
	struct made_table table = begin_hmat(2);

	is_taken(&table, SR_YES, NULL, "nothing in it is nothing wrong");
	put_hmat_header(&table, 0, 0);
	is_taken(&table, SR_YES, NULL, "nor is a last header, which nobody looks at");
	put(&table, 0, 1);
	is_taken(&table, SR_NO, "has no length", "unless something follows");
}

static void test_proximity(void)
{
	static const struct {
		uint8_t revision;
		uint16_t flags;
		uint32_t processor, memory;
		enum sr_truth taken;
		const char *fault;
	} rows[] = {
		{ 2, 0, 9, 1, SR_YES, NULL },
		{ 2, 1, 2, 1, SR_YES, NULL },
		{ 2, 1, 1, 1, SR_NO, "names processor domain 1" },
		{ 2, 0, 0, 2, SR_NO, "names memory domain 2" },
		{ 2, 2, 0, 0x100, SR_NO, "names memory domain 256" },
		{ 1, 0, 9, 9, SR_YES, NULL },
		{ 1, 1, 9, 9, SR_YES, NULL },
		{ 1, 2, 9, 9, SR_NO, "names memory domain 9" },
		{ 1, 2, 9, 1, SR_YES, NULL },
		{ 1, 3, 9, 1, SR_NO, "names processor domain 9" },
		{ 1, 3, 0, 1, SR_YES, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct made_table table = begin_hmat(rows[i].revision);

		put_proximity(&table, rows[i].flags, rows[i].processor, rows[i].memory);
		is_taken(&table, rows[i].taken, rows[i].fault, "domains");
		printf("# row %zu\n", i);
	}
}

/* Each length of a structure of each type, in a table that holds all of it. */
static void test_lengths(void)
{
	static const uint32_t least[] = { 40, 32, 32, 8 };

	for (uint32_t type = 0; type < sizeof(least) / sizeof(*least); type++) {
		size_t wrong = 0;

		for (uint32_t length = 8; length < 64; length++) {
			struct made_table table = begin_hmat(1);
			auto_outcome outcome = begin();
			bool parses = type ? length >= least[type] : length == least[type];

			put_hmat_header(&table, (uint16_t)type, length);
			put_zeros(&table, length - 8 + 1);
			finish_table(&table);
			parse(&outcome, &table);
			wrong += outcome.hmat.taken != (parses ? SR_YES : SR_NO);
			wrong += outcome.snapshot->acpi.faults.count != !parses;
		}
		is_number(wrong, 0, "lengths");
		printf("# type %u\n", type);
	}
}

static void test_locality(void)
{
	static const struct {
		uint32_t initiators, targets, length;
		enum sr_truth taken;
		const char *fault;
	} rows[] = {
		{ 0, 0, 32, SR_YES, NULL },
		{ 1, 0, 35, SR_NO, "has a length of 35, not 36" },
		{ 2, 3, 64, SR_YES, NULL },
		{ 2, 3, 63, SR_NO, "has a length of 63, not 64" },
		{ 3, 2, 63, SR_NO, "has a length of 63, not 64" },
		{ 3, 2, 200, SR_YES, NULL },
		/* 2 * 2^16 * 2^15 is 0 in the kernel's 32 bits, but the lists are not. */
		{ 1U << 16, 1U << 15, 64, SR_NO, "not 4295360544" },
		{ UINT32_MAX, UINT32_MAX, 64, SR_NO, "not 18446744073709551615" },
		{ UINT32_MAX, 0, 64, SR_NO, "not 17179869212" },
		{ 0, UINT32_MAX, 64, SR_NO, "not 17179869212" },
		{ 1U << 31, 1U << 31, 64, SR_NO, "not" },
		{ 1U << 31, UINT32_MAX, 64, SR_NO, "not" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct made_table table = begin_hmat(2);

		put_locality(&table, rows[i].initiators, rows[i].targets, rows[i].length);
		is_taken(&table, rows[i].taken, rows[i].fault, "counts");
		printf("# row %zu\n", i);
	}
}

static void test_wrong_before_unclear(void)
{
	struct made_table table = begin_hmat(2);

	put_cache(&table, 31);
	put_proximity(&table, 1, 0, 0);
	table.length -= 1;
	is_taken(&table, SR_NO, "has a length of 31, not 32", "what comes behind changes nothing");
}

/* The table ends in its last structure: what that has in the table decides, or is unknown. */
static void test_last_one_cut(void)
{
	struct made_table table = begin_hmat(2);

	put_cache(&table, 32);
	table.length -= 8;
	is_taken(&table, SR_YES, "but the table ends after 24", "a cache");
	table = begin_hmat(2);
	put_locality(&table, 1, 1, 42);
	table.length -= 10;
	is_taken(&table, SR_YES, "but the table ends after 32", "a locality");
	table.length -= 1;
	is_taken(&table, SR_UNKNOWN, "but the table ends after 31", "a part of one");
	table = begin_hmat(2);
	put_proximity(&table, 1, 0, 0);
	table.length -= 1;
	is_taken(&table, SR_UNKNOWN, "but the table ends after 39", "a proximity structure");
	put_at(&table, 40, 2, 2);
	put_hmat_header(&table, 2, 31);
	put_zeros(&table, 23);
	put_at(&table, 44, 39, 4);
	is_taken(&table, SR_NO, "has a length of 31, not 32", "a wrong one decides");
}

static void test_numa_off(void)
{
	struct made_table table = begin_hmat(2);
	auto_outcome none = begin();
	auto_outcome one = begin();

	put_proximity(&table, 0, 0, 0);
	finish_table(&table);
	parse_bytes(&none, table.bytes, table.length, true);
	is_number(none.hmat.taken, SR_YES, "numa=off, and no processor named");
	put_proximity(&table, 1, 0, 0);
	finish_table(&table);
	parse_bytes(&one, table.bytes, table.length, true);
	is_number(one.hmat.taken, SR_NO, "numa=off, and one named");
	is_number(one.snapshot->acpi.faults.count, 0, "not the table's fault");
}

static void test_srat_unknown(void)
{
	struct made_table table = begin_hmat(2);
	auto_outcome cut = begin();
	auto_outcome unclear = begin();
	auto_outcome bad = begin();

	put_proximity(&table, 1, 9, 9);
	finish_table(&table);
	cut.srat.whole = false;
	parse(&cut, &table);
	is_number(cut.hmat.taken, SR_UNKNOWN, "a part of the SRAT");
	unclear.srat.taken = SR_UNKNOWN;
	parse(&unclear, &table);
	is_number(unclear.hmat.taken, SR_UNKNOWN, "an unclear SRAT");
	is_number(unclear.snapshot->acpi.faults.count, 0, "no fault");
	put_cache(&table, 31);
	finish_table(&table);
	bad.srat.whole = false;
	parse(&bad, &table);
	is_number(bad.hmat.taken, SR_NO, "but a wrong structure is a wrong structure");
}

static void test_headers(void)
{
	struct made_table table = good_table(2);
	auto_outcome outcome = begin();

	table.length = 39;
	is_taken(&table, SR_UNKNOWN, "its length is 39, less than its header", "a short table");
	table = good_table(2);
	finish_table(&table);
	table.bytes[9]++;
	parse(&outcome, &table);
	is_number(outcome.hmat.taken, SR_YES, "a wrong checksum keeps nobody from it");
	ok(has_fault(&outcome.snapshot->acpi, "HMAT", "checksum"), "but is told");
}

static void test_every_cut(void)
{
	struct made_table table = good_table(2);
	size_t decided = 0, silent = 0;

	finish_table(&table);
	for (size_t length = 0; length < table.length; length++) {
		sr_auto_free uint8_t *bytes = cut_table(&table, length);
		auto_outcome outcome = begin();

		parse_bytes(&outcome, bytes, length, false);
		decided += outcome.hmat.taken != SR_UNKNOWN || outcome.hmat.whole;
		silent += outcome.snapshot->acpi.faults.count != 1;
	}
	is_number(decided, 0, "no part of it decides");
	is_number(silent, 0, "and each has its one fault");
}

static void test_damaged(void)
{
	struct made_table table = good_table(2);
	uint64_t state = 20251125;
	size_t counts[3] = { 0 }, insane = 0;

	finish_table(&table);
	for (int round = 0; round < ROUNDS; round++) {
		size_t length;
		sr_auto_free uint8_t *bytes = damage_table(&table, &length, &state);
		auto_outcome outcome = begin();

		parse_bytes(&outcome, bytes, length, false);
		counts[outcome.hmat.taken]++;
		/* Behind a good checksum nothing refuses a table without saying why. */
		insane += outcome.hmat.taken != SR_YES && !outcome.snapshot->acpi.faults.count;
		insane += outcome.snapshot->acpi.faults.count > 65;
	}
	is_number(insane, 0, "damaged tables, from 20251125");
	for (int i = 0; i < 3; i++)
		ok(counts[i] > ROUNDS / 50, "each verdict comes up");
	printf("# unknown %zu, no %zu, yes %zu\n", counts[0], counts[1], counts[2]);
}

int main(void)
{
	test_revisions();
	test_lines();
	test_empty();
	test_proximity();
	test_lengths();
	test_locality();
	test_wrong_before_unclear();
	test_last_one_cut();
	test_numa_off();
	test_srat_unknown();
	test_headers();
	test_every_cut();
	test_damaged();
	return tap_done();
}
