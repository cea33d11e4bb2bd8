/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside a plan: it grows by one way at a time. A way adds steps for one unit, each step
 * changes the model at once, and the model is judged anew before the next way is looked
 * for. So a unit can need several ways, and the plan ends where nothing is left to do.
 */
#pragma once

#include "base/range-list.h"
#include "plan/plan.h"

struct sr_planning {
	const struct sr_report *report; /* of the machine */
	struct sr_plan *plan;
	struct sr_snapshot *model; /* after the steps so far */
	/* The model as it was before the way at hand: steps do not move its lists. */
	struct sr_snapshot *before;
	struct sr_report *now; /* of that */
};

/* What to say of a unit, and how to go on with it. */
struct sr_plan_verdict {
	enum sr_plan_class class;
	enum sr_plan_reason why[8];
	size_t why_count;
	const char *detail;
	/* REACHABLE: adds steps. 0, -ENOMEM, or -EINVAL where the model refuses one. */
	int (*way)(struct sr_planning *planning, const struct sr_range_report *unit);
};

/* A verdict with one more reason. */
static inline void sr_verdict_add(struct sr_plan_verdict *verdict, enum sr_plan_reason reason)
{
	for (size_t i = 0; i < verdict->why_count; i++) {
		if (verdict->why[i] == reason)
			return;
	}
	if (verdict->why_count < sizeof(verdict->why) / sizeof(*verdict->why))
		verdict->why[verdict->why_count++] = reason;
}

static inline int sr_verdict_set(struct sr_plan_verdict *verdict, enum sr_plan_class class,
				 enum sr_plan_reason reason)
{
	verdict->class = class;
	verdict->why_count = 0;
	sr_verdict_add(verdict, reason);
	return 0;
}

/*
 * The policies: what one says of a unit of planning->now. 0 or -ENOMEM; verdicts begin as
 * "satisfied".
 */
int sr_judge_for_cxl(struct sr_planning *planning, const struct sr_range_report *unit,
		     struct sr_plan_verdict *verdict);
int sr_judge_for_hmem(struct sr_planning *planning, const struct sr_range_report *unit,
		      struct sr_plan_verdict *verdict);
int sr_judge_for_policy(struct sr_planning *planning, const struct sr_range_report *unit,
			struct sr_plan_verdict *verdict);

/*
 * unknown.c: true, and the verdict is set, where something is not known that steps must
 * never be built on. -ENOMEM in *ret_error.
 */
bool sr_is_unknown(struct sr_planning *planning, const struct sr_range_report *unit,
		   struct sr_plan_verdict *verdict, int *ret_error);

/* next-boot.c: what to set for the next boot. 0 or -ENOMEM. */
int sr_advise_hmem(struct sr_planning *planning, struct sr_plan_verdict *verdict);
bool sr_hmem_is_idle(const struct sr_snapshot *snapshot);
bool sr_is_away_at_boot(const struct sr_module *module);
int sr_advise_module(struct sr_planning *planning, const char *module,
		     struct sr_plan_verdict *verdict);

/*
 * way-cut.c: whether other boundaries make a dax device of one range usable, with a reason
 * where there is something to say, and how. 0 or -ENOMEM; @device may be NULL.
 */
int sr_can_cut(struct sr_planning *planning, const struct sr_dax_device *device,
	       struct sr_plan_verdict *verdict, bool *ret_can);
int sr_cut_device(struct sr_planning *planning, const struct sr_dax_device *device);

/*
 * locked.c: whether all memory may go to dax_hmem while CXL's modules go: the reason why
 * not, or SR_PLAN_DECODERS_LOCKED. And whether a boot without cxl_acpi may: the reason why
 * not, or SR_PLAN_HMEM_TAKES_AT_BOOT; SR_PLAN_MODULE_KEPT_OUT and SR_PLAN_RULE_RUNS_AT_BOOT:
 * it may when what keeps dax_hmem from it is gone, too.
 */
int sr_judge_locked(struct sr_planning *planning, enum sr_plan_reason *ret_reason);
int sr_judge_boot(struct sr_planning *planning, enum sr_plan_reason *ret_reason);

/* way-locked.c */
int sr_all_to_hmem(struct sr_planning *planning, const struct sr_range_report *unit);

/* end-state.c: units at the end, and whether nothing was lost on the way. */
int sr_plan_end(struct sr_planning *planning);
bool sr_plan_loses(const struct sr_planning *planning);

int sr_plan_blast(struct sr_planning *planning);
int sr_plan_fingerprint(struct sr_planning *planning);
