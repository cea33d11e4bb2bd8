// SPDX-License-Identifier: GPL-2.0-only
/* judgement/expectation.c, settlement.c and cause.c: what is there against the rule. */
#include "judged.h"
#include "judgement/cause.h"

static const struct sr_range window = { 0x1000000000, 0x1fffffffff };
static const struct sr_range memory = { 0x1000000000, 0x101fffffff };
static const struct sr_range half = { 0x1000000000, 0x100fffffff };

static struct sr_snapshot *machine(const char *release)
{
	struct sr_snapshot *snapshot = build_new();

	snapshot->kernel.release = sr_text_of(release);
	snapshot->auto_online = sr_text_of("online");
	build_window(snapshot, window);
	build_soft_reserved(snapshot, memory);
	return snapshot;
}

/* "cxl cxl yes kmem" */
static void tap_expected(const struct sr_snapshot *snapshot, const char *wanted, const char *file,
			 int line, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	const struct sr_range_report *unit = report->units.items;
	char got[128];

	snprintf(got, sizeof(got), "%s %s %s %s", sr_owner_name(unit->owner),
		 sr_owner_name(unit->expected), truth_name(unit->agrees),
		 !unit->expected_driver.known  ? "?"
		 : unit->expected_driver.value ? unit->expected_driver.value
					       : "-");
	tap_text(got, wanted, file, line, what);
}

#define is_expected(snapshot, wanted, what) tap_expected(snapshot, wanted, __FILE__, __LINE__, what)

static void is_cause(const struct sr_snapshot *snapshot, const char *wanted, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	const enum sr_code *cause = sr_cause(report->ranges.items);

	is_text(cause ? sr_codes[*cause].name : "none", wanted, what);
}

static bool unit_has(const struct sr_snapshot *snapshot, enum sr_code code)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	for (size_t i = 0; i < report->units.items->why.count; i++) {
		if (report->units.items->why.items[i] == code)
			return true;
	}
	return false;
}

static void test_agreement(void)
{
	sr_auto_snapshot struct sr_snapshot *sound = machine("7.3.4");
	sr_auto_snapshot struct sr_snapshot *nobody = machine("7.3.4");
	sr_auto_snapshot struct sr_snapshot *early = machine("6.12.117");

	build_cxl(sound, memory);
	is_expected(sound, "cxl cxl yes kmem", "one region, CXL has it");
	is_cause(sound, "none", "nothing is wrong");

	is_expected(nobody, "none hmem no kmem", "hmem should have it, and nobody does");
	ok(unit_has(nobody, SR_CODE_DECIDED_OTHERWISE), "which is said");
	ok(!unit_has(nobody, SR_CODE_LEFT_TO_CXL), "v7.1 leaves nothing to CXL");
	is_cause(nobody, "DECIDED_OTHERWISE", "not that there is no region: hmem needs none");

	is_expected(early, "none none yes -", "v6.12 leaves it to CXL");
	ok(unit_has(early, SR_CODE_LEFT_TO_CXL), "which is said");
	is_cause(early, "NO_REGION", "there it is");
	ok(!unit_has(early, SR_CODE_DECIDED_OTHERWISE), "and is what the rule gives");
}

/* On the window rule hmem has what touches a window only where it came first. */
static void test_order(void)
{
	sr_auto_snapshot struct sr_snapshot *early = machine("6.12.117");
	sr_auto_snapshot struct sr_snapshot *late = machine("7.3.4");

	build_region(early, memory, SR_YES);
	build_in_use(early, SR_DAX_HOLDER_HMEM, memory);
	is_expected(early, "hmem cxl no kmem", "CXL should have it, and hmem does");
	ok(unit_has(early, SR_CODE_HMEM_BEFORE_WINDOWS), "the order explains it");
	is_cause(early, "HMEM_BEFORE_WINDOWS", "and is the cause");

	build_region(late, memory, SR_YES);
	build_in_use(late, SR_DAX_HOLDER_HMEM, memory);
	ok(!unit_has(late, SR_CODE_HMEM_BEFORE_WINDOWS), "v7.1 waits for CXL");
	ok(unit_has(late, SR_CODE_DECIDED_OTHERWISE), "so there it has no explanation");
}

