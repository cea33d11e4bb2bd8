// SPDX-License-Identifier: GPL-2.0-only
/* lint: silent on what is sound, honest about what was not checked, sorted and bounded. */
#include <time.h>

#include "linted.h"

#define ALL_CODES                                                                      \
	"TABLE_BROKEN NOT_ONE_TO_ONE UNSPLIT_WINDOWS UNSPLIT_REGIONS "                 \
	"SOFT_RESERVED_BEYOND_WINDOW WINDOW_WITHOUT_SRAT NODE_MISMATCH WINDOW_USABLE " \
	"WINDOW_RESERVED NO_MEMORY_SP DECODER_OUTSIDE_WINDOWS WINDOW_NOT_DESCRIBED "   \
	"SOFT_RESERVED_MISALIGNED LOST_BY_KEXEC ACCELERATOR_SOFT_RESERVED"

static void test_sound(void)
{
	sr_auto_snapshot struct sr_snapshot *sound = build_sound();
	sr_auto_snapshot struct sr_snapshot *empty = build_empty_window();
	sr_auto_snapshot struct sr_snapshot *none = build_platform();
	sr_auto_snapshot struct sr_snapshot *hbm = build_platform();

	is_linted(sound, "", "one window, one region, in all tables");
	is_linted(empty, "", "a window for memory that is plugged in later");
	is_linted(none, "", "no CXL at all");
	build_soft_reserved(hbm, MEMORY);
	is_linted(hbm, "", "Soft Reserved memory outside of windows, as HBM");
}

/* As on a machine of 2025: windows far larger than what is in them. */
static void test_large_windows(void)
{
	static const struct sr_range memory[] = {
		{ 0xc080000000, 0xc47fffffff },
		{ 0x68e80000000, 0x70e7fffffff },
	};
	static const struct sr_range windows[] = {
		{ 0xc080000000, 0x17dbfffffff },
		{ 0x68e80000000, 0x8d37fffffff },
	};
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	for (size_t i = 0; i < 2; i++) {
		build_described(snapshot, windows[i], WINDOW_OF_EXPANDERS);
		build_soft_reserved(snapshot, memory[i]);
		build_srat(snapshot, memory[i], (uint32_t)i + 1);
		build_expander(snapshot, memory[i]);
	}
	is_linted(snapshot, "", "windows larger than their memory");
}

/* As on a machine of 2025: one entry of the map, two windows, two ranges of one domain. */
static void test_merged_entry(void)
{
	static const struct sr_range one = { 0x2070000000, 0x606fffffff };
	static const struct sr_range other = { 0x6070000000, 0xa06fffffff };
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_described(snapshot, one, WINDOW_OF_EXPANDERS);
	build_described(snapshot, other, WINDOW_OF_EXPANDERS);
	build_soft_reserved(snapshot, span(one.start, other.end));
	build_srat(snapshot, one, 2);
	build_srat(snapshot, other, 2);
	build_expander(snapshot, one);
	build_expander(snapshot, other);
	is_linted(snapshot, "", "an entry that the SRAT parts");
}

static const char *skipped_without(enum sr_source_id source)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	build_source(snapshot, source, SR_SOURCE_UNREADABLE);
	if (source == SR_SOURCE_ACPI) {
		snapshot->acpi = (struct sr_acpi){ .windows = snapshot->acpi.windows,
						   .memory = snapshot->acpi.memory };
		snapshot->acpi.windows.count = snapshot->acpi.memory.count = 0;
	}
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(codes_of(lint), "", "no finding");
	return skipped_of(lint);
}

