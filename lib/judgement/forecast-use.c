// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Who could use what: a dax region is worth nothing where no driver can claim the
 * range of its device (judgement/claim.h). Then the driver that comes by itself, and
 * what comes online.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/sweep.h"
#include "judgement/claim.h"
#include "judgement/predicted-tree.h"
#include "judgement/predicting.h"
#include "judgement/stages.h"

/* A dax device as it would be made: over the whole dax region. */
struct device {
	struct sr_range range;
	enum sr_truth usable;
	bool of_hmem;
};

struct weighing {
	struct sr_predicting *predicting;
	sr_iomem_node_list nodes, without_windows;
	struct sr_claims *claims, *claims_without_windows;
	SR_LIST(struct device) devices;
	sr_range_list ranges; /* of the devices */
	struct sr_sweep sweep;
};

static void weighing_done(struct weighing *weighing)
{
	sr_list_free(&weighing->nodes);
	sr_list_free(&weighing->without_windows);
	sr_claims_free(weighing->claims);
	sr_claims_free(weighing->claims_without_windows);
	sr_list_free(&weighing->devices);
	sr_range_list_free(&weighing->ranges);
	sr_sweep_done(&weighing->sweep);
}

static int list_nodes(struct weighing *weighing)
{
	const struct sr_predicting *predicting = weighing->predicting;
	bool torn_down = predicting->rule == SR_RULE_GLOBAL &&
			 predicting->prediction->global == SR_GLOBAL_REGISTER;
	const sr_range_list none = { 0 };
	struct sr_predicted_tree tree = {
		.rule = predicting->rule,
		.of_this_kernel = predicting->own,
		.shown = predicting->shown,
		.regions = torn_down || predicting->rule == SR_RULE_HMEM_ONLY
				   ? &none
				   : &predicting->region_ranges,
	};

	if (sr_predicted_nodes(predicting->report, &tree, &weighing->nodes) ||
	    sr_claims_new(weighing->nodes.items, weighing->nodes.count, &weighing->claims))
		return -ENOMEM;
	tree.without_windows = true;
	if (sr_predicted_nodes(predicting->report, &tree, &weighing->without_windows))
		return -ENOMEM;
	return sr_claims_new(weighing->without_windows.items, weighing->without_windows.count,
			     &weighing->claims_without_windows);
}

static bool is_claimable(const struct weighing *weighing, const struct sr_claims *claims,
			 struct sr_range range)
{
	struct sr_u64 block_size = weighing->predicting->report->snapshot->memory_block_size;
	const struct sr_iomem_node *node;

	return sr_claim_by_driver(claims, range, block_size, &node) == SR_CLAIM_POSSIBLE;
}

/*
 * Before v6.3 nothing orders the drivers: cxl_acpi may publish the windows before or
 * after somebody claims the device, and puts them around or below it.
 */
static enum sr_truth is_usable(const struct weighing *weighing, struct sr_range range)
{
	if (is_claimable(weighing, weighing->claims, range))
		return sr_source_is_whole(weighing->predicting->report->snapshot, SR_SOURCE_IOMEM)
			       ? SR_YES
			       : SR_UNKNOWN;
	if (weighing->predicting->rule == SR_RULE_HMEM_ONLY &&
	    is_claimable(weighing, weighing->claims_without_windows, range))
		return SR_UNKNOWN;
	return SR_NO;
}

static int add_device(struct weighing *weighing, struct sr_range range, bool of_hmem)
{
	struct device *device = sr_list_add(&weighing->devices);

	if (!device)
		return -ENOMEM;
	*device = (struct device){ range, is_usable(weighing, range), of_hmem };
	return sr_range_list_add(&weighing->ranges, range);
}

static int list_devices(struct weighing *weighing)
{
	const struct sr_predicting *predicting = weighing->predicting;
	const struct sr_decision *decision;
	const struct sr_predicted_region *region;

	sr_for_each (decision, &predicting->decisions) {
		if (decision->hmem == SR_YES && add_device(weighing, decision->range, true))
			return -ENOMEM;
	}
	sr_for_each (region, &predicting->regions) {
		if (region->dax == SR_YES && add_device(weighing, region->range, false))
			return -ENOMEM;
	}
	return 0;
}

/* As the modules of this kernel are; kmem is there unless it was left out. */
static struct sr_text driver_of(const struct sr_predicting *predicting, bool of_hmem)
{
	const struct sr_snapshot *snapshot = predicting->report->snapshot;
	const struct sr_module *kmem = sr_snapshot_module(snapshot, "kmem");
	/* Without IORESOURCE_DAX_KMEM, which hmem's regions have since v6.3. */
	bool plain = of_hmem && predicting->rule == SR_RULE_HMEM_ONLY;
	bool left_out = kmem && kmem->state == SR_MODULE_MISSING;

