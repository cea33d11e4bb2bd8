// SPDX-License-Identifier: GPL-2.0-only
/*
 * Layouts of real and emulated machines as posted to linux-cxl, with their
 * addresses; T1 to T31 as they were numbered when they were collected.
 */
#include "judged.h"

#define CXL  SR_DAX_HOLDER_CXL
#define HMEM SR_DAX_HOLDER_HMEM

static const uint64_t qemu = 0xa90000000;     /* Tomasz Wolski's emulated machine */
static const uint64_t genoa = 0x850000000;    /* that of Smita Koralahalli */
static const uint64_t synth = 0x3ff0d0000000; /* her table of rules */

static void soft_reserved_in_iomem(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_iomem(snapshot, range, SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
	build_soft_reserved(snapshot, range);
}

/* A region in /proc/iomem whose dax region no driver could take. */
static void beaten_region(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_region(snapshot, range, SR_YES);
	build_region_node(snapshot, range);
	build_dax_region(snapshot, CXL, range, NULL);
}

static void test_t1(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(snapshot, span(qemu, 0xb8fffffff));
	build_window(snapshot, span(qemu, 0xb8fffffff));
	build_cxl(snapshot, span(qemu, 0xb8fffffff));
	report = judge(snapshot);
	is_row(report, 0, "cxl ok", SR_YES, "T1");
	is_number(report->ranges.items[0].online.value, 0x100000000, "all of it is online");
}

/* One range, two regions that together are as large. */
static void test_t4(void)
{
	sr_auto_snapshot struct sr_snapshot *hmem = build_new();
	sr_auto_snapshot struct sr_snapshot *cxl = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(hmem, span(qemu, 0xc8fffffff));
	build_window(hmem, span(qemu, 0xc8fffffff));
	beaten_region(hmem, span(qemu, 0xb8fffffff));
	beaten_region(hmem, span(0xb90000000, 0xc8fffffff));
	build_unused(hmem, HMEM, span(qemu, 0xc8fffffff));
	report = judge(hmem);
	is_row(report, 0, "hmem unusable: SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE", SR_NO,
	       "T4: hmem has it and nobody can use it");
	is_number(report->totals.unusable_bytes, 0x200000000, "8 GiB");
	build_soft_reserved(cxl, span(qemu, 0xc8fffffff));
	build_window(cxl, span(qemu, 0xc8fffffff));
	build_cxl(cxl, span(qemu, 0xb8fffffff));
	build_cxl(cxl, span(0xb90000000, 0xc8fffffff));
	is_verdict(cxl, "cxl ok: SPANS_REGIONS", "T4 as posted: each region has its part");
}

/* The lost-memory case: two windows in one range, and a region in none of them alone. */
static void test_t7(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	soft_reserved_in_iomem(snapshot, span(qemu, 0xccfffffff));
	build_window(snapshot, span(qemu, 0xbcfffffff));
	build_window(snapshot, span(0xbd0000000, 0xccfffffff));
	build_region(snapshot, span(qemu, 0xb8fffffff), SR_NO);
	build_unused(snapshot, HMEM, span(qemu, 0xccfffffff));
	report = judge(snapshot);
	is_row(report, 0, "hmem unusable: SPANS_WINDOWS REGION_NOT_COMMITTED NOT_CLAIMABLE", SR_NO,
	       "T7");
	is_number(report->ranges.items[0].windows.count, 2, "both windows");
	is_text(report->ranges.items[0].devices.items[0].blocker->label, "CXL Window 2",
		"the first node in the way starts inside");
}

/* A real machine, where the SRAT had made two ranges of the one of e820. */
static void test_t8(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->memory_block_size = sr_u64_of(0x10000000);
	build_soft_reserved(snapshot, span(0x2070000000, 0xa06fffffff));
	build_window(snapshot, span(0x2070000000, 0x606fffffff));
	build_window(snapshot, span(0x6070000000, 0xa06fffffff));
	build_cxl(snapshot, span(0x2070000000, 0x606fffffff));
	build_cxl(snapshot, span(0x6070000000, 0xa06fffffff));
	report = judge(snapshot);
	is_row(report, 0, "cxl ok: SPANS_WINDOWS SPANS_REGIONS", SR_NO,
	       "T8: not contained, and in use all the same");
	is_number(report->ranges.items[0].devices.count, 2, "by two devices");
	is_number(report->ranges.items[0].online.value, 0x8000000000, "512 GiB online");
}

static void test_t10(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	soft_reserved_in_iomem(snapshot, span(qemu, 0xbcfffffff));
	build_window(snapshot, span(qemu, 0xbcfffffff));
	build_cxl(snapshot, span(qemu, 0xb8fffffff));
	report = judge(snapshot);
	is_row(report, 0, "cxl lost: REGION_SMALLER PARTLY_WITHOUT_OWNER", SR_NO, "T10");
	is_number(report->ranges.items[0].lost.value, 0x40000000, "the tail is lost");
}

static void test_t12(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_window(snapshot, span(synth, 0x3ff10fffffff));
	for (uint64_t at = synth; at < 0x3ff110000000; at += 0x10000000) {
		build_soft_reserved(snapshot, span(at, at + 0xfffffff));
		build_cxl(snapshot, span(at, at + 0xfffffff));
	}
	report = judge(snapshot);
	is_number(report->ranges.count, 4, "T12: neighbours stay four");
	for (size_t i = 0; i < 4; i++)
		is_row(report, i, "cxl ok", SR_YES, "each in its region");
}

/* T11, T15 and T16: regions that do not reach, or a range that reaches too far. */
static void test_t11_t15_t16(void)
{
	sr_auto_snapshot struct sr_snapshot *t11 = build_new();
	sr_auto_snapshot struct sr_snapshot *t15 = build_new();
	sr_auto_snapshot struct sr_snapshot *t16 = build_new();

	build_soft_reserved(t11, span(synth, 0x3ff10fffffff));
	build_soft_reserved(t15, span(synth, 0x3ff20fffffff));
	build_soft_reserved(t16, span(synth, 0x3ff20fffffff));
	build_window(t11, span(synth, 0x3ff10fffffff));
	build_window(t15, span(synth, 0x3ff20fffffff));
	build_window(t16, span(synth, 0x3ff10fffffff));
	beaten_region(t15, span(synth, 0x3ff10fffffff));
	for (uint64_t at = synth; at < 0x3ff110000000; at += 0x10000000) {
		beaten_region(t11, span(at, at + 0xfffffff));
		beaten_region(t16, span(at, at + 0xfffffff));
	}
	build_unused(t11, HMEM, span(synth, 0x3ff10fffffff));
	build_unused(t15, HMEM, span(synth, 0x3ff20fffffff));
	build_unused(t16, HMEM, span(synth, 0x3ff20fffffff));
	is_verdict(t11, "hmem unusable: SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE", "T11");
	is_verdict(t15, "hmem unusable: REGION_SMALLER DAX_REGION_NO_DRIVER NOT_CLAIMABLE", "T15");
	is_verdict(t16,
		   "hmem unusable: BEYOND_WINDOW SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE",
		   "T16");
}

static void test_t17(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, span(synth, 0x3ff10fffffff));
	build_window(snapshot, span(synth, 0x3ff10fffffff));
	beaten_region(snapshot, span(synth, 0x3ff0dfffffff));
	beaten_region(snapshot, span(0x3ff0f0000000, 0x3ff0ffffffff));
	beaten_region(snapshot, span(0x3ff100000000, 0x3ff10fffffff));
	build_unused(snapshot, HMEM, span(synth, 0x3ff10fffffff));
	is_verdict(snapshot, "hmem unusable: SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE",
		   "T17: a region is missing");
}

