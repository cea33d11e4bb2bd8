// SPDX-License-Identifier: LGPL-2.1-or-later
#include <string.h>

#include "plan/plan.h"

static const struct {
	const char *name, *words;
} policies[SR_POLICY_COUNT] = {
	[SR_POLICY_CXL] = { "cxl", "what committed regions can own is CXL's, and can be used" },
	[SR_POLICY_HMEM] = { "hmem", "all Soft Reserved memory is dax_hmem's" },
	[SR_POLICY_GLOBAL] = { "global",
			       "one verdict on all units: all to CXL, or all to dax_hmem" },
	[SR_POLICY_KERNEL] = { "kernel", "what the rule of this kernel gives" },
};

const char *sr_policy_name(enum sr_policy policy)
{
	return policies[policy].name;
}

const char *sr_policy_words(enum sr_policy policy)
{
	return policies[policy].words;
}

bool sr_policy_find(const char *name, enum sr_policy *ret_policy)
{
	for (int i = 0; i < SR_POLICY_COUNT; i++) {
		if (strcmp(policies[i].name, name) == 0) {
			*ret_policy = i;
			return true;
		}
	}
	return false;
}

const char *sr_plan_class_name(enum sr_plan_class class)
{
	static const char *const names[SR_CLASS_COUNT] = {
		[SR_CLASS_SATISFIED] = "satisfied",   [SR_CLASS_REACHABLE] = "reachable",
		[SR_CLASS_NEXT_BOOT] = "next-boot",   [SR_CLASS_FIRMWARE_ONLY] = "firmware-only",
		[SR_CLASS_IMPOSSIBLE] = "impossible",
	};

	return names[class];
}
