// SPDX-License-Identifier: GPL-2.0-only
/*
 * T1 to T17 of the layouts (layouts.h) by the four rules: what v7.1 and later make of
 * them, and where a mail tells what another kernel or series did, that too. The series
 * are those of "dax/hmem: coordinate Soft Reserved handling"; v3 and v4 counted regions
 * together, v5 and v6 asked for one region for each range.
 */
#include "forecasts.h"
#include "layouts.h"

static void test_t1_t2(void)
{
	sr_auto_snapshot struct sr_snapshot *t1 = layout_t1();
	sr_auto_snapshot struct sr_snapshot *t2 = layout_t2(false);
	sr_auto_snapshot struct sr_snapshot *plugged = layout_t2(true);
	sr_auto_report struct sr_report *report = judge(plugged);

	merges(t1, "cxl usable", "T1");
	foresees(t1, GLOBAL, "cxl usable", "T1 as posted, v4");
	foresees(t1, WINDOW, "cxl usable", "T1 on v6.3 to v7.0");
	foresees(t1, HMEM_ONLY, "hmem usable", "T1 before v6.3");
	is_text(verdict_of_all(t1), "DROP", "T1: the series would leave it to CXL");
	merges(t2, "hmem usable", "T2");
	foresees(t2, GLOBAL, "hmem usable", "T2 as posted, v4");
	is_text(verdict_of_all(t2), "REGISTER", "T2: the series would give it to hmem");
	is_number(report->rule.rule, SR_RULE_PER_RANGE, "T2: by the release");
	is_number(report->units.items[0].expected, SR_OWNER_CXL,
		  "T2 after hot-plug: for the state of now the rule says CXL");
	is_number(report->units.items[0].agrees, SR_NO, "and hmem has it still");
}

static void test_t3(void)
{
	sr_auto_snapshot struct sr_snapshot *region = layout_t3(false);
	sr_auto_snapshot struct sr_snapshot *torn_down = layout_t3(true);

	merges(region, "hmem unusable", "T3: a region smaller than the range is in the way");
	merges(torn_down, "hmem usable", "T3 where no region has a line");
	foresees(region, GLOBAL, "hmem usable", "T3 as posted: regions are torn down");
	ok(has_reason(region, SR_RULE_PER_RANGE, 0, SR_CODE_REGION_CONFLICT),
	   "T3: and the region makes no dax region");
	ok(has_reason(region, SR_RULE_PER_RANGE, 0, SR_CODE_NOT_CLAIMABLE), "T3: the trap");
}

static void test_t4(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t4();
	sr_auto_snapshot struct sr_snapshot *split = layout_t4();

	layout_srat(split, span(qemu, 0xb8fffffff), 1);
	layout_srat(split, span(0xb90000000, 0xc8fffffff), 1);
	merges(snapshot, "hmem unusable", "T4: the key case");
	is_number(usable_bytes_of(snapshot, SR_RULE_PER_RANGE), 0, "T4: nothing can be used");
	merges(split, "cxl usable, cxl usable", "T4 where the SRAT splits it");
	is_number(usable_bytes_of(split, SR_RULE_PER_RANGE), 0x200000000, "T4: all can be used");
	foresees(snapshot, GLOBAL, "hmem usable", "T4 by v5 and v6");
	foresees(snapshot, WINDOW, "cxl usable", "T4 on v6.3 to v7.0: each region has its part");
	tap_skip("T4 as posted, v4: CXL", "no rule here counts regions together");
}

static void test_t5(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t5();

	merges(snapshot, "hmem unusable", "T5");
	foresees(snapshot, GLOBAL, "hmem usable", "T5 as posted");
}

static void test_t6(void)
{
	sr_auto_snapshot struct sr_snapshot *two = layout_t6(false);
	sr_auto_snapshot struct sr_snapshot *merged = layout_t6(true);
	sr_auto_snapshot struct sr_snapshot *split = layout_t6(true);

	layout_srat(split, span(qemu, 0xb8fffffff), 1);
	layout_srat(split, span(0xb90000000, 0xc8fffffff), 2);
	merges(two, "cxl usable, cxl usable", "T6 with two entries");
	foresees(two, GLOBAL, "cxl usable, cxl usable", "T6 as posted");
	merges(merged, "hmem unusable", "T6 with one entry");
	foresees(merged, GLOBAL, "hmem unusable", "T6 with one entry: windows are never torn down");
	merges(split, "cxl usable, cxl usable", "T6 with one entry that the SRAT splits");
}