/* kmem keeps to memory blocks of 2 GiB, so it does not use all of its device. */
static void test_t18(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range range = span(0x1050000000, 0x304fffffff);
	struct sr_range trimmed = span(0x1080000000, 0x2fffffffff);
	sr_auto_report struct sr_report *report = NULL;

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	soft_reserved_in_iomem(snapshot, range);
	build_window(snapshot, range);
	build_region(snapshot, range, SR_YES);
	build_region_node(snapshot, range);
	build_dax_region(snapshot, CXL, range, "cxl_dax_region");
	build_dax_device(snapshot, CXL, range, "kmem");
	build_system_ram(snapshot, trimmed);
	report = judge(snapshot);
	is_row(report, 0, "cxl ok", SR_YES, "T18");
	is_number(report->ranges.items[0].online.value, sr_range_size(trimmed), "what is online");
}

static void test_t21(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	build_soft_reserved(snapshot, span(0xc080000000, 0xc47fffffff));
	build_soft_reserved(snapshot, span(0x68e80000000, 0x70e7fffffff));
	build_window(snapshot, span(0xc080000000, 0x17dbfffffff));
	build_window(snapshot, span(0x68e80000000, 0x8d37fffffff));
	build_cxl(snapshot, span(0x68e80000000, 0x70e7fffffff));
	build_cxl(snapshot, span(0xc080000000, 0xc47fffffff));
	report = judge(snapshot);
	is_row(report, 0, "cxl ok", SR_YES, "T21: windows much larger than ranges");
	is_row(report, 1, "cxl ok", SR_YES, "T21: the other one");
}

