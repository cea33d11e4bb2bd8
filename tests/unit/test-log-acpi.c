// SPDX-License-Identifier: GPL-2.0-only
/* sources/log-acpi.h: the tables and the memory that a kernel log tells of. */
#include "sources/log-acpi.h"

#include <stdlib.h>
#include <time.h>

#include "acpi-tables.h"
#include "base/cleanup.h"
#include "sources/memory-map-text.h"

#define ROUNDS 20000

#define auto_map sr_cleanup(sr_memory_map_free) struct sr_memory_map_text

/* srat-split@7.3, shortened. */
#define BANNER "[    0.000000] Linux version 7.3.4 (debian@debian) (gcc) #1 SMP\n"
#define TABLES                                                                                 \
	"[    0.000000] ACPI: Early table checksum verification disabled\n"                    \
	"[    0.000000] ACPI: RSDP 0x00000000000F5270 000014 (v00 BOCHS )\n"                   \
	"[    0.000000] ACPI: SRAT 0x000000007FFE3447 Physical table override, new table: "    \
	"0x000000007FFDF078\n"                                                                 \
	"[    0.000000] ACPI: SRAT 0x000000007FFDF078 000140 (v01 BOCHS  BXPC     00000009)\n" \
	"[    0.000000] ACPI: HMAT 0x000000007FFDF000 000078 (v02 BOCHS  BXPC     00000009)\n" \
	"[    0.000000] ACPI: CEDT 0x000000007FFE35C3 00006C (v01 BOCHS  BXPC     00000001)\n" \
	"[    0.000000] ACPI: Reserving HMAT table memory at [mem 0x7ffdf000-0x7ffdf077]\n"
#define MEMORY                                                                              \
	"[    0.000000] ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]\n"             \
	"[    0.000000] ACPI: SRAT: Node 0 PXM 0 [mem 0x100000000-0x127fffffff] hotplug\n"  \
	"[    0.000000] ACPI: SRAT: Node 1 PXM 4000000000 [mem 0x1290000000-0x12afffffff] " \
	"hotplug non-volatile\n"                                                            \
	"[    0.000000] ACPI: SRAT: Node 1 PXM 1 [mem 0x12b0000000-0x12cfffffff] non-volatile\n"
#define END	"[    0.000000] Kernel command line: quiet\n"
#define READ	"[    2.166425] acpi/hmat: Memory Flags:0001 Processor Domain:0 Memory Domain:0\n"
#define STARTED "[    3.166425] Freeing unused kernel image (initmem) memory: 4000K\n"

/* What the log tells, as kernel-log.c lets it be told. */
static struct sr_snapshot *tell(const char *text)
{
	struct sr_snapshot *snapshot = sr_snapshot_new();
	auto_map map = { 0 };

	if (!snapshot || sr_memory_map_parse(text, strlen(text), &map) ||
	    sr_log_acpi_tell(&map.acpi, !map.cut_off, &snapshot->acpi))
		abort();
	return snapshot;
}

static void is_memory(const struct sr_acpi *acpi, size_t index, uint64_t start, uint64_t end,
		      uint32_t domain, int64_t node)
{
	const struct sr_memory_affinity *memory = &acpi->memory.items[index];

	if (!ok(index < acpi->memory.count, "there is such an entry"))
		return;
	is_number(memory->range.start, start, "start");
	is_number(memory->range.end, end, "end");
	is_number(memory->proximity_domain, domain, "domain");
	ok(memory->node.known && memory->node.value == node, "node");
	is_number(memory->source, SR_SOURCE_KERNEL_LOG, "source");
}

