// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Whose dax region a decision unit is in: CXL's, hmem's, or nobody's. Since v7.1 the
 * kernel gives an address to one dax region at most (alloc_dax_region() asks for it in
 * the tree "DAX Regions", drivers/dax/bus.c); before that two can have it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/name-set.h"
#include "base/range-list.h"
#include "base/sweep.h"
#include "judgement/stages.h"

/* A stretch of addresses in somebody's dax region. */
struct holding {
	enum sr_dax_holder holder;
	const struct sr_dax_device *device; /* NULL: room of the dax region itself */
};

struct judging {
	struct sr_report *report;
	sr_range_list ranges; /* of the holdings */
	SR_LIST(struct holding) holdings;
	struct sr_sweep sweep;
	sr_range_list driverless; /* set: dax regions of CXL that no driver has */
	sr_name_set with_dax;	  /* regions that have a dax region */
	bool any_has_dax;	  /* one of CXL's of which it is not known whose it is */
	bool unplaced;		  /* something that holds memory, nobody can say which */
};

/* How much of one range is whose. */
struct shares {
	sr_range_list cxl, hmem, other, all;
};

static void judging_done(struct judging *judging)
{
	sr_range_list_free(&judging->ranges);
	sr_list_free(&judging->holdings);
	sr_sweep_done(&judging->sweep);
	sr_range_list_free(&judging->driverless);
	sr_name_set_free(&judging->with_dax);
}

static void shares_done(struct shares *shares)
{
	sr_range_list_free(&shares->cxl);
	sr_range_list_free(&shares->hmem);
	sr_range_list_free(&shares->other);
	sr_range_list_free(&shares->all);
}

static int hold(struct judging *judging, struct sr_range range, enum sr_dax_holder holder,
		const struct sr_dax_device *device)
{
	struct holding *holding = sr_list_add(&judging->holdings);

	if (!holding)
		return -ENOMEM;
	*holding = (struct holding){ .holder = holder, .device = device };
	return sr_range_list_add(&judging->ranges, range);
}

static int hold_devices(struct judging *judging)
{
	const struct sr_dax_device *device;
	const struct sr_range *range;

	sr_for_each (device, &judging->report->snapshot->dax_devices) {
		if (!device->ranges_known)
			judging->unplaced = true;
		sr_for_each (range, &device->ranges) {
			if (hold(judging, *range, device->holder, device))
				return -ENOMEM;
		}
	}
	return 0;
}

/*
 * The first unit of the only candidate of that size that nobody holds so far; NULL for
 * none or several.
 */
static struct sr_range_report *only_free_row(struct judging *judging, const sr_range_list *held,
					     uint64_t size)
{
	struct sr_range_report *row, *found = NULL;

	sr_for_each (row, &judging->report->units) {
		if (!row->has_candidate || sr_range_size(row->candidate) != size ||
		    sr_range_list_overlaps(held, row->candidate) ||
		    (found && sr_range_equal(found->candidate, row->candidate)))
			continue;
		if (found)
			return NULL;
		found = row;
	}
	return found;
}

/*
 * Sysfs shows no address for an hmem device. With one candidate of its size that
 * nobody else holds, and one such device, that one is meant.
 */
static int hold_by_size(struct judging *judging, const struct sr_dax_region *region)
{
	sr_auto_range_list sr_range_list held = { 0 };
	struct sr_range_report *row;
	const struct sr_range *range;

	sr_for_each (range, &judging->ranges) {
		if (sr_range_list_add(&held, *range))
			return -ENOMEM;
	}
	sr_range_list_join(&held);
	row = region->size.known ? only_free_row(judging, &held, region->size.value) : NULL;
	if (!row) {
		judging->unplaced = true;
		return 0;
	}
	if (sr_add_why(row, SR_CODE_HMEM_PLACED_BY_SIZE))
		return -ENOMEM;
	return hold(judging, row->candidate, SR_DAX_HOLDER_HMEM, NULL);
}

