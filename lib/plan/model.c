// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/model.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plan/modelling.h"

/* Lists within the items of a list: those of the copy must not be freed twice. */
static int copy_inner(struct sr_snapshot *copy, const struct sr_snapshot *from)
{
	for (size_t i = 0; i < from->regions.count; i++) {
		if (sr_list_copy(&copy->regions.items[i].targets, &from->regions.items[i].targets))
			return -ENOMEM;
	}
	for (size_t i = 0; i < from->dax_devices.count; i++) {
		if (sr_list_copy(&copy->dax_devices.items[i].ranges,
				 &from->dax_devices.items[i].ranges))
			return -ENOMEM;
	}
	for (size_t i = 0; i < from->modules.count; i++) {
		if (sr_list_copy(&copy->modules.items[i].parameters,
				 &from->modules.items[i].parameters))
			return -ENOMEM;
	}
	for (size_t i = 0; i < from->acpi.windows.count; i++) {
		if (sr_list_copy(&copy->acpi.windows.items[i].targets,
				 &from->acpi.windows.items[i].targets))
			return -ENOMEM;
	}
	return 0;
}

/* As far as inner lists were not copied yet they are @from's, and must not be freed. */
static void forget_inner(struct sr_snapshot *copy)
{
	struct sr_region *region;
	struct sr_dax_device *device;
	struct sr_module *module;
	struct sr_fixed_window *window;

	sr_for_each (region, &copy->regions)
		region->targets.items = NULL;
	sr_for_each (device, &copy->dax_devices)
		device->ranges.items = NULL;
	sr_for_each (module, &copy->modules)
		module->parameters.items = NULL;
	sr_for_each (window, &copy->acpi.windows)
		window->targets.items = NULL;
}

static int copy_outer(struct sr_snapshot *copy, const struct sr_snapshot *from)
{
	if (sr_list_copy(&copy->iomem, &from->iomem) ||
	    sr_list_copy(&copy->memory_map, &from->memory_map) ||
	    sr_list_copy(&copy->root_decoders, &from->root_decoders) ||
	    sr_list_copy(&copy->regions, &from->regions) ||
	    sr_list_copy(&copy->endpoint_decoders, &from->endpoint_decoders) ||
	    sr_list_copy(&copy->memdevs, &from->memdevs) ||
	    sr_list_copy(&copy->dax_regions, &from->dax_regions) ||
	    sr_list_copy(&copy->dax_devices, &from->dax_devices) ||
	    sr_list_copy(&copy->memory_blocks, &from->memory_blocks) ||
	    sr_list_copy(&copy->hmem_platforms, &from->hmem_platforms) ||
	    sr_list_copy(&copy->cxl_roots, &from->cxl_roots) ||
	    sr_list_copy(&copy->modules, &from->modules) ||
	    sr_list_copy(&copy->acpi.memory, &from->acpi.memory) ||
	    sr_list_copy(&copy->acpi.windows, &from->acpi.windows) ||
	    sr_list_copy(&copy->acpi.faults, &from->acpi.faults))
		return -ENOMEM;
	return 0;
}

static int copy_enumeration(struct sr_enumeration *copy, const struct sr_enumeration *from)
{
	copy->functions_known = from->functions_known;
	copy->deferred_known = from->deferred_known;
	copy->dax_region_driver = from->dax_region_driver;
	copy->udev_busy = from->udev_busy;
	if (sr_list_copy(&copy->ports, &from->ports) ||
	    sr_list_copy(&copy->functions, &from->functions) ||
	    sr_list_copy(&copy->deferred, &from->deferred) ||
	    sr_list_copy(&copy->coming, &from->coming))
		return -ENOMEM;
	return 0;
}

static void copy_values(struct sr_snapshot *copy, const struct sr_snapshot *from)
{
	memcpy(copy->notes, from->notes, sizeof(copy->notes));
	copy->kernel = from->kernel;
	copy->memory_block_size = from->memory_block_size;
	copy->auto_online = from->auto_online;
	copy->acpi.has_srat = from->acpi.has_srat;
	copy->acpi.has_hmat = from->acpi.has_hmat;
	copy->acpi.has_cedt = from->acpi.has_cedt;
	copy->acpi.hmat_used = from->acpi.hmat_used;
	copy->acpi.hmat_logged = from->acpi.hmat_logged;
	copy->acpi.memory_known = from->acpi.memory_known;
	copy->acpi.windows_known = from->acpi.windows_known;
}

struct sr_snapshot *sr_model_new(const struct sr_snapshot *snapshot)
{
	sr_auto_snapshot struct sr_snapshot *copy = sr_snapshot_new();
	struct sr_snapshot *done;
	int error;

	if (!copy)
		return NULL;
	copy_values(copy, snapshot);
	error = copy_outer(copy, snapshot);
	/* From here on the items hold pointers to lists of @snapshot. */
	forget_inner(copy);
	if (error || copy_inner(copy, snapshot) ||
	    copy_enumeration(&copy->enumeration, &snapshot->enumeration))
		return NULL;
	done = copy;
	copy = NULL;
	return done;
}

int sr_model_step(struct sr_snapshot *model, const struct sr_step *step)
{
	switch (step->action) {
	case SR_ACTION_OFFLINE:
		return sr_model_offline(model, step->target);
	case SR_ACTION_UNBIND_DEVICE:
		return sr_model_unbind_device(model, step->target);
	case SR_ACTION_RESIZE_DEVICE:
		return sr_model_resize(model, step->target, step->value);
	case SR_ACTION_CREATE_DEVICE:
		return sr_model_create(model, step);
	case SR_ACTION_BIND_DEVICE:
		return sr_model_bind_device(model, step->target);
	case SR_ACTION_UNBIND_HMEM:
		return sr_model_unbind_hmem(model, step->target);
	case SR_ACTION_PROBE_DAX_REGION:
		return sr_model_probe(model, step->target);
	case SR_ACTION_DISABLE_REGION:
		return sr_model_disable_region(model, step->target);
	case SR_ACTION_ENABLE_REGION:
		return sr_model_enable_region(model, step->target);
	case SR_ACTION_UNLOAD_MODULE:
		return sr_model_unload(model, step->target);
	case SR_ACTION_LOAD_MODULE:
		return sr_model_load(model, step->target);
	case SR_ACTION_UNBIND_HMEM_PLATFORM:
		return sr_model_unbind_platform(model, step->target);
	case SR_ACTION_BIND_HMEM_PLATFORM:
		return sr_model_bind_platform(model, step->target);
	default:
		return -EINVAL;
	}
}
