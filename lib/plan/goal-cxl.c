// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The policy cxl: of each unit, what committed ram regions can own is theirs and can be
 * used. So a unit asks what each of these regions lacks, and whether it may be given that
 * without a byte of what is usable getting lost.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/stages.h"
#include "plan/modelling.h"
#include "plan/view.h"
#include "plan/way-rescue.h"

/* What the able regions of a unit come to. */
struct wants {
	sr_range_list able; /* set: of all units */
	size_t count;	    /* of the regions that lie in the unit */
	enum sr_lack most;
	const struct sr_dax_device *cut; /* the first that is cut */
	bool held;			 /* hmem holds memory of one */
	bool leaves_rest;		 /* and can use what no region has */
	bool leaked;
	bool unknown;
};

static void wants_done(struct wants *wants)
{
	sr_range_list_free(&wants->able);
}

static bool has_mode_other_than_ram(const struct sr_region *region)
{
	return region->mode.value && strcmp(region->mode.value, "ram") != 0;
}

/* A unit of which CXL can own nothing, as things are. */
static int judge_without_region(const struct sr_planning *planning,
				const struct sr_range_report *unit, struct sr_plan_verdict *verdict)
{
	bool ok = unit->usable == SR_YES && unit->owner != SR_OWNER_NONE;
	enum sr_plan_class class = ok ? SR_CLASS_SATISFIED : SR_CLASS_FIRMWARE_ONLY;

	if (planning->now->rule.rule == SR_RULE_HMEM_ONLY &&
	    planning->now->rule.certainty != SR_CERTAINTY_NONE)
		return sr_verdict_set(verdict, ok ? SR_CLASS_SATISFIED : SR_CLASS_NEXT_BOOT,
				      SR_PLAN_KERNEL_WITHOUT_RAM_REGIONS);
	if (!unit->touches_window)
		return sr_verdict_set(verdict, class, SR_PLAN_OUTSIDE_WINDOWS);
	if (unit->region && has_mode_other_than_ram(unit->region))
		return sr_verdict_set(verdict, class, SR_PLAN_REGION_IS_NOT_RAM);
	return sr_verdict_set(verdict, class, SR_PLAN_NO_COMMITTED_REGION);
}

static int look_at_holder(const struct sr_planning *planning,
			  const struct sr_dax_region *dax_region, struct sr_range region,
			  struct wants *wants)
{
	struct sr_holding holding;
	struct sr_range range;

	if (!sr_is_held_by_hmem(dax_region))
		return 0;
	if (!sr_dax_region_place(planning->now->snapshot, dax_region, &range)) {
		wants->unknown = true;
		return 0;
	}
	if (!sr_range_overlaps(range, region))
		return 0;
	if (!dax_region->driver.known)
		wants->unknown = true;
	wants->held = true;
	if (sr_look_at_holding(planning->now, dax_region, &holding))
		return -ENOMEM;
	wants->unknown |= holding.unknown;
	wants->leaked |= holding.leaked;
	wants->leaves_rest |= holding.usable && !sr_set_contains(&wants->able, range);
	return 0;
}

static int look_at_region(const struct sr_planning *planning, const struct sr_range_report *unit,
			  const struct sr_region *region, struct sr_range range,
			  struct wants *wants)
{
	const struct sr_snapshot *snapshot = planning->now->snapshot;
	const struct sr_dax_device *device;
	const struct sr_dax_region *dax_region;
	enum sr_lack lack;

	wants->count++;
	if (sr_region_lack(planning->now, region, &lack, &device))
		return -ENOMEM;
	if (lack == SR_LACKS_CUT && !wants->cut)
		wants->cut = device;
	if (lack > wants->most)
		wants->most = lack;
	/* Before v7.1 both can have a dax region of the same memory, which this unit may have. */
	if (lack == SR_LACKS_NOTHING && !sr_range_intersect(range, unit->range, &range))
		return 0;
	sr_for_each (dax_region, &snapshot->dax_regions) {
		if (look_at_holder(planning, dax_region, range, wants))
			return -ENOMEM;
	}
	return 0;
}

static int look(const struct sr_planning *planning, const struct sr_range_report *unit,
		struct wants *wants)
{
	const struct sr_region *region;
	struct sr_range range;

	if (sr_list_able(planning->now, &wants->able))
		return -ENOMEM;
	sr_for_each (region, &planning->now->snapshot->regions) {
		if (sr_region_is_able(planning->now, region, &range) &&
		    sr_range_overlaps(range, unit->range) &&
		    look_at_region(planning, unit, region, range, wants))
			return -ENOMEM;
	}
	return 0;
}

/* dax_cxl must be at hand before anything is taken from hmem. */
static int judge_module(struct sr_planning *planning, struct sr_plan_verdict *verdict,
			bool *ret_fits)
{
	enum sr_truth at_hand = sr_dax_cxl_at_hand(planning->now);

	*ret_fits = at_hand == SR_YES;
	if (*ret_fits)
		return 0;
	if (at_hand == SR_NO) {
		sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_MODULE_KEPT_OUT);
		return sr_advise_module(planning, "dax_cxl", verdict);
	}
	verdict->detail = "whether module dax_cxl can be loaded";
	return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN);
}

