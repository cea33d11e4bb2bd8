// SPDX-License-Identifier: GPL-2.0-only
/*
 * T18 to T31 of the layouts (layouts-real.h) by the four rules, as test-layouts-rules.c
 * has T1 to T17. "Stock" kernels of the mails are v6.3 to v6.19.
 */
#include "forecasts.h"
#include "layouts-real.h"

static void test_t18(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t18();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_prediction struct sr_prediction *prediction = NULL;

	snapshot->auto_online = sr_text_of("online");
	merges(snapshot, "cxl usable", "T18");
	expects(snapshot, WINDOW, "cxl usable", "T18 as posted, stock");
	report = judge_under(snapshot, SR_RULE_WINDOW);
	prediction = predict(report, SR_RULE_WINDOW);
	is_text(prediction->units.items[0].driver.value, "kmem", "T18: by kmem");
	is_number(prediction->units.items[0].online.value, 0x1f80000000,
		  "T18: in whole memory blocks of 2 GiB");
}

static void test_t19(void)
{
	sr_auto_snapshot struct sr_snapshot *merged = layout_t19(false);
	sr_auto_snapshot struct sr_snapshot *split = layout_t19(true);

	expects(merged, WINDOW, "cxl usable", "T19 as posted, stock");
	merges(merged, "hmem unusable", "T19 without ranges of the SRAT");
	merges(split, "cxl usable, cxl usable, cxl usable", "T19 with three ranges of the SRAT");
	expects(split, WINDOW, "cxl usable, cxl usable, cxl usable", "T19: and on stock kernels");
}

static void test_t20(void)
{
	sr_auto_snapshot struct sr_snapshot *merged = layout_t20(false);
	sr_auto_snapshot struct sr_snapshot *split = layout_t20(true);

	expects(merged, WINDOW, "cxl unusable", "T20 as posted, stock: CXL has its part");
	merges(merged, "cxl unusable", "T20: hmem can make nothing of such a range");
	is_number(usable_bytes_of(merged, SR_RULE_PER_RANGE), 0x2000000000, "T20: the window is");
	ok(has_reason(merged, SR_RULE_PER_RANGE, 0, SR_CODE_MISALIGNED), "T20: and that is why");
	merges(split, "none unusable, cxl usable, none unusable", "T20 by the range of the SRAT");
	ok(has_reason(split, SR_RULE_PER_RANGE, 0, SR_CODE_SHADOWED), "T20: below it");
	ok(has_reason(split, SR_RULE_PER_RANGE, 2, SR_CODE_SHADOWED), "T20: and above");
	foresees(merged, HMEM_ONLY, "none unusable", "T20 before v6.3: nobody");
}

static void test_t21(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t21();

	merges(snapshot, "cxl usable, cxl usable", "T21");
	foresees(snapshot, WINDOW, "cxl usable, cxl usable", "T21 on v6.3 to v7.0");
	foresees(snapshot, HMEM_ONLY, "hmem usable, hmem usable", "T21 before v6.3");
	tap_skip("T21 as it went with the series of 2025-07",
		 "that lost the windows themselves; no rule here does");
}

static void test_t22(void)
{
	sr_auto_snapshot struct sr_snapshot *before = layout_t22(false);
	sr_auto_snapshot struct sr_snapshot *after = layout_t22(true);
	sr_auto_report struct sr_report *report = judge(before);

	is_number(report->units.items[0].owner, SR_OWNER_HMEM, "T22 as posted: hmem has it");
	merges(before, "cxl usable", "T22: by the rule CXL would");
	merges(after, "hmem usable", "T22 with the region elsewhere");
	expects(after, WINDOW, "none unusable", "T22 on v6.3 to v7.0: left to CXL, which has none");
}

/* Without regions in the kernel hmem waits for nobody, as before v6.3. */
static void test_t23(void)
{
	sr_auto_snapshot struct sr_snapshot *merged = layout_t23(false);
	sr_auto_snapshot struct sr_snapshot *split = layout_t23(true);
	sr_auto_snapshot struct sr_snapshot *success = layout_t23(false);

	expects(merged, HMEM_ONLY, "hmem unclear", "T23 as posted: both were seen");
	ok(has_reason(merged, SR_RULE_HMEM_ONLY, 0, SR_CODE_CLAIM_ORDER), "T23: and that is why");
	expects(split, HMEM_ONLY, "hmem usable, hmem usable", "T23 as posted, with the SRAT");
	merges(merged, "hmem unusable", "T23");
	merges(split, "hmem usable, hmem usable", "T23 with the SRAT");
	build_in_use(success, HMEM, span(0x5d0000000, 0x7cfffffff));
	is_verdict(success, "hmem ok: SPANS_WINDOWS NO_REGION",
		   "T23 as posted, in the other order: windows below System RAM");
}

