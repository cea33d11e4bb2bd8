/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What firmware and platform say of CXL memory, judged across their tables: memory map,
 * SRAT, HMAT, CEDT, decoders and regions. Pure: a report and its snapshot in, findings
 * out. On a sound machine there is none.
 *
 * Legal, and never a finding: Soft Reserved memory outside all windows (HBM), windows
 * larger than what is in them, the low memory hole, the extended linear cache.
 */
#pragma once

#include "judgement/report.h"

enum sr_lint_severity {
	SR_LINT_NOTE,	 /* may be meant like that */
	SR_LINT_WARNING, /* two facts that cannot both be right, or that Linux cannot use */
};

/* What one file says. */
struct sr_lint_fact {
	const char *path;
	const char *value;
	struct sr_u64 offset; /* of the structure in an ACPI table that says it */
};

struct sr_lint_finding {
	enum sr_code code;
	enum sr_lint_severity severity;
	/*
	 * The code whose owner and action hold: its own, or one that tells what on the kernel
	 * command line it comes from, or may, as then the firmware's vendor has nothing to mend,
	 * or nobody knows whether he has.
	 */
	enum sr_code advice;
	bool has_range;
	struct sr_range range;
	const char *text;
	struct sr_lint_fact facts[2]; /* they disagree; the second may have no path: one alone */
	const char *specification;
};

/* A check that was not made, or not wholly, for want of sources (bits). */
struct sr_lint_skip {
	enum sr_code code;
	unsigned int sources;
};

struct sr_lint {
	struct sr_pool *pool;
	/* By severity, the heavier first, then by code, range and text. */
	SR_LIST(struct sr_lint_finding) findings;
	SR_LIST(struct sr_lint_skip) skipped; /* by code */
	size_t left_out;		      /* findings beyond SR_LINT_LIMIT of one code */
};

#define SR_LINT_LIMIT 256

/* 0 and findings owned by the caller, or -ENOMEM. @report must outlive them. */
int sr_lint(const struct sr_report *report, struct sr_lint **ret_lint);

struct sr_lint *sr_lint_free(struct sr_lint *lint);

static inline void sr_lint_guard(struct sr_lint **lint)
{
	sr_lint_free(*lint);
}

#define sr_auto_lint __attribute__((cleanup(sr_lint_guard)))

/* "note" or "warning". */
const char *sr_lint_severity_name(enum sr_lint_severity severity);
