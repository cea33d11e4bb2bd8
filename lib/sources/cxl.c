// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Windows, regions, endpoint decoders and memdevs. Which there are and what
 * belongs to what comes from libcxl and the links of sysfs (cxl-walk.c); values are read from their
 * attributes, because libcxl returns 0 or ~0 for those that it could not read.
 * Attributes: Documentation/ABI/testing/sysfs-bus-cxl.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/directory.h"
#include "sources/cxl-walk.h"
#include "sources/source.h"
#include "sources/sysfs.h"

#define DEVICES_PATH "/sys/bus/cxl/devices"

/* CXL 3.1, 8.2.4.20.7: a region has at most 16 ways. */
#define TARGET_LIMIT 16

struct reading {
	struct sr_snapshot *snapshot;
	struct sr_unreadable unreadable;
};

static int read_root_decoder(struct reading *reading, const struct sr_cxl_device *device,
			     const char *path)
{
	struct sr_root_decoder *decoder = sr_list_add(&reading->snapshot->root_decoders);

	if (!decoder)
		return -ENOMEM;
	*decoder = (struct sr_root_decoder){
		.name = device->name,
		.start = sr_attribute_u64(path, "start"),
		.size = sr_attribute_u64(path, "size"),
		.locked = sr_attribute_truth(path, "locked"),
		.capable_ram = sr_attribute_truth(path, "cap_ram"),
		.capable_pmem = sr_attribute_truth(path, "cap_pmem"),
		.capable_type2 = sr_attribute_truth(path, "cap_type2"),
		.capable_type3 = sr_attribute_truth(path, "cap_type3"),
		.interleave_ways = sr_attribute_u64(path, "interleave_ways"),
		.interleave_granularity = sr_attribute_u64(path, "interleave_granularity"),
	};
	if (!decoder->start.known || !decoder->size.known)
		sr_unreadable_add(&reading->unreadable, decoder->name);
	return 0;
}

static int compare_endpoint_decoders(const void *a, const void *b)
{
	return strverscmp(((const struct sr_endpoint_decoder *)a)->name,
			  ((const struct sr_endpoint_decoder *)b)->name);
}

/* The endpoint decoders were read before, sorted by name. */
static struct sr_text memdev_of(const struct sr_snapshot *snapshot, const char *decoder)
{
	struct sr_endpoint_decoder key = { .name = decoder };
	const struct sr_endpoint_decoder *found = NULL;

	if (snapshot->endpoint_decoders.count)
		found = bsearch(&key, snapshot->endpoint_decoders.items,
				snapshot->endpoint_decoders.count, sizeof(key),
				compare_endpoint_decoders);
	return found ? found->memdev : (struct sr_text){ 0 };
}

static int read_targets(struct reading *reading, struct sr_region *region, const char *path)
{
	uint64_t ways = region->interleave_ways.known ? region->interleave_ways.value : 0;

	for (unsigned int i = 0; i < ways && i < TARGET_LIMIT; i++) {
		struct sr_region_target *target = sr_list_add(&region->targets);
		char name[sizeof("target99")];

		if (!target)
			return -ENOMEM;
		target->position = i;
		snprintf(name, sizeof(name), "target%u", i);
		if (sr_sysfs_text(reading->snapshot->pool, path, name, &target->decoder))
			return -ENOMEM;
		if (target->decoder.known && target->decoder.value)
			target->memdev = memdev_of(reading->snapshot, target->decoder.value);
	}
	return 0;
}

/* resource_show() of drivers/cxl/core/region.c prints -1 for a region without one. */
static bool has_resource(const struct sr_region *region)
{
	bool none = (region->start.known && region->start.value == UINT64_MAX) ||
		    (region->size.known && region->size.value == 0);

	return !none;
}