static void test_real(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = tell(BANNER TABLES MEMORY END READ STARTED);
	const struct sr_acpi *acpi = &snapshot->acpi;

	is_number(acpi->has_srat, SR_YES, "an SRAT");
	is_number(acpi->has_hmat, SR_YES, "an HMAT");
	is_number(acpi->has_cedt, SR_YES, "a CEDT");
	is_number(acpi->hmat_used, SR_YES, "the HMAT is used");
	is_number(acpi->hmat_logged, SR_YES, "as the kernel says");
	ok(acpi->memory_known && !acpi->windows_known, "known");
	is_number(acpi->memory.count, 4, "entries");
	is_memory(acpi, 0, 0, 0x9ffff, 0, 0);
	is_memory(acpi, 1, 0x100000000, 0x127fffffff, 0, 0);
	is_memory(acpi, 2, 0x1290000000, 0x12afffffff, 4000000000, 1);
	is_memory(acpi, 3, 0x12b0000000, 0x12cfffffff, 1, 1);
	for (size_t i = 0; i < 4; i++) {
		is_number(acpi->memory.items[i].hot_pluggable, i == 1 || i == 2, "hot-pluggable");
		is_number(acpi->memory.items[i].non_volatile, i >= 2, "non-volatile");
	}
}

static void test_verdicts(void)
{
	static const struct {
		const char *text;
		enum sr_truth srat, hmat, used, logged;
		bool known;
	} rows[] = {
		{ BANNER TABLES MEMORY END, SR_YES, SR_YES, SR_UNKNOWN, SR_UNKNOWN, true },
		{ BANNER TABLES MEMORY END READ, SR_YES, SR_YES, SR_UNKNOWN, SR_YES, true },
		/* No CONFIG_ACPI_HMAT, or revision 1: only the table can tell. */
		{ BANNER TABLES MEMORY END STARTED, SR_YES, SR_YES, SR_UNKNOWN, SR_NO, true },
		{ BANNER TABLES MEMORY END READ "acpi/hmat: Ignoring: Invalid table\n" STARTED,
		  SR_YES, SR_YES, SR_NO, SR_YES, true },
		{ BANNER TABLES MEMORY END "acpi/hmat: Ignoring HMAT: Unknown revision:3\n", SR_YES,
		  SR_YES, SR_NO, SR_YES, true },
		/* numa=off: nothing is printed of the memory. */
		{ BANNER TABLES END STARTED, SR_YES, SR_YES, SR_UNKNOWN, SR_NO, false },
		{ BANNER TABLES MEMORY "ACPI: SRAT: SRAT not used.\n" END STARTED, SR_YES, SR_YES,
		  SR_NO, SR_NO, false },
		/* Cut off: what is named is there, what is not may come. */
		{ BANNER TABLES MEMORY, SR_YES, SR_YES, SR_UNKNOWN, SR_UNKNOWN, false },
		{ BANNER "ACPI: RSDP 0x00000000000F5270 000014 (v00 BOCHS )\n", SR_UNKNOWN,
		  SR_UNKNOWN, SR_UNKNOWN, SR_UNKNOWN, false },
		{ BANNER "ACPI: RSDP 0x00000000000F5270 000014 (v00 BOCHS )\n" END, SR_NO, SR_NO,
		  SR_UNKNOWN, SR_UNKNOWN, true },
		/* No ACPI, or lines left out. */
		{ BANNER END STARTED, SR_UNKNOWN, SR_UNKNOWN, SR_UNKNOWN, SR_NO, false },
		{ BANNER MEMORY END, SR_YES, SR_UNKNOWN, SR_UNKNOWN, SR_UNKNOWN, true },
		/* The log of another boot before this one's. */
		{ BANNER TABLES MEMORY END READ STARTED BANNER END, SR_UNKNOWN, SR_UNKNOWN,
		  SR_UNKNOWN, SR_UNKNOWN, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = tell(rows[i].text);

		is_number(snapshot->acpi.has_srat, rows[i].srat, "SRAT");
		is_number(snapshot->acpi.has_hmat, rows[i].hmat, "HMAT");
		is_number(snapshot->acpi.hmat_used, rows[i].used, "used");
		is_number(snapshot->acpi.hmat_logged, rows[i].logged, "logged");
		is_number(snapshot->acpi.memory_known, rows[i].known, "memory known");
		printf("# row %zu\n", i);
	}
}

static void test_lines(void)
{
	static const struct {
		const char *line;
		size_t count;
		bool known;
	} rows[] = {
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]\n", 1, true },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]", 0, false },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]\n"
		  "ACPI: SRAT: Node 0 PXM 1 [mem 0x2000-0x2fff]",
		  1, false },
		{ "<6>[    0.1][    T0] ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff] hotplug\r\n",
		  1, true },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff] words to come\n", 1, true },
		/* Of size 0: the kernel prints it and leaves it out. */
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0xfff]\n", 0, false },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0xfff]\n"
		  "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]\n",
		  1, true },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x0-0xffffffffffffffff]\n", 1, true },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x0-0x1ffffffffffffffff]\n", 0, false },
		{ "ACPI: SRAT: Node 2147483648 PXM 1 [mem 0x1000-0x1fff]\n", 0, false },
		{ "ACPI: SRAT: Node 0 PXM 4294967296 [mem 0x1000-0x1fff]\n", 0, false },
		{ "ACPI: SRAT: Node 0 PXM 4294967295 [mem 0x1000-0x1fff]\n", 1, true },
		{ "ACPI: SRAT: Node -1 PXM 1 [mem 0x1000-0x1fff]\n", 0, false },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff\n", 0, false },
		{ "ACPI: SRAT: Node 0 PXM 1 [mem 1000-1fff]\n", 0, false },
		{ "ACPI: SRAT: Node 0\n", 0, false },
		{ "ACPI: SRAT: Node \n", 0, false },
		{ "ACPI: SRAT: PXM 0 -> APIC 0x00 -> Node 0\n"
		  "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]\n",
		  1, true },
		{ "x ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]\n", 0, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		/* Its end comes first here, so that a line may be the last. */
		sr_auto_free char *text = malloc(4096);
		sr_auto_snapshot struct sr_snapshot *snapshot = NULL;

		snprintf(text, 4096, "%s", BANNER END);
		strcat(text, "ACPI: SRAT 0x000000007FFDF078 000140 (v01 BOCHS )\n");
		strcat(text, rows[i].line);
		snapshot = tell(text);
		is_number(snapshot->acpi.memory.count, rows[i].count, "entries");
		is_number(snapshot->acpi.memory_known, rows[i].known, "known");
		printf("# row %zu\n", i);
	}
}

