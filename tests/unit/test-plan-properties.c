// SPDX-License-Identifier: GPL-2.0-only
/*
 * What holds of every plan (plan-properties.h), on made machines.
 * CXL_SR_SEED=... in the environment begins with the machine that failed.
 */
#include "plan-properties.h"

/* All but loading and what a single rule of the boot has no machine for. */
static void test_variety(void)
{
	unsigned int missing = ((1U << SR_ACTION_COUNT) - 1) & ~seen.actions;

	for (int action = 0; action < SR_ACTION_COUNT; action++) {
		if (missing & 1U << action)
			printf("# never: %s\n", sr_action_name(action));
	}
	is_number(missing, 0, "each action is in some plan");
	is_number(seen.classes, (1U << SR_CLASS_COUNT) - 1, "each class is");
	for (int reason = 0; reason < SR_PLAN_REASON_COUNT; reason++) {
		if (!(seen.reasons >> reason & 1))
			printf("# never: %s\n", sr_plan_reasons[reason].name);
	}
	printf("# %zu steps, %zu units without a safe way\n", seen.steps, seen.unsafe);
}

int main(void)
{
	uint64_t state = seed_of_run();
	size_t count = case_count(4000), right = 0;

	for (; right < count; right++) {
		uint64_t before = state;

		if (is_machine_right(&state))
			continue;
		printf("# CXL_SR_SEED=%#jx\n", (uintmax_t)before);
		break;
	}
	is_number(right, count, "every plan of every made machine");
	if (count >= 4000)
		test_variety();
	return tap_done();
}
