// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/prediction.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/sweep.h"
#include "judgement/predicted-tree.h"
#include "judgement/predicting.h"
#include "judgement/stages.h"
#include "snapshot/command-line.h"

int sr_forecast_why(struct sr_forecast *forecast, enum sr_code code)
{
	enum sr_code *why;

	sr_for_each (why, &forecast->why) {
		if (*why == code)
			return 0;
	}
	why = sr_list_add(&forecast->why);
	if (!why)
		return -ENOMEM;
	*why = code;
	return 0;
}

static void predicting_done(struct sr_predicting *predicting)
{
	sr_list_free(&predicting->decisions);
	sr_list_free(&predicting->regions);
	sr_range_list_free(&predicting->region_ranges);
}

/* Modules are loaded for a device: without one, that it is not loaded says nothing. */
static bool has_device_for(const struct sr_snapshot *snapshot, const char *module)
{
	enum sr_dax_holder holder = SR_DAX_HOLDER_HMEM;
	const struct sr_dax_region *region;

	if (strcmp(module, "kmem") == 0 || strcmp(module, "device_dax") == 0)
		return snapshot->dax_devices.count;
	if (strcmp(module, "dax_hmem") == 0 && snapshot->hmem_platforms.count)
		return true;
	if (strcmp(module, "dax_cxl") == 0)
		holder = SR_DAX_HOLDER_CXL;
	sr_for_each (region, &snapshot->dax_regions) {
		if (region->holder == holder)
			return true;
	}
	return false;
}

static bool is_away_here(const struct sr_snapshot *snapshot, const struct sr_module *module)
{
	if (module->state == SR_MODULE_NOT_LOADED)
		return module->blocked || module->blacklisted ||
		       has_device_for(snapshot, module->name);
	return module->state == SR_MODULE_MISSING;
}

/* A blacklist stops what asks for a module by its alias, not what depends on it. */
enum sr_truth sr_module_away(const struct sr_predicting *predicting, const char *name)
{
	const struct sr_module *module = sr_snapshot_module(predicting->report->snapshot, name);

	if (!module)
		return SR_NO;
	if (!predicting->own)
		return module->blocked || (module->blacklisted &&
					   sr_rule_shows_soft_reserved(predicting->rule) &&
					   strcmp(name, "dax_hmem") == 0)
			       ? SR_YES
			       : SR_NO;
	return is_away_here(predicting->report->snapshot, module) ? SR_YES : SR_NO;
}

bool sr_has_parameter(const struct sr_snapshot *snapshot, const char *module_name,
		      const char *parameter_name)
{
	const struct sr_module *module = sr_snapshot_module(snapshot, module_name);
	const struct sr_module_parameter *parameter;

	if (!module)
		return false;
	sr_for_each (parameter, &module->parameters) {
		if (strcmp(parameter->name, parameter_name) == 0)
			return parameter->value.value && strcmp(parameter->value.value, "Y") == 0;
	}
	return false;
}

bool sr_hmem_is_disabled(const struct sr_snapshot *snapshot)
{
	return sr_has_parameter(snapshot, "device_hmem", "disable") ||
	       sr_kernel_has_word(&snapshot->kernel, "device_hmem.disable=", "1") ||
	       sr_kernel_has_word(&snapshot->kernel, "device_hmem.disable=", "Y");
}

static int start(struct sr_predicting *predicting)
{
	const struct sr_report *report = predicting->report;

	predicting->own = report->rule.certainty != SR_CERTAINTY_NONE &&
			  report->rule.rule == predicting->rule;
	predicting->shown = sr_shows_soft_reserved(report->snapshot);
	predicting->windows_whole = report->windows_whole;
	predicting->hmem_disabled = sr_hmem_is_disabled(report->snapshot);
	predicting->dax_hmem_away = sr_module_away(predicting, "dax_hmem");
	predicting->dax_cxl_away = sr_module_away(predicting, "dax_cxl");
	predicting->prediction->rule = predicting->rule;
	predicting->prediction->of_this_kernel = predicting->own;
	for (size_t i = 0; i < report->units.count; i++) {
		if (!sr_list_add(&predicting->prediction->units))
			return -ENOMEM;
	}
	return 0;
}

/* How much of one unit is whose, and where that is not known. */
struct shares {
	sr_range_list cxl;
	bool accelerators; /* a region of theirs, which makes no dax region */
	bool unknown;
};

static void shares_done(struct shares *shares)
{
	sr_range_list_free(&shares->cxl);
}

/* Under which no region makes a dax region, whatever it is. */
static bool is_without_regions(const struct sr_predicting *predicting)
{
	return predicting->rule == SR_RULE_HMEM_ONLY ||
	       (predicting->rule == SR_RULE_GLOBAL &&
		predicting->prediction->global == SR_GLOBAL_REGISTER);
}

/* The committed region of an accelerator is CXL's, though it makes no dax region. */
static bool is_accelerators(const struct sr_predicting *predicting,
			    const struct sr_predicted_region *region)
{
	return region->accelerator && region->committed == SR_YES &&
	       !is_without_regions(predicting);
}

