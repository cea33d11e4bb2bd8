// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * May CXL's modules go, now or by a boot without them, so that dax_hmem takes all? Without
 * windows it takes every range there is, so each of them must be decoded by a committed
 * region, and, when that goes now, by locked decoders (cxl_region_decode_reset(),
 * drivers/cxl/core/region.c, leaves those alone).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/stages.h"
#include "plan/model-memory.h"
#include "plan/modelling.h"
#include "plan/view.h"
#include "plan/way-locked.h"

#define FITS SR_PLAN_DECODERS_LOCKED

static enum sr_plan_reason judge_regions(const struct sr_report *report, const sr_range_list *units)
{
	const struct sr_region *region;
	struct sr_range range;

	sr_for_each (region, &report->snapshot->regions) {
		if (!sr_region_is_able(report, region, &range) || !region->driver.known)
			return SR_PLAN_OTHER_MEMORY_TOUCHED;
		if (region->locked != SR_YES)
			return SR_PLAN_DECODERS_NOT_LOCKED;
		if (!sr_set_contains(units, range))
			return SR_PLAN_REGION_OUTSIDE_UNITS;
	}
	return FITS;
}

/* A region's `locked` is that of any of its decoders; here it must be that of all. */
static enum sr_plan_reason judge_decoders(const struct sr_report *report)
{
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &report->snapshot->endpoint_decoders) {
		/* Of one that decodes nothing nothing else is read (sources/cxl.c). */
		if (decoder->size.known && !decoder->size.value && !decoder->region.value)
			continue;
		if (decoder->locked != SR_YES)
			return SR_PLAN_DECODERS_NOT_LOCKED;
	}
	return FITS;
}

/* Online without a driver: it leaked from kmem, and would outlive its region. */
static bool is_leaked(const struct sr_snapshot *snapshot, const struct sr_dax_device *device)
{
	const struct sr_range *range;

	if (device->driver.value)
		return false;
	sr_for_each (range, &device->ranges) {
		if (sr_model_may_be_online(snapshot, *range))
			return true;
	}
	return false;
}

static enum sr_plan_reason judge_dax(const struct sr_report *report)
{
	const struct sr_dax_device *device;
	const struct sr_dax_region *dax_region;

	sr_for_each (device, &report->snapshot->dax_devices) {
		if (device->holder == SR_DAX_HOLDER_PMEM)
			return SR_PLAN_OTHER_MEMORY_TOUCHED;
		if (device->holder == SR_DAX_HOLDER_UNKNOWN || !device->driver.known ||
		    !device->dax_region || !device->ranges_known)
			return SR_PLAN_NOT_KNOWN;
		if (is_leaked(report->snapshot, device))
			return SR_PLAN_MEMORY_LEAKED;
	}
	sr_for_each (dax_region, &report->snapshot->dax_regions) {
		if (!dax_region->driver.known)
			return SR_PLAN_NOT_KNOWN;
	}
	return FITS;
}

static enum sr_plan_reason judge_modules(const struct sr_report *report)
{
	const struct sr_snapshot *snapshot = report->snapshot;

	for (size_t i = 0; i < SR_CXL_MODULE_COUNT; i++) {
		const struct sr_module *module = sr_snapshot_module(snapshot, sr_cxl_modules[i]);

		if (!module || module->state == SR_MODULE_UNKNOWN)
			return SR_PLAN_NOT_KNOWN;
		if (module->state == SR_MODULE_BUILT_IN)
			return SR_PLAN_MODULE_NOT_REMOVABLE;
	}
	if (!sr_model_has_module(snapshot, "dax_hmem"))
		return SR_PLAN_MODULE_KEPT_OUT;
	if (snapshot->hmem_platforms.count != 1 || !snapshot->hmem_platforms.items[0].driver.known)
		return SR_PLAN_NOT_KNOWN;
	return FITS;
}

/* All that dax_hmem would get; what it has it may keep only where it is decoded, too. */
static enum sr_plan_reason judge_units(const struct sr_report *report, const sr_range_list *able)
{
	const struct sr_range_report *unit;

