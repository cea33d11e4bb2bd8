// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Dax devices, and the dax regions that CXL made. Who made a device is told by
 * its real sysfs path alone: below regionN/dax_regionN it is CXL's, below hmem.N
 * it is dax_hmem's (drivers/dax/cxl.c, drivers/dax/hmem/hmem.c). Neither its name
 * nor its place in /proc/iomem says so.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/directory.h"
#include "sources/dax-walk.h"
#include "sources/source.h"
#include "sources/sysfs.h"

#define DAX_DEVICES_PATH "/sys/bus/dax/devices"
#define CXL_DEVICES_PATH "/sys/bus/cxl/devices"

#define DAX_REGION_LIMIT 4096
#define MAPPING_LIMIT	 4096

struct reading {
	struct sr_snapshot *snapshot;
	struct sr_unreadable unreadable;
};

static const struct {
	const char *component;
	enum sr_dax_holder holder;
} holders[] = {
	{ "dax_region#", SR_DAX_HOLDER_CXL },
	{ "hmem.#", SR_DAX_HOLDER_HMEM },
	{ "ndbus#", SR_DAX_HOLDER_PMEM },
};

static int read_holder(struct sr_pool *pool, struct sr_dax_device *device)
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

static int add_range(struct sr_dax_device *device, struct sr_u64 start, struct sr_u64 end)
{
	struct sr_range range, *item;

	if (!start.known || !end.known || sr_range_make(start.value, end.value, &range)) {
		device->ranges_known = false;
		return 0;
	}
	item = sr_list_add(&device->ranges);
	if (!item)
		return -ENOMEM;
	*item = range;
	return 0;
}

/* Before v5.10 a device had one range, and no mappingN. */
static int read_single_range(struct sr_dax_device *device)
{
	struct sr_range range;

	if (!device->resource.known || !device->size.known ||
	    sr_range_make_sized(device->resource.value, device->size.value, &range)) {
		device->ranges_known = false;
		return 0;
	}
	return add_range(device, sr_u64_of(range.start), sr_u64_of(range.end));
}

/* A device can have several ranges; `resource` tells only the first one's start. */
static int read_ranges(struct sr_dax_device *device, const char *path)
{
	sr_auto_names struct sr_names mappings = { 0 };
	char mapping[PATH_MAX];
	char **name;
	int error = sr_names_read(path, "mapping#", MAPPING_LIMIT, &mappings);

	device->ranges_known = true;
	if (device->size.known && device->size.value == 0)
		return 0;
	if (error == -ENOMEM)
		return error;
	if (error || mappings.list.count == 0)
		return read_single_range(device);
	sr_for_each (name, &mappings.list) {
		if (!sr_device_path(mapping, sizeof(mapping), path, *name))
			continue;
		error = add_range(device, sr_attribute_u64(mapping, "start"),
				  sr_attribute_u64(mapping, "end"));
		if (error)
			return error;
	}
	return 0;
}

