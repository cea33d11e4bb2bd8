// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/way-locked.h"

#include <errno.h>

#include "plan/modelling.h"
#include "plan/steps.h"

const char *const sr_cxl_modules[SR_CXL_MODULE_COUNT] = {
	"dax_cxl",
	"cxl_pci",
	"cxl_mem",
	"cxl_acpi",
};

static int release_all(struct sr_planning *planning)
{
	const struct sr_dax_device *device;

	sr_for_each (device, &planning->now->snapshot->dax_devices) {
		int error = sr_step_release(planning, device->name);

		if (error)
			return error;
	}
	return 0;
}

static int disable_all(struct sr_planning *planning)
{
	const struct sr_region *region;

	sr_for_each (region, &planning->now->snapshot->regions) {
		int error = region->driver.value ? sr_step_disable(planning, region) : 0;

		if (error)
			return error;
	}
	return 0;
}

static int unload_all(struct sr_planning *planning)
{
	for (size_t i = 0; i < SR_CXL_MODULE_COUNT; i++) {
		int error = 0;

		if (sr_model_has_module(planning->model, sr_cxl_modules[i]))
			error = sr_step_unload(planning, sr_cxl_modules[i]);
		if (error)
			return error;
	}
	return 0;
}

/* @unit: one of those that it is for; it does for all. */
int sr_all_to_hmem(struct sr_planning *planning, const struct sr_range_report *unit)
{
	const struct sr_platform_device *platform = planning->now->snapshot->hmem_platforms.items;
	int error = unit->accelerator == SR_NO ? release_all(planning) : -EINVAL;

	if (!error)
		error = disable_all(planning);
	if (!error)
		error = unload_all(planning);
	if (!error && platform->driver.value)
		error = sr_step_unbind_platform(planning, platform->name);
	return error ? error : sr_step_bind_platform(planning, platform->name);
}