static void test_t24(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t24();
	sr_auto_report struct sr_report *report = judge(snapshot);

	merges(snapshot, "hmem usable, hmem usable", "T24");
	expects(snapshot, WINDOW, "hmem usable, hmem usable", "T24 as posted, stock");
	is_text(findings_of(report), "REGION_WITHOUT_SOFT_RESERVED", "T24: the dynamic region");
	is_text(verdict_of_all(snapshot), "none", "T24: nothing to decide for the series");
}

static void test_t25(void)
{
	sr_auto_snapshot struct sr_snapshot *found = layout_t25(false);
	sr_auto_snapshot struct sr_snapshot *lost = layout_t25(true);
	sr_auto_snapshot struct sr_snapshot *twin = layout_t25_twin();

	expects(found, HMEM_ONLY, "hmem usable", "T25 as posted, where hmem saw no window");
	expects(lost, WINDOW, "none unusable", "T25 as posted, where it did: lost");
	ok(has_reason(lost, SR_RULE_WINDOW, 0, SR_CODE_LEFT_TO_CXL), "T25: and that is why");
	merges(lost, "hmem usable", "T25");
	merges(twin, "hmem unusable", "T25: its twin of cxl_test");
	expects(twin, WINDOW, "cxl unusable", "T25: its twin as posted has its middle only");
	is_number(usable_bytes_of(twin, SR_RULE_WINDOW), 0x20000000, "T25: that is usable");
}

static void test_t26_t27(void)
{
	sr_auto_snapshot struct sr_snapshot *t26 = layout_t26();
	sr_auto_snapshot struct sr_snapshot *t27 = layout_t27();

	merges(t26, "hmem unusable", "T26 as no author forces it");
	foresees(t26, GLOBAL, "hmem usable", "T26: regions are torn down");
	tap_skip("T26 as posted: hmem usable below a smaller region",
		 "forced by its author; __request_region() refuses it");
	merges(t27, "hmem usable", "T27: the failed region's line contains the range");
	foresees(t27, GLOBAL, "hmem usable", "T27 as posted");
}

/* Without dax_cxl in the kernel hmem waits for nobody, as before v6.3. */
static void test_t28(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_t28();

	expects(snapshot, HMEM_ONLY, "hmem usable, hmem usable, hmem usable", "T28 as posted");
	merges(snapshot, "cxl usable, cxl usable, cxl usable", "T28 with dax_cxl");
}

static void test_t29(void)
{
	sr_auto_snapshot struct sr_snapshot *one = layout_t29(false);
	sr_auto_snapshot struct sr_snapshot *split = layout_t29(true);

	expects(one, HMEM_ONLY, "hmem usable", "T29 as posted");
	expects(split, HMEM_ONLY, "hmem usable, hmem usable",
		"T29 as posted: one range, two units");
	merges(split, "hmem usable, hmem usable", "T29 on v7.1");
}

/* Without a Soft Reserved range there is nothing to decide. */
static void test_t30_t31(void)
{
	sr_auto_snapshot struct sr_snapshot *first = layout_t30(false);
	sr_auto_snapshot struct sr_snapshot *second = layout_t30(true);
	sr_auto_snapshot struct sr_snapshot *t31 = layout_t31();

	merges(first, "", "T30");
	merges(second, "", "T30: the other machine");
	merges(t31, "", "T31");
	is_text(verdict_of_all(second), "none", "T30: nor for the series");
	is_text(verdict_of_all(t31), "none", "T31: nor for the series");
}

int main(void)
{
	test_t18();
	test_t19();
	test_t20();
	test_t21();
	test_t22();
	test_t23();
	test_t24();
	test_t25();
	test_t26_t27();
	test_t28();
	test_t29();
	test_t30_t31();
	return tap_done();
}