static void test_skipped(void)
{
	is_text(skipped_without(SR_SOURCE_ACPI),
		"TABLE_BROKEN NOT_ONE_TO_ONE UNSPLIT_WINDOWS UNSPLIT_REGIONS "
		"SOFT_RESERVED_BEYOND_WINDOW WINDOW_WITHOUT_SRAT NODE_MISMATCH "
		"WINDOW_NOT_DESCRIBED",
		"without the tables");
	is_text(skipped_without(SR_SOURCE_CXL),
		"NOT_ONE_TO_ONE UNSPLIT_REGIONS WINDOW_RESERVED NO_MEMORY_SP "
		"DECODER_OUTSIDE_WINDOWS WINDOW_NOT_DESCRIBED LOST_BY_KEXEC "
		"ACCELERATOR_SOFT_RESERVED",
		"without regions and decoders");
	is_text(skipped_without(SR_SOURCE_DAX), "NODE_MISMATCH", "without dax devices");
	is_text(skipped_without(SR_SOURCE_IOMEM), "", "without /proc/iomem");
	is_text(skipped_without(SR_SOURCE_KERNEL_LOG), "", "without the log");
	is_text(skipped_without(SR_SOURCE_MEMORY_BLOCKS), "", "without memory blocks");
}

/* The windows come from /proc/iomem and root decoders then, so nothing hides in them. */
static void test_nothing_read(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	for (int i = 0; i < SR_SOURCE_COUNT; i++)
		build_source(snapshot, i, SR_SOURCE_HIDDEN);
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(codes_of(lint), "", "nothing was read, nothing is found");
	is_text(skipped_of(lint), ALL_CODES, "and nothing was checked");
	is_number(lint->skipped.items[0].sources, 1U << SR_SOURCE_ACPI, "TABLE_BROKEN lacks acpi");
}

static void test_order(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	build_described(snapshot, BEHIND, WINDOW_OF_EXPANDERS);
	build_described(snapshot, SECOND, WINDOW_OF_EXPANDERS);
	build_described(snapshot, FIRST, WINDOW_OF_EXPANDERS);
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, FIRST, "usable");
	build_soft_reserved(snapshot, BEHIND);
	build_soft_reserved(snapshot, SECOND);
	*build_add(&snapshot->acpi.faults) = (struct sr_table_fault){ "SRAT", "wrong" };
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(codes_of(lint),
		"TABLE_BROKEN WINDOW_WITHOUT_SRAT WINDOW_WITHOUT_SRAT WINDOW_USABLE",
		"warnings before notes, then by code");
	is_number(lint->findings.items[1].range.start, SECOND.start, "and by address");
	is_number(lint->findings.items[2].range.start, BEHIND.start, "all of them");
	ok(!lint->findings.items[0].has_range, "a table has no address");
	is_text(sr_lint_severity_name(lint->findings.items[2].severity), "warning", "a warning");
	is_text(sr_lint_severity_name(lint->findings.items[3].severity), "note", "a note");
}

/* However they were found: dax devices stand in any order. */
static void test_order_of_devices(void)
{
	static const struct sr_range ranges[] = {
		{ 0x130000000, 0x13fffffff },
		{ 0x110000000, 0x11fffffff },
		{ 0x140000000, 0x14fffffff },
		{ 0x120000000, 0x12fffffff },
	};
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	for (size_t i = 0; i < 4; i++)
		build_dax_device(snapshot, SR_DAX_HOLDER_HMEM, ranges[i], NULL)->target_node =
			(struct sr_s64){ .value = 4, .known = true };
	report = judge(snapshot);
	lint = lint_of(report);
	is_number(lint->findings.count, 4, "four devices on another node");
	for (size_t i = 0; i < 4; i++)
		is_number(lint->findings.items[i].range.start, 0x110000000 + i * 0x10000000,
			  "by address");
}

static bool is_skipped(const struct sr_snapshot *snapshot, const char *code)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_lint struct sr_lint *lint = lint_of(report);

	return strstr(skipped_of(lint), code);
}

