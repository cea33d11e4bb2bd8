// SPDX-License-Identifier: GPL-2.0-only
/* judgement/soft-reserved.c: which ranges there are, and which sources say so. */
#include <malloc.h>

#include "judged.h"
#include "judgement/cause.h"

enum {
	IOMEM = 1U << SR_SOURCE_IOMEM,
	LOG = 1U << SR_SOURCE_KERNEL_LOG,
	FIRMWARE = 1U << SR_SOURCE_FIRMWARE_MEMMAP
};

static void add(struct sr_snapshot *snapshot, unsigned int sources, uint64_t start, uint64_t end)
{
	if (sources & IOMEM)
		build_iomem(snapshot, span(start, end), SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
	if (sources & LOG)
		build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(start, end), "Soft Reserved");
	if (sources & FIRMWARE)
		build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, span(start, end),
				"Soft Reserved");
}

/* Rows as ranges_of() words them, findings as findings_of() does. */
static void is_merged(const struct sr_snapshot *snapshot, const char *rows, const char *findings,
		      const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_text(ranges_of(report), rows, what);
	is_text(findings_of(report), findings, what);
}

static void test_equal(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	add(snapshot, IOMEM | LOG | FIRMWARE, 0x1000, 0x1fff);
	add(snapshot, IOMEM | LOG | FIRMWARE, 0x3000, 0x3fff);
	report = judge(snapshot);
	is_text(ranges_of(report), "1000-1fff 3000-3fff", "one row for three sources");
	is_number(report->ranges.items[0].sources, IOMEM | LOG | FIRMWARE, "and all are named");
	is_text(findings_of(report), "", "nothing is found");
	ok(report->soft_reserved_whole, "nothing can be missing");
}

static void test_none(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0, 0x9ffff), "System RAM");
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, span(0, 0x9ffff), "System RAM");
	is_merged(snapshot, "", "", "other entries are no rows");
}

/* The kernel decides on each entry by itself: what only touches stays two. */
static void test_neighbours(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, LOG | FIRMWARE, 0x2000, 0x2fff);
	add(snapshot, LOG | FIRMWARE, 0x1000, 0x1fff);
	is_merged(snapshot, "1000-1fff 2000-2fff", "", "neighbours stay two");
	add(snapshot, LOG | FIRMWARE, 0x1fff, 0x1fff);
	is_merged(snapshot, "1000-1fff 2000-2fff", "", "an entry inside another vanishes");
	add(snapshot, LOG | FIRMWARE, 0x1fff, 0x2000);
	is_merged(snapshot, "1000-2fff", "", "entries that overlap are one");
}

static void test_ends(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, IOMEM, 0, 0);
	add(snapshot, IOMEM, UINT64_MAX - 0xfff, UINT64_MAX);
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	is_merged(snapshot, "0-0 fffffffffffff000-ffffffffffffffff", "", "at both ends");
	add(snapshot, LOG, 0, UINT64_MAX);
	is_merged(snapshot, "0-0 1-ffffffffffffefff fffffffffffff000-ffffffffffffffff",
		  "SOURCES_DISAGREE SOURCES_DISAGREE SOURCES_DISAGREE", "and all between");
}

static void test_partial_overlap(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	add(snapshot, IOMEM, 0x2000, 0x2fff);
	add(snapshot, IOMEM, 0x4000, 0x4fff);
	add(snapshot, LOG, 0x1000, 0x47ff);
	report = judge(snapshot);
	is_text(ranges_of(report), "1000-1fff 2000-2fff 3000-3fff 4000-4fff",
		"what the log has beyond iomem is added");
	is_number(report->ranges.items[0].sources, LOG, "before");
	is_number(report->ranges.items[1].sources, IOMEM, "iomem's row stays as it is");
	is_number(report->ranges.items[2].sources, LOG, "between");
	is_number(finding_count(report, SR_CODE_SOURCES_DISAGREE), 4, "none of them agrees");
	is_text(report->findings.items[0].text,
		"0x1000-0x1fff is Soft Reserved in the kernel log's map, but not, or not with "
		"these bounds, in /proc/iomem",
		"in words");
}

static void test_inside(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	add(snapshot, IOMEM, 0x1000, 0x1fff);
	add(snapshot, LOG, 0x1000, 0x1ffe);
	is_merged(snapshot, "1000-1fff", "SOURCES_DISAGREE", "a byte less adds nothing");
	add(snapshot, LOG, 0x1fff, 0x2000);
	is_merged(snapshot, "1000-1fff 2000-2000", "SOURCES_DISAGREE SOURCES_DISAGREE",
		  "a byte more adds one");
}

