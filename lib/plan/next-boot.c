// SPDX-License-Identifier: LGPL-2.1-or-later
/* What to set for the next boot, by what keeps modules out now. */
#include <errno.h>
#include <string.h>

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

/*
 * A `blacklist` line stops what asks for a module by its alias only; dax_hmem of v7.1 and
 * later asks for cxl_acpi by its name (request_module(), drivers/dax/hmem/hmem.c).
 */
int sr_advise_hmem(struct sr_planning *planning, struct sr_plan_verdict *verdict)
{
	const struct sr_snapshot *snapshot = planning->now->snapshot;
	struct sr_pool *pool = planning->plan->pool;
	const char *plain = planning->now->rule.rule == SR_RULE_PER_RANGE
				    ? "; a `blacklist` line is not enough, for dax_hmem loads "
				      "cxl_acpi by its name"
				    : "";
	const char *more = "";

	if (is_away(snapshot, "dax_hmem")) {
		const char *advice = advice_for(planning, "dax_hmem");

		more = advice ? sr_pool_format(pool, ", and %s", advice) : NULL;
		if (!more)
			return -ENOMEM;
	}
	verdict->detail = sr_pool_format(
		pool,
		"add module_blacklist=cxl_acpi to the kernel command line, or use --stage%s%s",
		more, plain);
	return verdict->detail ? 0 : -ENOMEM;
}
