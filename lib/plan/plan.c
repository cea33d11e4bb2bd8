// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/plan.h"

#include <errno.h>
#include <stdlib.h>

#include "plan/model.h"
#include "plan/planning.h"

/* A machine has a few units that need something; more come from made captures. */
#define MOST_WAYS 128

/* One for each unit. */
struct verdicts {
	struct sr_plan_verdict *first, *last;
	bool *refused; /* the model did not take the steps */
};

static void verdicts_done(struct verdicts *verdicts)
{
	free(verdicts->first);
	free(verdicts->last);
	free(verdicts->refused);
}

static void planning_done(struct sr_planning *planning)
{
	sr_report_free(planning->now);
	sr_snapshot_free(planning->before);
	sr_snapshot_free(planning->model);
}

static int judge_model(struct sr_planning *planning)
{
	planning->now = sr_report_free(planning->now);
	sr_snapshot_free(planning->before);
	planning->before = sr_model_new(planning->model);
	return planning->before ? sr_report_make(planning->before, &planning->now) : -ENOMEM;
}

/* The machine as it is, and the first @count steps on it. */
static int go_back(struct sr_planning *planning, size_t count)
{
	planning->now = sr_report_free(planning->now);
	planning->before = sr_snapshot_free(planning->before);
	sr_snapshot_free(planning->model);
	planning->model = sr_model_new(planning->report->snapshot);
	if (!planning->model)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		if (sr_model_step(planning->model, &planning->plan->steps.items[i]))
			return -ENOMEM;
	}
	planning->plan->steps.count = count;
	return judge_model(planning);
}

static int judge_all(struct sr_planning *planning, struct sr_plan_verdict *verdicts)
{
	for (size_t i = 0; i < planning->now->units.count; i++) {
		if (sr_judge_for_policy(planning, &planning->now->units.items[i], &verdicts[i]))
			return -ENOMEM;
	}
	return 0;
}

/* The next way of one unit. *ret_done: there is none. */
static int take_way(struct sr_planning *planning, size_t index, bool *refused, bool *ret_done)
{
	const struct sr_range_report *unit = &planning->now->units.items[index];
	size_t before = planning->plan->steps.count;
	struct sr_plan_verdict verdict;
	int error;

	if (sr_judge_for_policy(planning, unit, &verdict))
		return -ENOMEM;
	*ret_done = verdict.class != SR_CLASS_REACHABLE;
	if (*ret_done)
		return 0;
	error = verdict.way(planning, unit);
	if (error == -ENOMEM)
		return error;
	if (error == 0 && planning->plan->steps.count > before)
		return judge_model(planning);
	*refused = *ret_done = true;
	return go_back(planning, before);
}

/* Ways of one unit can do for others, and never undo what was reached; see sr_plan_loses(). */
static int grow(struct sr_planning *planning, struct verdicts *verdicts)
{
	size_t ways = 0;

	for (size_t i = 0; i < planning->now->units.count; i++) {
		bool done = false;

		if (verdicts->first[i].class != SR_CLASS_REACHABLE)
			continue;
		while (!done && ways < MOST_WAYS) {
			if (take_way(planning, i, &verdicts->refused[i], &done))
				return -ENOMEM;
			ways += !done;
		}
	}
	return judge_all(planning, verdicts->last);
}

/* What was promised, and what holds already, holds at the end. */
static bool is_kept(const struct sr_planning *planning, const struct verdicts *verdicts)
{
	for (size_t i = 0; i < planning->now->units.count; i++) {
		if (verdicts->first[i].class == SR_CLASS_SATISFIED &&
		    verdicts->last[i].class != SR_CLASS_SATISFIED)
			return false;
	}
	return !sr_plan_loses(planning);
}

static int put_unit(struct sr_plan *plan, const struct sr_range_report *unit,
		    const struct sr_plan_verdict *verdict)
{
	struct sr_plan_unit *item = sr_list_add(&plan->units);

	if (!item)
		return -ENOMEM;
	item->unit = unit;
	item->class = verdict->class;
	item->detail = verdict->detail;
	for (size_t i = 0; i < verdict->why_count; i++) {
		enum sr_plan_reason *why = sr_list_add(&item->why);

		if (!why)
			return -ENOMEM;
		*why = verdict->why[i];
	}
	if (item->class > plan->class)
		plan->class = item->class;
	return 0;
}

