// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The rules: which candidates hmem makes a dax region of, and which regions CXL makes
 * one of. cxl-sr-rules(7) has them in words.
 */
#include <errno.h>
#include <string.h>

#include "base/sweep.h"
#include "judgement/predicted-tree.h"
#include "judgement/predicting.h"
#include "judgement/stages.h"

/*
 * The seed's policy: every range that touches a window must be contained; one that is
 * not gives all of them to hmem.
 */
static enum sr_global_verdict judge_global(const struct sr_predicting *predicting)
{
	enum sr_global_verdict verdict = SR_GLOBAL_NONE;
	const struct sr_decision *decision;

	sr_for_each (decision, &predicting->decisions) {
		if (decision->touches == SR_NO)
			continue;
		if (decision->touches == SR_YES && decision->contained == SR_NO)
			return SR_GLOBAL_REGISTER;
		if (decision->touches == SR_UNKNOWN || decision->contained == SR_UNKNOWN)
			verdict = SR_GLOBAL_UNKNOWN;
		else if (verdict == SR_GLOBAL_NONE)
			verdict = SR_GLOBAL_DROP;
	}
	return verdict;
}

/* hmem_register_cxl_device(), drivers/dax/hmem/hmem.c of v7.1. */
static enum sr_truth hmem_per_range(const struct sr_decision *decision)
{
	return sr_truth_not(sr_truth_and(decision->touches, decision->contained));
}

static enum sr_truth hmem_globally(const struct sr_predicting *predicting,
				   const struct sr_decision *decision)
{
	switch (predicting->prediction->global) {
	case SR_GLOBAL_REGISTER:
		return SR_YES;
	case SR_GLOBAL_UNKNOWN:
		return decision->touches == SR_NO ? SR_YES : SR_UNKNOWN;
	default:
		return sr_truth_not(decision->touches);
	}
}

static enum sr_truth hmem_by_rule(const struct sr_predicting *predicting,
				  const struct sr_decision *decision)
{
	switch (predicting->rule) {
	case SR_RULE_HMEM_ONLY:
		return SR_YES;
	case SR_RULE_WINDOW:
		/* hmem_register_device() of v6.3 to v7.0: "deferring range to CXL" */
		return sr_truth_not(decision->touches);
	case SR_RULE_GLOBAL:
		return hmem_globally(predicting, decision);
	default:
		return hmem_per_range(decision);
	}
}

/*
 * Outside x86 nothing puts Soft Reserved ranges where region_intersects_soft_reserve()
 * looks since v7.0 (drivers/firmware/efi/arm-runtime.c), or so the source reads: what
 * hmem does there was never seen.
 */
static bool is_unseen_machine(const struct sr_predicting *predicting)
{
	const char *machine = predicting->report->snapshot->kernel.machine.value;

	return !sr_rule_shows_soft_reserved(predicting->rule) && machine &&
	       (strcmp(machine, "aarch64") == 0 || strcmp(machine, "riscv64") == 0);
}

/* Whether the range itself is decided on, or each entry of the map in it: decide_by_entries(). */
static bool is_vague(const struct sr_predicting *predicting, const struct sr_decision *decision)
{
	return predicting->rule == SR_RULE_HMEM_ONLY && decision->mixed == SR_UNKNOWN;
}

static enum sr_truth can_be_made(const struct sr_predicting *predicting,
				 const struct sr_decision *decision)
{
	if (is_vague(predicting, decision))
		return SR_UNKNOWN;
	return decision->aligned ? sr_truth_not(decision->mixed) : SR_NO;
}

static enum sr_truth hmem_takes(const struct sr_predicting *predicting,
				const struct sr_decision *decision)
{
	enum sr_truth takes = hmem_by_rule(predicting, decision);

	if (predicting->hmem_disabled)
		return SR_NO;
	takes = sr_truth_and(takes, can_be_made(predicting, decision));
	if (takes == SR_YES && is_unseen_machine(predicting))
		takes = SR_UNKNOWN;
	return sr_truth_and(takes, sr_truth_not(predicting->dax_hmem_away));
}

/* Why the rule would have it, and yet hmem does not take it. */
static int explain_decision(const struct sr_predicting *predicting,
			    const struct sr_decision *decision, struct sr_forecast *forecast)
{
	enum sr_truth wanted = hmem_by_rule(predicting, decision);

	if (wanted == SR_NO && decision->contained == SR_NO)
		return sr_forecast_why(forecast, SR_CODE_LEFT_TO_CXL);
	if (wanted == SR_NO)
		return 0;
	if (decision->mixed == SR_YES)
		return sr_forecast_why(forecast, SR_CODE_MIXED_MEMORY);
	if (!decision->aligned && !is_vague(predicting, decision))
		return sr_forecast_why(forecast, SR_CODE_MISALIGNED);
	if (predicting->hmem_disabled)
		return sr_forecast_why(forecast, SR_CODE_HMEM_DISABLED);
	if (predicting->dax_hmem_away == SR_YES)
		return sr_forecast_why(forecast, SR_CODE_MODULE_AWAY);
	return is_unseen_machine(predicting) ? sr_forecast_why(forecast, SR_CODE_RULE_UNKNOWN) : 0;
}

