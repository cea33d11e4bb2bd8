// SPDX-License-Identifier: GPL-2.0-only
/* Made machines with rules (made-rules.h), or with whatever (made-machine.h), and all output. */
#include "made.h"

#include "../unit/judged.h"
#include "../unit/rules-snapshot.h"
#include "everything.h"

static struct sr_snapshot *make(void)
{
	uint64_t state = MADE_SEED;
	static struct made_rules made;
	static struct machine machine;

	if (fuzz_byte(&made_bytes) & 1) {
		rules_make(&made, &state);
		return rules_snapshot(&made);
	}
	memset(&machine, 0, sizeof(machine));
	machine_make(&machine, &state);
	return machine_snapshot(&machine);
}

FUZZ_RUN(fuzz_machines)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	sr_auto_report struct sr_report *report = NULL;

	made_bytes = (struct fuzz_bytes){ data, data + size };
	snapshot = make();
	report = judge(snapshot);
	fuzz_everything(report);
}
