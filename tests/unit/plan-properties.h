/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What holds of every plan: no step breaks a "never", nothing that can be used is lost, the
 * model of the kernel comes to the end that was promised, a plan of that end has no steps, and
 * the same machine gets the same plan.
 */
#pragma once

#include "made-plans.h"

/* What happened at least once, so that the cases do not grow dull unnoticed. */
static struct {
	unsigned int actions, classes;
	uint64_t reasons;
	size_t steps, unsafe;
} seen;

static char failure[512];

__attribute__((format(printf, 1, 2))) static inline bool fails(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(failure, sizeof(failure), format, arguments);
	va_end(arguments);
	return false;
}

static inline const struct sr_dax_device *device_named(const struct sr_snapshot *now,
						       const char *name)
{
	const struct sr_dax_device *device;

	sr_for_each (device, &now->dax_devices) {
		if (strcmp(device->name, name) == 0)
			return device;
	}
	return NULL;
}

static inline bool is_online(const struct sr_snapshot *now, struct sr_range range)
{
	const struct sr_memory_block *block;

	sr_for_each (block, &now->memory_blocks) {
		if (block->state != SR_BLOCK_OFFLINE && sr_range_overlaps(block->range, range))
			return true;
	}
	return false;
}

/* Before v7.1 another device of the same memory can be the one that uses it. */
static inline bool is_anothers(const struct sr_snapshot *now, const struct sr_dax_device *device)
{
	const struct sr_dax_device *other;

	sr_for_each (other, &now->dax_devices) {
		if (other != device && other->driver.value &&
		    sr_range_overlaps(other->ranges.items[0], device->ranges.items[0]))
			return true;
	}
	return false;
}

static inline bool is_any_online(const struct sr_snapshot *now, const struct sr_dax_device *device)
{
	const struct sr_range *range;

	sr_for_each (range, &device->ranges) {
		if (is_online(now, *range) && (device->driver.value || !is_anothers(now, device)))
			return true;
	}
	return false;
}

/* Of all devices that belong to dax regions with @name, or to CXL, or hmem. */
static inline bool are_devices_idle(const struct sr_snapshot *now, const char *dax_region,
				    enum sr_dax_holder holder)
{
	const struct sr_dax_device *device;

	sr_for_each (device, &now->dax_devices) {
		bool meant = dax_region ? strcmp(device->dax_region, dax_region) == 0
					: device->holder == holder;

		if (meant && (device->driver.value || is_any_online(now, device)))
			return false;
	}
	return true;
}

/* Decoded by a committed ram region of no accelerator, byte by byte of the grid. */
static inline bool is_decoded(const struct sr_snapshot *now, struct sr_range range)
{
	const struct sr_region *region;
	struct sr_range other;

	if (!sr_range_overlaps(range, window))
		return true;
	for (uint64_t at = range.start; at < range.end; at += 0x100000) {
		bool found = false;

		sr_for_each (region, &now->regions)
			found |= region->committed == SR_YES &&
				 strcmp(region->mode.value, "ram") == 0 &&
				 sr_region_range(region, &other) && other.start <= at &&
				 at <= other.end;
		if (!found)
			return false;
	}
	return true;
}

static inline bool is_accelerators(const struct sr_snapshot *now, struct sr_range range)
{
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &now->endpoint_decoders) {
		if (strcmp(decoder->target_type.value, "accelerator") == 0 &&
		    sr_range_overlaps(span(decoder->start.value,
					   decoder->start.value + decoder->size.value - 1),
				      range))
			return true;
	}
	return false;
}

static inline bool are_all_locked(const struct sr_snapshot *now)
{
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &now->endpoint_decoders) {
		if (decoder->locked != SR_YES)
			return false;
	}
	return true;
}

/* Everything that hmem would take with no window there, as the machine was. */
static inline bool is_all_decoded(const struct sr_report *report)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &report->units) {
		if (!is_decoded(report->snapshot, unit->range) ||
		    is_accelerators(report->snapshot, unit->range))
			return false;
	}
	return true;
}

/* @now: before the step. */
static inline bool is_step_allowed(const struct sr_report *report, const struct sr_snapshot *now,
				   const struct sr_step *step)
{
	const struct sr_dax_device *device = device_named(now, step->target);
	const char *number = strpbrk(step->target, "0123456789");
	char dax_region[64];

	switch (step->action) {
	case SR_ACTION_UNBIND_DEVICE:
		return !is_any_online(now, device) || fails("unbound while online");
	case SR_ACTION_RESIZE_DEVICE:
		return !device->driver.value || fails("resized while bound");
	case SR_ACTION_CREATE_DEVICE:
	case SR_ACTION_BIND_DEVICE:
	case SR_ACTION_PROBE_DAX_REGION:
	case SR_ACTION_ENABLE_REGION:
		return (is_decoded(now, step->range) && !is_accelerators(now, step->range)) ||
		       fails("not decoded, or an accelerator's: %s", step->target);
	case SR_ACTION_UNBIND_HMEM:
		return are_devices_idle(now, step->target, HMEM) ||
		       fails("hmem lets go of what is in use");
	case SR_ACTION_DISABLE_REGION:
		snprintf(dax_region, sizeof(dax_region), "dax_region%s", number);
		return are_devices_idle(now, dax_region, CXL) ||
		       fails("a region is disabled that is in use");
	case SR_ACTION_UNLOAD_MODULE:
		return (are_all_locked(now) && are_devices_idle(now, NULL, CXL)) ||
		       fails("%s goes while decoders can be reset", step->target);
	case SR_ACTION_UNBIND_HMEM_PLATFORM:
		return are_devices_idle(now, NULL, HMEM) || fails("hmem is in use");
	case SR_ACTION_BIND_HMEM_PLATFORM:
		return (!now->root_decoders.count && is_all_decoded(report)) ||
		       fails("hmem would get what it must not");
	default:
		return true;
	}
}