/* Of a unit's verdicts before and after all steps the one that tells the whole. */
static struct sr_plan_verdict sum_up(const struct verdicts *verdicts, size_t index)
{
	struct sr_plan_verdict first = verdicts->first[index], last = verdicts->last[index];

	if (first.class == SR_CLASS_SATISFIED)
		return last;
	if (last.class == SR_CLASS_SATISFIED) {
		first.class = SR_CLASS_REACHABLE;
		for (size_t i = 0; i < last.why_count; i++)
			sr_verdict_add(&first, last.why[i]);
		return first;
	}
	if (last.class == SR_CLASS_REACHABLE || verdicts->refused[index])
		sr_verdict_set(&last, SR_CLASS_IMPOSSIBLE, SR_PLAN_NO_SAFE_WAY);
	return last;
}

static int put_units(struct sr_planning *planning, const struct verdicts *verdicts)
{
	for (size_t i = 0; i < planning->report->units.count; i++) {
		struct sr_plan_verdict verdict = sum_up(verdicts, i);

		if (put_unit(planning->plan, &planning->report->units.items[i], &verdict))
			return -ENOMEM;
	}
	return 0;
}

static int plan_units(struct sr_planning *planning)
{
	__attribute__((cleanup(verdicts_done))) struct verdicts verdicts = { 0 };
	size_t count = planning->report->units.count;

	/* That none is seen does not say that there is none. */
	if (!count) {
		if (!planning->report->soft_reserved_whole || planning->report->short_sources)
			planning->plan->class = SR_CLASS_IMPOSSIBLE;
		return 0;
	}
	verdicts.first = calloc(count, sizeof(*verdicts.first));
	verdicts.last = calloc(count, sizeof(*verdicts.last));
	verdicts.refused = calloc(count, sizeof(*verdicts.refused));
	if (!verdicts.first || !verdicts.last || !verdicts.refused ||
	    judge_all(planning, verdicts.first) || grow(planning, &verdicts))
		return -ENOMEM;
	if (!is_kept(planning, &verdicts) &&
	    (go_back(planning, 0) || judge_all(planning, verdicts.last)))
		return -ENOMEM;
	return put_units(planning, &verdicts);
}

static enum sr_policy resolve(const struct sr_report *report, enum sr_policy policy)
{
	if (policy != SR_POLICY_GLOBAL)
		return policy;
	switch (report->global) {
	case SR_GLOBAL_DROP:
		return SR_POLICY_CXL;
	case SR_GLOBAL_REGISTER:
		return SR_POLICY_HMEM;
	default:
		return SR_POLICY_GLOBAL;
	}
}

int sr_plan_make(const struct sr_report *report, enum sr_policy policy, struct sr_plan **ret_plan)
{
	sr_auto_plan struct sr_plan *plan = calloc(1, sizeof(*plan));
	__attribute__((cleanup(planning_done))) struct sr_planning planning = {
		.report = report,
		.plan = plan,
	};

	if (!plan)
		return -ENOMEM;
	plan->report = report;
	plan->policy = policy;
	plan->resolved = resolve(report, policy);
	plan->pool = sr_pool_new();
	planning.model = sr_model_new(report->snapshot);
	if (!plan->pool || !planning.model || judge_model(&planning) || plan_units(&planning) ||
	    sr_plan_end(&planning) || sr_plan_blast(&planning) || sr_plan_fingerprint(&planning))
		return -ENOMEM;
	*ret_plan = plan;
	plan = NULL;
	return 0;
}

struct sr_plan *sr_plan_free(struct sr_plan *plan)
{
	struct sr_plan_unit *unit;

	if (!plan)
		return NULL;
	sr_for_each (unit, &plan->units)
		sr_list_free(&unit->why);
	sr_list_free(&plan->units);
	sr_list_free(&plan->steps);
	sr_list_free(&plan->blast.emptied_nodes);
	sr_list_free(&plan->blast.regions);
	sr_list_free(&plan->blast.others);
	sr_pool_free(plan->pool);
	free(plan);
	return NULL;
}
