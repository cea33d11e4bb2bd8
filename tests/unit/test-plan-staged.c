// SPDX-License-Identifier: GPL-2.0-only
/* plan/staged.h: what is staged for which plan, its text, and what passes for ours. */
#include "plan/staged.h"

#include "base/cleanup.h"
#include "planned.h"

/* What is said of a plan: "helps", or "needless: WHY"; the snapshot is freed. */
static void tap_stage(struct sr_snapshot *snapshot, enum sr_policy policy, const char *want,
		      const char *file, int line, const char *what)
{
	static const char *const names[] = { "needless", "helps", "useless" };
	sr_auto_snapshot struct sr_snapshot *own = snapshot;
	sr_auto_report struct sr_report *report = judge(own);
	sr_auto_plan struct sr_plan *plan = plan_for(report, policy);
	char got[512];
	const char *why = "unset";
	enum sr_staging staging = sr_stage_judge(plan, &why);

	snprintf(got, sizeof(got), "%s%s%s", names[staging], why ? ": " : "", why ? why : "");
	tap_text(got, want, file, line, what);
}

#define is_stage(snapshot, policy, want, what) \
	tap_stage(snapshot, SR_POLICY_##policy, want, __FILE__, __LINE__, what)

/* What dax_hmem has, with cxl_acpi as @state. */
static struct sr_snapshot *held_by_hmem(enum sr_module_state state)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_dax_region(snapshot, HMEM, 0, both, true);
	module_named(snapshot, "cxl_acpi")->state = state;
	return snapshot;
}

static void test_helps(void)
{
	is_stage(plan_exact(true, SR_NO), HMEM, "helps", "v7.1, decoders are not locked");
	is_stage(plan_exact(false, SR_UNKNOWN), HMEM, "helps", "before v7.1");
	is_stage(plan_exact(true, SR_YES), HMEM, "helps",
		 "reachable now, but it would not last beyond the next boot");
	is_stage(held_by_hmem(SR_MODULE_NOT_LOADED), HMEM, "helps",
		 "so already, until cxl_acpi comes at the next boot");
}

static void test_needless(void)
{
	struct sr_snapshot *snapshot = held_by_hmem(SR_MODULE_NOT_LOADED);

	module_named(snapshot, "cxl_acpi")->blocked = true;
	is_stage(snapshot, HMEM, "needless: it is so already", "cxl_acpi is kept out already");
	is_stage(held_by_hmem(SR_MODULE_LOADED), HMEM, "needless: it is so already",
		 "the kernel's own rule gave it");
	is_stage(plan_exact(true, SR_NO), CXL, "needless: it is so already", "cxl has it");
	is_stage(plan_machine(true), HMEM, "needless: it is so already", "there is none");
}

/* Not for a boot that would leave the memory to nobody. */
static void test_obstacles(void)
{
	static const char hmem_away[] =
		"useless: dax_hmem, which is to take the memory, is missing or kept from loading";
	struct sr_snapshot *snapshot = plan_exact(true, SR_YES);

	module_named(snapshot, "cxl_acpi")->state = SR_MODULE_BUILT_IN;
	is_stage(snapshot, HMEM,
		 "useless: cxl_acpi is built into this kernel, so no file keeps it out",
		 "built in");
	snapshot = plan_exact(true, SR_NO);
	module_named(snapshot, "cxl_acpi")->state = SR_MODULE_UNKNOWN;
	is_stage(snapshot, HMEM, "useless: whether cxl_acpi is a module is not known", "unknown");
	snapshot = plan_exact(true, SR_NO);
	module_named(snapshot, "dax_hmem")->blocked = true;
	is_stage(snapshot, HMEM, hmem_away, "dax_hmem has an install line");
	snapshot = plan_exact(true, SR_NO);
	module_named(snapshot, "dax_hmem")->blacklisted = true;
	is_stage(snapshot, HMEM, hmem_away, "dax_hmem has a blacklist line");
	snapshot = plan_exact(true, SR_NO);
	snapshot->kernel.command_line = sr_text_of("quiet device_hmem.disable=1");
	is_stage(snapshot, HMEM,
		 "useless: device_hmem.disable is on the kernel command line, so dax_hmem would "
		 "take nothing",
		 "device_hmem.disable");
	snapshot = plan_exact(true, SR_NO);
	snapshot->kernel.command_line = sr_text_of("quiet dax_hmem.region_idle=1");
	is_stage(snapshot, HMEM,
		 "useless: dax_hmem.region_idle is set, so dax_hmem would make no devices",
		 "dax_hmem.region_idle");
}

static void test_useless(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	is_stage(plan_span_two(SR_NO), CXL, "useless: it is reached now, by --yes",
		 "steps that need no boot");
	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, first_half, SR_NO);
	is_stage(snapshot, HMEM,
		 "useless: no committed region shows that it is decoded, and memory that is not "
		 "must never be used",
		 "not all of it is decoded");
	snapshot = held_by_hmem(SR_MODULE_NOT_LOADED);
	module_named(snapshot, "cxl_acpi")->blocked = true;
	snapshot->root_decoders.count = 0;
	snapshot->iomem.count = 0;
	*build_add(&snapshot->cxl_roots) = (struct sr_platform_device){
		"ACPI0017:00",
		sr_text_of(NULL),
	};
	is_stage(snapshot, CXL,
		 "useless: remove the `install cxl_acpi` line below modprobe.d; cxl-sr apply "
		 "--unstage removes its own",
		 "an install line keeps cxl_acpi out");
}

static void test_text(void)
{
	sr_auto_free char *text = sr_stage_text(SR_POLICY_HMEM);
	char edited[1024];

	is_text(text,
		"# cxl-sr: staged by `cxl-sr apply --policy hmem --stage`; `cxl-sr apply "
		"--unstage` removes it\n"
		"# Without cxl_acpi there are no CXL windows, and dax_hmem takes all Soft\n"
		"# Reserved memory. `blacklist` would not do: it only stops who asks by an\n"
		"# alias, and since v7.1 dax_hmem asks for cxl_acpi by its name. `install`\n"
		"# counts only for a module without a softdep, and cxl_acpi brings one.\n"
		"softdep cxl_acpi pre:\n"
		"install cxl_acpi /bin/false\n",
		"the whole file");
	ok(sr_stage_is_ours(text), "it is ours");
	snprintf(edited, sizeof(edited), "%s\n# a note\n", text);
	ok(sr_stage_is_ours(edited), "a note is nothing that could be lost");
	snprintf(edited, sizeof(edited), "%sblacklist kmem\n", text);
	ok(!sr_stage_is_ours(edited), "another line is");
	snprintf(edited, sizeof(edited), "%s# a\\\nblacklist kmem\n", text);
	ok(!sr_stage_is_ours(edited), "nor is one that goes on");
	snprintf(edited, sizeof(edited), "%s", text);
	edited[strlen(edited) - 1] = '\0';
	ok(sr_stage_is_ours(edited), "without its last newline");
	ok(!sr_stage_is_ours(text + 2), "without its mark");
	ok(!sr_stage_is_ours(""), "an empty file is not ours");
	ok(!sr_stage_is_ours("install cxl_acpi /bin/false\n"), "the same line by another");
	text[strlen(text) - 2] = 'X';
	ok(!sr_stage_is_ours(text), "another command");
}

int main(void)
{
	test_helps();
	test_needless();
	test_obstacles();
	test_useless();
	test_text();
	return tap_done();
}