static void explain_steps(const struct sr_planning *planning, const struct wants *wants,
			  struct sr_plan_verdict *verdict)
{
	verdict->class = SR_CLASS_REACHABLE;
	verdict->way = sr_rescue_for_cxl;
	if (wants->held)
		sr_verdict_add(verdict, SR_PLAN_HELD_BY_HMEM);
	if (wants->most == SR_LACKS_PROBE || wants->most == SR_LACKS_REGION)
		sr_verdict_add(verdict, SR_PLAN_DAX_REGION_IDLE);
	if (wants->most == SR_LACKS_DRIVER)
		sr_verdict_add(verdict, SR_PLAN_REGION_DISABLED);
	if (wants->most >= SR_LACKS_PROBE && wants->most <= SR_LACKS_DRIVER &&
	    !sr_model_has_module(planning->now->snapshot, "dax_cxl"))
		sr_verdict_add(verdict, SR_PLAN_MODULE_NOT_LOADED);
}

static int judge_lack(struct sr_planning *planning, const struct wants *wants,
		      struct sr_plan_verdict *verdict)
{
	bool fits = false;

	if (wants->most == SR_LACKS_REBOOT || wants->leaked) {
		verdict->detail = "reboot, for what leaked is freed by nothing else";
		return sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_MEMORY_LEAKED);
	}
	if (wants->most == SR_LACKS_CLAIM && !wants->held)
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_CLAIMED_BY_ANOTHER);
	if (wants->most == SR_LACKS_CUT && !wants->held) {
		verdict->way = sr_rescue_for_cxl;
		if (sr_can_cut(planning, wants->cut, verdict, &fits))
			return -ENOMEM;
		verdict->class = fits ? SR_CLASS_REACHABLE : SR_CLASS_FIRMWARE_ONLY;
		sr_verdict_add(verdict, fits ? SR_PLAN_DEVICE_CUT : SR_PLAN_NOT_DIVISIBLE);
		return 0;
	}
	fits = wants->most < SR_LACKS_PROBE || wants->most > SR_LACKS_DRIVER;
	if (!fits && judge_module(planning, verdict, &fits))
		return -ENOMEM;
	if (fits)
		explain_steps(planning, wants, verdict);
	return 0;
}

static int judge_regions(struct sr_planning *planning, const struct sr_range_report *unit,
			 struct wants *wants, struct sr_plan_verdict *verdict)
{
	bool whole = sr_set_contains(&wants->able, unit->range);
	int error;

	if (wants->most == SR_LACKS_NOTHING && !wants->held) {
		if (!whole)
			sr_verdict_add(verdict, SR_PLAN_BEYOND_REGIONS);
		return 0;
	}
	if (sr_is_unknown(planning, unit, verdict, &error))
		return error;
	if (wants->most == SR_LACKS_KNOWLEDGE || wants->unknown) {
		verdict->detail = "what holds its memory";
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN);
	}
	if (wants->leaves_rest)
		return sr_verdict_set(verdict, SR_CLASS_SATISFIED, SR_PLAN_NOT_CONTAINED);
	error = judge_lack(planning, wants, verdict);
	if (!error && verdict->class == SR_CLASS_REACHABLE && !whole)
		sr_verdict_add(verdict, SR_PLAN_BEYOND_REGIONS);
	return error;
}

/* It is for its driver, and hmem or kmem must not get it. */
static int judge_accelerators(const struct sr_range_report *unit, struct sr_plan_verdict *verdict)
{
	bool taken = unit->owner == SR_OWNER_HMEM || unit->owner == SR_OWNER_MIXED ||
		     (unit->online.known && unit->online.value);

	return sr_verdict_set(verdict, taken ? SR_CLASS_IMPOSSIBLE : SR_CLASS_SATISFIED,
			      SR_PLAN_ACCELERATORS_MEMORY);
}

int sr_judge_for_cxl(struct sr_planning *planning, const struct sr_range_report *unit,
		     struct sr_plan_verdict *verdict)
{
	__attribute__((cleanup(wants_done))) struct wants wants = { 0 };
	bool unread = !planning->now->regions_whole || unit->usable == SR_UNKNOWN;
	int error;

	if (unit->accelerator == SR_YES)
		return judge_accelerators(unit, verdict);
	if (look(planning, unit, &wants))
		return -ENOMEM;
	if (wants.count)
		return judge_regions(planning, unit, &wants, verdict);
	if (unread && sr_is_unknown(planning, unit, verdict, &error))
		return error;
	if (sr_has_why(unit, SR_CODE_NO_WINDOW_PUBLISHED)) {
		sr_verdict_set(verdict, SR_CLASS_NEXT_BOOT, SR_PLAN_CXL_KEPT_OUT);
		return sr_advise_module(planning, "cxl_acpi", verdict);
	}
	if (unread) {
		verdict->detail = "which regions there are";
		return sr_verdict_set(verdict, SR_CLASS_IMPOSSIBLE, SR_PLAN_NOT_KNOWN);
	}
	return judge_without_region(planning, unit, verdict);
}