/* The machine at the end of a plan, step by step; NULL where one is not allowed. */
static inline struct sr_snapshot *replay(const struct sr_report *report, const struct sr_plan *plan)
{
	sr_auto_snapshot struct sr_snapshot *now = sr_model_new(report->snapshot);
	struct sr_snapshot *end;
	const struct sr_step *step;

	build_need(now);
	sr_for_each (step, &plan->steps) {
		seen.actions |= 1U << step->action;
		seen.steps++;
		if (!is_step_allowed(report, now, step))
			return NULL;
		if (sr_model_step(now, step)) {
			fails("the model refuses %s %s", sr_action_name(step->action),
			      step->target);
			return NULL;
		}
	}
	end = now;
	now = NULL;
	return end;
}

static inline bool is_promise_kept(const struct sr_plan *plan, const struct sr_report *end)
{
	for (size_t i = 0; i < plan->units.count; i++) {
		const struct sr_plan_unit *unit = &plan->units.items[i];
		const struct sr_range_report *after = &end->units.items[i];

		if (unit->owner != after->owner || unit->usable != after->usable ||
		    unit->online.known != after->online.known ||
		    (unit->online.known && unit->online.value != after->online.value))
			return fails("unit %zu is %s at the end, not %s", i,
				     sr_owner_name(after->owner), sr_owner_name(unit->owner));
		if (unit->unit->usable == SR_YES && after->usable != SR_YES)
			return fails("unit %zu was usable", i);
		if (unit->class != SR_CLASS_REACHABLE)
			continue;
		if (!plan->steps.count || !unit->step_count)
			return fails("unit %zu is reachable by no step", i);
		if (plan->resolved == SR_POLICY_HMEM &&
		    (after->owner != SR_OWNER_HMEM || after->usable != SR_YES))
			return fails("unit %zu did not come to hmem", i);
		if (plan->resolved == SR_POLICY_CXL && after->owner != SR_OWNER_CXL)
			return fails("unit %zu did not come to CXL", i);
	}
	return true;
}

static inline bool is_end_still(const struct sr_report *end, const struct sr_plan *plan)
{
	sr_auto_plan struct sr_plan *again =
		plan_for(end, plan->policy == SR_POLICY_GLOBAL ? plan->resolved : plan->policy);

	if (again->steps.count)
		return fails("a plan of the end begins with %s %s",
			     sr_action_name(again->steps.items[0].action),
			     again->steps.items[0].target);
	for (size_t i = 0; i < plan->units.count; i++) {
		if (plan->units.items[i].class <= SR_CLASS_REACHABLE &&
		    again->units.items[i].class != SR_CLASS_SATISFIED)
			return fails("unit %zu is %s at the end", i,
				     sr_plan_class_name(again->units.items[i].class));
	}
	return true;
}

static inline void note(const struct sr_plan *plan)
{
	const struct sr_plan_unit *unit;
	const enum sr_plan_reason *why;

	sr_for_each (unit, &plan->units) {
		seen.classes |= 1U << unit->class;
		sr_for_each (why, &unit->why)
			seen.reasons |= 1ULL << *why;
		seen.unsafe += unit->why.count == 1 && unit->why.items[0] == SR_PLAN_NO_SAFE_WAY;
	}
}

static inline bool is_plan_right(const struct sr_report *report, enum sr_policy policy)
{
	sr_auto_plan struct sr_plan *plan = plan_for(report, policy);
	sr_auto_plan struct sr_plan *same = plan_for(report, policy);
	sr_auto_snapshot struct sr_snapshot *end = NULL;
	sr_auto_report struct sr_report *after = NULL;

	note(plan);
	if (strcmp(plan->fingerprint, same->fingerprint) != 0)
		return fails("two plans of one machine");
	if (plan->units.count != report->units.count)
		return fails("units are missing");
	if (report->short_sources && plan->steps.count)
		return fails("steps on what is not known");
	end = replay(report, plan);
	if (!end)
		return false;
	after = judge(end);
	return is_promise_kept(plan, after) && is_end_still(after, plan);
}

static inline bool is_machine_right(uint64_t *state)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = made_plan_snapshot(state);
	sr_auto_report struct sr_report *report = judge(snapshot);

	for (int policy = 0; policy < SR_POLICY_COUNT; policy++) {
		if (!is_plan_right(report, policy)) {
			printf("# %s: %s\n", sr_policy_name(policy), failure);
			return false;
		}
	}
	return true;
}
