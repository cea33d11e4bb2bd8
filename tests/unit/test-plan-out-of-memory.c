// SPDX-License-Identifier: GPL-2.0-only
/* Every allocation of a plan fails once: -ENOMEM, nothing returned, nothing leaked. */
#include "failing-heap.h"
#include "planned.h"

struct wish {
	const struct sr_report *report;
	enum sr_policy policy;
};

static int make_plan(void *data)
{
	const struct wish *wish = data;
	struct sr_plan *plan = NULL;
	int error = sr_plan_make(wish->report, wish->policy, &plan);

	if (error ? plan != NULL : plan == NULL)
		return 1;
	sr_plan_free(plan);
	return error;
}

/* @steps: how many a plan has when nothing fails. */
static void check_plan(struct sr_snapshot *snapshot, enum sr_policy policy, size_t steps,
		       const char *what)
{
	sr_auto_snapshot struct sr_snapshot *own = snapshot;
	sr_auto_report struct sr_report *report = judge(own);
	sr_auto_plan struct sr_plan *plan = plan_for(report, policy);
	struct wish wish = { report, policy };

	is_number(plan->steps.count, steps, what);
	check(make_plan, &wish, 100, what);
}

int main(void)
{
	struct sr_snapshot *leaked = plan_exact(true, SR_YES);

	leaked->dax_devices.items[0].driver = sr_text_of(NULL);
	check_plan(plan_span_two(SR_NO), SR_POLICY_CXL, 3, "hmem lets go");
	check_plan(plan_span_two(SR_NO), SR_POLICY_HMEM, 5, "a device is cut");
	check_plan(plan_hmem_first(), SR_POLICY_KERNEL, 5, "a region comes up");
	check_plan(plan_exact(true, SR_YES), SR_POLICY_HMEM, 9, "all to hmem");
	check_plan(plan_exact(true, SR_NO), SR_POLICY_HMEM, 0, "at the next boot");
	check_plan(leaked, SR_POLICY_CXL, 0, "leaked");
	return tap_done();
}
