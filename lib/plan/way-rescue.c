// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/way-rescue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/comma-list.h"
#include "plan/modelling.h"
#include "plan/steps.h"
#include "plan/view.h"

/*
 * dax_cxl brings dax_hmem along since v7.1, which then hands out all ranges that no region
 * contains, also those that nothing decodes.
 */
static bool may_bring_dax_hmem(const struct sr_report *report, const struct sr_module *dax_cxl)
{
	const struct sr_module *dax_hmem = sr_snapshot_module(report->snapshot, "dax_hmem");
	const struct sr_range_report *unit;

	if (!dax_cxl->depends.known)
		return false;
	if (!dax_cxl->depends.value ||
	    !sr_comma_list_has(dax_cxl->depends.value, strlen(dax_cxl->depends.value), "dax_hmem"))
		return true;
	if (sr_model_has_module(report->snapshot, "dax_hmem"))
		return true;
	if (!dax_hmem || dax_hmem->blocked || dax_hmem->blacklisted ||
	    dax_hmem->state != SR_MODULE_NOT_LOADED || !report->soft_reserved_whole)
		return false;
	sr_for_each (unit, &report->units) {
		if (unit->contained != SR_YES || unit->accelerator != SR_NO)
			return false;
	}
	return true;
}

enum sr_truth sr_dax_cxl_at_hand(const struct sr_report *report)
{
	const struct sr_module *module = sr_snapshot_module(report->snapshot, "dax_cxl");

	if (!module || module->state == SR_MODULE_UNKNOWN)
		return SR_UNKNOWN;
	if (sr_model_has_module(report->snapshot, "dax_cxl"))
		return SR_YES;
	if (module->state == SR_MODULE_MISSING || module->blocked || module->blacklisted)
		return SR_NO;
	return may_bring_dax_hmem(report, module) ? SR_YES : SR_NO;
}

typedef SR_LIST(const char *) name_list;

static void name_list_guard(name_list *names)
{
	sr_list_free(names);
}

/* The names of devices of a dax region: the model's list moves as steps are added. */
static int list_devices(const struct sr_snapshot *model, const char *dax_region, name_list *names)
{
	const struct sr_dax_device *device;

	sr_for_each (device, &model->dax_devices) {
		const char **name;

		if (!device->dax_region || strcmp(device->dax_region, dax_region) != 0)
			continue;
		name = sr_list_add(names);
		if (!name)
			return -ENOMEM;
		*name = device->name;
	}
	return 0;
}

static int take_from_hmem(struct sr_planning *planning, const struct sr_dax_region *dax_region,
			  struct sr_range range)
{
	__attribute__((cleanup(name_list_guard))) name_list devices = { 0 };
	const char **device;

	if (list_devices(planning->model, dax_region->name, &devices))
		return -ENOMEM;
	sr_for_each (device, &devices) {
		int error = sr_step_release(planning, *device);

		if (error)
			return error;
	}
	return sr_step_unbind_hmem(planning, dax_region->name, range);
}

/* What dax_hmem holds of a region, each by itself. */
static int clear_region(struct sr_planning *planning, struct sr_range region)
{
	const struct sr_snapshot *now = planning->now->snapshot;

	/* The model is another snapshot: this list stays as it is. */
	for (size_t i = 0; i < now->dax_regions.count; i++) {
		const struct sr_dax_region *dax_region = &now->dax_regions.items[i];
		const struct sr_dax_region *left =
			sr_model_dax_region(planning->model, dax_region->name);
		struct sr_range range;
		int error;

		if (!left || !sr_is_held_by_hmem(left) ||
		    !sr_dax_region_place(now, dax_region, &range) ||
		    !sr_range_overlaps(range, region))
			continue;
		error = take_from_hmem(planning, dax_region, range);
		if (error)
			return error;
	}
	return 0;
}

static int bring_up(struct sr_planning *planning, const struct sr_region *region, enum sr_lack lack)
{
	const struct sr_dax_region *dax_region;
	bool loads = !sr_model_has_module(planning->model, "dax_cxl");
	int error = 0;

	if (loads)
		error = sr_step_load(planning, "dax_cxl");
	if (!error && lack == SR_LACKS_REGION)
		error = sr_step_disable(planning, region);
	if (error)
		return error;
	if (lack != SR_LACKS_PROBE)
		return sr_step_enable(planning, region);
	dax_region = sr_region_dax_region(planning->model, region);
	if (!dax_region)
		return -EINVAL;
	/* The module took it as it came. */
	return dax_region->driver.value ? 0 : sr_step_probe(planning, dax_region);
}