static void test_disjoint(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN);
	add(snapshot, IOMEM, 0x3000, 0x3fff);
	add(snapshot, FIRMWARE, 0x1000, 0x1fff);
	is_merged(snapshot, "1000-1fff 3000-3fff", "SOURCES_DISAGREE SOURCES_DISAGREE",
		  "both, sorted");
}

/* One claim overlaps many rows: the list grows, and moves, while it is walked. */
static void test_many(void)
{
	for (uint64_t count = 8; count <= 64; count *= 2) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
		sr_auto_report struct sr_report *report = NULL;

		build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
		for (uint64_t i = 0; i < count; i++)
			add(snapshot, IOMEM, 0x1000 + i * 0x100, 0x1000 + i * 0x100 + 0x7f);
		add(snapshot, LOG, 0, 0xffff);
		report = judge(snapshot);
		is_number(report->ranges.count, 2 * count + 1, "all rows and all gaps");
		is_number(report->ranges.items[0].range.end, 0xfff, "the first gap");
		is_number(report->ranges.items[2].range.start, 0x1080, "the second gap");
		is_number(report->ranges.items[2 * count].range.end, 0xffff, "the last gap");
	}
}

/* memmap= changed the map after the firmware's copy was made. */
static void test_overridden(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	add(snapshot, FIRMWARE, 0x1000, 0x4fff);
	add(snapshot, LOG, 0x2000, 0x2fff);
	report = judge(snapshot);
	is_text(ranges_of(report), "2000-2fff", "the kernel's map decides");
	is_text(findings_of(report), "OVERRIDDEN OVERRIDDEN SOURCES_DISAGREE",
		"what the firmware had around it is told");
	is_text(report->findings.items[0].text,
		"0x1000-0x1fff is Soft Reserved for the firmware, and not in the map that the "
		"kernel works with",
		"in words");
	is_number(report->totals.bytes, 0x1000, "and counts nowhere");
}

/* Only a map that is whole and that the kernel works with overrides. */
static void test_not_overridden(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, FIRMWARE, 0x1000, 0x1fff);
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0x1000, 0x1fff), "System RAM");
	is_merged(snapshot, "", "OVERRIDDEN", "a whole log");
	snapshot->kernel.command_line = sr_text_of("add_efi_memmap");
	is_merged(snapshot, "1000-1fff", "SOFT_RESERVED_INCOMPLETE", "that the kernel adds to");
	snapshot->kernel.command_line = sr_text_of("");
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_PARTIAL);
	is_merged(snapshot, "1000-1fff", "", "a log that is not whole");
	snapshot->memory_map.count = 1;
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_OK);
	is_merged(snapshot, "1000-1fff", "", "a log without a map");
}

static void test_command_line(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->kernel.command_line = sr_text_of("memmap=1G!4G efi_fake_memory");
	add(snapshot, LOG, 0x1000, 0x1fff);
	add(snapshot, LOG, 0x3000, 0x3fff);
	report = judge(snapshot);
	is_text(findings_of(report), "MADE_BY_COMMAND_LINE", "one finding for both");
	is_text(report->findings.items[0].text,
		"0x1000-0x1fff and 1 more: made Soft Reserved by the kernel command line, not by "
		"firmware",
		"in words");
	snapshot->memory_map.count = 1;
	is_merged(snapshot, "1000-1fff", "MADE_BY_COMMAND_LINE", "one of them");
	sr_report_free(report);
	report = judge(snapshot);
	is_text(report->findings.items[0].text,
		"0x1000-0x1fff: made Soft Reserved by the kernel command line, not by firmware",
		"in words");
	snapshot->memory_map.count = 2;
	snapshot->kernel.command_line = sr_text_of("quiet");
	is_merged(snapshot, "1000-1fff 3000-3fff", "SOURCES_DISAGREE SOURCES_DISAGREE",
		  "nothing on the command line explains it");
}

static void is_owned(const struct sr_snapshot *snapshot, const char *owner, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	enum sr_problem_owner found =
		sr_problem_owner_of(&report->units.items[0], SR_CODE_SPANS_REGIONS);

	is_text(sr_problem_owner_name(found), owner, what);
}

