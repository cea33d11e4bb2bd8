// SPDX-License-Identifier: GPL-2.0-only
/* judgement/rules.c: what neither layouts nor made machines tell apart. */
#include "forecasts.h"
#include "layouts.h"

static const struct sr_range first = { 0x1290000000, 0x12afffffff };
static const struct sr_range second = { 0x1390000000, 0x13afffffff };

/* Of a range in a window and a region, and of one in neither. */
static struct sr_snapshot *on_machine(const char *machine)
{
	struct sr_snapshot *snapshot = layout_new();

	snapshot->kernel.machine = sr_text_of(machine);
	build_window(snapshot, first);
	build_soft_reserved(snapshot, first);
	build_cxl(snapshot, first);
	build_soft_reserved(snapshot, second);
	return snapshot;
}

/* Where Soft Reserved ranges are in no tree, since v7.0, what hmem does was never seen. */
static void test_machines(void)
{
	static const char *const unseen[] = { "aarch64", "riscv64" }, *const seen[] = { "x86_64",
											NULL };

	for (size_t i = 0; i < 2; i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = on_machine(unseen[i]);
		sr_auto_snapshot struct sr_snapshot *other = on_machine(seen[i]);

		foresees(snapshot, PER_RANGE, "cxl usable, unknown unclear", unseen[i]);
		ok(has_reason(snapshot, SR_RULE_PER_RANGE, 1, SR_CODE_RULE_UNKNOWN), "and why");
		ok(!has_reason(snapshot, SR_RULE_PER_RANGE, 0, SR_CODE_RULE_UNKNOWN),
		   "what is left to CXL is known");
		foresees(snapshot, WINDOW, "cxl usable, hmem usable", "before, they are in one");
		foresees(other, PER_RANGE, "cxl usable, hmem usable", "on others");
		ok(!has_reason(other, SR_RULE_PER_RANGE, 1, SR_CODE_RULE_UNKNOWN), "it is known");
	}
}

/* A region outside of all windows, so that hmem takes the range as well. */
static void test_trees(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, first);
	beaten_region(snapshot, first);
	foresees(snapshot, PER_RANGE, "hmem usable", "since v7.1 hmem comes first");
	foresees(snapshot, GLOBAL, "hmem usable", "with the series, too");
	ok(has_reason(snapshot, SR_RULE_GLOBAL, 0, SR_CODE_REGION_CONFLICT), "and is in the way");
	ok(!has_reason(snapshot, SR_RULE_WINDOW, 0, SR_CODE_REGION_CONFLICT),
	   "up to v7.0 neither sees the other");
}

/* Without /proc/iomem it is not known whether other memory is in what the SRAT has. */
static void test_vague(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, first);
	layout_srat(snapshot, span(first.start, second.start + 0xfff), 1);
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_ABSENT);
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_OK);
	foresees(snapshot, WINDOW, "none unusable", "too small a piece at the end, mixed or not");
	ok(has_reason(snapshot, SR_RULE_WINDOW, 0, SR_CODE_MISALIGNED), "which is why");
	foresees(snapshot, HMEM_ONLY, "unknown unclear", "before v6.3 the entry may count");
	ok(!has_reason(snapshot, SR_RULE_HMEM_ONLY, 0, SR_CODE_MISALIGNED),
	   "which has no such piece");
}

static bool is_by_entry(const struct sr_snapshot *snapshot)
{
	sr_auto_report struct sr_report *report = judge_under(snapshot, SR_RULE_HMEM_ONLY);
	sr_auto_prediction struct sr_prediction *prediction = predict(report, SR_RULE_HMEM_ONLY);

	return prediction->units.items[0].by_entry;
}

/* Before v6.3 what the SRAT makes of an entry counts where no other memory is in it. */
static void test_by_entry(void)
{
	struct sr_range ram = { second.start, second.start + 0xfffffff };
	sr_auto_snapshot struct sr_snapshot *plain = layout_new();
	sr_auto_snapshot struct sr_snapshot *wider = layout_new();

	soft_reserved_in_iomem(plain, first);
	ok(!is_by_entry(plain), "there is no SRAT, so its ranges are the entries");
	soft_reserved_in_iomem(wider, first);
	layout_srat(wider, span(first.start, second.end), 1);
	ok(!is_by_entry(wider), "all that the SRAT has is asked for");
	build_iomem(wider, ram, SR_IOMEM_SYSTEM_RAM, "System RAM");
	ok(is_by_entry(wider), "with DRAM in it the entry alone is");
}

int main(void)
{
	test_machines();
	test_trees();
	test_vague();
	test_by_entry();
	return tap_done();
}
