/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The steps from a snapshot to a report, in their order. Each fills its part of
 * the report and reads only the parts before it; each returns 0 or -ENOMEM,
 * one -E2BIG.
 */
#pragma once

#include "judgement/report.h"

/* soft-reserved.c: which ranges there are, and who says so */
int sr_merge_soft_reserved(struct sr_report *report);

/* Whether one of the sources, and be it one that has no such range, must have them all. */
bool sr_map_is_whole(const struct sr_snapshot *snapshot);

/* windows.c: windows of iomem and root decoders, joined */
int sr_join_windows(struct sr_report *report);

/* units.c: the ranges cut into decision units; the steps that follow judge these */
int sr_cut_units(struct sr_report *report);

/* overlaps.c: -E2BIG where more lies over each other than on any machine */
int sr_bound_overlaps(struct sr_report *report);

/* containment.c: does one committed region contain each unit */
int sr_judge_containment(struct sr_report *report);

/* ownership.c: whose dax region each unit is in */
int sr_judge_ownership(struct sr_report *report);

/* use.c: drivers, memory blocks, state */
int sr_judge_use(struct sr_report *report);

/* accelerators.c: which units are memory of accelerators, and who has it */
int sr_judge_accelerators(struct sr_report *report);

/* kernel-rule.c: by which rule this kernel decides */
int sr_find_rule(struct sr_report *report);

/* expectation.c: whom that rule gives each unit, and what the global rule would do */
int sr_judge_expectation(struct sr_report *report);

/* settlement.c: before enumeration has come to its end, nothing is lost */
int sr_judge_settlement(struct sr_report *report);

/* summary.c: each range as the sum of its units */
int sr_sum_units(struct sr_report *report);

/* findings.c: about the machine as a whole, and about what was read */
int sr_find(struct sr_report *report);

/* Adds @code once. 0 or -ENOMEM. */
int sr_add_why(struct sr_range_report *range, enum sr_code code);

bool sr_has_why(const struct sr_range_report *range, enum sr_code code);

/* Adds @word to a list "Normal,Movable" once; see use.c. 0 or -ENOMEM. */
int sr_add_word(struct sr_pool *pool, struct sr_text *words, const char *word);

/* Whether a region should contain it, and whether one does is not known. */
bool sr_is_containment_unknown(const struct sr_range_report *row);

enum sr_owner sr_owner_sum(enum sr_owner sum, enum sr_owner part);

/* Whether an hmem_platform device has no driver, so that hmem registers nothing. */
bool sr_has_unbound_platform(const struct sr_snapshot *snapshot);

/* Whether /proc/iomem has Soft Reserved ranges. */
bool sr_shows_soft_reserved(const struct sr_snapshot *snapshot);

/* Whether a parameter of a module is known and Y. */
bool sr_has_parameter(const struct sr_snapshot *snapshot, const char *module_name,
		      const char *parameter_name);

/* device_hmem.disable: hmem registers nothing. */
bool sr_hmem_is_disabled(const struct sr_snapshot *snapshot);

/* Whether accelerators (type 2) are behind the region. */
bool sr_region_is_accelerators(const struct sr_report *report, const struct sr_region *region);

int sr_add_finding(struct sr_report *report, enum sr_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Ranges and windows beyond these are left out, with the finding TOO_MANY. */
#define SR_RANGE_LIMIT	 65536
#define SR_WINDOW_LIMIT	 4096
#define SR_FINDING_LIMIT 4096

/*
 * A unit, and a region, window, dax device or line of /proc/iomem over it, more often than
 * there are such things. All windows of the kernel's 4096 over 256 ranges; a second's work.
 */
#define SR_OVERLAP_LIMIT (1U << 20)

#define SR_RANGE_FORMAT	       "0x%jx-0x%jx"
#define SR_RANGE_VALUES(range) (uintmax_t)(range).start, (uintmax_t)(range).end
