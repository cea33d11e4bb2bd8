/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps from a snapshot to a report, in their order. Each fills its part of
 * the report and reads only the parts before it; each returns 0 or -ENOMEM.
 */
#pragma once

#include "judgement/report.h"

/* soft-reserved.c: which ranges there are, and who says so */
int sr_merge_soft_reserved(struct sr_report *report);

/* windows.c: windows of iomem and root decoders, joined */
int sr_join_windows(struct sr_report *report);

/* containment.c: does one committed region contain each range */
int sr_judge_containment(struct sr_report *report);

/* ownership.c: whose dax region each range is in */
int sr_judge_ownership(struct sr_report *report);

/* use.c: drivers, memory blocks, state */
int sr_judge_use(struct sr_report *report);

/* findings.c: about the machine as a whole, and about what was read */
int sr_find(struct sr_report *report);

/* Adds @code once. 0 or -ENOMEM. */
int sr_add_why(struct sr_range_report *range, enum sr_code code);

int sr_add_finding(struct sr_report *report, enum sr_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Ranges and windows beyond these are left out, with the finding TOO_MANY. */
#define SR_RANGE_LIMIT	 65536
#define SR_WINDOW_LIMIT	 4096
#define SR_FINDING_LIMIT 4096

#define SR_RANGE_FORMAT	       "0x%jx-0x%jx"
#define SR_RANGE_VALUES(range) (uintmax_t)(range).start, (uintmax_t)(range).end