/* A forced tree that no kernel makes: the dax device is larger than the region above it. */
static void test_t26(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range range = span(genoa, 0x284fffffff);
	sr_auto_report struct sr_report *report = NULL;

	soft_reserved_in_iomem(snapshot, range);
	build_window(snapshot, range);
	beaten_region(snapshot, span(genoa, 0x280fffffff));
	build_in_use(snapshot, HMEM, range);
	report = judge(snapshot);
	is_row(report, 0, "hmem ok: REGION_SMALLER DAX_REGION_NO_DRIVER", SR_NO, "T26");
	is_number(report->ranges.items[0].online.value, sr_range_size(range), "is believed");
}

static void test_t27(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range range = span(genoa, 0x284fffffff);
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(snapshot, range);
	build_window(snapshot, range);
	build_region(snapshot, range, SR_NO);
	build_region_node(snapshot, range);
	build_in_use(snapshot, HMEM, range);
	report = judge(snapshot);
	is_row(report, 0, "hmem ok: REGION_NOT_COMMITTED", SR_NO, "T27: assembly failed");
}

/* dax_hmem built in, CXL as modules: hmem's, although it stands below the regions. */
static void test_t28(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->memory_block_size = sr_u64_of(0x10000000);
	for (uint64_t at = genoa; at < 0x6850000000; at += 0x2000000000) {
		struct sr_range range = span(at, at + 0x1fffffffff);

		soft_reserved_in_iomem(snapshot, range);
		build_window(snapshot, range);
		beaten_region(snapshot, range);
		build_in_use(snapshot, HMEM, range);
	}
	report = judge(snapshot);
	is_number(report->ranges.count, 3, "T28: three ranges");
	for (size_t i = 0; i < 3; i++)
		is_row(report, i, "hmem ok: HMEM_THOUGH_CONTAINED DAX_REGION_NO_DRIVER", SR_YES,
		       "owned by hmem");
}

/* Persistent memory without any Soft Reserved range. */
static void test_t30(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_window(snapshot, span(0xa80000000, 0xb7fffffff));
	build_iomem(snapshot, span(0xa80000000, 0xaffffffff), SR_IOMEM_OTHER, "Persistent Memory");
	build_region(snapshot, span(0xa80000000, 0xaffffffff), SR_YES)->mode = sr_text_of("pmem");
	build_region_node(snapshot, span(0xa80000000, 0xaffffffff));
	build_dax_device(snapshot, SR_DAX_HOLDER_PMEM, span(0xa81200000, 0xabfffffff),
			 "device_dax");
	report = judge(snapshot);
	is_number(report->ranges.count, 0, "T30: no range");
	is_text(findings_of(report), "REGION_WITHOUT_SOFT_RESERVED", "a region of its own");
	is_number(report->regions.items[0].soft_reserved, SR_NO, "nothing touches it");
}

int main(void)
{
	test_t1();
	test_t4();
	test_t7();
	test_t8();
	test_t10();
	test_t12();
	test_t11_t15_t16();
	test_t17();
	test_t18();
	test_t21();
	test_t26();
	test_t27();
	test_t28();
	test_t30();
	return tap_done();
}
