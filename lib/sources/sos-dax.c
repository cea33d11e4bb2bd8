// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The sources hmem and dax of a sosreport: what `daxctl list -iDRM` printed, held against the
 * list of all devices. libdaxctl lists a dax region only where it has the attributes that
 * alloc_dax_region() (drivers/dax/bus.c) makes, so where a driver is bound; one without is
 * known from the list of devices alone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "base/file.h"
#include "sources/dax-place.h"
#include "sources/sos-dax-json.h"
#include "sources/sos-devices.h"
#include "sources/sos.h"
#include "sources/sysfs.h"

#define LIST_PATH  "/sos_commands/cxl/daxctl_list_-iDRM"
#define TEXT_LIMIT ((size_t)64 << 20)

static int add_platform(struct sr_snapshot *snapshot, const struct sr_sos_device *device)
{
	struct sr_platform_device *platform = sr_list_add(&snapshot->hmem_platforms);

	if (!platform)
		return -ENOMEM;
	*platform = (struct sr_platform_device){ device->name, device->driver };
	return 0;
}

static int add_dax_region(struct sr_snapshot *snapshot, const struct sr_sos_device *device,
			  enum sr_dax_holder holder)
{
	struct sr_dax_region *region = sr_list_add(&snapshot->dax_regions);
	struct sr_range range;

	if (!region)
		return -ENOMEM;
	region->name = device->name;
	region->path = device->path;
	region->driver = device->driver;
	region->holder = holder;
	if (holder == SR_DAX_HOLDER_HMEM && sr_hmem_in_iomem(snapshot, region->name, &range)) {
		region->start = sr_u64_of(range.start);
		region->size = sr_u64_of(sr_range_size(range));
	}
	if (holder != SR_DAX_HOLDER_CXL)
		return 0;
	if (sr_path_component(snapshot->pool, region->path, "region#", &region->region))
		return -ENOMEM;
	sr_cxl_dax_region_place(snapshot, region);
	return 0;
}

int sr_sos_read_hmem(struct sr_source_context *context)
{
	const struct sr_sos_devices *devices = context->sos_devices;
	const struct sr_sos_device *device;

	sr_for_each (device, &devices->list) {
		if (strcmp(device->subsystem, "platform") != 0)
			continue;
		if (sr_name_matches(device->name, "hmem_platform.#") &&
		    add_platform(context->snapshot, device))
			return -ENOMEM;
		if (sr_name_matches(device->name, "hmem.#") &&
		    add_dax_region(context->snapshot, device, SR_DAX_HOLDER_HMEM))
			return -ENOMEM;
	}
	if (devices->whole)
		return sr_note(context, SR_SOURCE_HMEM, SR_SOURCE_OK, SR_SOS_DEVICES_PATH, NULL);
	return sr_note(context, SR_SOURCE_HMEM, SR_SOURCE_UNREADABLE, SR_SOS_DEVICES_PATH,
		       "%s, and a sosreport has no %s", devices->why, SR_PLATFORM_PATH);
}

static int add_cxl_regions(struct sr_source_context *context)
{
	const struct sr_sos_device *device;

	sr_for_each (device, &context->sos_devices->list) {
		if (strcmp(device->subsystem, "cxl") == 0 &&
		    sr_name_matches(device->name, "dax_region#") &&
		    add_dax_region(context->snapshot, device, SR_DAX_HOLDER_CXL))
			return -ENOMEM;
	}
	return 0;
}

static struct sr_dax_device *find_device(const struct sr_snapshot *snapshot, const char *name)
{
	struct sr_dax_device *device;

	sr_for_each (device, &snapshot->dax_devices) {
		if (strcmp(device->name, name) == 0)
			return device;
	}
	return NULL;
}

/* One that libdaxctl left out: its ranges are not known. */
static int add_left_out(struct sr_snapshot *snapshot, const struct sr_sos_device *device,
			struct sr_unreadable *unreadable)
{
	struct sr_dax_device *item = sr_list_add(&snapshot->dax_devices);

	if (!item)
		return -ENOMEM;
	item->name = device->name;
	item->path = device->path;
	item->driver = device->driver;
	sr_unreadable_add(unreadable, item->name);
	return sr_dax_holder_read(snapshot->pool, item);
}

