// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The platform devices of dax_hmem: hmem_platform.N, of which a kernel has one
 * (drivers/dax/hmem/device.c), and hmem.N, one for each range that it registered.
 * Since v7.1 the latter are children of the former (commit 059edcc405e4).
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/directory.h"
#include "sources/dax-place.h"
#include "sources/source.h"
#include "sources/sysfs.h"

#define HMEM_LIMIT 4096

static int add_hmem(struct sr_snapshot *snapshot, const char *parent, const char *name)
{
	struct sr_dax_region *region = sr_list_add(&snapshot->dax_regions);
	struct sr_range range;
	char path[PATH_MAX];

	if (!region)
		return -ENOMEM;
	region->holder = SR_DAX_HOLDER_HMEM;
	region->name = sr_pool_text(snapshot->pool, name);
	region->path = sr_pool_format(snapshot->pool, "%s/%s", parent, name);
	if (!region->name || !region->path)
		return -ENOMEM;
	if (!sr_device_path(path, sizeof(path), parent, name))
		return 0;
	region->size = sr_attribute_u64(path, "dax_region/size");
	region->available_size = sr_attribute_u64(path, "dax_region/available_size");
	if (sr_hmem_in_iomem(snapshot, name, &range)) {
		region->start = sr_u64_of(range.start);
		region->size = sr_u64_of(sr_range_size(range));
	}
	return sr_sysfs_driver(snapshot->pool, path, &region->driver);
}

static int add_all_hmem(struct sr_snapshot *snapshot, const char *parent, int *ret_failure)
{
	sr_auto_names struct sr_names names = { 0 };
	int failure = sr_names_read(parent, "hmem.#", HMEM_LIMIT, &names);
	char **name;

	if (failure == -ENOMEM)
		return failure;
	if (failure)
		*ret_failure = failure;
	sr_for_each (name, &names.list) {
		int error = add_hmem(snapshot, parent, *name);

		if (error)
			return error;
	}
	return 0;
}

static int read_below_platforms(struct sr_snapshot *snapshot, int *ret_failure)
{
	const struct sr_platform_device *platform;
	char path[PATH_MAX];

	sr_for_each (platform, &snapshot->hmem_platforms) {
		if (sr_device_path(path, sizeof(path), SR_PLATFORM_PATH, platform->name) &&
		    add_all_hmem(snapshot, path, ret_failure))
			return -ENOMEM;
	}
	return 0;
}

int sr_read_hmem(struct sr_source_context *context)
{
	struct sr_snapshot *snapshot = context->snapshot;
	int failure = 0;
	int error = sr_platform_devices_read(snapshot->pool, "hmem_platform.#",
					     &snapshot->hmem_platforms);

	if (error == -ENOMEM)
		return error;
	/* Every kernel has this folder (drivers/base/platform.c). */
	if (sr_state_of_error(error) == SR_SOURCE_ABSENT)
		return sr_note(context, SR_SOURCE_HMEM, SR_SOURCE_UNREADABLE, SR_PLATFORM_PATH,
			       SR_LEFT_OUT);
	if (error)
		return sr_note(context, SR_SOURCE_HMEM, sr_state_of_error(error), SR_PLATFORM_PATH,
			       "%s", strerror(-error));
	if (add_all_hmem(snapshot, SR_PLATFORM_PATH, &failure) ||
	    read_below_platforms(snapshot, &failure))
		return -ENOMEM;
	if (failure)
		return sr_note(context, SR_SOURCE_HMEM, SR_SOURCE_PARTIAL, SR_PLATFORM_PATH, "%s",
			       strerror(-failure));
	return sr_note(context, SR_SOURCE_HMEM, SR_SOURCE_OK, SR_PLATFORM_PATH, NULL);
}