static void test_drivers(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine("7.3.4");
	struct sr_module *kmem;

	build_region(snapshot, memory, SR_YES);
	build_region_node(snapshot, memory);
	build_unused(snapshot, SR_DAX_HOLDER_CXL, memory);
	kmem = build_add(&snapshot->modules);
	*kmem = (struct sr_module){ .name = "kmem", .state = SR_MODULE_NOT_LOADED };
	is_expected(snapshot, "cxl cxl yes -", "kmem is not loaded");
	kmem->state = SR_MODULE_MISSING;
	is_expected(snapshot, "cxl cxl yes device_dax", "this kernel has no kmem");
	kmem->state = SR_MODULE_BUILT_IN;
	is_expected(snapshot, "cxl cxl yes kmem", "kmem is built in");
	kmem->state = SR_MODULE_UNKNOWN;
	is_expected(snapshot, "cxl cxl yes kmem", "who knows: as most kernels have it");
	build_no_dax_device(snapshot);
	kmem->state = SR_MODULE_NOT_LOADED;
	is_expected(snapshot, "cxl cxl yes kmem", "not loaded, and no device asked for it");
}

static void test_causes(void)
{
	sr_auto_snapshot struct sr_snapshot *unusable = machine("7.3.4");
	sr_auto_snapshot struct sr_snapshot *idle = machine("7.3.4");

	build_region(unusable, half, SR_YES);
	build_region_node(unusable, half);
	build_unused(unusable, SR_DAX_HOLDER_HMEM, memory);
	is_expected(unusable, "hmem hmem yes -", "hmem has more than the region");
	is_cause(unusable, "REGION_SMALLER", "other bounds, not the claim that failed");

	build_unused(idle, SR_DAX_HOLDER_HMEM, memory);
	is_cause(idle, "NO_DRIVER", "idle for want of a driver, not of a region");
}

static void test_global(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine("7.3.4");
	sr_auto_report struct sr_report *drop = NULL, *tipped = NULL, *outside = NULL;
	sr_auto_snapshot struct sr_snapshot *away = build_new();

	build_cxl(snapshot, memory);
	drop = judge(snapshot);
	is_number(drop->global, SR_GLOBAL_DROP, "all are contained");
	ok(!drop->tipped_by, "nothing tips it");
	build_soft_reserved(snapshot, span(0x1100000000, 0x11ffffffff));
	tipped = judge(snapshot);
	is_number(tipped->global, SR_GLOBAL_REGISTER, "one is not");
	if (ok(tipped->tipped_by, "one tips it"))
		is_number(tipped->tipped_by->range.start, 0x1100000000, "that one");
	build_soft_reserved(away, span(0x1100000000, 0x11ffffffff));
	outside = judge(away);
	is_number(outside->global, SR_GLOBAL_NONE, "outside all windows there is no say");
}

/* The signs are judgement/settled.c's; here only what follows from them. */
static void test_settlement(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine("7.3.4");
	sr_auto_report struct sr_report *report = NULL;

	build_region(snapshot, memory, SR_NO);
	snapshot->kernel.release = sr_text_of("6.12.117");
	snapshot->enumeration.udev_busy = SR_YES;
	report = judge(snapshot);
	is_number(report->settled, SR_NO, "events wait");
	is_number(report->ranges.items->state, SR_STATE_UNKNOWN, "nothing is lost yet");
	ok(!report->ranges.items->lost.known, "nor are bytes");
	is_number(report->totals.lost_bytes, 0, "nor in total");
	is_cause(snapshot, "UNSETTLED", "the cause");
	is_number(finding_count(report, SR_CODE_UNSETTLED), 1, "a finding says so");
}

int main(void)
{
	test_agreement();
	test_order();
	test_drivers();
	test_causes();
	test_global();
	test_settlement();
	return tap_done();
}