static int read_region(struct reading *reading, const struct sr_cxl_device *device,
		       const char *path)
{
	struct sr_pool *pool = reading->snapshot->pool;
	struct sr_region *region = sr_list_add(&reading->snapshot->regions);

	if (!region)
		return -ENOMEM;
	region->name = device->name;
	region->root_decoder = device->parent;
	region->start = sr_attribute_u64(path, "resource");
	region->size = sr_attribute_u64(path, "size");
	region->has_resource = has_resource(region);
	region->committed = sr_attribute_truth(path, "commit");
	region->locked = sr_attribute_truth(path, "locked");
	region->interleave_ways = sr_attribute_u64(path, "interleave_ways");
	region->interleave_granularity = sr_attribute_u64(path, "interleave_granularity");
	region->extended_linear_cache = sr_attribute_u64(path, "extended_linear_cache_size");
	if (!region->start.known || !region->size.known || region->committed == SR_UNKNOWN)
		sr_unreadable_add(&reading->unreadable, region->name);
	if (sr_sysfs_text(pool, path, "mode", &region->mode) ||
	    sr_sysfs_driver(pool, path, &region->driver))
		return -ENOMEM;
	return read_targets(reading, region, path);
}

/* endpointN/uport is the memdev; libcxl's answer needs /dev/cxl, this does not. */
static int read_memdev_of(struct sr_pool *pool, const char *port, struct sr_text *ret_memdev)
{
	char path[PATH_MAX], name[NAME_MAX + 1];
	const char *copy;

	if (!port || !sr_device_path(path, sizeof(path), DEVICES_PATH, port) ||
	    sr_link_base(path, "uport", name, sizeof(name)) != 0 || !sr_name_matches(name, "mem#"))
		return 0;
	copy = sr_pool_text(pool, name);
	if (!copy)
		return -ENOMEM;
	*ret_memdev = sr_text_of(copy);
	return 0;
}

/* The decoders of an endpoint come one behind the other, sorted by name. */
static int find_memdev(struct sr_snapshot *snapshot, struct sr_endpoint_decoder *decoder)
{
	const struct sr_endpoint_decoder *before =
		snapshot->endpoint_decoders.count > 1 ? decoder - 1 : NULL;

	if (before && before->port && decoder->port && strcmp(before->port, decoder->port) == 0) {
		decoder->memdev = before->memdev;
		return 0;
	}
	return read_memdev_of(snapshot->pool, decoder->port, &decoder->memdev);
}

static int read_endpoint_decoder(struct reading *reading, const struct sr_cxl_device *device,
				 const char *path)
{
	struct sr_pool *pool = reading->snapshot->pool;
	struct sr_endpoint_decoder *decoder = sr_list_add(&reading->snapshot->endpoint_decoders);

	if (!decoder)
		return -ENOMEM;
	decoder->name = device->name;
	decoder->port = device->parent;
	decoder->size = sr_attribute_u64(path, "size");
	if (find_memdev(reading->snapshot, decoder))
		return -ENOMEM;
	/* Most decoders of an endpoint are disabled: nothing else of them means anything. */
	if (decoder->size.known && decoder->size.value == 0)
		return 0;
	decoder->start = sr_attribute_u64(path, "start");
	decoder->dpa_start = sr_attribute_u64(path, "dpa_resource");
	decoder->dpa_size = sr_attribute_u64(path, "dpa_size");
	decoder->interleave_ways = sr_attribute_u64(path, "interleave_ways");
	decoder->locked = sr_attribute_truth(path, "locked");
	if (sr_sysfs_text(pool, path, "region", &decoder->region) ||
	    sr_sysfs_text(pool, path, "target_type", &decoder->target_type) ||
	    sr_sysfs_text(pool, path, "mode", &decoder->mode))
		return -ENOMEM;
	return 0;
}

/*
 * The device above the memdev: a PCI function, whose driver and class tell an
 * accelerator from an expander. A capture with a folder instead of the link does not
 * tell what is above.
 */
