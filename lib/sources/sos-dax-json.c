// SPDX-License-Identifier: LGPL-2.1-or-later
/* Members as daxctl/json.c of ndctl writes them. */
#include "sources/sos-dax-json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/directory.h"
#include "sources/dax-place.h"
#include "sources/sos-json.h"
#include "sources/sysfs.h"

/* Far above any machine; bounds for lists that are made to be long. */
#define REGION_LIMIT  4096
#define DEVICE_LIMIT  8192
#define MAPPING_LIMIT 4096

struct parsing {
	struct sr_snapshot *snapshot;
	struct sr_unreadable *unreadable;
	const char *path;		/* of the dax region at hand */
	struct sr_dax_device of_region; /* who made its devices */
};

/* The driver of such a device is bound by its kind, as it is the only one. */
static const char *driver_of(enum sr_dax_holder holder)
{
	return holder == SR_DAX_HOLDER_CXL ? "cxl_dax_region" : "hmem";
}

static int add_region(struct parsing *parsing, struct sr_dax_region **ret_region)
{
	const struct sr_dax_device *made = &parsing->of_region;
	struct sr_pool *pool = parsing->snapshot->pool;
	struct sr_dax_region *region = sr_list_add(&parsing->snapshot->dax_regions);
	struct sr_range range;

	if (!region)
		return -ENOMEM;
	region->name = made->dax_region;
	region->path = parsing->path;
	region->holder = made->holder;
	region->driver = sr_text_of(driver_of(made->holder));
	*ret_region = region;
	if (made->holder == SR_DAX_HOLDER_CXL) {
		if (sr_path_component(pool, region->path, "region#", &region->region))
			return -ENOMEM;
		sr_cxl_dax_region_place(parsing->snapshot, region);
	} else if (sr_hmem_in_iomem(parsing->snapshot, region->name, &range)) {
		region->start = sr_u64_of(range.start);
		region->size = sr_u64_of(sr_range_size(range));
	}
	return 0;
}

/* Those of pmem are none of ours (sources/dax.c). */
static int read_region(struct parsing *parsing, const struct sr_json *object)
{
	const struct sr_dax_device *made = &parsing->of_region;
	struct sr_dax_region *region;

	if (made->holder != SR_DAX_HOLDER_CXL && made->holder != SR_DAX_HOLDER_HMEM)
		return 0;
	region = sr_dax_region_find(parsing->snapshot, made->dax_region);
	if (!region && add_region(parsing, &region))
		return -ENOMEM;
	/* Its attributes, and with them it, are there while a driver is bound. */
	if (region->driver.known && !region->driver.value)
		region->driver = (struct sr_text){ 0 };
	if (!region->size.known && made->holder == SR_DAX_HOLDER_HMEM)
		region->size = sr_json_u64(object, "size");
	/* It is left out where it is 0, and where it could not be read. */
	region->available_size = sr_json_u64(object, "available_size");
	return 0;
}

static int add_mapping(struct sr_dax_device *device, const struct sr_json *mapping, uint64_t *sum)
{
	struct sr_u64 start = sr_json_u64(mapping, "start"), end = sr_json_u64(mapping, "end");
	struct sr_range range;

	if (!start.known || !end.known || sr_range_make(start.value, end.value, &range)) {
		device->ranges_known = false;
		return 0;
	}
	if (__builtin_add_overflow(*sum, sr_range_size(range), sum))
		device->ranges_known = false;
	return sr_range_list_add(&device->ranges, range);
}

/* They are all there where they add up to its size. */
static int read_ranges(struct sr_dax_device *device, const struct sr_json *object)
{
	const struct sr_json *mappings = sr_json_member(object, "mappings");
	uint64_t sum = 0;
	int error = 0;

	device->ranges_known = device->size.known;
	for (size_t i = 0; !error && i < sr_json_count(mappings) && i < MAPPING_LIMIT; i++)
		error = add_mapping(device, sr_json_at(mappings, i), &sum);
	if (sum != device->size.value)
		device->ranges_known = false;
	return error;
}

/*
 * A device that is enabled has a driver; kmem makes it system-ram, and of the others
 * "devdax" does not tell which (daxctl_dev_is_system_ram_capable() of libdaxctl.c).
 */