/* Two looks, one after the other; where they differ, the machine changed between them. */
static void join_device(struct sr_dax_device *item, const struct sr_sos_device *device)
{
	if (!item->path || strcmp(item->path, device->path) != 0)
		item->holder = SR_DAX_HOLDER_UNKNOWN;
	if (item->driver.known &&
	    (!item->driver.value != !device->driver.value ||
	     (item->driver.value && strcmp(item->driver.value, device->driver.value) != 0)))
		item->driver = (struct sr_text){ 0 };
	else
		item->driver = device->driver;
}

static int join_devices(struct sr_source_context *context, struct sr_unreadable *unreadable)
{
	const struct sr_sos_device *device;

	sr_for_each (device, &context->sos_devices->list) {
		struct sr_dax_device *item;

		if (strcmp(device->subsystem, "dax") != 0 ||
		    !sr_name_matches(device->name, "dax#.#"))
			continue;
		item = find_device(context->snapshot, device->name);
		if (item)
			join_device(item, device);
		else if (add_left_out(context->snapshot, device, unreadable))
			return -ENOMEM;
	}
	return 0;
}

static void forget_devices(struct sr_snapshot *snapshot, size_t regions)
{
	struct sr_dax_device *device;

	sr_for_each (device, &snapshot->dax_devices)
		sr_list_free(&device->ranges);
	snapshot->dax_devices.count = 0;
	snapshot->dax_regions.count = regions;
}

static bool has_bus(const struct sr_source_context *context)
{
	const struct sr_sos_device *device;
	const struct sr_iomem_node *node;

	sr_for_each (device, &context->sos_devices->list) {
		if (strcmp(device->subsystem, "dax") == 0)
			return true;
	}
	sr_for_each (node, &context->snapshot->iomem) {
		if (node->kind == SR_IOMEM_DAX_DEVICE)
			return true;
	}
	return !context->sos_devices->whole;
}

static int note_error(struct sr_source_context *context, int error)
{
	const char *why = error == -EINVAL    ? "it is not what daxctl list prints"
			  : error == -EEXIST  ? "it lists a device twice"
			  : error == -ENODATA ? "it lists nothing"
					      : strerror(-error);

	if (error == -ENOENT)
		why = "it is missing: the plugin cxl did not run, or there was no daxctl";
	return sr_note(context, SR_SOURCE_DAX, SR_SOURCE_UNREADABLE, LIST_PATH, "%s", why);
}

static int note_read(struct sr_source_context *context, const struct sr_unreadable *unreadable)
{
	if (unreadable->count)
		return sr_note(context, SR_SOURCE_DAX, SR_SOURCE_PARTIAL, LIST_PATH,
			       "of %s and %zu more it does not tell all", unreadable->first,
			       unreadable->count - 1);
	if (!context->sos_devices->whole)
		return sr_note(context, SR_SOURCE_DAX, SR_SOURCE_PARTIAL, LIST_PATH,
			       "nothing tells whether it lists all dax devices");
	return sr_note(context, SR_SOURCE_DAX, SR_SOURCE_OK, LIST_PATH, NULL);
}

static int read_list(struct sr_snapshot *snapshot, struct sr_unreadable *unreadable)
{
	sr_auto_free char *text = NULL;
	size_t regions = snapshot->dax_regions.count, length;
	int error = sr_file_read(LIST_PATH, TEXT_LIMIT, &text, &length);

	if (!error)
		error = sr_sos_dax_parse(snapshot, text, length, unreadable);
	if (error) {
		forget_devices(snapshot, regions);
		*unreadable = (struct sr_unreadable){ 0 };
	}
	return error;
}

int sr_sos_read_dax(struct sr_source_context *context)
{
	struct sr_unreadable unreadable = { 0 };
	int error;

	if (add_cxl_regions(context))
		return -ENOMEM;
	error = read_list(context->snapshot, &unreadable);
	if (error == -ENOMEM || join_devices(context, &unreadable))
		return -ENOMEM;
	sr_sos_dax_sort(context->snapshot);
	sr_dax_hmem_place(context->snapshot);
	/* It prints nothing where there is no dax device. */
	if ((error == -ENODATA || error == -ENOENT) && !has_bus(context))
		return sr_note(context, SR_SOURCE_DAX, SR_SOURCE_OK, SR_SOS_DEVICES_PATH, NULL);
	return error ? note_error(context, error) : note_read(context, &unreadable);
}
