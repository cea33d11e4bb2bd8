// SPDX-License-Identifier: LGPL-2.1-or-later
#include <string.h>

#include "plan/modelling.h"

struct sr_dax_device *sr_model_device(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_device *device;

	sr_for_each (device, &model->dax_devices) {
		if (strcmp(device->name, name) == 0)
			return device;
	}
	return NULL;
}

struct sr_dax_region *sr_model_dax_region(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &model->dax_regions) {
		if (strcmp(dax_region->name, name) == 0)
			return dax_region;
	}
	return NULL;
}

struct sr_region *sr_model_region(struct sr_snapshot *model, const char *name)
{
	struct sr_region *region;

	sr_for_each (region, &model->regions) {
		if (strcmp(region->name, name) == 0)
			return region;
	}
	return NULL;
}

struct sr_module *sr_model_module(struct sr_snapshot *model, const char *name)
{
	struct sr_module *module;

	sr_for_each (module, &model->modules) {
		if (strcmp(module->name, name) == 0)
			return module;
	}
	return NULL;
}

bool sr_model_has_module(const struct sr_snapshot *model, const char *name)
{
	const struct sr_module *module = sr_snapshot_module(model, name);

	return module && (module->state == SR_MODULE_LOADED || module->state == SR_MODULE_BUILT_IN);
}

bool sr_model_is_in(const struct sr_dax_device *device, const char *dax_region)
{
	return device->dax_region && strcmp(device->dax_region, dax_region) == 0;
}

bool sr_model_is_driverless(const struct sr_dax_device *device)
{
	return device->driver.known && !device->driver.value;
}

bool sr_dax_region_place(const struct sr_snapshot *snapshot, const struct sr_dax_region *dax_region,
			 struct sr_range *ret_range)
{
	const struct sr_dax_device *device;

	if (sr_dax_region_range(dax_region, ret_range))
		return true;
	sr_for_each (device, &snapshot->dax_devices) {
		if (!device->dax_region || strcmp(device->dax_region, dax_region->name) != 0 ||
		    !device->ranges_known || device->ranges.count != 1 || !dax_region->size.known ||
		    sr_range_size(device->ranges.items[0]) != dax_region->size.value)
			continue;
		*ret_range = device->ranges.items[0];
		return true;
	}
	return false;
}
