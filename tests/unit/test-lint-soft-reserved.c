// SPDX-License-Identifier: GPL-2.0-only
/* lint: Soft Reserved memory against regions, windows and the bounds it needs. */
#include "linted.h"

/* The window and the SRAT as they should be, memory and region as given. */
static struct sr_snapshot *pair(struct sr_range memory, struct sr_range region)
{
	struct sr_snapshot *snapshot = build_empty_window();

	build_soft_reserved(snapshot, memory);
	build_srat(snapshot, memory, 1);
	build_region(snapshot, region, SR_YES);
	return snapshot;
}

static void test_one_to_one(void)
{
	static const struct {
		uint64_t start, end;
		const char *codes, *way;
	} cases[] = {
		{ 0x1100000000, 0x11ffffffff, "", NULL },
		{ 0x1100000000, 0x10ffffffff + 0x80000000, "NOT_ONE_TO_ONE", "is larger than" },
		{ 0x1180000000, 0x11ffffffff, "NOT_ONE_TO_ONE", "is larger than" },
		{ 0x1000000000, 0x11ffffffff, "NOT_ONE_TO_ONE", "is smaller than" },
		{ 0x1000000000, 0x12ffffffff, "NOT_ONE_TO_ONE", "is smaller than" },
		{ 0x1000000000, 0x117fffffff, "NOT_ONE_TO_ONE", "overlaps" },
		{ 0x1180000000, 0x12ffffffff, "NOT_ONE_TO_ONE", "overlaps" },
		{ 0x1200000000, 0x12ffffffff, "", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct sr_range region = span(cases[i].start, cases[i].end);
		sr_auto_snapshot struct sr_snapshot *snapshot = pair(SECOND, region);
		sr_auto_report struct sr_report *report = judge(snapshot);
		sr_auto_lint struct sr_lint *lint = lint_of(report);
		const char *text = finding_of(lint, SR_CODE_NOT_ONE_TO_ONE);

		is_text(codes_of(lint), cases[i].codes, "a region and Soft Reserved memory");
		ok(!cases[i].way || strstr(text, cases[i].way), cases[i].way ? cases[i].way : "-");
	}
}

static void test_one_to_one_words(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = pair(MEMORY, FIRST);

	is_finding(snapshot, SR_CODE_NOT_ONE_TO_ONE,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is larger than region0, "
		   "0x1000000000-0x10ffffffff | /sys/firmware/memmap: 0x1000000000-0x11ffffffff "
		   "Soft Reserved | /sys/bus/cxl/devices/region0: 0x1000000000-0x10ffffffff "
		   "committed | firmware");
}

/* What came or went at run time is no mismatch of what firmware describes. */
static void test_no_mismatch(void)
{
	sr_auto_snapshot struct sr_snapshot *uncommitted = pair(MEMORY, FIRST);
	sr_auto_snapshot struct sr_snapshot *alone = build_empty_window();
	sr_auto_snapshot struct sr_snapshot *dynamic = build_empty_window();

	uncommitted->regions.items[0].committed = SR_NO;
	is_linted(uncommitted, "", "a region that is not committed");
	build_soft_reserved(alone, MEMORY);
	build_srat(alone, MEMORY, 1);
	is_linted(alone, "", "Soft Reserved memory without a region");
	build_expander(dynamic, MEMORY);
	is_linted(dynamic, "", "a region without Soft Reserved memory");
}

/* One entry of the map, two regions: right where the SRAT has two ranges. */
static void test_regions(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_soft_reserved(snapshot, MEMORY);
	build_expander(snapshot, FIRST);
	build_expander(snapshot, SECOND);
	build_srat(snapshot, MEMORY, 1);
	is_linted(snapshot, "NOT_ONE_TO_ONE UNSPLIT_REGIONS", "one range of the SRAT over both");
	is_finding(snapshot, SR_CODE_NOT_ONE_TO_ONE,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff has several committed regions "
		   "in it: region0, 0x1000000000-0x10ffffffff, and 1 more | /sys/firmware/memmap: "
		   "0x1000000000-0x11ffffffff Soft Reserved | /sys/bus/cxl/devices/region0: "
		   "0x1000000000-0x10ffffffff committed | firmware");
	is_finding(snapshot, SR_CODE_UNSPLIT_REGIONS,
		   "one Soft Reserved range, 0x1000000000-0x11ffffffff, spans the committed "
		   "regions 0x1000000000-0x10ffffffff and 0x1100000000-0x11ffffffff, and the SRAT "
		   "does not part it there | /sys/firmware/memmap: 0x1000000000-0x11ffffffff Soft "
		   "Reserved | /sys/firmware/acpi/tables/SRAT: 0x1000000000-0x11ffffffff in domain "
		   "1, node 1 | firmware");
	snapshot->acpi.memory.items[1].range = FIRST;
	is_linted(snapshot, "", "a range of the SRAT ends between them");
	snapshot->acpi.memory.items[1].range = SECOND;
	is_linted(snapshot, "", "a range of the SRAT begins between them");
	build_srat(snapshot, FIRST, 1);
	is_linted(snapshot, "", "one range of the SRAT for each");
	snapshot->acpi.memory.items[1].range = span(SECOND.start + 0x200000, SECOND.end);
	is_linted(snapshot, "NOT_ONE_TO_ONE NOT_ONE_TO_ONE", "parted behind that place, too");
}

/* hmat_init(): without an HMAT the SRAT parts nothing. */
static void test_no_hmat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_soft_reserved(snapshot, MEMORY);
	build_expander(snapshot, FIRST);
	build_expander(snapshot, SECOND);
	build_srat(snapshot, FIRST, 1);
	build_srat(snapshot, SECOND, 1);
	is_linted(snapshot, "", "with an HMAT");
	snapshot->acpi.has_hmat = snapshot->acpi.hmat_used = SR_NO;
	is_linted(snapshot, "NOT_ONE_TO_ONE UNSPLIT_REGIONS", "without one");
	is_finding(snapshot, SR_CODE_UNSPLIT_REGIONS,
		   "one Soft Reserved range, 0x1000000000-0x11ffffffff, spans the committed "
		   "regions 0x1000000000-0x10ffffffff and 0x1100000000-0x11ffffffff, and the SRAT "
		   "parts it there, but the kernel uses that only together with an HMAT | "
		   "/sys/firmware/memmap: 0x1000000000-0x11ffffffff Soft Reserved | "
		   "/sys/firmware/acpi/tables/HMAT: there is no HMAT | firmware");
	snapshot->acpi.has_hmat = SR_YES;
	is_finding(snapshot, SR_CODE_UNSPLIT_REGIONS,
		   "one Soft Reserved range, 0x1000000000-0x11ffffffff, spans the committed "
		   "regions 0x1000000000-0x10ffffffff and 0x1100000000-0x11ffffffff, and the SRAT "
		   "parts it there, but the kernel uses that only together with an HMAT | "
		   "/sys/firmware/memmap: 0x1000000000-0x11ffffffff Soft Reserved | "
		   "/sys/firmware/acpi/tables/HMAT: the kernel cannot use it | firmware");
	snapshot->kernel.command_line = sr_text_of("numa=nohmat");
	is_linted(snapshot, "", "with one that the command line switches off");
	snapshot->kernel.command_line = sr_text_of("numa=noacpi");
	is_linted(snapshot, "", "or all tables");
	snapshot->kernel.command_line = sr_text_of("numa=off");
	is_linted(snapshot, "", "or all nodes");
}

