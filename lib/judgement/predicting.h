/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside a prediction: the steps from the candidates to who owns and can use what. */
#pragma once

#include "base/range-list.h"
#include "judgement/prediction.h"

/* What the kernel decides on, and what it looks at to decide. */
struct sr_decision {
	struct sr_range range; /* the candidate, or an entry of the memory map */
	size_t first_unit, unit_count;
	enum sr_truth touches;	 /* a CXL window */
	enum sr_truth contained; /* in one committed region */
	enum sr_truth mixed;	 /* other memory than Soft Reserved lies in it too */
	bool aligned;		 /* so that a dax region can be made of it */
	bool by_entry;		 /* an entry of the map, whatever the SRAT has there */
	enum sr_truth hmem;	 /* whether hmem makes a dax region of it */
};

typedef SR_LIST(struct sr_decision) sr_decision_list;

/* A region as the kernel would have it. */
struct sr_predicted_region {
	struct sr_range range;
	enum sr_truth committed;
	enum sr_truth ram;   /* its mode */
	enum sr_truth bound; /* to its driver */
	bool accelerator;
	enum sr_truth conflict; /* with a range that hmem takes */
	enum sr_truth dax;	/* whether CXL makes a dax region of it */
};

struct sr_predicting {
	const struct sr_report *report;
	struct sr_prediction *prediction;
	enum sr_rule rule;
	bool own;	    /* the rule is that of the kernel that was read */
	bool shown;	    /* that kernel has Soft Reserved ranges in /proc/iomem */
	bool regions_whole; /* no region can be missing below */
	bool windows_whole; /* no window can be missing */
	bool hmem_disabled; /* by device_hmem.disable: dax_hmem is there and gets nothing */
	enum sr_truth dax_hmem_away, dax_cxl_away;
	sr_decision_list decisions;		     /* sorted, disjoint */
	SR_LIST(struct sr_predicted_region) regions; /* sorted by start */
	sr_range_list region_ranges;		     /* of `regions`, in their order */
};

/* predicted-regions.c */
int sr_predict_regions(struct sr_predicting *predicting);

/* decisions.c: needs the regions; fills all but `hmem` */
int sr_list_decisions(struct sr_predicting *predicting);

/* rules.c: fills `hmem` of the decisions, then `dax` of the regions, and `global` */
int sr_apply_rule(struct sr_predicting *predicting);

/* forecast-use.c: owners stand; who can use what */
int sr_forecast_use(struct sr_predicting *predicting);

/* Adds @code once. 0 or -ENOMEM. */
int sr_forecast_why(struct sr_forecast *forecast, enum sr_code code);

/*
 * Whether the module would be missing: of this kernel as it is, of another only what
 * keeps it from loading.
 */
enum sr_truth sr_module_away(const struct sr_predicting *predicting, const char *name);
