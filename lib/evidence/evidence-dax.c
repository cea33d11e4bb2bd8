// SPDX-License-Identifier: LGPL-2.1-or-later
/* Dax regions, dax devices and their drivers: who got the memory, and can it be used. */
#include <errno.h>
#include <string.h>

#include "base/range-list.h"
#include "evidence/gathering.h"

/*
 * Whether it is a dax region of the unit: by its addresses; or, as sysfs shows none of
 * hmem's, where nobody has the unit and it has no driver.
 */
static bool is_here(const struct sr_gathering *gathering, const struct sr_dax_region *region)
{
	const struct sr_range_report *unit = gathering->unit;
	struct sr_range range;

	if (sr_dax_region_range(region, &range))
		return sr_range_overlaps(range, unit->range);
	if (region->holder != SR_DAX_HOLDER_HMEM)
		return false;
	return (unit->owner == SR_OWNER_NONE && region->driver.known && !region->driver.value) ||
	       sr_has_why(unit, SR_CODE_HMEM_PLACED_BY_SIZE);
}

static int list_held(const struct sr_gathering *gathering, sr_range_list *held)
{
	const struct sr_dax_region *region;
	const struct sr_range_device *item;
	const struct sr_range *part;
	struct sr_range range;

	sr_for_each (region, &gathering->snapshot->dax_regions) {
		if (region->driver.value && sr_dax_region_range(region, &range) &&
		    sr_range_list_add(held, range))
			return -ENOMEM;
	}
	sr_for_each (item, &gathering->unit->devices) {
		sr_for_each (part, &item->device->ranges) {
			if (sr_range_list_add(held, *part))
				return -ENOMEM;
		}
	}
	sr_range_list_join(held);
	return 0;
}

bool sr_first_gap(struct sr_gathering *gathering, struct sr_range *ret_gap)
{
	sr_auto_range_list sr_range_list held = { 0 };
	struct sr_range gap = gathering->unit->range;
	const struct sr_range *range;

	if (list_held(gathering, &held)) {
		gathering->failed = true;
		return false;
	}
	sr_for_each (range, &held) {
		if (!sr_range_overlaps(*range, gap))
			continue;
		if (range->start > gap.start) {
			gap.end = range->start - 1;
			break;
		}
		if (range->end >= gap.end)
			return false;
		gap.start = range->end + 1;
	}
	*ret_gap = gap;
	return true;
}

static const struct sr_iomem_node *find_node(const struct sr_gathering *gathering, const char *name)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &gathering->snapshot->iomem) {
		if (node->kind == SR_IOMEM_HMEM && strcmp(node->label, name) == 0)
			return node;
	}
	return NULL;
}

static void add_dax_region(struct sr_gathering *gathering, const struct sr_dax_region *region)
{
	const struct sr_iomem_node *node;
	const char *folder = region->path;

	if (region->holder == SR_DAX_HOLDER_CXL || !folder)
		folder = sr_cxl_folder(gathering, region->name);
	sr_fact_text(gathering, folder, "driver", region->driver);
	if (region->holder != SR_DAX_HOLDER_HMEM || sr_fact_count(gathering) >= SR_FACT_LIMIT)
		return;
	node = find_node(gathering, region->name);
	if (node)
		sr_fact_node(gathering, node);
	else if (region->size.known)
		sr_fact_decimal(gathering, folder, "dax_region/size", region->size);
}

static void list_dax_regions(struct sr_gathering *gathering, struct sr_name_list *bound,
			     struct sr_name_list *driverless)
{
	const struct sr_dax_region *region;

	sr_for_each (region, &gathering->snapshot->dax_regions) {
		if (is_here(gathering, region))
			sr_name_list_add(region->driver.known && !region->driver.value ? driverless
										       : bound,
					 region->name);
	}
}

static const char *text_of_lost(struct sr_gathering *gathering,
				const struct sr_name_list *driverless)
{
	if (!driverless->count)
		return "Nobody has one here.";
	return sr_say(gathering, "%s %s there, but %s no driver, so %s nothing.",
		      sr_say_names(gathering, driverless), driverless->count > 1 ? "are" : "is",
		      driverless->count > 1 ? "have" : "has",
		      driverless->count > 1 ? "they hold" : "it holds");
}

