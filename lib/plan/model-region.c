// SPDX-License-Identifier: LGPL-2.1-or-later
/* Regions and their dax regions: drivers/cxl/core/region.c and drivers/dax/cxl.c. */
#include <errno.h>
#include <string.h>

#include "plan/modelling.h"

/* Devres takes the dax region and its devices along; decoders stay as they are. */
int sr_model_disable_region(struct sr_snapshot *model, const char *name)
{
	struct sr_region *region = sr_model_region(model, name);
	struct sr_dax_region *dax_region;
	size_t kept = 0;

	if (!region || !region->driver.value)
		return -EINVAL;
	sr_for_each (dax_region, &model->dax_regions) {
		if (!dax_region->region || strcmp(dax_region->region, name) != 0) {
			model->dax_regions.items[kept++] = *dax_region;
			continue;
		}
		if (sr_model_drop_devices(model, dax_region->name))
			return -EINVAL;
	}
	model->dax_regions.count = kept;
	region->driver = sr_text_of(NULL);
	return 0;
}

static bool has_system_ram(const struct sr_snapshot *model, struct sr_range range)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &model->iomem) {
		if (node->kind == SR_IOMEM_SYSTEM_RAM && sr_range_overlaps(node->range, range))
			return true;
	}
	return false;
}

static int add_dax_region(struct sr_snapshot *model, const struct sr_region *region)
{
	const char *number = strpbrk(region->name, "0123456789");
	const char *name = sr_pool_format(model->pool, "dax_region%s", number ? number : "");
	struct sr_dax_region *dax_region;

	if (!name)
		return -ENOMEM;
	dax_region = sr_list_add(&model->dax_regions);
	if (!dax_region)
		return -ENOMEM;
	*dax_region = (struct sr_dax_region){
		.name = name,
		.holder = SR_DAX_HOLDER_CXL,
		.region = region->name,
		.driver = sr_text_of(NULL),
		.start = region->start,
		.size = region->size,
	};
	if (!sr_model_has_module(model, "dax_cxl"))
		return 0;
	return sr_model_probe(model, name);
}

/* cxl_region_probe() makes no dax region where System RAM lies in the region. */
int sr_model_enable_region(struct sr_snapshot *model, const char *name)
{
	struct sr_region *region = sr_model_region(model, name);
	struct sr_range range;

	if (!region || region->driver.value || region->committed != SR_YES ||
	    !sr_region_range(region, &range))
		return -EINVAL;
	region->driver = sr_text_of("cxl_region");
	if (!region->mode.value || strcmp(region->mode.value, "ram") != 0 ||
	    has_system_ram(model, range))
		return -EINVAL;
	return add_dax_region(model, region);
}

/* alloc_dax_region() gives an address to one dax region at most since v7.1; plans never try. */
bool sr_model_is_held(const struct sr_snapshot *model, const char *name, struct sr_range range)
{
	const struct sr_dax_region *dax_region;
	struct sr_range other;

	sr_for_each (dax_region, &model->dax_regions) {
		if (strcmp(dax_region->name, name) == 0 ||
		    (dax_region->driver.known && !dax_region->driver.value))
			continue;
		if (!sr_dax_region_place(model, dax_region, &other) ||
		    sr_range_overlaps(other, range))
			return true;
	}
	return false;
}

int sr_model_probe(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_region *dax_region = sr_model_dax_region(model, name);
	struct sr_range range;

	if (!dax_region || dax_region->driver.value || !sr_dax_region_range(dax_region, &range) ||
	    !sr_model_has_module(model, "dax_cxl") || sr_model_is_held(model, name, range))
		return -EINVAL;
	dax_region->driver = sr_text_of("cxl_dax_region");
	return sr_model_add_whole_device(model, name);
}