/* Something of CXL, be it little, makes a check that was not made worth a word. */
static void test_something(void)
{
	sr_auto_snapshot struct sr_snapshot *none = build_platform();
	sr_auto_snapshot struct sr_snapshot *memdev = build_platform();
	sr_auto_snapshot struct sr_snapshot *region = build_platform();
	sr_auto_snapshot struct sr_snapshot *decoder = build_platform();

	build_memdev(memdev);
	build_region(region, MEMORY, SR_NO);
	build_endpoint(decoder, MEMORY)->region.known = false;
	build_source(none, SR_SOURCE_DAX, SR_SOURCE_HIDDEN);
	build_source(memdev, SR_SOURCE_DAX, SR_SOURCE_HIDDEN);
	build_source(region, SR_SOURCE_DAX, SR_SOURCE_HIDDEN);
	build_source(decoder, SR_SOURCE_DAX, SR_SOURCE_HIDDEN);
	ok(!is_skipped(none, "NODE_MISMATCH"), "nothing of CXL");
	ok(is_skipped(memdev, "NODE_MISMATCH"), "a memdev");
	ok(is_skipped(region, "NODE_MISMATCH"), "a region");
	ok(is_skipped(decoder, "NODE_MISMATCH"), "a decoder");
}

/* Which sources tell all windows. */
static void test_windows_known(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_platform_device *root = &snapshot->cxl_roots.items[0];
	const char *code = "WINDOW_USABLE";

	ok(!is_skipped(snapshot, code), "the CEDT");
	snapshot->acpi.windows_known = false;
	ok(!is_skipped(snapshot, code), "root decoders, where cxl_acpi is bound");
	root->driver.known = false;
	ok(is_skipped(snapshot, code), "not where that is not known");
	root->driver = sr_text_of(NULL);
	ok(is_skipped(snapshot, code), "or where it is not bound");
	snapshot->cxl_roots.count = 0;
	ok(!is_skipped(snapshot, code), "no CXL root, and a whole /proc/iomem");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE);
	ok(is_skipped(snapshot, code), "but not with a CXL bus that could not be read");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_OK);
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	ok(is_skipped(snapshot, code), "or a hidden /proc/iomem");
}

/* The HMAT alone parts nothing. */
static void test_splits_known(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();

	snapshot->acpi.memory_known = false;
	ok(is_skipped(snapshot, "NOT_ONE_TO_ONE"), "a SRAT that is not whole");
	snapshot->acpi.memory_known = true;
	snapshot->acpi.hmat_used = SR_UNKNOWN;
	ok(is_skipped(snapshot, "NOT_ONE_TO_ONE"), "an HMAT that may be used or not");
	ok(!is_skipped(snapshot, "WINDOW_WITHOUT_SRAT"), "which not all checks need");
}

static void test_every_code(void)
{
	for (int code = SR_CODE_TABLE_BROKEN; code <= SR_CODE_ACCELERATOR_SOFT_RESERVED; code++)
		ok(strstr(ALL_CODES, sr_codes[code].name), sr_codes[code].name);
}

/* More of each than any machine has: bounded, and not in quadratic time. */
static void test_many(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;
	clock_t begin;

	for (uint64_t i = 0; i < 20000; i++) {
		struct sr_range range = span((i + 1) << 32, ((i + 1) << 32) + 0xfffff);

		build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, range, "Soft Reserved");
		build_fixed_window(snapshot, span(i << 31, UINT64_MAX), WINDOW_OF_EXPANDERS);
		build_srat(snapshot, span(i << 32, (i + 1) << 33), (uint32_t)i);
		build_endpoint(snapshot, span(range.start, range.end + i));
		*build_add(&snapshot->acpi.faults) = (struct sr_table_fault){ "SRAT", "wrong" };
	}
	report = judge(snapshot);
	begin = clock();
	lint = lint_of(report);
	ok(clock() - begin < 5 * CLOCKS_PER_SEC, "in little time");
	ok(lint->findings.count <= 15 * SR_LINT_LIMIT, "not more findings than anybody reads");
	ok(lint->left_out >= 20000 - SR_LINT_LIMIT, "and how many there are besides");
	is_number(lint->findings.items[SR_LINT_LIMIT - 1].code, SR_CODE_TABLE_BROKEN, "as many");
	ok(lint->findings.items[SR_LINT_LIMIT].code != SR_CODE_TABLE_BROKEN, "and no more");
}

int main(void)
{
	test_sound();
	test_large_windows();
	test_merged_entry();
	test_skipped();
	test_nothing_read();
	test_order();
	test_order_of_devices();
	test_something();
	test_windows_known();
	test_splits_known();
	test_every_code();
	test_many();
	return tap_done();
}
