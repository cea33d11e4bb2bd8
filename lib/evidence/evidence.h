/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The chain of evidence of one decision unit: what each place says of it, from the
 * firmware's map to its verdict, with the file that says so and what stands there; then
 * what happened, in words for those who know Linux and not CXL. Pure: a report and its
 * snapshot in, texts out.
 */
#pragma once

#include "judgement/prediction.h"
#include "judgement/settled.h"

enum sr_evidence_says {
	SR_EVIDENCE_INFO, /* neither for nor against it */
	SR_EVIDENCE_YES,  /* this link of the chain holds */
	SR_EVIDENCE_NO,	  /* here it breaks */
	SR_EVIDENCE_UNKNOWN,
};

/*
 * What stands in a file. A value in brackets is not the file's own text but says
 * something of it, as "(none)": the file is not there, or empty.
 */
struct sr_evidence_fact {
	const char *path;
	const char *value; /* NULL: it was looked at as a whole */
};

struct sr_evidence_step {
	const char *stage;
	enum sr_evidence_says says;
	SR_LIST(struct sr_evidence_fact) facts;
	const char *text; /* what this says, and what follows from it */
};

struct sr_evidence {
	struct sr_pool *pool;
	const struct sr_range_report *unit;
	SR_LIST(struct sr_evidence_step) steps;
	enum sr_truth settled; /* what the signs of settlement come to */
	const char *happened;
	SR_LIST(enum sr_code) why; /* the unit's, and the cause */
	const enum sr_code *cause; /* the reason to act on; NULL: none */
	/* Of the cause; or of who wrote the command line, where that made the range; or unknown. */
	enum sr_problem_owner problem_owner;
	/* What to do, in this order: clauses without a stop, the action of the cause too. */
	SR_LIST(const char *) advice;
};

/* What the evidence of all units has in common. */
struct sr_inquiry {
	const struct sr_report *report;
	struct sr_prediction *predictions[SR_RULE_COUNT];
	struct sr_settle_signs *signs;
};

/* 0 and an inquiry owned by the caller, or -ENOMEM. @report must outlive it. */
int sr_inquiry_new(const struct sr_report *report, struct sr_inquiry **ret_inquiry);

struct sr_inquiry *sr_inquiry_free(struct sr_inquiry *inquiry);

/*
 * 0 and the evidence, owned by the caller, or -ENOMEM. @unit: one of the report's units.
 * The report must outlive it, the inquiry need not.
 */
int sr_evidence_make(const struct sr_inquiry *inquiry, const struct sr_range_report *unit,
		     struct sr_evidence **ret_evidence);

struct sr_evidence *sr_evidence_free(struct sr_evidence *evidence);

/* "yes", "no", "unknown" or "info". */
const char *sr_evidence_says_name(enum sr_evidence_says says);

static inline void sr_inquiry_guard(struct sr_inquiry **inquiry)
{
	sr_inquiry_free(*inquiry);
}

static inline void sr_evidence_guard(struct sr_evidence **evidence)
{
	sr_evidence_free(*evidence);
}

#define sr_auto_inquiry	 __attribute__((cleanup(sr_inquiry_guard)))
#define sr_auto_evidence __attribute__((cleanup(sr_evidence_guard)))
