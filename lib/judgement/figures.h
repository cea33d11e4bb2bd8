/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A report in numbers, for monitoring. Memory is counted by decision units, and that of
 * accelerators apart, as it is no alarm (alarm.h). Pure; reads a report only.
 *
 * Of a figure that is not known the value is what is known of it: at least that much.
 */
#pragma once

#include "judgement/report.h"

#define SR_OWNER_COUNT	       (SR_OWNER_MIXED + 1)
#define SR_STATE_COUNT	       (SR_STATE_LOST + 1)
#define SR_PROBLEM_OWNER_COUNT (SR_PROBLEM_OF_UNKNOWN + 1)

/* Whether one committed region contains a range. */
enum sr_containment {
	SR_CONTAINED,
	SR_NOT_CONTAINED,
	SR_CONTAINMENT_UNKNOWN,
	SR_IN_NO_WINDOW, /* and none is expected to */
	SR_CONTAINMENT_COUNT,
};

struct sr_figures {
	struct sr_u64 ranges[SR_CONTAINMENT_COUNT];
	/* Bytes of all units but those of accelerators, each once. */
	struct sr_u64 bytes[SR_OWNER_COUNT][SR_STATE_COUNT];
	struct sr_u64 accelerators;
	/* Of the same units, what `check` takes for lost and unusable. */
	struct sr_u64 lost, unusable;
	struct sr_u64 idle, unknown, online, uncontained;
	/* Bytes of the units with something wrong, by whose problem the cause is. */
	struct sr_u64 problems[SR_PROBLEM_OWNER_COUNT];
	/* Units, and findings, with a reason; 0 also where it could not be found out. */
	size_t reasons[SR_CODE_COUNT][SR_PROBLEM_OWNER_COUNT];
};

void sr_figures_make(const struct sr_report *report, struct sr_figures *ret_figures);

/* "yes", "no", "unknown" or "no-window". */
const char *sr_containment_name(enum sr_containment containment);