/* Of the log only its last map is kept, in which memmap= is already. */
static void test_maker_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->kernel.command_line = sr_text_of("memmap=4K%4K-1+0xefffffff");
	add(snapshot, IOMEM | LOG, 0x1000, 0x1fff);
	is_owned(snapshot, "administrator", "the firmware's map lacks it");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	is_owned(snapshot, "unknown", "no map of firmware");
	is_merged(snapshot, "1000-1fff", "MAKER_UNKNOWN", "which is told");
	report = judge(snapshot);
	is_text(report->findings.items[0].text,
		"0x1000-0x1fff: whether firmware or the kernel command line made it Soft Reserved "
		"is not known",
		"in words");
	is_text(sr_problem_owner_name(
			sr_problem_owner_of(&report->units.items[0], SR_CODE_HMEM_BEFORE_WINDOWS)),
		"distribution policy", "what is not for firmware anyway is known");
	is_text(sr_action_of(&report->units.items[0], SR_CODE_SPANS_REGIONS),
		sr_codes[SR_CODE_MAKER_UNKNOWN].action, "and what to do first");
	snapshot->memory_map.count = 0;
	is_owned(snapshot, "unknown", "and none in the log");
	snapshot->kernel.command_line = sr_text_of("quiet");
	is_owned(snapshot, "firmware", "nothing on the command line makes any");
	snapshot->kernel.command_line = (struct sr_text){ 0 };
	is_owned(snapshot, "unknown", "a command line that could not be read");
	is_merged(snapshot, "1000-1fff", "MAKER_UNKNOWN", "which is told, too");
}

/* One of two sources that would tell lacks it, or a part of the firmware's map was read. */
static void test_maker_half_known(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	snapshot->kernel.command_line = sr_text_of("efi_fake_mem=4K@4K:0x40000");
	add(snapshot, FIRMWARE, 0x1000, 0x1fff);
	is_owned(snapshot, "firmware", "the firmware's map has it");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_PARTIAL);
	is_owned(snapshot, "firmware", "also where not all of that was read");
	snapshot->memory_map.count = 0;
	add(snapshot, IOMEM, 0x1000, 0x1fff);
	is_owned(snapshot, "unknown", "it may be in the part that was not read");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_OK);
	is_owned(snapshot, "administrator", "it is not there");
	snapshot->kernel.command_line = sr_text_of("memmap=4K%4K-1+0xefffffff");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0, 0x9ffff), "System RAM");
	is_owned(snapshot, "unknown", "nor where it would be with memmap=");
}

static void is_whole(const struct sr_snapshot *snapshot, bool wanted, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_number(report->soft_reserved_whole, wanted, what);
	is_number(finding_count(report, SR_CODE_SOFT_RESERVED_INCOMPLETE), !wanted, what);
}

/* What no source would show is not known not to be there. */
static void test_whole(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	is_whole(snapshot, true, "the firmware's map, and no memmap=");
	snapshot->kernel.command_line = sr_text_of("memmap=1G!4G");
	is_whole(snapshot, false, "the firmware's map, and memmap=");
	snapshot->kernel.command_line = (struct sr_text){ 0 };
	is_whole(snapshot, false, "the firmware's map, and an unknown command line");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0, 0x9ffff), "System RAM");
	is_whole(snapshot, true, "the log's map");
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_INCOMPLETE);
	is_whole(snapshot, false, "a log that lost its beginning");
	add(snapshot, IOMEM, 0x1000, 0x1fff);
	is_whole(snapshot, true, "a kernel that shows them in iomem");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_PARTIAL);
	is_whole(snapshot, false, "but not all lines of it are understood");
	snapshot->iomem.count = 0;
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_OK);
	is_whole(snapshot, false, "an iomem without any, on x86");
	snapshot->kernel.machine = sr_text_of("aarch64");
	is_whole(snapshot, true, "an iomem without any, on arm64");
}

static void test_too_many(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	for (uint64_t i = 0; i < 65536; i++)
		add(snapshot, LOG, i * 0x1000, i * 0x1000 + 0x7ff);
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	for (int more = 0; more < 2; more++) {
		sr_auto_report struct sr_report *report = judge(snapshot);

		is_number(report->ranges.count, 65536, "ranges have a bound");
		is_number(finding_count(report, SR_CODE_TOO_MANY), more, "told beyond it only");
		add(snapshot, LOG, UINT64_MAX, UINT64_MAX);
	}
}

int main(void)
{
	mallopt(M_PERTURB, 0x5a); /* what is freed does not keep its value */
	test_equal();
	test_none();
	test_neighbours();
	test_ends();
	test_partial_overlap();
	test_inside();
	test_disjoint();
	test_many();
	test_overridden();
	test_not_overridden();
	test_command_line();
	test_maker_unknown();
	test_maker_half_known();
	test_whole();
	test_too_many();
	return tap_done();
}
