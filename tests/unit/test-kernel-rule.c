// SPDX-License-Identifier: GPL-2.0-only
/* judgement/kernel-rule.c: the rule is found by what a kernel has, not by its name. */
#include "judged.h"

static struct sr_snapshot *machine(const char *release)
{
	struct sr_snapshot *snapshot = build_new();

	snapshot->kernel.release = sr_text_of(release);
	build_soft_reserved(snapshot, span(0x100000000, 0x13fffffff));
	return snapshot;
}

static struct sr_module *add_module(struct sr_snapshot *snapshot, const char *name,
				    enum sr_module_state state)
{
	struct sr_module *module = build_add(&snapshot->modules);

	*module = (struct sr_module){
		.name = name,
		.state = state,
		.depends = sr_text_of(NULL),
		.softdep = sr_text_of(NULL),
	};
	return module;
}

static void add_hmem(struct sr_snapshot *snapshot, const char *path)
{
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, span(0x100000000, 0x13fffffff), "hmem")
		->path = path;
}

static void add_platform(struct sr_snapshot *snapshot)
{
	*build_add(&snapshot->hmem_platforms) = (struct sr_platform_device){
		.name = "hmem_platform.0",
		.driver = sr_text_of("hmem_platform"),
	};
}

/* "per-range sure" */
static void tap_rule(const struct sr_snapshot *snapshot, const char *wanted, const char *file,
		     int line, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	char got[64];

	snprintf(got, sizeof(got), "%s%s%s",
		 report->rule.certainty ? sr_rule_name(report->rule.rule) : "",
		 report->rule.certainty ? " " : "", sr_certainty_name(report->rule.certainty));
	tap_text(got, wanted, file, line, what);
	ok(report->rule.found_by && *report->rule.found_by, "and it says by what");
	is_number(finding_count(report, SR_CODE_RULE_UNKNOWN),
		  report->rule.certainty == SR_CERTAINTY_NONE, "a finding where none is found");
}

#define is_rule(snapshot, wanted, what) tap_rule(snapshot, wanted, __FILE__, __LINE__, what)

/* The release says another rule each time: it must not count. */
static void test_features(void)
{
	sr_auto_snapshot struct sr_snapshot *late = machine("6.1.177");
	sr_auto_snapshot struct sr_snapshot *middle = machine("7.3.4");
	sr_auto_snapshot struct sr_snapshot *early = machine("7.3.4");

	add_module(late, "dax_hmem", SR_MODULE_LOADED);
	add_module(late, "dax_cxl", SR_MODULE_NOT_LOADED)->depends =
		sr_text_of("cxl_core,dax_hmem");
	is_rule(late, "per-range sure", "dax_cxl depends on dax_hmem");

	add_module(middle, "dax_cxl", SR_MODULE_LOADED)->depends = sr_text_of("cxl_core");
	add_module(middle, "dax_hmem", SR_MODULE_LOADED)->softdep = sr_text_of("x,cxl_acpi");
	is_rule(middle, "window sure", "dax_hmem has a soft dependency");

	add_module(early, "dax_cxl", SR_MODULE_MISSING);
	add_module(early, "dax_hmem", SR_MODULE_NOT_LOADED);
	is_rule(early, "hmem-only likely", "no dax_cxl, and no soft dependency");
	early->modules.items[1].softdep = (struct sr_text){ 0 };
	is_rule(early, "per-range guess", "an unknown one is no answer");
	early->modules.items[1].softdep = sr_text_of(NULL);
	early->modules.items[1].state = SR_MODULE_MISSING;
	is_rule(early, "per-range guess", "nor is a kernel without dax_hmem");
}

static void test_sysfs(void)
{
	sr_auto_snapshot struct sr_snapshot *below = machine("6.1.177");
	sr_auto_snapshot struct sr_snapshot *beside = machine("7.3.4");
	sr_auto_snapshot struct sr_snapshot *locked = machine("6.12.117");

	add_platform(below);
	add_hmem(below, "/sys/devices/platform/hmem_platform.0/hmem.0");
	is_rule(below, "per-range sure", "hmem.0 below hmem_platform.0");

	add_hmem(beside, "/sys/devices/platform/hmem.0");
	is_rule(beside, "hmem-only sure", "hmem.0 and no platform");
	build_source(beside, SR_SOURCE_HMEM, SR_SOURCE_PARTIAL);
	is_rule(beside, "per-range guess", "that may be missing");
	add_platform(beside);
	is_rule(beside, "window likely", "hmem.0 beside its platform");

	build_region(locked, span(0x100000000, 0x13fffffff), SR_YES)->locked = SR_NO;
	is_rule(locked, "per-range likely", "regions tell whether they are locked");
}

static void test_release(void)
{
	static const char *const releases[][2] = {
		{ "6.1.177", "hmem-only guess" },
		{ "6.2.0", "hmem-only guess" },
		{ "6.3.0-rc1", "window guess" },
		{ "6.12.117+deb13-amd64", "window guess" },
		{ "7.0.9", "window guess" },
		{ "7.1.0", "per-range guess" },
		{ "10.0.0", "per-range guess" },
		{ "1000.0", "per-range guess" },
		{ "1001.0", "none" },
		{ "6.999", "window guess" },
		{ "6.1000", "none" },
		{ "six.one", "none" },
		{ "7", "none" },
		{ "99999999999999999999.1", "none" },
	};

	for (size_t i = 0; i < sizeof(releases) / sizeof(*releases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = machine(releases[i][0]);

		is_rule(snapshot, releases[i][1], releases[i][0]);
	}
}

/* The series that was never merged put Soft Reserved back into /proc/iomem. */
static void test_vendor(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine("6.17.0-1014-nvidia-bos");

	is_rule(snapshot, "window guess", "a vendor's name is not enough");
	build_iomem(snapshot, span(0x100000000, 0x13fffffff), SR_IOMEM_SOFT_RESERVED,
		    "Soft Reserved");
	is_rule(snapshot, "global guess", "with Soft Reserved in /proc/iomem it is");
}

int main(void)
{
	test_features();
	test_sysfs();
	test_release();
	test_vendor();
	return tap_done();
}
