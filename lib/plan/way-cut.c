// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A dax device that lines of /proc/iomem cut cannot be claimed by any driver
 * (judgement/claim.h), but devices that begin and end where these lines do can: its size is
 * set to the first part's, and each further part gets a device of its own.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "judgement/claim.h"
#include "judgement/stages.h"
#include "plan/modelling.h"
#include "plan/steps.h"
#include "plan/view.h"

/* PMD_SIZE, to which alloc_dax_region() aligns all that hmem and CXL make. */
#define DAX_ALIGNMENT 0x200000ULL

/* More parts than that come from no firmware. */
#define MOST_PARTS 16

/* Firmware's "Reserved" and devices' own lines may be busy: no boundary helps against those. */
static bool is_boundary(const struct sr_iomem_node *node)
{
	return node->kind == SR_IOMEM_SOFT_RESERVED || node->kind == SR_IOMEM_CXL_WINDOW ||
	       node->kind == SR_IOMEM_REGION || node->kind == SR_IOMEM_HMEM;
}

static bool is_aligned(uint64_t address)
{
	return address % DAX_ALIGNMENT == 0;
}

static int compare_addresses(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return left < right ? -1 : left > right;
}

typedef SR_LIST(uint64_t) address_list;

static void address_list_guard(address_list *list)
{
	sr_list_free(list);
}

static int add_start(address_list *starts, uint64_t address)
{
	uint64_t *item = sr_list_add(starts);

	if (!item)
		return -ENOMEM;
	*item = address;
	return is_aligned(address) ? 0 : -EINVAL;
}

/* Where parts begin: at each end of a line within the device. */
static int list_starts(const struct sr_snapshot *snapshot, struct sr_range device,
		       address_list *starts)
{
	const struct sr_iomem_node *node;
	int error = add_start(starts, device.start);

	sr_for_each (node, &snapshot->iomem) {
		if (error)
			return error;
		if (!sr_range_overlaps(node->range, device) ||
		    sr_range_contains(node->range, device))
			continue;
		if (!is_boundary(node))
			return -EINVAL;
		if (node->range.start > device.start)
			error = add_start(starts, node->range.start);
		if (!error && node->range.end < device.end)
			error = add_start(starts, node->range.end + 1);
	}
	if (!error)
		qsort(starts->items, starts->count, sizeof(*starts->items), compare_addresses);
	return error;
}

/* 0, -ENOMEM, or -EINVAL where no boundaries help. */
static int list_parts(const struct sr_snapshot *snapshot, struct sr_range device,
		      sr_range_list *parts)
{
	__attribute__((cleanup(address_list_guard))) address_list starts = { 0 };
	int error = list_starts(snapshot, device, &starts);

	if (error)
		return error;
	for (size_t i = 0; i < starts.count; i++) {
		struct sr_range part = { starts.items[i], device.end };

		while (i + 1 < starts.count && starts.items[i + 1] == part.start)
			i++;
		if (i + 1 < starts.count)
			part.end = starts.items[i + 1] - 1;
		if (sr_range_list_add(parts, part))
			return -ENOMEM;
	}
	if (parts->count < 2 || parts->count > MOST_PARTS || !is_aligned(device.end + 1))
		return -EINVAL;
	return 0;
}

/*
 * Memory that no committed decoder decodes must never get to kmem. Outside of all windows
 * nothing of CXL is needed to decode it.
 */
static bool is_decoded(const struct sr_report *report, const sr_range_list *able,
		       struct sr_range part)
{
	const struct sr_window *window;

	if (sr_set_contains(able, part))
		return true;
	sr_for_each (window, &report->windows) {
		if (!window->has_range || sr_range_overlaps(window->range, part))
			return false;
	}
	return report->windows_whole;
}

static bool is_accelerators(const struct sr_report *report, struct sr_range part)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &report->units) {
		if (unit->accelerator != SR_NO && sr_range_overlaps(unit->range, part))
			return true;
	}
	return false;
}

/* A part without a whole memory block would be refused by kmem. */
static int check_parts(const struct sr_report *report, const sr_range_list *parts,
		       enum sr_plan_reason *reason)
{
	sr_auto_range_list sr_range_list able = { 0 };
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_snapshot *snapshot = report->snapshot;
	const struct sr_range *part;

