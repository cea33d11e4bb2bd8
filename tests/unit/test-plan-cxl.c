// SPDX-License-Identifier: GPL-2.0-only
/* The policy cxl: each way by which CXL gets its memory, and when there is none. */
#include "planned.h"

static void test_satisfied(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_exact(true, SR_NO), CXL, "satisfied", "", "cxl yes 1024", "all is well");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_dax_region(snapshot, HMEM, 0, both, true);
	plan_in_use(snapshot);
	is_plan(snapshot, CXL, "satisfied NO_COMMITTED_REGION", "", "hmem yes 1024",
		"no region, and hmem has it");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	is_plan(snapshot, CXL, "firmware-only NO_COMMITTED_REGION", "", "none no 0",
		"no region, and nobody has it");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	build_region(snapshot, both, SR_NO);
	is_plan(snapshot, CXL, "firmware-only NO_COMMITTED_REGION", "", "none no 0",
		"its region is not committed");
	snapshot = plan_exact(true, SR_NO);
	plan_soft_reserved(snapshot, span(0x2000000000, 0x200fffffff), true);
	is_plan(snapshot, CXL, "satisfied; firmware-only OUTSIDE_WINDOWS", "",
		"cxl yes 1024; none no 0", "one that no window has");
}

static void test_idle_is_enough(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, both, SR_NO);
	plan_dax_region(snapshot, CXL, 0, both, true);
	plan_device(snapshot, NULL);
	module_named(snapshot, "kmem")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, CXL, "satisfied", "", "cxl yes 0", "claimable, kmem is not loaded");
}

static void test_hmem_lets_go(void)
{
	struct sr_snapshot *snapshot = plan_span_two(SR_NO);

	is_plan(snapshot, CXL, "reachable HELD_BY_HMEM DAX_REGION_IDLE",
		"unbind-hmem hmem.2, probe-dax-region dax_region0, probe-dax-region dax_region1",
		"cxl yes 1024", "one range over two regions");
	snapshot = plan_span_two(SR_NO);
	snapshot->auto_online = sr_text_of("offline");
	is_plan(snapshot, CXL, "reachable HELD_BY_HMEM DAX_REGION_IDLE",
		"unbind-hmem hmem.2, probe-dax-region dax_region0, probe-dax-region dax_region1",
		"cxl yes 0", "the same, and blocks stay offline");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, first_half, SR_NO);
	plan_region(snapshot, second_half, SR_NO)->driver = sr_text_of(NULL);
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, HMEM, 2, both, true);
	plan_device(snapshot, NULL);
	is_plan(snapshot, CXL, "reachable HELD_BY_HMEM REGION_DISABLED",
		"unbind-hmem hmem.2, probe-dax-region dax_region0, enable-region region1",
		"cxl yes 1024", "a region that is disabled");
}

/* The tail of the range, in no region, was of use to nobody. */
static void test_larger(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, first_half, SR_NO);
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, HMEM, 1, both, true);
	plan_device(snapshot, NULL);
	is_plan(snapshot, CXL, "reachable HELD_BY_HMEM DAX_REGION_IDLE BEYOND_REGIONS",
		"unbind-hmem hmem.1, probe-dax-region dax_region0", "cxl no 512",
		"a range larger than its region");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, first_half, SR_NO);
	snapshot->iomem.count--; /* so that hmem's device can be claimed */
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, HMEM, 1, both, true);
	plan_in_use(snapshot);
	is_plan(snapshot, CXL, "satisfied NOT_CONTAINED", "", "hmem yes 1024",
		"the same, where hmem can use it");
}

static void test_hmem_first(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_hmem_first(), CXL, "reachable HELD_BY_HMEM DAX_REGION_IDLE",
		"offline dax1.0, unbind-device dax1.0, unbind-hmem hmem.1, disable-region region0, "
		"enable-region region0",
		"cxl yes 1024", "hmem came first, the region contains it");
	snapshot = plan_hmem_first();
	module_named(snapshot, "dax_cxl")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, CXL, "reachable HELD_BY_HMEM DAX_REGION_IDLE MODULE_NOT_LOADED",
		"load-module dax_cxl, offline dax1.0, unbind-device dax1.0, unbind-hmem hmem.1, "
		"disable-region region0, enable-region region0",
		"cxl yes 1024", "and dax_cxl is not loaded: it comes first");
	snapshot = plan_hmem_first();
	module_named(snapshot, "dax_cxl")->state = SR_MODULE_NOT_LOADED;
	module_named(snapshot, "dax_cxl")->blacklisted = true;
	is_plan(snapshot, CXL, "next-boot MODULE_KEPT_OUT", "", "hmem yes 1024",
		"and it is kept from loading: nothing is taken from hmem");
	snapshot = plan_hmem_first();
	snapshot->memory_blocks.count = 0;
	is_plan(snapshot, CXL, "reachable HELD_BY_HMEM DAX_REGION_IDLE",
		"unbind-device dax1.0, unbind-hmem hmem.1, disable-region region0, "
		"enable-region region0",
		"cxl yes 1024", "nothing is online");
}

