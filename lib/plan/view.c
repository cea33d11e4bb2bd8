// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/view.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/stages.h"

bool sr_region_is_able(const struct sr_report *report, const struct sr_region *region,
		       struct sr_range *ret_range)
{
	return region->committed == SR_YES && region->mode.value &&
	       strcmp(region->mode.value, "ram") == 0 && sr_region_range(region, ret_range) &&
	       !sr_region_is_accelerators(report, region);
}

int sr_list_able(const struct sr_report *report, sr_range_list *ret_ranges)
{
	const struct sr_region *region;
	struct sr_range range;

	sr_for_each (region, &report->snapshot->regions) {
		if (sr_region_is_able(report, region, &range) &&
		    sr_range_list_add(ret_ranges, range))
			return -ENOMEM;
	}
	sr_range_list_join(ret_ranges);
	return 0;
}

bool sr_set_contains(const sr_range_list *set, struct sr_range range)
{
	size_t first = sr_range_list_first(set, range);

	return first < set->count && sr_range_contains(set->items[first], range);
}

const struct sr_dax_region *sr_region_dax_region(const struct sr_snapshot *snapshot,
						 const struct sr_region *region)
{
	const struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &snapshot->dax_regions) {
		if (dax_region->region && strcmp(dax_region->region, region->name) == 0)
			return dax_region;
	}
	return NULL;
}

static bool is_device_of(const struct sr_dax_device *device, const struct sr_dax_region *dax_region)
{
	return device->dax_region && strcmp(device->dax_region, dax_region->name) == 0;
}

static enum sr_lack range_lack(const struct sr_report *report, const struct sr_claims *claims,
			       const struct sr_dax_device *device, struct sr_range range)
{
	const struct sr_iomem_node *node;

	switch (sr_claim_by_driver(claims, range, report->snapshot->memory_block_size, &node)) {
	case SR_CLAIM_POSSIBLE:
		return SR_LACKS_NOTHING;
	case SR_CLAIM_TAKEN:
		return sr_claim_own_node(claims, range, device->name) ? SR_LACKS_REBOOT
								      : SR_LACKS_CLAIM;
	default:
		return sr_claim_own_node(claims, range, device->name) ? SR_LACKS_REBOOT
								      : SR_LACKS_CUT;
	}
}

enum sr_lack sr_device_lack(const struct sr_report *report, const struct sr_claims *claims,
			    const struct sr_dax_device *device)
{
	enum sr_lack lack = SR_LACKS_NOTHING, other;
	const struct sr_range *range;

	if (!device->driver.known || !device->ranges_known)
		return SR_LACKS_KNOWLEDGE;
	if (device->driver.value)
		return SR_LACKS_NOTHING;
	sr_for_each (range, &device->ranges) {
		other = range_lack(report, claims, device, *range);
		if (other > lack)
			lack = other;
	}
	return lack;
}

static int devices_lack(const struct sr_report *report, const struct sr_dax_region *dax_region,
			enum sr_lack *ret_lack, const struct sr_dax_device **ret_device)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_dax_device *device;

	if (sr_claims_new(report->snapshot->iomem.items, report->snapshot->iomem.count, &claims))
		return -ENOMEM;
	*ret_lack = SR_LACKS_NOTHING;
	sr_for_each (device, &report->snapshot->dax_devices) {
		enum sr_lack lack;

		/* One whose dax region is not known may be another's. */
		if (!device->dax_region)
			*ret_lack = SR_LACKS_KNOWLEDGE;
		if (!is_device_of(device, dax_region))
			continue;
		lack = sr_device_lack(report, claims, device);
		if (lack <= *ret_lack)
			continue;
		*ret_lack = lack;
		*ret_device = device;
	}
	return 0;
}

int sr_region_lack(const struct sr_report *report, const struct sr_region *region,
		   enum sr_lack *ret_lack, const struct sr_dax_device **ret_device)
{
	const struct sr_dax_region *dax_region = sr_region_dax_region(report->snapshot, region);

	*ret_device = NULL;
	*ret_lack = SR_LACKS_KNOWLEDGE;
	if (!region->driver.known)
		return 0;
	if (!region->driver.value) {
		*ret_lack = dax_region ? SR_LACKS_KNOWLEDGE : SR_LACKS_DRIVER;
		return 0;
	}
	if (!dax_region) {
		*ret_lack = SR_LACKS_REGION;
		return 0;
	}
	if (!dax_region->driver.known || dax_region->holder != SR_DAX_HOLDER_CXL)
		return 0;
	if (!dax_region->driver.value) {
		*ret_lack = SR_LACKS_PROBE;
		return 0;
	}
	return devices_lack(report, dax_region, ret_lack, ret_device);
}

bool sr_is_held_by_hmem(const struct sr_dax_region *dax_region)
{
	return dax_region->holder == SR_DAX_HOLDER_HMEM &&
	       (!dax_region->driver.known || dax_region->driver.value);
}

int sr_look_at_holding(const struct sr_report *report, const struct sr_dax_region *dax_region,
		       struct sr_holding *ret_holding)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	struct sr_holding holding = { 0 };
	const struct sr_dax_device *device;
	bool has_device = false;

	if (sr_claims_new(report->snapshot->iomem.items, report->snapshot->iomem.count, &claims))
		return -ENOMEM;
	sr_for_each (device, &report->snapshot->dax_devices) {
		enum sr_lack lack;

		if (!is_device_of(device, dax_region))
			continue;
		has_device |= device->ranges.count > 0;
		lack = sr_device_lack(report, claims, device);
		holding.usable |= lack == SR_LACKS_NOTHING;
		holding.leaked |= lack == SR_LACKS_REBOOT;
		holding.unknown |= lack == SR_LACKS_KNOWLEDGE;
	}
	holding.usable |= !has_device;
	*ret_holding = holding;
	return 0;
}