	if (of_hmem && sr_has_parameter(snapshot, "dax_hmem", "region_idle"))
		return sr_text_of(NULL);
	/* dax_match_type(), drivers/dax/bus.c: device_dax takes them where there is no kmem. */
	if (plain || left_out)
		return sr_text_of(
			sr_module_away(predicting, "device_dax") == SR_YES ? NULL : "device_dax");
	return sr_text_of(sr_module_away(predicting, "kmem") == SR_YES ? NULL : "kmem");
}

/* What kmem adds comes online where the kernel's policy says so. */
static struct sr_u64 online_of(const struct sr_snapshot *snapshot, struct sr_range device,
			       struct sr_range unit)
{
	struct sr_range trimmed, common;

	if (!snapshot->auto_online.known || !snapshot->auto_online.value ||
	    !snapshot->memory_block_size.known)
		return (struct sr_u64){ 0 };
	if (strcmp(snapshot->auto_online.value, "offline") == 0 ||
	    !sr_claim_trim(device, snapshot->memory_block_size, &trimmed) ||
	    !sr_range_intersect(trimmed, unit, &common))
		return sr_u64_of(0);
	return sr_u64_of(sr_range_size(common));
}

static void weigh_device(const struct sr_predicting *predicting, const struct device *device,
			 struct sr_range unit, struct sr_forecast *forecast)
{
	struct sr_text driver = driver_of(predicting, device->of_hmem);
	struct sr_range common;

	if (!sr_range_intersect(device->range, unit, &common) || device->usable == SR_NO)
		return;
	if (device->usable == SR_UNKNOWN) {
		forecast->usable_bytes.known = forecast->driver.known = false;
		forecast->online.known = false;
		return;
	}
	forecast->usable_bytes.value += sr_range_size(common);
	forecast->driver.value = driver.value;
	if (driver.value && strcmp(driver.value, "kmem") == 0)
		sr_u64_add(&forecast->online,
			   online_of(predicting->report->snapshot, device->range, unit));
}

static int explain_use(const struct weighing *weighing, struct sr_range unit,
		       struct sr_forecast *forecast)
{
	const size_t *index;

	sr_for_each (index, &weighing->sweep.active) {
		const struct device *device = &weighing->devices.items[*index];
		bool by_order = device->usable == SR_UNKNOWN &&
				!is_claimable(weighing, weighing->claims, device->range);

		if (!sr_range_overlaps(device->range, unit) || device->usable == SR_YES)
			continue;
		if (device->usable == SR_NO && sr_forecast_why(forecast, SR_CODE_NOT_CLAIMABLE))
			return -ENOMEM;
		if (device->usable == SR_UNKNOWN &&
		    sr_forecast_why(forecast,
				    by_order ? SR_CODE_CLAIM_ORDER : SR_CODE_CLAIM_UNKNOWN))
			return -ENOMEM;
	}
	return 0;
}

static int weigh_unit(struct weighing *weighing, size_t index)
{
	const struct sr_predicting *predicting = weighing->predicting;
	struct sr_range unit = predicting->report->units.items[index].range;
	struct sr_forecast *forecast = &predicting->prediction->units.items[index];
	bool known = forecast->owner != SR_OWNER_UNKNOWN;
	const size_t *active;

	forecast->usable_bytes.known = forecast->driver.known = known;
	/* On another kernel another policy may be the default. */
	forecast->online.known = known && predicting->own;
	if (sr_sweep_to(&weighing->sweep, unit) || explain_use(weighing, unit, forecast))
		return -ENOMEM;
	sr_for_each (active, &weighing->sweep.active)
		weigh_device(predicting, &weighing->devices.items[*active], unit, forecast);
	if (forecast->usable_bytes.known)
		forecast->usable = forecast->usable_bytes.value == sr_range_size(unit) ? SR_YES
										       : SR_NO;
	return 0;
}

int sr_forecast_use(struct sr_predicting *predicting)
{
	__attribute__((cleanup(weighing_done))) struct weighing weighing = {
		.predicting = predicting,
	};
	struct sr_prediction *prediction = predicting->prediction;

	if (list_nodes(&weighing) || list_devices(&weighing) ||
	    sr_sweep_start(&weighing.sweep, weighing.ranges.items, weighing.ranges.count))
		return -ENOMEM;
	prediction->usable_bytes = sr_u64_of(0);
	for (size_t i = 0; i < prediction->units.count; i++) {
		if (weigh_unit(&weighing, i))
			return -ENOMEM;
		sr_u64_add(&prediction->usable_bytes, prediction->units.items[i].usable_bytes);
	}
	return 0;
}