static struct sr_text device_driver(const struct sr_json *object)
{
	if (sr_json_member(object, "state"))
		return sr_json_text_is(object, "state", "disabled") == SR_YES
			       ? sr_text_of(NULL)
			       : (struct sr_text){ 0 };
	return sr_json_text_is(object, "mode", "system-ram") == SR_YES ? sr_text_of("kmem")
								       : (struct sr_text){ 0 };
}

static int name_device(struct parsing *parsing, struct sr_dax_device *device,
		       const struct sr_json *object)
{
	char name[64];

	if (!sr_json_text(object, "chardev", name, sizeof(name)) ||
	    !sr_name_matches(name, "dax#.#"))
		strcpy(name, "?");
	device->name = sr_pool_text(parsing->snapshot->pool, name);
	if (!device->name)
		return -ENOMEM;
	if (!parsing->path)
		return 0;
	device->path = sr_pool_format(parsing->snapshot->pool, "%s/%s", parsing->path, name);
	return device->path ? 0 : -ENOMEM;
}

static int read_device(struct parsing *parsing, const struct sr_json *object)
{
	struct sr_dax_device *device;
	struct sr_u64 node = sr_json_u64(object, "target_node");
	int error;

	if (parsing->snapshot->dax_devices.count >= DEVICE_LIMIT)
		return -E2BIG;
	device = sr_list_add(&parsing->snapshot->dax_devices);
	if (!device || name_device(parsing, device, object))
		return -ENOMEM;
	device->holder = parsing->of_region.holder;
	device->dax_region = parsing->of_region.dax_region;
	device->size = sr_json_u64(object, "size");
	device->driver = device_driver(object);
	device->target_node = (struct sr_s64){ .value = (int64_t)node.value,
					       .known = node.known && node.value <= INT_MAX };
	error = read_ranges(device, object);
	if (!error)
		error = sr_dax_device_place(parsing->snapshot, device);
	if (!device->ranges_known || device->holder == SR_DAX_HOLDER_UNKNOWN)
		sr_unreadable_add(parsing->unreadable, device->name);
	return error;
}

/* "/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0", without /sys/devices. */
static int read_path(struct parsing *parsing, const struct sr_json *object)
{
	char path[PATH_MAX - sizeof("/sys/devices/dax999999.999999")];

	parsing->path = NULL;
	parsing->of_region = (struct sr_dax_device){ 0 };
	if (!sr_json_text(object, "path", path, sizeof(path)) || *path != '/')
		return 0;
	parsing->path = sr_pool_format(parsing->snapshot->pool, "/sys/devices%s", path);
	if (!parsing->path)
		return -ENOMEM;
	parsing->of_region.path = parsing->path;
	return sr_dax_holder_read(parsing->snapshot->pool, &parsing->of_region);
}

static int read_object(struct parsing *parsing, const struct sr_json *object)
{
	const struct sr_json *devices = sr_json_member(object, "devices");
	int error = read_path(parsing, object);

	if (!error)
		error = read_region(parsing, object);
	for (size_t i = 0; !error && i < sr_json_count(devices); i++)
		error = read_device(parsing, sr_json_at(devices, i));
	return error;
}

static int compare_devices(const void *a, const void *b)
{
	return strverscmp(((const struct sr_dax_device *)a)->name,
			  ((const struct sr_dax_device *)b)->name);
}

/* Names are unique among all dax devices, as those of one bus. */
int sr_sos_dax_sort(struct sr_snapshot *snapshot)
{
	const struct sr_dax_device *items = snapshot->dax_devices.items;

	if (snapshot->dax_devices.count)
		qsort(snapshot->dax_devices.items, snapshot->dax_devices.count, sizeof(*items),
		      compare_devices);
	for (size_t i = 1; i < snapshot->dax_devices.count; i++)
		if (compare_devices(&items[i - 1], &items[i]) == 0)
			return -EEXIST;
	return 0;
}

int sr_sos_dax_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		     struct sr_unreadable *unreadable)
{
	struct parsing parsing = { .snapshot = snapshot, .unreadable = unreadable };
	sr_auto_json struct sr_json *json = NULL;
	int error = sr_json_parse(text, length, &json);

	if (!error && sr_json_count(json) > REGION_LIMIT)
		error = -E2BIG;
	for (size_t i = 0; !error && i < sr_json_count(json); i++)
		error = read_object(&parsing, sr_json_at(json, i));
	if (!error)
		error = sr_sos_dax_sort(snapshot);
	if (!error && sr_json_count(json) == 0)
		error = -ENODATA;
	return error;
}
