/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a kernel that follows a rule would make of this machine: who would own each
 * decision unit, and whether anybody could use it. Pure: it reads a report and the
 * snapshot behind it.
 */
#pragma once

#include "judgement/report.h"

/* One unit; they stand in the order of the report's units. */
struct sr_forecast {
	enum sr_owner owner;
	enum sr_truth usable;	    /* a driver can bind all of it */
	struct sr_u64 usable_bytes; /* of the unit, in dax devices that a driver can bind */
	struct sr_text driver;	    /* that would be bound by itself; known and NULL: none */
	struct sr_u64 online;	    /* bytes that would come online by themselves */
	bool tips;		    /* it alone would make the global rule say REGISTER */
	bool by_entry;		    /* it is cut by the SRAT, but the whole entry is decided on */
	bool vague;		    /* what is decided on is not known */
	SR_LIST(enum sr_code) why;
};

struct sr_prediction {
	enum sr_rule rule;
	bool of_this_kernel; /* with the modules as they are, not as they would be loaded */
	SR_LIST(struct sr_forecast) units;
	struct sr_u64 usable_bytes; /* of all units; unknown where that of one is */
	enum sr_global_verdict global;
};

/*
 * 0 and a prediction owned by the caller, or -ENOMEM. @report must have its windows,
 * regions, units and containment. With @rule that of this kernel (report->rule) the
 * modules that are not loaded count as absent; with another only those that are kept
 * from loading.
 */
int sr_predict(const struct sr_report *report, enum sr_rule rule,
	       struct sr_prediction **ret_prediction);

struct sr_prediction *sr_prediction_free(struct sr_prediction *prediction);

static inline void sr_prediction_guard(struct sr_prediction **prediction)
{
	sr_prediction_free(*prediction);
}

#define sr_auto_prediction __attribute__((cleanup(sr_prediction_guard)))
