// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The policy hmem: each unit is dax_hmem's, and can be used. Out of CXL's hands it comes only
 * where CXL's modules go, and then only with locked decoders: else these are reset, and the
 * memory decodes no longer.
 */
#include <errno.h>
#include <stdlib.h>

#include "judgement/stages.h"
#include "plan/modelling.h"
#include "plan/planning.h"
#include "plan/view.h"

static const struct sr_dax_device *find_cut(const struct sr_report *report,
					    const struct sr_range_report *unit,
					    const struct sr_claims *claims, enum sr_lack *ret_lack)
{
	const struct sr_dax_device *found = NULL;
	const struct sr_range_device *item;

	*ret_lack = SR_LACKS_NOTHING;
	sr_for_each (item, &unit->devices) {
		enum sr_lack lack = sr_device_lack(report, claims, item->device);

		if (item->device->holder != SR_DAX_HOLDER_HMEM || lack <= *ret_lack)
			continue;
		*ret_lack = lack;
		found = item->device;
	}
	return found;
}

static int cut_for_hmem(struct sr_planning *planning, const struct sr_range_report *unit)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_snapshot *now = planning->now->snapshot;
	const struct sr_dax_device *device;
	enum sr_lack lack;

	if (sr_claims_new(now->iomem.items, now->iomem.count, &claims))
		return -ENOMEM;
	device = find_cut(planning->now, unit, claims, &lack);
	return device ? sr_cut_device(planning, device) : -EINVAL;
}

/* It is hmem's, and no driver can claim its device. */
static int judge_unusable(struct sr_planning *planning, const struct sr_range_report *unit,
			  struct sr_plan_verdict *verdict)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_snapshot *now = planning->now->snapshot;
	const struct sr_dax_device *device;
	enum sr_lack lack;
	bool can = false;

	if (sr_claims_new(now->iomem.items, now->iomem.count, &claims))
		return -ENOMEM;
	device = find_cut(planning->now, unit, claims, &lack);
	if (lack == SR_LACKS_REBOOT) {
		verdict->detail = "reboot, for what leaked is freed by nothing else";
		return sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_MEMORY_LEAKED);
	}
	if (lack == SR_LACKS_CLAIM)
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_CLAIMED_BY_ANOTHER);
	if (lack == SR_LACKS_CUT && sr_can_cut(planning, device, verdict, &can))
		return -ENOMEM;
	verdict->class = can ? SR_CLASS_REACHABLE : SR_CLASS_FIRMWARE_ONLY;
	verdict->way = cut_for_hmem;
	sr_verdict_add(verdict, can ? SR_PLAN_DEVICE_CUT : SR_PLAN_NOT_DIVISIBLE);
	return 0;
}

/* No window is there, and dax_hmem has not taken it all the same. */
static int judge_outside(struct sr_planning *planning, const struct sr_range_report *unit,
			 struct sr_plan_verdict *verdict)
{
	if (sr_hmem_is_disabled(planning->now->snapshot)) {
		verdict->detail = "remove device_hmem.disable from the kernel command line";
		return sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_RULE_RUNS_AT_BOOT);
	}
	if (!sr_model_has_module(planning->now->snapshot, "dax_hmem")) {
		sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_MODULE_KEPT_OUT);
		return sr_advise_module(planning, "dax_hmem", verdict);
	}
	if (unit->expected != SR_OWNER_HMEM)
		return sr_verdict_set(verdict, SR_CLASS_FIRMWARE_ONLY, SR_PLAN_HMEM_REFUSES);
	return sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_RULE_RUNS_AT_BOOT);
}

static int judge_boot(struct sr_planning *planning, enum sr_plan_reason hindrance,
		      struct sr_plan_verdict *verdict)
{
	enum sr_plan_reason reason;

	if (sr_judge_boot(planning, &reason))
		return -ENOMEM;
	sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, hindrance);
	sr_verdict_add(verdict, reason);
	switch (reason) {
	case SR_PLAN_HMEM_TAKES_AT_BOOT:
	case SR_PLAN_MODULE_KEPT_OUT:
	case SR_PLAN_RULE_RUNS_AT_BOOT:
		return sr_advise_hmem(planning, verdict);
	case SR_PLAN_NEIGHBOUR_NOT_DECODED:
		verdict->class = SR_CLASS_FIRMWARE_ONLY;
		return 0;
	case SR_PLAN_MODULE_NOT_REMOVABLE:
		/* module_blacklist= and modprobe.d are of modules alone. */
		verdict->detail = "cxl_acpi is built into this kernel, and cannot be kept out";
		break;
	case SR_PLAN_NOT_KNOWN:
		verdict->detail = "whether cxl_acpi can be kept out, and dax_hmem is there";
		break;
	default:
		break;
	}
	verdict->class = SR_CLASS_IMPOSSIBLE;
	return 0;
}

/* alloc_dax_region() takes no range that is not aligned to PMD_SIZE (drivers/dax/bus.c). */
static bool is_aligned(struct sr_range range)
{
	return range.start % 0x200000 == 0 && (range.end + 1) % 0x200000 == 0;
}

static int judge_in_window(struct sr_planning *planning, const struct sr_range_report *unit,
			   struct sr_plan_verdict *verdict)
{
	sr_auto_range_list sr_range_list able = { 0 };
	const struct sr_region *region = unit->region;
	enum sr_plan_reason reason;
	struct sr_range range;

	if (sr_list_able(planning->now, &able) || sr_judge_locked(planning, &reason))
		return -ENOMEM;
	if (region && !sr_region_is_able(planning->now, region, &range))
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_OTHER_MEMORY_TOUCHED);
	if (!sr_set_contains(&able, unit->range))
		return sr_verdict_set(verdict, SR_CLASS_FIRMWARE_ONLY, SR_PLAN_NOT_DECODED);
	if (!unit->has_candidate || !is_aligned(unit->candidate))
		return sr_verdict_set(verdict, SR_CLASS_FIRMWARE_ONLY, SR_PLAN_HMEM_REFUSES);
	if (reason == SR_PLAN_NOT_KNOWN) {
		verdict->detail = "which ranges, regions, decoders and modules there are";
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, reason);
	}
	if (reason != SR_PLAN_DECODERS_LOCKED)
		return judge_boot(planning, reason, verdict);
	sr_verdict_set(verdict, SR_CLASS_REACHABLE, reason);
	sr_verdict_add(verdict, SR_PLAN_HOLDS_UNTIL_CXL_ACPI_LOADS);
	verdict->way = sr_all_to_hmem;
	return 0;
}

int sr_judge_for_hmem(struct sr_planning *planning, const struct sr_range_report *unit,
		      struct sr_plan_verdict *verdict)
{
	bool owned = unit->owner == SR_OWNER_HMEM && unit->lost.known && !unit->lost.value;
	int error;

	if (unit->accelerator == SR_YES)
		return sr_verdict_set(verdict,
				      unit->owner == SR_OWNER_HMEM ? SR_CLASS_SATISFIED
								   : SR_CLASS_IMPOSSIBLE,
				      SR_PLAN_ACCELERATORS_MEMORY);
	if (owned && unit->usable == SR_YES)
		return 0;
	if (sr_is_unknown(planning, unit, verdict, &error))
		return error;
	if (owned)
		return judge_unusable(planning, unit, verdict);
	if (!planning->now->windows_whole || !planning->now->regions_whole) {
		verdict->detail = "which windows and regions there are";
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN);
	}
	if (!unit->touches_window)
		return judge_outside(planning, unit, verdict);
	return judge_in_window(planning, unit, verdict);
}
