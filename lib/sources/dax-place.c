// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/dax-place.h"

#include <stdlib.h>
#include <string.h>

#include "sources/sysfs.h"

static const struct {
	const char *component;
	enum sr_dax_holder holder;
} holders[] = {
	{ "dax_region#", SR_DAX_HOLDER_CXL },
	{ "hmem.#", SR_DAX_HOLDER_HMEM },
	{ "ndbus#", SR_DAX_HOLDER_PMEM },
};

int sr_dax_holder_read(struct sr_pool *pool, struct sr_dax_device *device)
{
	for (size_t i = 0; i < sizeof(holders) / sizeof(*holders); i++) {
		int error = sr_path_component(pool, device->path, holders[i].component,
					      &device->dax_region);

		if (error)
			return error;
		if (device->dax_region) {
			device->holder = holders[i].holder;
			break;
		}
	}
	return 0;
}

bool sr_hmem_in_iomem(const struct sr_snapshot *snapshot, const char *name,
		      struct sr_range *ret_range)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_HMEM && strcmp(node->label, name) == 0) {
			*ret_range = node->range;
			return true;
		}
	}
	return false;
}

struct sr_dax_region *sr_dax_region_find(const struct sr_snapshot *snapshot, const char *name)
{
	struct sr_dax_region *region;

	sr_for_each (region, &snapshot->dax_regions) {
		if (strcmp(region->name, name) == 0)
			return region;
	}
	return NULL;
}

/*
 * The addresses of a device are shown to root only. One as large as its dax region
 * is where that is.
 */
int sr_dax_device_place(const struct sr_snapshot *snapshot, struct sr_dax_device *device)
{
	const struct sr_dax_region *region;
	struct sr_range range;

	if (device->ranges_known || !device->dax_region || !device->size.known)
		return 0;
	region = sr_dax_region_find(snapshot, device->dax_region);
	if (!region || !sr_dax_region_range(region, &range) ||
	    region->size.value != device->size.value)
		return 0;
	device->ranges.count = 0;
	device->ranges_known = true;
	return sr_range_list_add(&device->ranges, range);
}

static int compare_regions(const void *a, const void *b)
{
	return strverscmp(((const struct sr_region *)a)->name, ((const struct sr_region *)b)->name);
}

/* The CXL source left them sorted by name. */
static const struct sr_region *find_region(const struct sr_snapshot *snapshot, const char *name)
{
	struct sr_region key = { .name = name };

	if (snapshot->regions.count == 0)
		return NULL;
	return bsearch(&key, snapshot->regions.items, snapshot->regions.count, sizeof(key),
		       compare_regions);
}

void sr_cxl_dax_region_place(const struct sr_snapshot *snapshot, struct sr_dax_region *dax_region)
{
	const struct sr_region *region =
		dax_region->region ? find_region(snapshot, dax_region->region) : NULL;

	if (region && region->has_resource) {
		dax_region->start = region->start;
		dax_region->size = region->size;
	}
}

/* The hull of the known ranges of the devices of @region, and their sum. */
static uint64_t hull_of_devices(const struct sr_snapshot *snapshot,
				const struct sr_dax_region *region, struct sr_range *ret_hull)
{
	struct sr_range hull = { .start = UINT64_MAX, .end = 0 };
	const struct sr_dax_device *device;
	const struct sr_range *range;
	uint64_t sum = 0;

	sr_for_each (device, &snapshot->dax_devices) {
		if (!device->dax_region || strcmp(device->dax_region, region->name) != 0)
			continue;
		sr_for_each (range, &device->ranges) {
			sum += sr_range_size(*range);
			hull.start = range->start < hull.start ? range->start : hull.start;
			hull.end = range->end > hull.end ? range->end : hull.end;
		}
	}
	*ret_hull = hull;
	return sum;
}

/* resource_show() (drivers/dax/bus.c) shows the region's start for a device of size 0. */
static bool start_by_seed(const struct sr_snapshot *snapshot, const struct sr_dax_region *region,
			  struct sr_u64 *ret_start)
{
	const struct sr_dax_device *device;

	sr_for_each (device, &snapshot->dax_devices) {
		if (device->dax_region && strcmp(device->dax_region, region->name) == 0 &&
		    device->size.known && device->size.value == 0 && device->resource.known) {
			*ret_start = device->resource;
			return true;
		}
	}
	return false;
}

void sr_dax_hmem_place(struct sr_snapshot *snapshot)
{
	struct sr_dax_region *region;

	sr_for_each (region, &snapshot->dax_regions) {
		struct sr_range hull;
		uint64_t sum;

		if (region->holder != SR_DAX_HOLDER_HMEM || region->start.known ||
		    !region->size.known || start_by_seed(snapshot, region, &region->start))
			continue;
		sum = hull_of_devices(snapshot, region, &hull);
		if (sum && sum == region->size.value && sum == sr_range_size(hull))
			region->start = sr_u64_of(hull.start);
	}
}