static int read_host(struct sr_pool *pool, struct sr_memdev *memdev, const char *path)
{
	char host[PATH_MAX];

	/* Known is the parent from the target of a link; the kernel goes up from there. */
	if (!memdev->host.known || !sr_device_path(host, sizeof(host), path, ".."))
		return 0;
	memdev->host_class = sr_attribute_u64(host, "class");
	return sr_sysfs_driver(pool, host, &memdev->host_driver);
}

static int read_memdev(struct reading *reading, const struct sr_cxl_device *device,
		       const char *path)
{
	struct sr_memdev *memdev = sr_list_add(&reading->snapshot->memdevs);

	if (!memdev)
		return -ENOMEM;
	*memdev = (struct sr_memdev){
		.name = device->name,
		.host = { .value = device->parent, .known = device->parent },
		.serial = sr_attribute_u64(path, "serial"),
		.ram_size = sr_attribute_u64(path, "ram/size"),
		.pmem_size = sr_attribute_u64(path, "pmem/size"),
		.numa_node = sr_attribute_s64(path, "numa_node"),
	};
	if (read_host(reading->snapshot->pool, memdev, path))
		return -ENOMEM;
	return sr_sysfs_driver(reading->snapshot->pool, path, &memdev->driver);
}

static int read_devices(struct reading *reading, const sr_cxl_device_list *list,
			int (*read)(struct reading *, const struct sr_cxl_device *, const char *))
{
	const struct sr_cxl_device *device;
	char path[PATH_MAX];

	sr_for_each (device, list) {
		int error;

		if (!sr_device_path(path, sizeof(path), DEVICES_PATH, device->name))
			continue;
		error = read(reading, device, path);
		if (error)
			return error;
	}
	return 0;
}

/* cxl_acpi and cxl_core name windows and regions in /proc/iomem. */
static bool is_left_out(const struct sr_snapshot *snapshot)
{
	static const char *const modules[] = { "cxl_core", "cxl_acpi", "cxl_port", NULL };
	const struct sr_iomem_node *node;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_CXL_WINDOW || node->kind == SR_IOMEM_REGION)
			return true;
	}
	return sr_bus_is_left_out("/sys/bus/cxl", modules);
}

static int note_no_devices(struct sr_source_context *context, int error)
{
	enum sr_source_state state = sr_state_of_error(error);

	if (state != SR_SOURCE_ABSENT)
		return sr_note(context, SR_SOURCE_CXL, state, DEVICES_PATH, "%s", strerror(-error));
	if (is_left_out(context->snapshot))
		return sr_note(context, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE, DEVICES_PATH,
			       SR_LEFT_OUT);
	return sr_note(context, SR_SOURCE_CXL, state, DEVICES_PATH,
		       "no CXL bus: cxl_core is neither loaded nor built in");
}

int sr_read_cxl(struct sr_source_context *context)
{
	sr_auto_cxl_devices struct sr_cxl_devices devices = { 0 };
	struct reading reading = { .snapshot = context->snapshot };
	int error = sr_platform_devices_read(context->snapshot->pool, "ACPI0017:#",
					     &context->snapshot->cxl_roots);

	if (error != -ENOMEM)
		error = sr_cxl_walk(context->snapshot->pool, &devices);
	if (error == -ENOMEM)
		return error;
	if (error)
		return note_no_devices(context, error);
	error = read_devices(&reading, &devices.lists[SR_CXL_MEMDEV], read_memdev);
	if (!error)
		error = read_devices(&reading, &devices.lists[SR_CXL_ENDPOINT_DECODER],
				     read_endpoint_decoder);
	if (!error)
		error = read_devices(&reading, &devices.lists[SR_CXL_ROOT_DECODER],
				     read_root_decoder);
	if (!error)
		error = read_devices(&reading, &devices.lists[SR_CXL_REGION], read_region);
	if (error)
		return error;
	return sr_note_devices(context, SR_SOURCE_CXL, DEVICES_PATH, &reading.unreadable, "libcxl",
			       devices.left_out, devices.left_out_first);
}