static const char *text_of_dax_regions(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	struct sr_name_list bound = { 0 }, driverless = { 0 };
	const char *rest = "";
	struct sr_range gap;

	list_dax_regions(gathering, &bound, &driverless);
	if (unit->owner == SR_OWNER_UNKNOWN)
		return "Who has one here could not be read.";
	if (!bound.count && unit->owner == SR_OWNER_NONE)
		return text_of_lost(gathering, &driverless);
	if (unit->lost.value && sr_first_gap(gathering, &gap))
		rest = sr_say(gathering, " %s of the range are in none, the first of them %s.",
			      sr_say_size(gathering, unit->lost.value),
			      sr_say_range(gathering, gap));
	else if (driverless.count)
		rest = sr_say(gathering, " %s came too late, and got no driver.",
			      sr_say_names(gathering, &driverless));
	if (!bound.count)
		return sr_say(gathering, "Here it is %s's, by the dax devices below.%s",
			      sr_owner_name(unit->owner), rest);
	return sr_say(gathering, "Here it is %s.%s", sr_say_names(gathering, &bound), rest);
}

static enum sr_evidence_says says_of_owner(const struct sr_range_report *unit)
{
	if (unit->owner == SR_OWNER_UNKNOWN || !unit->lost.known)
		return SR_EVIDENCE_UNKNOWN;
	if (unit->accelerator == SR_YES && unit->owner == SR_OWNER_CXL && !unit->devices.count)
		return SR_EVIDENCE_INFO;
	return unit->lost.value ? SR_EVIDENCE_NO : SR_EVIDENCE_YES;
}

void sr_gather_dax_region(struct sr_gathering *gathering)
{
	const struct sr_dax_region *region;

	sr_step(gathering, "dax region", says_of_owner(gathering->unit),
		sr_say(gathering,
		       "A dax region is a driver's hold on a range; who has it owns the memory. %s",
		       text_of_dax_regions(gathering)));
	sr_for_each (region, &gathering->snapshot->dax_regions) {
		if (is_here(gathering, region))
			add_dax_region(gathering, region);
	}
	if (sr_fact_count(gathering) == 0 && gathering->unit->owner == SR_OWNER_NONE) {
		sr_fact(gathering, "/sys/bus/cxl/devices", "(no dax_regionN for this range)");
		sr_fact(gathering, "/sys/devices/platform", "(no hmem.N for this range)");
	}
	sr_fact_source(gathering, SR_SOURCE_HMEM);
}

static void add_device(struct sr_gathering *gathering, const struct sr_dax_device *device)
{
	const char *folder = sr_say(gathering, "/sys/bus/dax/devices/%s", device->name);

	if (device->path)
		sr_fact(gathering, folder, device->path);
	if (device->resource.known)
		sr_fact_hex(gathering, folder, "resource", device->resource);
	sr_fact_decimal(gathering, folder, "size", device->size);
	if (device->target_node.known && device->target_node.value >= 0)
		sr_fact_decimal(gathering, folder, "target_node",
				sr_u64_of((uint64_t)device->target_node.value));
}

static const char *text_of_devices(struct sr_gathering *gathering, enum sr_evidence_says *ret_says)
{
	const struct sr_range_report *unit = gathering->unit;
	bool whole = sr_source_is_whole(gathering->snapshot, SR_SOURCE_DAX);

	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (!unit->devices.count && !whole &&
	    gathering->snapshot->notes[SR_SOURCE_DAX].state != SR_SOURCE_ABSENT)
		return "Whether the memory is in a dax device could not be read.";
	*ret_says = SR_EVIDENCE_NO;
	if (!unit->devices.count && unit->owner == SR_OWNER_NONE)
		return "Without a dax region there is no dax device, and without that no driver "
		       "can "
		       "use the memory.";
	if (!unit->devices.count)
		return "No dax device was made in the dax region, and only such a device can have "
		       "a "
		       "driver that uses the memory.";
	*ret_says = sr_has_why(unit, SR_CODE_NO_DAX_DEVICE) ? SR_EVIDENCE_NO : SR_EVIDENCE_YES;
	return sr_say(
		gathering, "%s stand%s for the memory. The place in sysfs says whose it is: %s.%s",
		sr_say_devices(gathering), unit->devices.count > 1 ? "" : "s",
		unit->owner == SR_OWNER_HMEM  ? "dax_hmem's"
		: unit->owner == SR_OWNER_CXL ? "CXL's"
					      : "of both",
		*ret_says == SR_EVIDENCE_NO ? " A part of the range is in no dax device." : "");
}

void sr_gather_dax_device(struct sr_gathering *gathering)
{
	const struct sr_range_device *item;
	enum sr_evidence_says says;
	const char *text = text_of_devices(gathering, &says);

	sr_step(gathering, "dax device", says, text);
	sr_for_each (item, &gathering->unit->devices)
		add_device(gathering, item->device);
	if (sr_fact_count(gathering) == 0 && sr_source_was_read(gathering->snapshot, SR_SOURCE_DAX))
		sr_fact(gathering, "/sys/bus/dax/devices", "(no dax device for this range)");
	sr_fact_source(gathering, SR_SOURCE_DAX);
}