static int explain_decisions(struct sr_predicting *predicting)
{
	const struct sr_decision *decision;

	sr_for_each (decision, &predicting->decisions) {
		for (size_t i = 0; i < decision->unit_count; i++) {
			size_t index = decision->first_unit + i;
			struct sr_forecast *forecast = &predicting->prediction->units.items[index];
			const struct sr_range_report *unit =
				&predicting->report->units.items[index];

			forecast->vague = is_vague(predicting, decision);
			forecast->tips = decision->touches == SR_YES &&
					 decision->contained == SR_NO;
			forecast->by_entry = decision->by_entry;
			if (explain_decision(predicting, decision, forecast))
				return -ENOMEM;
			if (!forecast->vague && !sr_range_equal(decision->range, unit->range) &&
			    sr_forecast_why(forecast, SR_CODE_DECIDED_AS_WIDER))
				return -ENOMEM;
		}
	}
	return 0;
}

/* Whether regions make dax regions at all under this rule. */
static enum sr_truth regions_count(const struct sr_predicting *predicting)
{
	enum sr_truth count = sr_truth_not(predicting->dax_cxl_away);

	switch (predicting->rule) {
	case SR_RULE_HMEM_ONLY:
		return SR_NO;
	case SR_RULE_WINDOW:
		return count;
	case SR_RULE_GLOBAL:
		if (predicting->prediction->global == SR_GLOBAL_REGISTER)
			return SR_NO;
		if (predicting->prediction->global == SR_GLOBAL_UNKNOWN)
			count = sr_truth_and(count, SR_UNKNOWN);
		break;
	default:
		break;
	}
	/* dax_cxl calls into dax_hmem and cannot be loaded without it. */
	return sr_truth_and(count, sr_truth_not(predicting->dax_hmem_away));
}

/*
 * alloc_dax_region() asks for the range in one tree since v7.1 (commit 34f80bb969cc), and
 * dax_cxl waits until dax_hmem has asked.
 */
static enum sr_truth is_free_of_hmem(const struct sr_predicting *predicting,
				     const struct sr_sweep *decisions, struct sr_range range)
{
	enum sr_truth is_free = SR_YES;
	const size_t *index;

	sr_for_each (index, &decisions->active) {
		const struct sr_decision *decision = &predicting->decisions.items[*index];

		if (sr_range_overlaps(decision->range, range))
			is_free = sr_truth_and(is_free, sr_truth_not(decision->hmem));
	}
	return is_free;
}

static bool shares_one_tree(const struct sr_predicting *predicting)
{
	return predicting->rule == SR_RULE_PER_RANGE ||
	       (predicting->rule == SR_RULE_GLOBAL &&
		predicting->prediction->global != SR_GLOBAL_REGISTER);
}

static enum sr_truth makes_dax_region(const struct sr_predicting *predicting,
				      const struct sr_predicted_region *region)
{
	enum sr_truth makes =
		sr_truth_and(region->committed, sr_truth_and(region->ram, region->bound));

	if (region->accelerator)
		return SR_NO;
	return sr_truth_and(makes, regions_count(predicting));
}

static int settle_regions(struct sr_predicting *predicting)
{
	sr_auto_range_list sr_range_list ranges = { 0 };
	sr_auto_sweep struct sr_sweep sweep = { 0 };
	const struct sr_decision *decision;
	struct sr_predicted_region *region;

	sr_for_each (decision, &predicting->decisions) {
		if (sr_range_list_add(&ranges, decision->range))
			return -ENOMEM;
	}
	if (sr_sweep_start(&sweep, ranges.items, ranges.count))
		return -ENOMEM;
	sr_for_each (region, &predicting->regions) {
		region->dax = makes_dax_region(predicting, region);
		if (!shares_one_tree(predicting))
			continue;
		if (sr_sweep_to(&sweep, region->range))
			return -ENOMEM;
		region->conflict = sr_truth_not(is_free_of_hmem(predicting, &sweep, region->range));
		region->dax = sr_truth_and(region->dax, sr_truth_not(region->conflict));
	}
	return 0;
}

int sr_apply_rule(struct sr_predicting *predicting)
{
	struct sr_decision *decision;

	predicting->prediction->global = judge_global(predicting);
	sr_for_each (decision, &predicting->decisions)
		decision->hmem = hmem_takes(predicting, decision);
	if (explain_decisions(predicting))
		return -ENOMEM;
	return settle_regions(predicting);
}
