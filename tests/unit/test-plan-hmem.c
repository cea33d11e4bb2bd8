// SPDX-License-Identifier: GPL-2.0-only
/* The policies hmem, global and kernel. */
#include "planned.h"

#define TO_HMEM                                                                                 \
	"offline dax0.0, unbind-device dax0.0, disable-region region0, unload-module dax_cxl, " \
	"unload-module cxl_pci, unload-module cxl_mem, unload-module cxl_acpi, "                \
	"unbind-hmem-platform hmem_platform.0, bind-hmem-platform hmem_platform.0"

static void test_satisfied(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_dax_region(snapshot, HMEM, 0, both, true);
	is_plan(snapshot, HMEM, "satisfied", "", "hmem yes 0", "hmem has it, idle");
}

static void test_locked(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_exact(true, SR_YES), HMEM,
		"reachable DECODERS_LOCKED HOLDS_UNTIL_CXL_ACPI_LOADS", TO_HMEM, "hmem yes 1024",
		"locked decoders");
	snapshot = plan_exact(true, SR_YES);
	plan_soft_reserved(snapshot, span(0x2000000000, 0x200fffffff), true);
	plan_dax_region(snapshot, HMEM, 1, span(0x2000000000, 0x200fffffff), true);
	plan_in_use(snapshot);
	is_plan(snapshot, HMEM, "reachable DECODERS_LOCKED HOLDS_UNTIL_CXL_ACPI_LOADS; satisfied",
		"offline dax0.0, unbind-device dax0.0, offline dax1.0, unbind-device dax1.0, "
		"disable-region region0, unload-module dax_cxl, unload-module cxl_pci, "
		"unload-module cxl_mem, unload-module cxl_acpi, "
		"unbind-hmem-platform hmem_platform.0, bind-hmem-platform hmem_platform.0",
		"hmem yes 1024; hmem yes 256", "what hmem has goes and comes again");
	snapshot = plan_exact(true, SR_YES);
	snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	module_named(snapshot, "cxl_pci")->state = SR_MODULE_NOT_LOADED;
	is_plan(snapshot, HMEM, "reachable DECODERS_LOCKED HOLDS_UNTIL_CXL_ACPI_LOADS",
		"offline dax0.0, unbind-device dax0.0, disable-region region0, "
		"unload-module dax_cxl, unload-module cxl_mem, unload-module cxl_acpi, "
		"bind-hmem-platform hmem_platform.0",
		"hmem yes 1024", "only what is there is removed");
}

static void test_next_boot(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_exact(true, SR_NO), HMEM, "next-boot DECODERS_NOT_LOCKED HMEM_TAKES_AT_BOOT",
		"", "cxl yes 1024", "decoders are not locked");
	is_plan(plan_exact(false, SR_UNKNOWN), HMEM,
		"next-boot DECODERS_NOT_LOCKED HMEM_TAKES_AT_BOOT", "", "cxl yes 1024",
		"before v7.1 nothing tells");
	snapshot = plan_exact(true, SR_YES);
	module_named(snapshot, "cxl_acpi")->state = SR_MODULE_BUILT_IN;
	is_plan(snapshot, HMEM, "impossible MODULE_NOT_REMOVABLE", "", "cxl yes 1024",
		"no boot keeps out what is built in");
	snapshot = plan_exact(true, SR_YES);
	module_named(snapshot, "cxl_pci")->state = SR_MODULE_BUILT_IN;
	is_plan(snapshot, HMEM, "next-boot MODULE_NOT_REMOVABLE HMEM_TAKES_AT_BOOT", "",
		"cxl yes 1024", "but for another module that is none");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, span(0x2000000000, 0x200fffffff), true);
	snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	is_plan(snapshot, HMEM, "next-boot RULE_RUNS_AT_BOOT", "", "none no 0",
		"outside windows, hmem_platform is unbound");
}

/* A boot after which nobody has the memory, or can use it, is none to speak of. */
static void test_no_taker(void)
{
	static const char other[] = "next-boot DECODERS_NOT_LOCKED RULE_RUNS_AT_BOOT";
	static const char away[] = "next-boot DECODERS_NOT_LOCKED MODULE_KEPT_OUT";
	struct sr_snapshot *snapshot = plan_exact(true, SR_NO);

	snapshot->kernel.command_line = sr_text_of("quiet device_hmem.disable=1");
	is_plan(snapshot, HMEM, other, "", "cxl yes 1024", "dax_hmem would take nothing");
	snapshot = plan_exact(true, SR_NO);
	snapshot->kernel.command_line = sr_text_of("quiet dax_hmem.region_idle=1");
	is_plan(snapshot, HMEM, other, "", "cxl yes 1024", "or would make no device");
	snapshot = plan_exact(true, SR_NO);
	module_named(snapshot, "dax_hmem")->blacklisted = true;
	is_plan(snapshot, HMEM, away, "", "cxl yes 1024", "or is kept out by then");
	snapshot = plan_exact(false, SR_NO);
	module_named(snapshot, "dax_hmem")->state = SR_MODULE_MISSING;
	is_plan(snapshot, HMEM, away, "", "cxl yes 1024", "or is not there");
	snapshot = plan_exact(false, SR_NO);
	module_named(snapshot, "cxl_acpi")->state = SR_MODULE_BUILT_IN;
	is_plan(snapshot, HMEM, "impossible DECODERS_NOT_LOCKED MODULE_NOT_REMOVABLE", "",
		"cxl yes 1024", "or cxl_acpi comes all the same");
}

