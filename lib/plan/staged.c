// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * modprobe.d(5): `blacklist` makes modprobe ignore the aliases of a module, and who asks for
 * it by its name gets it; `install` is run in its place whoever asks, be it udev, a softdep
 * (dax_hmem of v6.3 to v7.0 has one on cxl_acpi) or request_module("cxl_acpi") of v7.1 and
 * later (drivers/dax/hmem/hmem.c). But kmod runs no `install` command for a module with a
 * softdep of its own (ignorecmd in its libkmod/libkmod-module.c), and cxl_acpi has one, on
 * cxl_port. The first softdep of a module counts, and modprobe.d stands before what modules
 * bring along: so an empty one comes first.
 */
#include "plan/staged.h"

#include <stdio.h>
#include <string.h>

#include "judgement/stages.h"
#include "plan/planning.h"

#define MARK "# cxl-sr: staged by "

static const char *const rules[] = {
	"softdep " SR_STAGE_MODULE " pre:",
	"install " SR_STAGE_MODULE " " SR_STAGE_INSTALL,
};

static const struct sr_plan_unit *unit_of_class(const struct sr_plan *plan)
{
	const struct sr_plan_unit *unit;

	sr_for_each (unit, &plan->units) {
		if (unit->class == plan->class)
			return unit;
	}
	return NULL;
}

static bool has_reason(const struct sr_plan *plan, enum sr_plan_reason reason)
{
	const struct sr_plan_unit *unit;
	const enum sr_plan_reason *why;

	sr_for_each (unit, &plan->units) {
		sr_for_each (why, &unit->why) {
			if (*why == reason)
				return true;
		}
	}
	return false;
}

/* Why keeping cxl_acpi out would not give dax_hmem the memory, or cannot be; NULL: it would. */
static const char *find_obstacle(const struct sr_snapshot *snapshot)
{
	const struct sr_module *acpi = sr_snapshot_module(snapshot, SR_STAGE_MODULE);
	const struct sr_module *hmem = sr_snapshot_module(snapshot, "dax_hmem");

	if (!acpi || acpi->state == SR_MODULE_UNKNOWN)
		return "whether cxl_acpi is a module is not known";
	if (acpi->state == SR_MODULE_BUILT_IN)
		return "cxl_acpi is built into this kernel, so no file keeps it out";
	if (acpi->state == SR_MODULE_MISSING)
		return "this kernel has no module cxl_acpi that could be kept out";
	if (!hmem || hmem->state == SR_MODULE_UNKNOWN)
		return "whether dax_hmem is there to take the memory is not known";
	if (hmem->state == SR_MODULE_MISSING || hmem->blocked || hmem->blacklisted)
		return "dax_hmem, which is to take the memory, is missing or kept from loading";
	if (sr_hmem_is_disabled(snapshot))
		return "device_hmem.disable is on the kernel command line, so dax_hmem would "
		       "take nothing";
	if (sr_hmem_is_idle(snapshot))
		return "dax_hmem.region_idle is set, so dax_hmem would make no devices";
	return NULL;
}

/*
 * All is dax_hmem's with cxl_acpi not loaded. At the next boot it may be loaded again; that
 * it is kept out changes nothing now.
 */
static bool may_change_at_boot(const struct sr_plan *plan)
{
	const struct sr_module *acpi = sr_snapshot_module(plan->report->snapshot, SR_STAGE_MODULE);
	const struct sr_plan_unit *unit;

	if (plan->resolved != SR_POLICY_HMEM || !plan->units.count || !acpi ||
	    acpi->state != SR_MODULE_NOT_LOADED || acpi->blocked)
		return false;
	sr_for_each (unit, &plan->units) {
		if (unit->owner != SR_OWNER_HMEM)
			return false;
	}
	return !find_obstacle(plan->report->snapshot);
}

/* judge_boot_modules() of plan/locked.c stands behind what hinders it now. */
static bool is_judged_by_modules(const struct sr_plan_unit *unit)
{
	switch (unit->why.count ? unit->why.items[unit->why.count - 1] : SR_PLAN_REASON_COUNT) {
	case SR_PLAN_MODULE_NOT_REMOVABLE:
	case SR_PLAN_MODULE_KEPT_OUT:
	case SR_PLAN_RULE_RUNS_AT_BOOT:
	case SR_PLAN_NOT_KNOWN:
		return true;
	default:
		return false;
	}
}

static const char *why_not(const struct sr_plan *plan)
{
	const struct sr_plan_unit *unit = unit_of_class(plan);
	const char *obstacle = NULL;

	if (plan->class == SR_CLASS_REACHABLE)
		return "it is reached now, by --yes";
	if (!unit)
		return "which Soft Reserved memory there is is not known";
	if (plan->resolved == SR_POLICY_HMEM && unit->unit->touches_window)
		obstacle = find_obstacle(plan->report->snapshot);
	if (obstacle && is_judged_by_modules(unit))
		return obstacle;
	if (unit->class == SR_CLASS_NEXT_BOOT && unit->detail)
		return unit->detail;
	if (!unit->why.count)
		return "it is not known how";
	return sr_plan_reasons[unit->why.items[unit->why.count - 1]].sentence;
}

/* Whether a boot without cxl_acpi is what the plan needs, or what makes it last. */
static bool wants_boot_without(const struct sr_plan *plan)
{
	if (plan->resolved != SR_POLICY_HMEM)
		return false;
	if (plan->class == SR_CLASS_NEXT_BOOT)
		return has_reason(plan, SR_PLAN_HMEM_TAKES_AT_BOOT);
	return plan->class == SR_CLASS_REACHABLE &&
	       has_reason(plan, SR_PLAN_HOLDS_UNTIL_CXL_ACPI_LOADS);
}

enum sr_staging sr_stage_judge(const struct sr_plan *plan, const char **ret_why)
{
	*ret_why = NULL;
	if (plan->class == SR_CLASS_SATISFIED) {
		if (may_change_at_boot(plan))
			return SR_STAGING_HELPS;
		*ret_why = "it is so already";
		return SR_STAGING_NEEDLESS;
	}
	*ret_why = wants_boot_without(plan) ? find_obstacle(plan->report->snapshot) : why_not(plan);
	return *ret_why ? SR_STAGING_USELESS : SR_STAGING_HELPS;
}

char *sr_stage_text(enum sr_policy policy)
{
	char *text;

	if (asprintf(&text,
		     MARK
		     "`cxl-sr apply --policy %s --stage`; `cxl-sr apply --unstage` removes it\n"
		     "# Without cxl_acpi there are no CXL windows, and dax_hmem takes all Soft\n"
		     "# Reserved memory. `blacklist` would not do: it only stops who asks by an\n"
		     "# alias, and since v7.1 dax_hmem asks for cxl_acpi by its name. `install`\n"
		     "# counts only for a module without a softdep, and cxl_acpi brings one.\n"
		     "%s\n%s\n",
		     sr_policy_name(policy), rules[0], rules[1]) < 0)
		return NULL;
	return text;
}

static bool is_rule(const char *line, size_t length)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		if (length == strlen(rules[i]) && strncmp(line, rules[i], length) == 0)
			return true;
	}
	return false;
}

bool sr_stage_is_ours(const char *text)
{
	if (strncmp(text, MARK, strlen(MARK)) != 0)
		return false;
	while (*text) {
		size_t length = strcspn(text, "\n");
		/* A backslash goes on in the next line, in a comment too (modprobe.d(5)). */
		if (length && !is_rule(text, length) && (*text != '#' || text[length - 1] == '\\'))
			return false;
		text += length;
		text += *text == '\n';
	}
	return true;
}