/* Dax regions hold their range as long as their driver is bound, devices or not. */
static int hold_dax_regions(struct judging *judging)
{
	const struct sr_snapshot *snapshot = judging->report->snapshot;
	const struct sr_dax_region *region, *unplaced = NULL;
	size_t unplaced_count = 0;

	sr_for_each (region, &snapshot->dax_regions) {
		struct sr_range range;
		bool has_range = sr_dax_region_range(region, &range);
		bool bound = region->driver.known && region->driver.value;

		if (region->driver.known && !bound)
			continue;
		if (bound && has_range) {
			if (hold(judging, range, region->holder, NULL))
				return -ENOMEM;
		} else {
			unplaced = region;
			unplaced_count++;
		}
	}
	/* Not where a device of unknown place could be the one that is there. */
	if (unplaced_count == 1 && unplaced->holder == SR_DAX_HOLDER_HMEM &&
	    unplaced->driver.known && !judging->unplaced)
		return hold_by_size(judging, unplaced);
	judging->unplaced |= unplaced_count > 0;
	return 0;
}

static int list_driverless(struct judging *judging)
{
	const struct sr_dax_region *region;
	struct sr_range range;

	sr_for_each (region, &judging->report->snapshot->dax_regions) {
		if (region->holder == SR_DAX_HOLDER_CXL && region->driver.known &&
		    !region->driver.value && sr_dax_region_range(region, &range) &&
		    sr_range_list_add(&judging->driverless, range))
			return -ENOMEM;
	}
	sr_range_list_join(&judging->driverless);
	return 0;
}

static sr_range_list *share_of(struct shares *shares, enum sr_dax_holder holder)
{
	switch (holder) {
	case SR_DAX_HOLDER_CXL:
	case SR_DAX_HOLDER_PMEM: /* a pmem region's: CXL's memory all the same */
		return &shares->cxl;
	case SR_DAX_HOLDER_HMEM:
		return &shares->hmem;
	default:
		return &shares->other;
	}
}

static int add_device(struct sr_range_report *row, const struct sr_dax_device *device)
{
	struct sr_range_device *item;

	sr_for_each (item, &row->devices) {
		if (item->device == device)
			return 0;
	}
	item = sr_list_add(&row->devices);
	if (!item)
		return -ENOMEM;
	item->device = device;
	return 0;
}

static int collect_shares(struct judging *judging, struct sr_range_report *row,
			  struct shares *shares)
{
	const size_t *index;

	sr_for_each (index, &judging->sweep.active) {
		const struct holding *holding = &judging->holdings.items[*index];
		struct sr_range common;

		if (!sr_range_intersect(judging->ranges.items[*index], row->range, &common))
			continue;
		if (sr_range_list_add(share_of(shares, holding->holder), common) ||
		    sr_range_list_add(&shares->all, common) ||
		    (holding->device && add_device(row, holding->device)))
			return -ENOMEM;
	}
	sr_range_list_join(&shares->all);
	return 0;
}

static enum sr_owner owner_of(const struct shares *shares)
{
	if (shares->other.count)
		return SR_OWNER_UNKNOWN;
	if (shares->cxl.count && shares->hmem.count)
		return SR_OWNER_MIXED;
	if (shares->cxl.count)
		return SR_OWNER_CXL;
	return shares->hmem.count ? SR_OWNER_HMEM : SR_OWNER_NONE;
}

/* Or may have: whose a dax region is stays unknown where its path was not resolved. */
static int list_with_dax(struct judging *judging)
{
	const struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &judging->report->snapshot->dax_regions) {
		if (dax_region->holder != SR_DAX_HOLDER_CXL)
			continue;
		judging->any_has_dax |= !dax_region->region;
		if (sr_name_set_add(&judging->with_dax, dax_region->region))
			return -ENOMEM;
	}
	sr_name_set_sort(&judging->with_dax);
	return 0;
}

/*
 * Why CXL did not turn a region that contains the range into a dax region. One with
 * a driver and none is left so by cxl_region_probe() (drivers/cxl/core/region.c)
 * where System RAM lies in it.
 */