/* Boundaries that follow regions are good enough for hmem, too. */
static void test_cut(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_span_two(SR_NO), HMEM, "reachable DEVICE_CUT",
		"resize-device dax2.0 0, resize-device dax2.0 536870912, bind-device dax2.0, "
		"create-device dax2.1 536870912, bind-device dax2.1",
		"hmem yes 1024", "one range over two regions");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, first_half, SR_NO);
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, HMEM, 1, both, true);
	plan_device(snapshot, NULL);
	is_plan(snapshot, HMEM, "firmware-only NOT_DECODED NOT_DIVISIBLE", "", "hmem no 0",
		"the rest is not decoded");
}

static void test_global(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_exact(true, SR_YES), GLOBAL, "satisfied", "", "cxl yes 1024", "DROP");
	is_plan(plan_span_two(SR_NO), GLOBAL, "reachable DEVICE_CUT",
		"resize-device dax2.0 0, resize-device dax2.0 536870912, bind-device dax2.0, "
		"create-device dax2.1 536870912, bind-device dax2.1",
		"hmem yes 1024", "REGISTER");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, span(0x2000000000, 0x200fffffff), true);
	is_plan(snapshot, GLOBAL, "satisfied NOTHING_TO_DECIDE", "", "none no 0", "no window");
	snapshot = plan_exact(true, SR_NO);
	snapshot->regions.items[0].committed = SR_UNKNOWN;
	is_plan(snapshot, GLOBAL, "impossible VERDICT_UNKNOWN", "", "cxl yes 1024", "no verdict");
}

static void test_kernel(void)
{
	struct sr_snapshot *snapshot;

	is_plan(plan_span_two(SR_NO), KERNEL, "satisfied", "", "hmem no 0",
		"what the rule gives, be it of no use");
	is_plan(plan_hmem_first(), KERNEL, "reachable HELD_BY_HMEM DAX_REGION_IDLE",
		"offline dax1.0, unbind-device dax1.0, unbind-hmem hmem.1, disable-region region0, "
		"enable-region region0",
		"cxl yes 1024", "what the rule would have given");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	is_plan(snapshot, KERNEL, "next-boot RULE_RUNS_AT_BOOT", "", "none no 0",
		"hmem_platform is unbound: to bind it brings back nothing in a window");
}

static const char *detail_of(struct sr_snapshot *snapshot, enum sr_policy policy)
{
	static char text[256];
	sr_auto_snapshot struct sr_snapshot *own = snapshot;
	sr_auto_report struct sr_report *report = judge(own);
	sr_auto_plan struct sr_plan *plan = plan_for(report, policy);

	snprintf(text, sizeof(text), "%s", plan->units.items[0].detail);
	return text;
}

static struct sr_snapshot *kept_out(void)
{
	struct sr_snapshot *snapshot = plan_exact(false, SR_UNKNOWN);

	module_named(snapshot, "dax_hmem")->blocked = true;
	return snapshot;
}

static void test_advice(void)
{
	struct sr_snapshot *snapshot = plan_hmem_first();
	struct sr_module *module = module_named(snapshot, "dax_cxl");

	is_text(detail_of(plan_exact(false, SR_UNKNOWN), SR_POLICY_HMEM),
		"add module_blacklist=cxl_acpi to the kernel command line, or use --stage",
		"keep CXL out");
	ok(strstr(detail_of(plan_exact(true, SR_NO), SR_POLICY_HMEM), "a `blacklist` line is not"),
	   "since v7.1 a blacklist is not enough");
	is_text(detail_of(kept_out(), SR_POLICY_HMEM),
		"remove the `install dax_hmem` line below modprobe.d, and add "
		"module_blacklist=cxl_acpi to the kernel command line",
		"and let dax_hmem in; --stage would not do");
	module->state = SR_MODULE_NOT_LOADED;
	module->blocked = true;
	snapshot->kernel.command_line = sr_text_of("quiet module_blacklist=dax_cxl");
	is_text(detail_of(snapshot, SR_POLICY_CXL),
		"take dax_cxl out of module_blacklist= on the kernel command line",
		"which option it is");
	snapshot = plan_hmem_first();
	module = module_named(snapshot, "dax_cxl");
	module->state = SR_MODULE_NOT_LOADED;
	module->blacklisted = true;
	is_text(detail_of(snapshot, SR_POLICY_CXL),
		"remove the `blacklist dax_cxl` line below modprobe.d", "or which file");
	snapshot = plan_hmem_first();
	module_named(snapshot, "dax_cxl")->state = SR_MODULE_MISSING;
	is_text(detail_of(snapshot, SR_POLICY_CXL), "install the module dax_cxl of this kernel",
		"or what is missing");
}

int main(void)
{
	test_satisfied();
	test_locked();
	test_next_boot();
	test_no_taker();
	test_cut();
	test_global();
	test_kernel();
	test_advice();
	return tap_done();
}