	if (sr_list_able(report, &able) ||
	    sr_claims_new(snapshot->iomem.items, snapshot->iomem.count, &claims))
		return -ENOMEM;
	sr_for_each (part, parts) {
		const struct sr_iomem_node *node;
		struct sr_range trimmed;

		if (!is_decoded(report, &able, *part)) {
			*reason = SR_PLAN_NOT_DECODED;
			return -EINVAL;
		}
		if (is_accelerators(report, *part) ||
		    sr_claim_check(claims, *part, &node) != SR_CLAIM_POSSIBLE ||
		    !sr_claim_trim(*part, snapshot->memory_block_size, &trimmed))
			return -EINVAL;
		if (!sr_range_equal(*part, trimmed))
			*reason = SR_PLAN_TRIMMED;
	}
	return 0;
}

/* The device alone fills its dax region, so that parts come to lie one behind the other. */
static bool is_alone(const struct sr_snapshot *snapshot, const struct sr_dax_device *device)
{
	const struct sr_dax_region *dax_region;
	const struct sr_dax_device *other;
	struct sr_range range;

	if (!device->dax_region || !device->ranges_known || device->ranges.count != 1 ||
	    !device->driver.known || device->driver.value || !device->size.known ||
	    strncmp(device->name, "dax", 3) != 0)
		return false;
	sr_for_each (other, &snapshot->dax_devices) {
		if (other != device &&
		    (!other->dax_region || strcmp(other->dax_region, device->dax_region) == 0))
			return false;
	}
	sr_for_each (dax_region, &snapshot->dax_regions) {
		if (strcmp(dax_region->name, device->dax_region) == 0)
			return dax_region->driver.value &&
			       sr_dax_region_place(snapshot, dax_region, &range) &&
			       sr_range_equal(range, device->ranges.items[0]);
	}
	return false;
}

int sr_can_cut(struct sr_planning *planning, const struct sr_dax_device *device,
	       struct sr_plan_verdict *verdict, bool *ret_can)
{
	sr_auto_range_list sr_range_list parts = { 0 };
	const struct sr_report *report = planning->now;
	enum sr_plan_reason reason = SR_PLAN_REASON_COUNT;
	int error;

	*ret_can = false;
	if (!device || report->rule.rule == SR_RULE_HMEM_ONLY ||
	    !is_alone(report->snapshot, device))
		return 0;
	error = list_parts(report->snapshot, device->ranges.items[0], &parts);
	if (!error)
		error = check_parts(report, &parts, &reason);
	*ret_can = error == 0;
	if (reason != SR_PLAN_REASON_COUNT)
		sr_verdict_add(verdict, reason);
	return error == -ENOMEM ? error : 0;
}

/* The kernel gives the least number that is free, and @device has one. */
static const char *part_name(struct sr_planning *planning, const char *device, size_t index)
{
	size_t length = strcspn(device, ".");
	const char *number = device[length] ? device + length + 1 : "";
	uint64_t own;

	if (sr_number_parse(number, &own) == 0 && index - 1 < own)
		index--;
	return sr_pool_format(planning->plan->pool, "%.*s.%zu", (int)length, device, index);
}

static int add_part(struct sr_planning *planning, const char *device, const char *dax_region,
		    size_t index, struct sr_range part)
{
	const char *name = index ? part_name(planning, device, index) : device;
	int error;

	if (!name)
		return -ENOMEM;
	if (index)
		error = sr_step_create(planning, name, dax_region, part);
	else
		error = sr_step_resize(planning, name, sr_range_size(part), part);
	if (error || !sr_model_has_module(planning->model, "kmem"))
		return error;
	return sr_step_bind(planning, name, part);
}

int sr_cut_device(struct sr_planning *planning, const struct sr_dax_device *device)
{
	sr_auto_range_list sr_range_list parts = { 0 };
	struct sr_range range = device->ranges.items[0];
	int error = list_parts(planning->now->snapshot, range, &parts);

	if (!error)
		error = sr_step_resize(planning, device->name, 0, range);
	for (size_t i = 0; !error && i < parts.count; i++)
		error = add_part(planning, device->name, device->dax_region, i, parts.items[i]);
	return error;
}