static const struct sr_dax_region *find_dax_region(const struct sr_snapshot *snapshot,
						   const char *name)
{
	const struct sr_dax_region *region;

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
static int place_in_region(const struct sr_snapshot *snapshot, struct sr_dax_device *device)
{
	const struct sr_dax_region *region;
	struct sr_range range;

	if (device->ranges_known || !device->dax_region || !device->size.known)
		return 0;
	region = find_dax_region(snapshot, device->dax_region);
	if (!region || !sr_dax_region_range(region, &range) ||
	    region->size.value != device->size.value)
		return 0;
	device->ranges.count = 0;
	device->ranges_known = true;
	return sr_range_list_add(&device->ranges, range);
}

static int read_device(struct reading *reading, const char *name)
{
	struct sr_pool *pool = reading->snapshot->pool;
	struct sr_dax_device *device = sr_list_add(&reading->snapshot->dax_devices);
	char path[PATH_MAX];
	int error;

	if (!device)
		return -ENOMEM;
	device->name = sr_pool_text(pool, name);
	if (!device->name)
		return -ENOMEM;
	if (!sr_device_path(path, sizeof(path), DAX_DEVICES_PATH, name))
		return 0;
	device->size = sr_attribute_u64(path, "size");
	device->target_node = sr_attribute_s64(path, "target_node");
	device->resource = sr_attribute_u64(path, "resource");
	error = sr_sysfs_driver(pool, path, &device->driver);
	if (!error)
		error = read_ranges(device, path);
	if (!error && sr_sysfs_real_path(pool, path, &device->path) == 0)
		error = read_holder(pool, device);
	if (!error)
		error = place_in_region(reading->snapshot, device);
	if (!device->ranges_known || device->holder == SR_DAX_HOLDER_UNKNOWN)
		sr_unreadable_add(&reading->unreadable, device->name);
	return error;
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

/* The dax region of a region covers all of it: cxl_dax_region_alloc(), core/region.c. */
static int read_cxl_dax_region(struct sr_snapshot *snapshot, const char *name)
{
	struct sr_dax_region *dax_region = sr_list_add(&snapshot->dax_regions);
	const struct sr_region *region;
	char path[PATH_MAX];

	if (!dax_region)
		return -ENOMEM;
	dax_region->holder = SR_DAX_HOLDER_CXL;
	dax_region->name = sr_pool_text(snapshot->pool, name);
	if (!dax_region->name)
		return -ENOMEM;
	if (!sr_device_path(path, sizeof(path), CXL_DEVICES_PATH, name))
		return 0;
	dax_region->available_size = sr_attribute_u64(path, "dax_region/available_size");
	if (sr_sysfs_driver(snapshot->pool, path, &dax_region->driver))
		return -ENOMEM;
	if (sr_sysfs_real_path(snapshot->pool, path, &dax_region->path) != 0)
		return 0;
	if (sr_path_component(snapshot->pool, dax_region->path, "region#", &dax_region->region))
		return -ENOMEM;
	region = dax_region->region ? find_region(snapshot, dax_region->region) : NULL;
	if (region && region->has_resource) {
		dax_region->start = region->start;
		dax_region->size = region->size;
	}
	return 0;
}

static int read_cxl_dax_regions(struct sr_snapshot *snapshot)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(CXL_DEVICES_PATH, "dax_region#", DAX_REGION_LIMIT, &names);
	char **name;

	/* The CXL source has said what is wrong with that folder. */
	if (error)
		return error == -ENOMEM ? error : 0;
	sr_for_each (name, &names.list) {
		error = read_cxl_dax_region(snapshot, *name);
		if (error)
			return error;
	}
	return 0;
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

/*
 * Sysfs has the size of an hmem device's dax region but not its start. Its dax devices
 * tell, where they fill it without a gap, or where one is empty.
 */
static void place_hmem_regions(struct sr_snapshot *snapshot)
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

static void names_guard(struct sr_dax_names *found)
{
	sr_names_free(&found->names);
}

/* Drivers name dax devices in /proc/iomem: sr_iomem_kind_of(). */
static bool is_left_out(const struct sr_snapshot *snapshot)
{
	static const char *const modules[] = {
		"dax", "dax_cxl", "dax_hmem", "device_dax", "kmem", NULL,
	};
	const struct sr_iomem_node *node;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_DAX_DEVICE)
			return true;
	}
	return sr_bus_is_left_out("/sys/bus/dax", modules);
}

static int note_no_devices(struct sr_source_context *context, int error)
{
	enum sr_source_state state = sr_state_of_error(error);

	if (state != SR_SOURCE_ABSENT)
		return sr_note(context, SR_SOURCE_DAX, state, DAX_DEVICES_PATH, "%s",
			       strerror(-error));
	if (is_left_out(context->snapshot))
		return sr_note(context, SR_SOURCE_DAX, SR_SOURCE_UNREADABLE, DAX_DEVICES_PATH,
			       SR_LEFT_OUT);
	return sr_note(context, SR_SOURCE_DAX, state, DAX_DEVICES_PATH, "no dax bus");
}

int sr_read_dax(struct sr_source_context *context)
{
	__attribute__((cleanup(names_guard))) struct sr_dax_names found = { 0 };
	struct reading reading = { .snapshot = context->snapshot };
	int error = read_cxl_dax_regions(context->snapshot);
	char **name;

	if (error)
		return error;
	error = sr_dax_walk(&found);
	if (error == -ENOMEM)
		return error;
	if (error)
		return note_no_devices(context, error);
	sr_for_each (name, &found.names.list) {
		error = read_device(&reading, *name);
		if (error)
			return error;
	}
	place_hmem_regions(context->snapshot);
	return sr_note_devices(context, SR_SOURCE_DAX, DAX_DEVICES_PATH, &reading.unreadable,
			       "libdaxctl", found.left_out, found.left_out_first);
}
