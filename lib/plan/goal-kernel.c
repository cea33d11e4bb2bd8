// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which policy counts for a unit: `global` has one for all, `kernel` one for each. */
#include <errno.h>

#include "plan/planning.h"

static int judge_for_kernel(struct sr_planning *planning, const struct sr_range_report *unit,
			    struct sr_plan_verdict *verdict)
{
	int error;

	if (unit->agrees == SR_YES)
		return 0;
	if (unit->accelerator == SR_YES)
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_ACCELERATORS_MEMORY);
	if (sr_is_unknown(planning, unit, verdict, &error))
		return error;
	if (unit->agrees == SR_UNKNOWN) {
		verdict->detail = "whom this kernel's rule gives it";
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN);
	}
	if (unit->expected == SR_OWNER_CXL) {
		error = sr_judge_for_cxl(planning, unit, verdict);
		if (error || verdict->class != SR_CLASS_SATISFIED)
			return error;
	}
	/* For hmem all of CXL would have to go, which no rule does to one unit. */
	verdict->detail = "reboot";
	return sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_RULE_RUNS_AT_BOOT);
}

static int judge_for_global(struct sr_planning *planning, struct sr_plan_verdict *verdict)
{
	if (planning->report->global == SR_GLOBAL_NONE)
		return sr_verdict_set(verdict, SR_CLASS_SATISFIED, SR_PLAN_NOTHING_TO_DECIDE);
	return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_VERDICT_UNKNOWN);
}

int sr_judge_for_policy(struct sr_planning *planning, const struct sr_range_report *unit,
			struct sr_plan_verdict *verdict)
{
	*verdict = (struct sr_plan_verdict){ .class = SR_CLASS_SATISFIED };
	switch (planning->plan->resolved) {
	case SR_POLICY_CXL:
		return sr_judge_for_cxl(planning, unit, verdict);
	case SR_POLICY_HMEM:
		return sr_judge_for_hmem(planning, unit, verdict);
	case SR_POLICY_KERNEL:
		return judge_for_kernel(planning, unit, verdict);
	default:
		return judge_for_global(planning, verdict);
	}
}