	if (report->accelerator_regions.count)
		return SR_PLAN_OTHER_MEMORY_TOUCHED;
	sr_for_each (unit, &report->units) {
		if (unit->accelerator != SR_NO)
			return SR_PLAN_OTHER_MEMORY_TOUCHED;
		if (!unit->touches_window && unit->has_candidate &&
		    sr_range_equal(unit->candidate, unit->range))
			continue;
		if (!unit->has_candidate || !sr_set_contains(able, unit->candidate))
			return SR_PLAN_NEIGHBOUR_NOT_DECODED;
	}
	return FITS;
}

static int list_units(const struct sr_report *report, sr_range_list *units)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &report->units) {
		if (sr_range_list_add(units, unit->range))
			return -ENOMEM;
	}
	sr_range_list_join(units);
	return 0;
}

int sr_judge_locked(struct sr_planning *planning, enum sr_plan_reason *ret_reason)
{
	sr_auto_range_list sr_range_list able = { 0 }, units = { 0 };
	const struct sr_report *report = planning->now;

	if (sr_list_able(report, &able) || list_units(report, &units))
		return -ENOMEM;
	/* Only since v7.1 a region tells whether it is locked. */
	*ret_reason = report->rule.rule == SR_RULE_PER_RANGE ? FITS : SR_PLAN_DECODERS_NOT_LOCKED;
	/* dax_hmem takes what is not seen here, too. */
	if (!report->windows_whole || !report->regions_whole || !report->soft_reserved_whole)
		*ret_reason = SR_PLAN_NOT_KNOWN;
	if (*ret_reason == FITS)
		*ret_reason = judge_decoders(report);
	if (*ret_reason == FITS)
		*ret_reason = judge_units(report, &able);
	if (*ret_reason == FITS)
		*ret_reason = judge_regions(report, &units);
	if (*ret_reason == FITS)
		*ret_reason = judge_dax(report);
	if (*ret_reason == FITS)
		*ret_reason = judge_modules(report);
	return 0;
}

static bool is_other_memory(const struct sr_report *report, const struct sr_range_report *unit)
{
	const struct sr_region *region;
	struct sr_range range;

	if (unit->accelerator != SR_NO)
		return true;
	sr_for_each (region, &report->snapshot->regions) {
		if (region->committed != SR_NO && sr_region_range(region, &range) &&
		    sr_range_overlaps(range, unit->range) &&
		    !sr_region_is_able(report, region, &range))
			return true;
	}
	return false;
}

/* A file below modprobe.d that keeps dax_hmem out does so at the next boot, be it loaded now. */
static enum sr_plan_reason judge_boot_modules(const struct sr_snapshot *snapshot)
{
	const struct sr_module *acpi = sr_snapshot_module(snapshot, "cxl_acpi");
	const struct sr_module *hmem = sr_snapshot_module(snapshot, "dax_hmem");

	if (!acpi || acpi->state == SR_MODULE_UNKNOWN || !hmem || hmem->state == SR_MODULE_UNKNOWN)
		return SR_PLAN_NOT_KNOWN;
	if (acpi->state == SR_MODULE_BUILT_IN)
		return SR_PLAN_MODULE_NOT_REMOVABLE;
	if (sr_is_away_at_boot(hmem))
		return SR_PLAN_MODULE_KEPT_OUT;
	/* Who takes nothing, or makes no device of it, leaves it to nobody. */
	if (sr_hmem_is_disabled(snapshot) || sr_hmem_is_idle(snapshot))
		return SR_PLAN_RULE_RUNS_AT_BOOT;
	return SR_PLAN_HMEM_TAKES_AT_BOOT;
}

/* What is hmem's already does not change by such a boot. */
int sr_judge_boot(struct sr_planning *planning, enum sr_plan_reason *ret_reason)
{
	sr_auto_range_list sr_range_list able = { 0 };
	const struct sr_report *report = planning->now;
	const struct sr_range_report *unit;

	if (sr_list_able(report, &able))
		return -ENOMEM;
	*ret_reason = judge_boot_modules(report->snapshot);
	sr_for_each (unit, &report->units) {
		if (unit->owner == SR_OWNER_HMEM)
			continue;
		if (is_other_memory(report, unit)) {
			*ret_reason = SR_PLAN_OTHER_MEMORY_TOUCHED;
			return 0;
		}
		if (unit->touches_window &&
		    !sr_set_contains(&able, unit->has_candidate ? unit->candidate : unit->range))
			*ret_reason = SR_PLAN_NEIGHBOUR_NOT_DECODED;
	}
	return 0;
}
