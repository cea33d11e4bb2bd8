// SPDX-License-Identifier: GPL-2.0-only
/* Machines to plan for: all that test-plan-properties.c asks of a plan of each policy. */
#include "made.h"

#include "../unit/plan-properties.h"

FUZZ_RUN(fuzz_plans)
{
	uint64_t state = MADE_SEED;

	made_bytes = (struct fuzz_bytes){ data, data + size };
	must(is_machine_right(&state), "%s", failure);
}