static int explain_region(const struct judging *judging, struct sr_range_report *row)
{
	const struct sr_region *region = row->region;

	if (!region)
		return 0;
	if (region->mode.known && region->mode.value && strcmp(region->mode.value, "ram") != 0)
		return sr_add_why(row, SR_CODE_REGION_NOT_RAM);
	if (region->driver.known && !region->driver.value)
		return sr_add_why(row, SR_CODE_REGION_NO_DRIVER);
	if (region->mode.known && region->driver.known &&
	    sr_source_was_read(judging->report->snapshot, SR_SOURCE_CXL) && !judging->any_has_dax &&
	    !sr_name_set_has(&judging->with_dax, region->name))
		return sr_add_why(row, SR_CODE_NO_DAX_REGION);
	return 0;
}

static int explain_owner(struct judging *judging, struct sr_range_report *row, uint64_t missing)
{
	if (row->owner == SR_OWNER_UNKNOWN || (missing && judging->unplaced))
		return sr_add_why(row, SR_CODE_OWNER_UNKNOWN);
	row->lost = sr_u64_of(missing);
	if (row->contained == SR_YES &&
	    (row->owner == SR_OWNER_HMEM || row->owner == SR_OWNER_MIXED) &&
	    sr_add_why(row, SR_CODE_HMEM_THOUGH_CONTAINED))
		return -ENOMEM;
	if (row->owner != SR_OWNER_CXL && explain_region(judging, row))
		return -ENOMEM;
	if (row->owner != SR_OWNER_CXL &&
	    sr_range_list_overlaps(&judging->driverless, row->range) &&
	    sr_add_why(row, SR_CODE_DAX_REGION_NO_DRIVER))
		return -ENOMEM;
	if (!missing)
		return 0;
	return sr_add_why(row, row->owner == SR_OWNER_NONE ? SR_CODE_NO_OWNER
							   : SR_CODE_PARTLY_WITHOUT_OWNER);
}

static int judge_range(struct judging *judging, struct sr_range_report *row)
{
	__attribute__((cleanup(shares_done))) struct shares shares = { 0 };
	uint64_t missing;

	if (sr_sweep_to(&judging->sweep, row->range) || collect_shares(judging, row, &shares))
		return -ENOMEM;
	missing = sr_range_size(row->range) - sr_range_list_bytes_in(&shares.all, row->range);
	row->owner = owner_of(&shares);
	if (row->owner == SR_OWNER_NONE && judging->unplaced)
		row->owner = SR_OWNER_UNKNOWN;
	return explain_owner(judging, row, missing);
}

/* Whether dax regions or dax devices can be missing that no entry here stands for. */
static bool may_lack_holders(const struct sr_snapshot *snapshot)
{
	static const enum sr_source_id sources[] = {
		SR_SOURCE_CXL,
		SR_SOURCE_HMEM,
		SR_SOURCE_DAX,
	};

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		if (!sr_source_was_read(snapshot, sources[i]) &&
		    snapshot->notes[sources[i]].state != SR_SOURCE_ABSENT)
			return true;
	}
	/* What sources/hmem.c could not list of a folder left no entry. */
	return snapshot->notes[SR_SOURCE_HMEM].state == SR_SOURCE_PARTIAL;
}

int sr_judge_ownership(struct sr_report *report)
{
	__attribute__((cleanup(judging_done))) struct judging judging = { .report = report };
	struct sr_range_report *row;

	judging.unplaced = may_lack_holders(report->snapshot);
	if (hold_devices(&judging) || hold_dax_regions(&judging) || list_driverless(&judging) ||
	    list_with_dax(&judging) ||
	    sr_sweep_start(&judging.sweep, judging.ranges.items, judging.ranges.count))
		return -ENOMEM;
	sr_for_each (row, &report->units) {
		if (judge_range(&judging, row))
			return -ENOMEM;
	}
	return 0;
}
