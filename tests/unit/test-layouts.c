// SPDX-License-Identifier: GPL-2.0-only
/*
 * Layouts of real and emulated machines as posted to linux-cxl, with their
 * addresses; T1 to T31 as they were numbered when they were collected.
 */
#include "judged.h"
#include "layouts-real.h"

static void test_t1(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t1();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "cxl ok", SR_YES, "T1");
	is_number(report->ranges.items[0].online.value, 0x100000000, "all of it is online");
}

/* A device that comes when hmem has its memory. */
static void test_t2(void)
{
	sr_auto_snapshot struct sr_snapshot *before = layout_t2(false);
	sr_auto_snapshot struct sr_snapshot *after = layout_t2(true);
	sr_auto_report struct sr_report *report = judge(after);

	is_verdict(before, "hmem ok: NO_REGION", "T2: hmem has what no region takes");
	is_row(report, 0, "hmem ok: HMEM_THOUGH_CONTAINED NO_DAX_REGION", SR_YES,
	       "T2: and keeps it when the device comes");
}

static void test_t4(void)
{
	sr_auto_snapshot struct sr_snapshot *hmem = layout_t4();
	sr_auto_snapshot struct sr_snapshot *cxl = layout_t4_posted();
	sr_auto_report struct sr_report *report = judge(hmem);

	is_row(report, 0, "hmem unusable: SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE", SR_NO,
	       "T4: hmem has it and nobody can use it");
	is_number(report->totals.unusable_bytes, 0x200000000, "8 GiB");
	is_verdict(cxl, "cxl ok: SPANS_REGIONS", "T4 as posted: each region has its part");
}

static void test_t7(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t7();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "hmem unusable: SPANS_WINDOWS REGION_NOT_COMMITTED NOT_CLAIMABLE", SR_NO,
	       "T7");
	is_number(report->ranges.items[0].windows.count, 2, "both windows");
	is_text(report->ranges.items[0].devices.items[0].blocker->label, "CXL Window 2",
		"the first node in the way starts inside");
}

static void test_t8(void)
{
	sr_auto_snapshot struct sr_snapshot *merged = layout_t8(false);
	sr_auto_snapshot struct sr_snapshot *split = layout_t8(true);
	sr_auto_report struct sr_report *report = judge(merged);

	is_row(report, 0, "cxl ok: SPANS_WINDOWS SPANS_REGIONS", SR_NO,
	       "T8: not contained, and in use all the same");
	is_number(report->ranges.items[0].devices.count, 2, "by two devices");
	is_number(report->ranges.items[0].online.value, 0x8000000000, "512 GiB online");
	is_verdict(split, "cxl ok", "T8 with its SRAT: each half is contained");
}

static void test_t10(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t10();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "cxl lost: REGION_SMALLER PARTLY_WITHOUT_OWNER", SR_NO, "T10");
	is_number(report->ranges.items[0].lost.value, 0x40000000, "the tail is lost");
}

static void test_t12(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t12();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_number(report->ranges.count, 4, "T12: neighbours stay four");
	for (size_t i = 0; i < 4; i++)
		is_row(report, i, "cxl ok", SR_YES, "each in its region");
}

/* T11, T15 and T16: regions that do not reach, or a range that reaches too far. */
static void test_t11_t15_t16(void)
{
	sr_auto_snapshot struct sr_snapshot *t11 = layout_t11();
	sr_auto_snapshot struct sr_snapshot *t15 = layout_t15();
	sr_auto_snapshot struct sr_snapshot *t16 = layout_t16();

	is_verdict(t11, "hmem unusable: SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE", "T11");
	is_verdict(t15, "hmem unusable: REGION_SMALLER DAX_REGION_NO_DRIVER NOT_CLAIMABLE", "T15");
	is_verdict(t16,
		   "hmem unusable: BEYOND_WINDOW SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE",
		   "T16");
}

static void test_t17(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t17();

	is_verdict(snapshot, "hmem unusable: SPANS_REGIONS DAX_REGION_NO_DRIVER NOT_CLAIMABLE",
		   "T17: a region is missing");
}

static void test_t18(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t18();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "cxl ok", SR_YES, "T18");
	is_number(report->ranges.items[0].online.value, 0x1f80000000, "what is online");
}

static void test_t21(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t21();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "cxl ok", SR_YES, "T21: windows much larger than ranges");
	is_row(report, 1, "cxl ok", SR_YES, "T21: the other one");
}

static void test_t26(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t26();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "hmem ok: REGION_SMALLER DAX_REGION_NO_DRIVER", SR_NO, "T26");
	is_number(report->ranges.items[0].online.value, 0x2000000000, "is believed");
}

static void test_t27(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t27();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_row(report, 0, "hmem ok: REGION_NOT_COMMITTED", SR_NO, "T27: assembly failed");
}

static void test_t28(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t28();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_number(report->ranges.count, 3, "T28: three ranges");
	for (size_t i = 0; i < 3; i++)
		is_row(report, i, "hmem ok: HMEM_THOUGH_CONTAINED DAX_REGION_NO_DRIVER", SR_YES,
		       "owned by hmem");
}

/* Regions that no Soft Reserved range touches. */
static void test_t30_t31(void)
{
	sr_auto_snapshot struct sr_snapshot *first = layout_t30(false);
	sr_auto_snapshot struct sr_snapshot *second = layout_t30(true);
	sr_auto_snapshot struct sr_snapshot *ram = layout_t31();
	sr_auto_report struct sr_report *report = judge(second);
	sr_auto_report struct sr_report *other = judge(first);
	sr_auto_report struct sr_report *two = judge(ram);

	is_number(report->ranges.count, 0, "T30: no range");
	is_text(findings_of(report), "REGION_WITHOUT_SOFT_RESERVED", "a region of its own");
	is_number(report->regions.items[0].soft_reserved, SR_NO, "nothing touches it");
	is_text(findings_of(other), "REGION_WITHOUT_SOFT_RESERVED", "T30: the other machine");
	is_text(findings_of(two), "REGION_WITHOUT_SOFT_RESERVED REGION_WITHOUT_SOFT_RESERVED",
		"T31: two of them");
}

int main(void)
{
	test_t1();
	test_t2();
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
	test_t30_t31();
	return tap_done();
}
