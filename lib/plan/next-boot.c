// SPDX-License-Identifier: LGPL-2.1-or-later
/* What to set for the next boot, by what keeps modules out now. */
#include <errno.h>
#include <string.h>

#include "judgement/stages.h"
#include "plan/modelling.h"
#include "plan/planning.h"
#include "plan/staged.h"
#include "snapshot/command-line.h"

static bool is_away(const struct sr_snapshot *snapshot, const char *name)
{
	const struct sr_module *module = sr_snapshot_module(snapshot, name);

	return module && !sr_model_has_module(snapshot, name) &&
	       (module->blocked || module->blacklisted || module->state == SR_MODULE_MISSING);
}

static const char *advice_for(struct sr_planning *planning, const char *name)
{
	const struct sr_snapshot *snapshot = planning->now->snapshot;
	const struct sr_module *module = sr_snapshot_module(snapshot, name);
	struct sr_pool *pool = planning->plan->pool;

	if (sr_kernel_has_word(&snapshot->kernel, "module_blacklist=", name))
		return sr_pool_format(pool,
				      "take %s out of module_blacklist= on the kernel command "
				      "line",
				      name);
	if (sr_kernel_has_word(&snapshot->kernel, "modprobe.blacklist=", name))
		return sr_pool_format(pool,
				      "take %s out of modprobe.blacklist= on the kernel command "
				      "line",
				      name);
	if (module && module->state == SR_MODULE_MISSING)
		return sr_pool_format(pool, "install the module %s of this kernel", name);
	/* It may be in what was staged for another policy (plan/staged.h). */
	if (module && module->blocked && strcmp(name, SR_STAGE_MODULE) == 0)
		return "remove the `install cxl_acpi` line below modprobe.d; cxl-sr apply "
		       "--unstage removes its own";
	if (module && module->blocked)
		return sr_pool_format(pool, "remove the `install %s` line below modprobe.d", name);
	if (module && module->blacklisted)
		return sr_pool_format(pool, "remove the `blacklist %s` line below modprobe.d",
				      name);
	return sr_pool_format(pool, "see that %s is loaded at boot", name);
}

/* dax_cxl cannot come without dax_hmem since v7.1. */
int sr_advise_module(struct sr_planning *planning, const char *module,
		     struct sr_plan_verdict *verdict)
{
	const struct sr_snapshot *snapshot = planning->now->snapshot;

	if (strcmp(module, "dax_cxl") == 0 && !is_away(snapshot, module) &&
	    !sr_model_has_module(snapshot, "dax_hmem"))
		module = "dax_hmem";
	verdict->detail = advice_for(planning, module);
	return verdict->detail ? 0 : -ENOMEM;
}

bool sr_is_away_at_boot(const struct sr_module *module)
{
	return module->state == SR_MODULE_MISSING ||
	       (module->state != SR_MODULE_BUILT_IN && (module->blocked || module->blacklisted));
}

/* Where dax_hmem is not loaded, it shows no parameters. */
bool sr_hmem_is_idle(const struct sr_snapshot *snapshot)
{
	return sr_has_parameter(snapshot, "dax_hmem", "region_idle") ||
	       sr_kernel_has_word(&snapshot->kernel, "dax_hmem.region_idle=", "1") ||
	       sr_kernel_has_word(&snapshot->kernel, "dax_hmem.region_idle=", "Y");
}

/* What keeps dax_hmem from taking memory at a boot; NULL: nothing, or no memory in *ret_error. */
static const char *advice_for_hmem(struct sr_planning *planning, int *ret_error)
{
	const struct sr_snapshot *snapshot = planning->now->snapshot;
	const struct sr_module *module = sr_snapshot_module(snapshot, "dax_hmem");
	const char *advice = NULL;

	*ret_error = 0;
	if (module && sr_is_away_at_boot(module)) {
		advice = advice_for(planning, "dax_hmem");
		*ret_error = advice ? 0 : -ENOMEM;
	} else if (sr_hmem_is_disabled(snapshot)) {
		advice = "remove device_hmem.disable, for dax_hmem would take nothing";
	} else if (sr_hmem_is_idle(snapshot)) {
		advice = "remove dax_hmem.region_idle, for dax_hmem would make no devices";
	}
	return advice;
}

/*
 * A `blacklist` line stops what asks for a module by its alias only; dax_hmem of v7.1 and
 * later asks for cxl_acpi by its name (request_module(), drivers/dax/hmem/hmem.c). --stage
 * writes nothing for a boot at which dax_hmem would not take it (plan/staged.c).
 */
int sr_advise_hmem(struct sr_planning *planning, struct sr_plan_verdict *verdict)
{
	const char *plain = planning->now->rule.rule == SR_RULE_PER_RANGE
				    ? "; a `blacklist` line is not enough, for dax_hmem loads "
				      "cxl_acpi by its name"
				    : "";
	int error;
	const char *advice = advice_for_hmem(planning, &error);

	if (error)
		return error;
	verdict->detail =
		sr_pool_format(planning->plan->pool,
			       "%s%sadd module_blacklist=cxl_acpi to the kernel command line%s%s",
			       advice ? advice : "", advice ? ", and " : "",
			       advice ? "" : ", or use --stage", plain);
	return verdict->detail ? 0 : -ENOMEM;
}
