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
#include "sources/dax-place.h"
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
		error = sr_dax_holder_read(pool, device);
	if (!error)
		error = sr_dax_device_place(reading->snapshot, device);
	if (!device->ranges_known || device->holder == SR_DAX_HOLDER_UNKNOWN)
		sr_unreadable_add(&reading->unreadable, device->name);
	return error;
}

static int read_cxl_dax_region(struct sr_snapshot *snapshot, const char *name)
{
	struct sr_dax_region *dax_region = sr_list_add(&snapshot->dax_regions);
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
	sr_cxl_dax_region_place(snapshot, dax_region);
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
	sr_dax_hmem_place(context->snapshot);
	return sr_note_devices(context, SR_SOURCE_DAX, DAX_DEVICES_PATH, &reading.unreadable,
			       "libdaxctl", found.left_out, found.left_out_first);
}