/* The byte where a range of the SRAT has to end, or to begin. */
static void test_where_it_is_split(void)
{
	static const struct {
		uint64_t start, end;
		bool is_split;
	} cases[] = {
		{ 0x1000000000, 0x10fffffffe, false }, { 0x1000000000, 0x10ffffffff, true },
		{ 0x1000000000, 0x1100000000, false }, { 0x10ffffffff, 0x11ffffffff, false },
		{ 0x1100000000, 0x11ffffffff, true },  { 0x1100000001, 0x11ffffffff, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();
		sr_auto_report struct sr_report *report = NULL;
		sr_auto_lint struct sr_lint *lint = NULL;

		build_soft_reserved(snapshot, MEMORY);
		build_expander(snapshot, FIRST);
		build_expander(snapshot, SECOND);
		build_srat(snapshot, span(cases[i].start, cases[i].end), 1);
		report = judge(snapshot);
		lint = lint_of(report);
		ok(!strstr(codes_of(lint), "UNSPLIT_REGIONS") == cases[i].is_split,
		   "a byte before, there, a byte behind");
	}
}

static void test_windows(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_described(snapshot, FIRST, WINDOW_OF_EXPANDERS);
	build_described(snapshot, SECOND, WINDOW_OF_EXPANDERS);
	build_soft_reserved(snapshot, MEMORY);
	build_srat(snapshot, FIRST, 1);
	build_srat(snapshot, SECOND, 2);
	is_linted(snapshot, "", "two windows, and a range of the SRAT for each");
	snapshot->acpi.memory.items[1].range = MEMORY;
	snapshot->acpi.memory.count = 2;
	is_linted(snapshot, "UNSPLIT_WINDOWS", "one range of the SRAT over both");
	build_expander(snapshot, FIRST);
	build_expander(snapshot, SECOND);
	is_linted(snapshot, "NOT_ONE_TO_ONE UNSPLIT_WINDOWS",
		  "regions of two windows are parted where the windows are");
	snapshot->acpi.memory.items[1].range = FIRST;
	snapshot->acpi.memory.items[1].range.end -= 0x200000;
	is_linted(snapshot, "NOT_ONE_TO_ONE NOT_ONE_TO_ONE UNSPLIT_WINDOWS WINDOW_WITHOUT_SRAT",
		  "parted before the end of the first one");
}

static void test_between_windows(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_described(snapshot, FIRST, WINDOW_OF_EXPANDERS);
	build_described(snapshot, SECOND, WINDOW_OF_EXPANDERS);
	build_described(snapshot, BEHIND, WINDOW_OF_EXPANDERS);
	build_soft_reserved(snapshot, span(FIRST.start, BEHIND.end));
	build_srat(snapshot, span(FIRST.start, BEHIND.end), 1);
	is_finding(snapshot, SR_CODE_UNSPLIT_WINDOWS,
		   "one Soft Reserved range, 0x1000000000-0x12ffffffff, spans the CXL windows "
		   "0x1000000000-0x10ffffffff and 0x1100000000-0x11ffffffff and 1 more, and the "
		   "SRAT does not part it there | /sys/firmware/memmap: 0x1000000000-0x12ffffffff "
		   "Soft Reserved | /sys/firmware/acpi/tables/SRAT: 0x1000000000-0x12ffffffff in "
		   "domain 1, node 1 | firmware");
	snapshot->acpi.memory.items[1].range = FIRST;
	build_srat(snapshot, BEHIND, 1);
	snapshot->acpi.memory.count = 3;
	is_linted(snapshot, "WINDOW_WITHOUT_SRAT",
		  "ranges in the outer ones part the middle one from both");
}

static void test_beyond(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();
	struct sr_range over = span(WINDOW.end - 0xfffffff, WINDOW.end + 0x10000000);

	build_soft_reserved(snapshot, over);
	build_srat(snapshot, over, 1);
	is_linted(snapshot, "SOFT_RESERVED_BEYOND_WINDOW", "one that ends behind its window");
	is_finding(snapshot, SR_CODE_SOFT_RESERVED_BEYOND_WINDOW,
		   "Soft Reserved memory 0x1ff0000000-0x200fffffff reaches beyond the CXL window "
		   "0x1000000000-0x1fffffffff: 0x10000000 bytes of it are in no window | "
		   "/sys/firmware/memmap: 0x1ff0000000-0x200fffffff Soft Reserved | "
		   "/sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
	snapshot->acpi.memory.items[1].range.end = WINDOW.end;
	is_linted(snapshot, "", "one that the SRAT parts there: another memory stands behind it");
	snapshot->acpi.hmat_used = snapshot->acpi.has_hmat = SR_NO;
	is_linted(snapshot, "SOFT_RESERVED_BEYOND_WINDOW", "but not without an HMAT");
}

/* add_cxl_resources() widens the node in /proc/iomem; the CFMWS stays. */
static void test_widened(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_window_node(snapshot, span(FIRST.start, SECOND.end));
	build_root_decoder(snapshot, FIRST);
	build_soft_reserved(snapshot, MEMORY);
	build_srat(snapshot, MEMORY, 1);
	build_fixed_window(snapshot, FIRST, WINDOW_OF_EXPANDERS);
	is_linted(snapshot, "SOFT_RESERVED_BEYOND_WINDOW", "by the CFMWS");
	snapshot->acpi.windows.count = 0;
	snapshot->acpi.windows_known = false;
	is_finding(snapshot, SR_CODE_SOFT_RESERVED_BEYOND_WINDOW,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff reaches beyond the CXL window "
		   "0x1000000000-0x10ffffffff: 0x100000000 bytes of it are in no window | "
		   "/sys/firmware/memmap: 0x1000000000-0x11ffffffff Soft Reserved | "
		   "/sys/bus/cxl/devices/decoder0.0: 0x1000000000-0x10ffffffff root decoder | "
		   "firmware");
}

/* Neither tables nor a CXL bus: cxl_acpi is gone, its windows are not. */
static void test_nodes_alone(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	snapshot->acpi.windows_known = false;
	snapshot->cxl_roots.count = 0;
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	build_iomem(snapshot, SECOND, SR_IOMEM_OTHER, "Reserved");
	build_window_node(snapshot, FIRST);
	build_soft_reserved(snapshot, MEMORY);
	build_srat(snapshot, MEMORY, 1);
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(finding_of(lint, SR_CODE_SOFT_RESERVED_BEYOND_WINDOW),
		"Soft Reserved memory 0x1000000000-0x11ffffffff reaches beyond the CXL window "
		"0x1000000000-0x10ffffffff: 0x100000000 bytes of it are in no window | "
		"/sys/firmware/memmap: 0x1000000000-0x11ffffffff Soft Reserved | /proc/iomem: "
		"0x1000000000-0x10ffffffff CXL Window 1 | firmware",
		"by the node in /proc/iomem");
	is_text(skipped_of(lint), "WINDOW_NOT_DESCRIBED", "only the CEDT is missed");
}

static void test_alignment(void)
{
	static const struct {
		uint64_t start, end;
		const char *codes;
	} cases[] = {
		{ 0x2000000000, 0x20001fffff, "" },
		{ 0x2000100000, 0x20002fffff, "SOFT_RESERVED_MISALIGNED" },
		{ 0x2000000000, 0x20002ffffe, "SOFT_RESERVED_MISALIGNED" },
		{ 0xffffffffffe00000, UINT64_MAX, "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

		build_soft_reserved(snapshot, span(cases[i].start, cases[i].end));
		is_linted(snapshot, cases[i].codes, "bounds of 2 MiB");
	}
}

static void test_alignment_by_srat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_soft_reserved(snapshot, span(0x2000100000, 0x20001fffff));
	is_finding(snapshot, SR_CODE_SOFT_RESERVED_MISALIGNED,
		   "Soft Reserved memory 0x2000100000-0x20001fffff does not begin and end on "
		   "bounds of 2 MiB, let alone of memory blocks, so no dax region can be made of "
		   "it | /sys/firmware/memmap: 0x2000100000-0x20001fffff Soft Reserved | "
		   "/sys/devices/system/memory/block_size_bytes: 0x8000000 | firmware");
	build_srat(snapshot, span(0x2000000000, 0x20001fffff), 1);
	is_linted(snapshot, "", "the kernel takes the whole range of the SRAT");
	snapshot->acpi.memory.items[1].range.start = 0x2000080000;
	is_linted(snapshot, "SOFT_RESERVED_MISALIGNED", "which is not aligned, either");
	snapshot->memory_map.count = 2;
	build_soft_reserved(snapshot, span(0x2000000000, 0x200fffffff));
	snapshot->acpi.memory.items[1].range = span(0x1f00001000, 0x2010000fff);
	is_linted(snapshot, "", "memory that is aligned, in a range that is not");
}

static void test_made_by_command_line(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = pair(MEMORY, FIRST);

	snapshot->kernel.command_line = sr_text_of("quiet memmap=8G%0x1000000000-1+0xefffffff");
	is_finding(snapshot, SR_CODE_NOT_ONE_TO_ONE,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is larger than region0, "
		   "0x1000000000-0x10ffffffff | /sys/firmware/memmap: 0x1000000000-0x11ffffffff "
		   "Soft Reserved | /sys/bus/cxl/devices/region0: 0x1000000000-0x10ffffffff "
		   "committed | firmware");
	snapshot->memory_map.items[2] = snapshot->memory_map.items[3];
	snapshot->memory_map.count = 3;
	is_finding(snapshot, SR_CODE_NOT_ONE_TO_ONE,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is larger than region0, "
		   "0x1000000000-0x10ffffffff (made Soft Reserved by the kernel command line, not "
		   "by firmware) | /dev/kmsg: 0x1000000000-0x11ffffffff Soft Reserved | "
		   "/sys/bus/cxl/devices/region0: 0x1000000000-0x10ffffffff committed | "
		   "administrator");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	is_finding(snapshot, SR_CODE_NOT_ONE_TO_ONE,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is larger than region0, "
		   "0x1000000000-0x10ffffffff (whether firmware or the kernel command line made "
		   "it Soft Reserved is not known) | /dev/kmsg: 0x1000000000-0x11ffffffff Soft "
		   "Reserved | /sys/bus/cxl/devices/region0: 0x1000000000-0x10ffffffff committed "
		   "| unknown");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_OK);
	snapshot->kernel.command_line = sr_text_of("quiet mem=64G");
	is_finding(
		snapshot, SR_CODE_NOT_ONE_TO_ONE,
		"Soft Reserved memory 0x1000000000-0x11ffffffff is larger than region0, "
		"0x1000000000-0x10ffffffff | /dev/kmsg: 0x1000000000-0x11ffffffff Soft Reserved "
		"| /sys/bus/cxl/devices/region0: 0x1000000000-0x10ffffffff committed | firmware");
}

int main(void)
{
	test_one_to_one();
	test_one_to_one_words();
	test_no_mismatch();
	test_regions();
	test_no_hmat();
	test_where_it_is_split();
	test_windows();
	test_between_windows();
	test_beyond();
	test_widened();
	test_nodes_alone();
	test_alignment();
	test_alignment_by_srat();
	test_made_by_command_line();
	return tap_done();
}
