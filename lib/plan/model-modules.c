// SPDX-License-Identifier: LGPL-2.1-or-later
/* Modules that come and go, and what goes with them. */
#include <errno.h>
#include <string.h>

#include "base/comma-list.h"
#include "plan/model-memory.h"
#include "plan/modelling.h"

/* Before v7.1 CXL would get a dax region of memory that dax_hmem has: two owners. */
static bool makes_two_owners(const struct sr_snapshot *model)
{
	const struct sr_dax_region *dax_region;
	struct sr_range range;

	sr_for_each (dax_region, &model->dax_regions) {
		if (dax_region->holder == SR_DAX_HOLDER_CXL && !dax_region->driver.value &&
		    (!sr_dax_region_range(dax_region, &range) ||
		     sr_model_is_held(model, dax_region->name, range)))
			return true;
	}
	return false;
}

/* The driver of dax regions registers, and takes all that wait for it. */
static int load_dax_cxl(struct sr_snapshot *model)
{
	for (size_t i = 0; i < model->dax_regions.count; i++) {
		const struct sr_dax_region *dax_region = &model->dax_regions.items[i];
		int error;

		if (dax_region->holder != SR_DAX_HOLDER_CXL || !dax_region->driver.known ||
		    dax_region->driver.value)
			continue;
		error = sr_model_probe(model, dax_region->name);
		if (error == -ENOMEM)
			return error;
	}
	model->enumeration.dax_region_driver = SR_YES;
	return 0;
}

static bool depends_on(const struct sr_module *module, const char *name)
{
	return module->depends.value &&
	       sr_comma_list_has(module->depends.value, strlen(module->depends.value), name);
}

/* No other module is ever loaded by a plan. */
int sr_model_load(struct sr_snapshot *model, const char *name)
{
	struct sr_module *module = sr_model_module(model, name);
	struct sr_module *dax_hmem = sr_model_module(model, "dax_hmem");

	if (strcmp(name, "dax_cxl") != 0 || !module || module->blocked || module->blacklisted ||
	    module->state != SR_MODULE_NOT_LOADED)
		return -EINVAL;
	/* dax_hmem would begin to hand out ranges; see sr_dax_cxl_may_load(). */
	if (depends_on(module, "dax_hmem")) {
		if (!dax_hmem || dax_hmem->blocked || dax_hmem->state == SR_MODULE_MISSING)
			return -EINVAL;
		if (dax_hmem->state == SR_MODULE_NOT_LOADED)
			dax_hmem->state = SR_MODULE_LOADED;
	} else if (makes_two_owners(model)) {
		return -EINVAL;
	}
	module->state = SR_MODULE_LOADED;
	return load_dax_cxl(model);
}

static int unload_dax_cxl(struct sr_snapshot *model)
{
	struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &model->dax_regions) {
		if (dax_region->holder != SR_DAX_HOLDER_CXL)
			continue;
		if (sr_model_drop_devices(model, dax_region->name))
			return -EINVAL;
		dax_region->driver = sr_text_of(NULL);
	}
	model->enumeration.dax_region_driver = SR_NO;
	return 0;
}

/* Whether to take the devices away would reset decoders: cxl_region_decode_reset(). */
static bool resets_decoders(const struct sr_snapshot *model)
{
	const struct sr_endpoint_decoder *decoder;
	const struct sr_region *region;

	sr_for_each (region, &model->regions) {
		if (region->locked != SR_YES || region->driver.value)
			return true;
	}
	sr_for_each (decoder, &model->endpoint_decoders) {
		bool idle = decoder->size.known && !decoder->size.value && !decoder->region.value;

		if (!idle && decoder->locked != SR_YES)
			return true;
	}
	return false;
}

static void drop_devices(struct sr_snapshot *model)
{
	model->memdevs.count = 0;
	model->endpoint_decoders.count = 0;
	model->enumeration.ports.count = 0;
	model->enumeration.functions.count = 0;
}

static void drop_regions(struct sr_snapshot *model)
{
	struct sr_dax_region *dax_region;
	struct sr_region *region;
	size_t kept = 0;

	sr_for_each (region, &model->regions)
		sr_list_free(&region->targets);
	model->regions.count = 0;
	sr_for_each (dax_region, &model->dax_regions) {
		if (dax_region->holder != SR_DAX_HOLDER_CXL)
			model->dax_regions.items[kept++] = *dax_region;
	}
	model->dax_regions.count = kept;
}

/* remove_cxl_resources(), drivers/cxl/acpi.c. */
static void drop_windows(struct sr_snapshot *model)
{
	const struct sr_range all = { 0, UINT64_MAX };
	struct sr_platform_device *root;

	drop_regions(model);
	model->root_decoders.count = 0;
	sr_model_drop_nodes(model, all, SR_IOMEM_REGION);
	sr_model_drop_nodes(model, all, SR_IOMEM_CXL_WINDOW);
	sr_for_each (root, &model->cxl_roots)
		root->driver = sr_text_of(NULL);
}

int sr_model_unload(struct sr_snapshot *model, const char *name)
{
	struct sr_module *module = sr_model_module(model, name);

	if (!module || module->state != SR_MODULE_LOADED)
		return -EINVAL;
	if (strcmp(name, "dax_cxl") == 0 && unload_dax_cxl(model))
		return -EINVAL;
	if (strncmp(name, "cxl_", 4) == 0 && resets_decoders(model))
		return -EINVAL;
	module->state = SR_MODULE_NOT_LOADED;
	if (strcmp(name, "cxl_pci") == 0)
		drop_devices(model);
	if (strcmp(name, "cxl_acpi") == 0)
		drop_windows(model);
	return 0;
}