static bool is_still_held(const struct sr_snapshot *model, struct sr_range region)
{
	const struct sr_dax_region *dax_region;
	struct sr_range range;

	sr_for_each (dax_region, &model->dax_regions) {
		if (sr_is_held_by_hmem(dax_region) &&
		    (!sr_dax_region_place(model, dax_region, &range) ||
		     sr_range_overlaps(range, region)))
			return true;
	}
	return false;
}

/*
 * dax_hmem lets go of a stretch for all regions in it, so all of these are brought up; those
 * beyond the unit, too, unless another range that it holds is in their way.
 */
static int raise_regions(struct sr_planning *planning, struct sr_range within)
{
	const struct sr_report *now = planning->now;
	const struct sr_region *region;

	sr_for_each (region, &now->snapshot->regions) {
		const struct sr_dax_device *device;
		struct sr_range range;
		enum sr_lack lack;
		int error;

		if (!sr_region_is_able(now, region, &range) || !sr_range_overlaps(range, within))
			continue;
		if (sr_region_lack(now, region, &lack, &device))
			return -ENOMEM;
		if (lack < SR_LACKS_PROBE || lack > SR_LACKS_DRIVER ||
		    is_still_held(planning->model, range))
			continue;
		error = bring_up(planning, region, lack);
		if (error)
			return error;
	}
	return 0;
}

/* Its device was there before, and dax_hmem's kmem had the memory; or it is cut as well. */
static int bind_device(struct sr_planning *planning, const struct sr_dax_device *device)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_snapshot *model = planning->model;

	if (!sr_model_has_module(model, "kmem") || device->ranges.count != 1)
		return 0;
	if (sr_claims_new(model->iomem.items, model->iomem.count, &claims))
		return -ENOMEM;
	if (sr_device_lack(planning->now, claims, device) != SR_LACKS_NOTHING)
		return 0;
	return sr_step_bind(planning, device->name, device->ranges.items[0]);
}

/* The unit, and all that dax_hmem holds around it. */
static struct sr_range reach_of(const struct sr_planning *planning, struct sr_range unit)
{
	const struct sr_snapshot *now = planning->now->snapshot;
	const struct sr_dax_region *dax_region;
	struct sr_range reach = unit, range;

	sr_for_each (dax_region, &now->dax_regions) {
		if (!sr_is_held_by_hmem(dax_region) ||
		    !sr_dax_region_place(now, dax_region, &range) ||
		    !sr_range_overlaps(range, unit))
			continue;
		if (range.start < reach.start)
			reach.start = range.start;
		if (range.end > reach.end)
			reach.end = range.end;
	}
	return reach;
}

/*
 * What can fail without harm comes first: the module, unless a dax region waits for it that
 * dax_hmem still holds.
 */
static int load_early(struct sr_planning *planning)
{
	const struct sr_dax_region *dax_region;

	if (sr_model_has_module(planning->model, "dax_cxl"))
		return 0;
	sr_for_each (dax_region, &planning->model->dax_regions) {
		if (dax_region->holder == SR_DAX_HOLDER_CXL)
			return 0;
	}
	return sr_step_load(planning, "dax_cxl");
}

/* What a region lacks beyond a dax region, once dax_hmem has let go of its memory. */
static int free_region(struct sr_planning *planning, const struct sr_region *region,
		       struct sr_range range)
{
	size_t before = planning->plan->steps.count;
	const struct sr_dax_device *device;
	enum sr_lack lack;
	int error = 0;

	if (sr_region_lack(planning->now, region, &lack, &device))
		return -ENOMEM;
	if (lack >= SR_LACKS_PROBE && lack <= SR_LACKS_DRIVER)
		error = load_early(planning);
	if (!error)
		error = clear_region(planning, range);
	if (error || (lack != SR_LACKS_CUT && lack != SR_LACKS_CLAIM))
		return error;
	if (lack == SR_LACKS_CUT && planning->plan->steps.count == before)
		return sr_cut_device(planning, device);
	return bind_device(planning, device);
}

int sr_rescue_for_cxl(struct sr_planning *planning, const struct sr_range_report *unit)
{
	const struct sr_report *now = planning->now;
	struct sr_range reach = reach_of(planning, unit->range);
	const struct sr_region *region;

	sr_for_each (region, &now->snapshot->regions) {
		struct sr_range range;
		int error;

		if (!sr_region_is_able(now, region, &range) ||
		    !sr_range_overlaps(range, unit->range))
			continue;
		error = free_region(planning, region, range);
		if (error)
			return error;
	}
	return raise_regions(planning, reach);
}