static bool is_sane(const struct sr_acpi *acpi)
{
	const struct sr_memory_affinity *memory;

	sr_for_each (memory, &acpi->memory) {
		if (memory->range.start > memory->range.end || !memory->node.known)
			return false;
	}
	return acpi->memory.count <= 4;
}

static void test_damaged(void)
{
	static const char text[] = BANNER TABLES MEMORY END READ STARTED;
	uint64_t state = 20251127;
	size_t insane = 0, entries = 0, known = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_free char *copy = malloc(sizeof(text));
		size_t length = mutate(text, sizeof(text) - 1, copy, &state);
		struct sr_acpi acpi = { 0 };
		auto_map map = { 0 };

		insane += sr_memory_map_parse(copy, length, &map) ||
			  sr_log_acpi_tell(&map.acpi, !map.cut_off, &acpi) || !is_sane(&acpi);
		entries += acpi.memory.count;
		known += acpi.memory_known;
		sr_list_free(&acpi.memory);
	}
	is_number(insane, 0, "damaged logs, from 20251127");
	ok(entries > ROUNDS && entries < 4 * ROUNDS, "of which some lines survive");
	ok(known > ROUNDS / 10 && known < ROUNDS, "and some lists");
	printf("# %zu entries, %zu known\n", entries, known);
}

static void test_many_lines(void)
{
	static const char line[] = "ACPI: SRAT: Node 0 PXM 1 [mem 0x1000-0x1fff]\n";
	const size_t count = 500000;
	sr_auto_free char *text = malloc(count * sizeof(line) + 1);
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	clock_t begin = clock();
	char *at = text;

	if (!text)
		abort();
	for (size_t i = 0; i < count; i++)
		at = stpcpy(at, line);
	snapshot = tell(text);
	is_number(snapshot->acpi.memory.count, 4096, "lines are bounded");
	ok(!snapshot->acpi.memory_known, "the rest is lost");
	ok(clock() - begin < 20 * CLOCKS_PER_SEC, "in a time in proportion");
}

int main(void)
{
	test_real();
	test_verdicts();
	test_lines();
	test_damaged();
	test_many_lines();
	return tap_done();
}