static void test_t7(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t7();

	merges(snapshot, "hmem unusable", "T7");
	foresees(snapshot, GLOBAL, "hmem unusable", "T7 as posted: nobody");
	foresees(snapshot, HMEM_ONLY, "hmem unclear",
		 "T7 before v6.3: windows alone are in the way");
	ok(has_reason(snapshot, SR_RULE_HMEM_ONLY, 0, SR_CODE_CLAIM_ORDER),
	   "T7: who comes first, decides");
	foresees(snapshot, WINDOW, "none unusable", "T7 on v6.3 to v7.0: left to CXL");
	ok(has_reason(snapshot, SR_RULE_WINDOW, 0, SR_CODE_LEFT_TO_CXL), "T7: and that is why");
}

static void test_t8(void)
{
	sr_auto_snapshot struct sr_snapshot *merged = layout_t8(false);
	sr_auto_snapshot struct sr_snapshot *split = layout_t8(true);
	sr_auto_report struct sr_report *report = judge(split);

	merges(split, "cxl usable, cxl usable", "T8");
	foresees(split, GLOBAL, "cxl usable, cxl usable", "T8 as posted, v6");
	foresees(split, WINDOW, "cxl usable, cxl usable", "T8 on v6.3 to v7.0");
	is_text(verdict_of_all(split), "DROP", "T8: DROP, as was confirmed");
	is_number(report->ranges.count, 1, "T8: one range");
	is_number(report->ranges.items[0].unit_count, 2, "of two units");
	is_number(report->ranges.items[0].contained, SR_YES, "contained, as both of them are");
	ok(!report->ranges.items[0].region, "in no one region");
	merges(merged, "hmem unusable", "T8 without its SRAT");
}

static void test_t9_t10(void)
{
	sr_auto_snapshot struct sr_snapshot *t9 = layout_t9();
	sr_auto_snapshot struct sr_snapshot *t10 = layout_t10();

	merges(t9, "hmem usable", "T9");
	foresees(t9, GLOBAL, "hmem usable", "T9 as posted, v6");
	merges(t10, "hmem unusable", "T10: hmem has all of it, and the region is in the way");
	expects(t10, WINDOW, "cxl unusable", "T10 as posted: CXL has a part, the tail is lost");
	is_number(usable_bytes_of(t10, SR_RULE_WINDOW), 0x100000000, "T10: what CXL has is usable");
}

static void test_t11_t12(void)
{
	sr_auto_snapshot struct sr_snapshot *t11 = layout_t11();
	sr_auto_snapshot struct sr_snapshot *t12 = layout_t12();

	merges(t11, "hmem unusable", "T11");
	foresees(t11, GLOBAL, "hmem usable", "T11 by v5 and v6");
	tap_skip("T11 as posted, v4: CXL", "no rule here counts regions together");
	merges(t12, "cxl usable, cxl usable, cxl usable, cxl usable", "T12");
	foresees(t12, GLOBAL, "cxl usable, cxl usable, cxl usable, cxl usable", "T12 as posted");
}

static void test_t13_t14(void)
{
	sr_auto_snapshot struct sr_snapshot *t13 = layout_t13();
	sr_auto_snapshot struct sr_snapshot *t14 = layout_t14();

	merges(t13, "hmem unusable", "T13");
	foresees(t13, GLOBAL, "hmem usable", "T13 by v5 and v6");
	tap_skip("T13 as posted, v4: CXL", "no rule here counts regions together");
	merges(t14, "cxl usable", "T14");
	foresees(t14, GLOBAL, "cxl usable", "T14 as posted");
}

static void test_t15_t16_t17(void)
{
	sr_auto_snapshot struct sr_snapshot *t15 = layout_t15();
	sr_auto_snapshot struct sr_snapshot *t16 = layout_t16();
	sr_auto_snapshot struct sr_snapshot *t17 = layout_t17();

	merges(t15, "hmem unusable", "T15");
	foresees(t15, GLOBAL, "hmem usable", "T15 as posted");
	merges(t16, "hmem unusable", "T16");
	foresees(t16, GLOBAL, "hmem unusable", "T16 as posted: hmem, beyond the window");
	foresees(t16, HMEM_ONLY, "hmem unclear", "T16 before v6.3: the window is in the way");
	merges(t17, "hmem unusable", "T17");
	foresees(t17, GLOBAL, "hmem usable", "T17 as posted");
}

int main(void)
{
	test_t1_t2();
	test_t3();
	test_t4();
	test_t5();
	test_t6();
	test_t7();
	test_t8();
	test_t9_t10();
	test_t11_t12();
	test_t13_t14();
	test_t15_t16_t17();
	return tap_done();
}