static void test_cut(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_inside(), CXL, "reachable DEVICE_CUT",
		"resize-device dax0.0 0, resize-device dax0.0 536870912, bind-device dax0.0, "
		"create-device dax0.1 536870912, bind-device dax0.1",
		"cxl yes 512", "a range smaller than its region");
	snapshot = plan_inside();
	plan_soft_reserved(snapshot, second_half, false);
	is_plan(snapshot, CXL, "reachable DEVICE_CUT; reachable DEVICE_CUT",
		"resize-device dax0.0 0, resize-device dax0.0 536870912, bind-device dax0.0, "
		"create-device dax0.1 536870912, bind-device dax0.1",
		"cxl yes 512; cxl yes 512", "two adjacent ranges in one region");
	snapshot = plan_inside();
	module_named(snapshot, "kmem")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, CXL, "reachable DEVICE_CUT",
		"resize-device dax0.0 0, resize-device dax0.0 536870912, "
		"create-device dax0.1 536870912",
		"cxl yes 0", "without kmem nothing is bound");
	snapshot = plan_machine(false);
	plan_soft_reserved(snapshot, span(0x1008000000, 0x1017ffffff), false);
	plan_region(snapshot, both, SR_UNKNOWN);
	plan_dax_region(snapshot, CXL, 0, both, true);
	plan_device(snapshot, NULL);
	is_plan(snapshot, CXL, "reachable DEVICE_CUT",
		"resize-device dax0.0 0, resize-device dax0.0 134217728, bind-device dax0.0, "
		"create-device dax0.1 268435456, bind-device dax0.1, "
		"create-device dax0.2 671088640, bind-device dax0.2",
		"cxl yes 256", "a range in the middle of its region");
}

static void test_no_cut(void)
{
	struct sr_snapshot *snapshot = plan_machine(false);

	plan_soft_reserved(snapshot, span(0x1000000000, 0x10000fffff), false);
	plan_region(snapshot, both, SR_UNKNOWN);
	plan_dax_region(snapshot, CXL, 0, both, true);
	plan_device(snapshot, NULL);
	is_plan(snapshot, CXL, "firmware-only NOT_DIVISIBLE", "", "cxl no 0",
		"an end that no dax device can have");
	snapshot = plan_inside();
	build_iomem(snapshot, span(0x1030000000, 0x1030ffffff), SR_IOMEM_OTHER, "Reserved");
	is_plan(snapshot, CXL, "firmware-only NOT_DIVISIBLE", "", "cxl no 0",
		"firmware keeps a part of it");
	snapshot = plan_inside();
	build_dax_device(snapshot, CXL, span(0x103fe00000, 0x103fffffff), NULL)->dax_region =
		"dax_region0";
	is_plan(snapshot, CXL, "firmware-only NOT_DIVISIBLE", "", "cxl no 0",
		"a device that is not alone");
}

/* kmem takes whole memory blocks only. */
static void test_trimmed(void)
{
	struct sr_snapshot *snapshot = plan_machine(false);

	plan_soft_reserved(snapshot, span(0x1000000000, 0x100bffffff), false);
	plan_region(snapshot, both, SR_UNKNOWN);
	plan_dax_region(snapshot, CXL, 0, both, true);
	plan_device(snapshot, NULL);
	is_plan(snapshot, CXL, "reachable TRIMMED DEVICE_CUT",
		"resize-device dax0.0 0, resize-device dax0.0 201326592, bind-device dax0.0, "
		"create-device dax0.1 872415232, bind-device dax0.1",
		"cxl yes 128", "a boundary within a memory block");
}

static void test_idle_region(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, both, SR_NO);
	plan_dax_region(snapshot, CXL, 0, both, false);
	is_plan(snapshot, CXL, "reachable DAX_REGION_IDLE", "probe-dax-region dax_region0",
		"cxl yes 1024", "a dax region without driver");
	snapshot = plan_machine(false);
	plan_soft_reserved(snapshot, both, false);
	plan_region(snapshot, both, SR_UNKNOWN);
	plan_dax_region(snapshot, CXL, 0, both, false);
	module_named(snapshot, "dax_cxl")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, CXL, "reachable DAX_REGION_IDLE MODULE_NOT_LOADED", "load-module dax_cxl",
		"cxl yes 1024", "the module does it");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, both, SR_NO)->driver = sr_text_of(NULL);
	is_plan(snapshot, CXL, "reachable REGION_DISABLED", "enable-region region0", "cxl yes 1024",
		"a region without driver");
}

/* dax_hmem would come with it and take what no region contains. */
static void test_dax_hmem_comes_along(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, both, SR_NO);
	plan_dax_region(snapshot, CXL, 0, both, false);
	module_named(snapshot, "dax_cxl")->state = SR_MODULE_NOT_LOADED;
	module_named(snapshot, "dax_hmem")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, CXL, "reachable DAX_REGION_IDLE MODULE_NOT_LOADED", "load-module dax_cxl",
		"cxl yes 1024", "all is contained");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, first_half, true);
	plan_soft_reserved(snapshot, span(0x1040000000, 0x104fffffff), true);
	plan_region(snapshot, first_half, SR_NO);
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	module_named(snapshot, "dax_cxl")->state = SR_MODULE_NOT_LOADED;
	module_named(snapshot, "dax_hmem")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, CXL, "next-boot MODULE_KEPT_OUT; firmware-only NO_COMMITTED_REGION", "",
		"none no 0; none no 0", "a range that nothing decodes would be hmem's");
}

int main(void)
{
	test_satisfied();
	test_idle_is_enough();
	test_hmem_lets_go();
	test_larger();
	test_hmem_first();
	test_cut();
	test_no_cut();
	test_trimmed();
	test_idle_region();
	test_dax_hmem_comes_along();
	return tap_done();
}