/* Why a committed region makes no dax region. */
static int explain_region(const struct sr_predicting *predicting,
			  const struct sr_predicted_region *region, struct sr_forecast *forecast)
{
	if (region->dax != SR_NO || region->committed != SR_YES || region->accelerator ||
	    is_without_regions(predicting))
		return 0;
	if (region->ram == SR_NO)
		return sr_forecast_why(forecast, SR_CODE_REGION_NOT_RAM);
	if (region->bound == SR_NO)
		return sr_forecast_why(forecast, SR_CODE_REGION_NO_DRIVER);
	return sr_forecast_why(forecast, region->conflict == SR_YES ? SR_CODE_REGION_CONFLICT
								    : SR_CODE_MODULE_AWAY);
}

static bool is_verdict_open(const struct sr_predicting *predicting)
{
	return predicting->rule == SR_RULE_GLOBAL &&
	       predicting->prediction->global == SR_GLOBAL_UNKNOWN;
}

static int collect_shares(const struct sr_predicting *predicting, const struct sr_sweep *regions,
			  const struct sr_range_report *unit, struct shares *shares,
			  struct sr_forecast *forecast)
{
	const size_t *index;

	sr_for_each (index, &regions->active) {
		const struct sr_predicted_region *region = &predicting->regions.items[*index];
		bool accelerators = is_accelerators(predicting, region);
		struct sr_range common;

		if (!sr_range_intersect(region->range, unit->range, &common))
			continue;
		if (accelerators && sr_forecast_why(forecast, SR_CODE_ACCELERATOR))
			return -ENOMEM;
		/* Whether it is torn down may be unknown, too. */
		if (accelerators ? is_verdict_open(predicting) : region->dax == SR_UNKNOWN)
			shares->unknown = true;
		if (region->dax == SR_YES && sr_range_list_add(&shares->cxl, common))
			return -ENOMEM;
		shares->accelerators |= accelerators;
		if (explain_region(predicting, region, forecast))
			return -ENOMEM;
	}
	if (!predicting->regions_whole && predicting->rule != SR_RULE_HMEM_ONLY)
		shares->unknown = true;
	sr_range_list_join(&shares->cxl);
	return 0;
}

static enum sr_owner owner_of(const struct shares *shares, enum sr_truth hmem)
{
	if (hmem == SR_UNKNOWN || (shares->unknown && hmem != SR_YES))
		return SR_OWNER_UNKNOWN;
	if (hmem == SR_YES)
		return shares->cxl.count ? SR_OWNER_MIXED : SR_OWNER_HMEM;
	return shares->cxl.count || shares->accelerators ? SR_OWNER_CXL : SR_OWNER_NONE;
}

/* @decision: NULL where the kernel never asks hmem for the unit. */
static int forecast_owner(struct sr_predicting *predicting, const struct sr_sweep *regions,
			  size_t index, const struct sr_decision *decision)
{
	__attribute__((cleanup(shares_done))) struct shares shares = { 0 };
	const struct sr_range_report *unit = &predicting->report->units.items[index];
	struct sr_forecast *forecast = &predicting->prediction->units.items[index];

	if (collect_shares(predicting, regions, unit, &shares, forecast))
		return -ENOMEM;
	forecast->owner = owner_of(&shares, decision ? decision->hmem : SR_NO);
	if (!decision && sr_forecast_why(forecast, SR_CODE_SHADOWED))
		return -ENOMEM;
	return 0;
}

/* Units stand by address, and so do the decisions that they belong to. */
static int forecast_owners(struct sr_predicting *predicting)
{
	sr_auto_sweep struct sr_sweep sweep = { 0 };
	const struct sr_report *report = predicting->report;
	const sr_decision_list *decisions = &predicting->decisions;
	size_t at = 0;

	if (sr_sweep_start(&sweep, predicting->region_ranges.items,
			   predicting->region_ranges.count))
		return -ENOMEM;
	for (size_t i = 0; i < report->units.count; i++) {
		const struct sr_range_report *unit = &report->units.items[i];

		while (at < decisions->count &&
		       decisions->items[at].first_unit + decisions->items[at].unit_count <= i)
			at++;
		if (sr_sweep_to(&sweep, unit->range) ||
		    forecast_owner(predicting, &sweep, i,
				   at < decisions->count && decisions->items[at].first_unit <= i
					   ? &decisions->items[at]
					   : NULL))
			return -ENOMEM;
	}
	return 0;
}

int sr_predict(const struct sr_report *report, enum sr_rule rule,
	       struct sr_prediction **ret_prediction)
{
	sr_auto_prediction struct sr_prediction *prediction = calloc(1, sizeof(*prediction));
	__attribute__((cleanup(predicting_done))) struct sr_predicting predicting = {
		.report = report,
		.prediction = prediction,
		.rule = rule,
	};

	if (!prediction || start(&predicting) || sr_predict_regions(&predicting) ||
	    sr_list_decisions(&predicting) || sr_apply_rule(&predicting) ||
	    forecast_owners(&predicting) || sr_forecast_use(&predicting))
		return -ENOMEM;
	*ret_prediction = prediction;
	prediction = NULL;
	return 0;
}

struct sr_prediction *sr_prediction_free(struct sr_prediction *prediction)
{
	struct sr_forecast *forecast;

	if (!prediction)
		return NULL;
	sr_for_each (forecast, &prediction->units)
		sr_list_free(&forecast->why);
	sr_list_free(&prediction->units);
	free(prediction);
	return NULL;
}
