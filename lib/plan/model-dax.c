// SPDX-License-Identifier: LGPL-2.1-or-later
/* Drivers of dax devices, and what they hold: drivers/dax/bus.c and kmem.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/claim.h"
#include "plan/model-memory.h"
#include "plan/modelling.h"

static bool is_driver(const struct sr_dax_device *device, const char *name)
{
	return device->driver.known && device->driver.value &&
	       strcmp(device->driver.value, name) == 0;
}

int sr_model_offline(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_device *device = sr_model_device(model, name);
	const struct sr_range *range;
	struct sr_memory_block *block;

	if (!device || !device->ranges_known || !is_driver(device, "kmem"))
		return -EINVAL;
	sr_for_each (range, &device->ranges) {
		sr_for_each (block, &model->memory_blocks) {
			if (!sr_range_overlaps(block->range, *range))
				continue;
			block->state = SR_BLOCK_OFFLINE;
			block->zone = sr_text_of(NULL);
		}
	}
	return 0;
}

/* kmem leaves what is online behind for good: dev_dax_kmem_remove(), drivers/dax/kmem.c. */
int sr_model_unbind_device(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_device *device = sr_model_device(model, name);
	const struct sr_range *range;

	if (!device || !device->ranges_known || !device->driver.known || !device->driver.value)
		return -EINVAL;
	sr_for_each (range, &device->ranges) {
		if (is_driver(device, "kmem") && sr_model_may_be_online(model, *range))
			return -EINVAL;
	}
	sr_for_each (range, &device->ranges) {
		sr_model_drop_nodes(model, *range, SR_IOMEM_SYSTEM_RAM);
		sr_model_drop_nodes(model, *range, SR_IOMEM_DAX_DEVICE);
		sr_model_drop_blocks(model, *range);
	}
	device->driver = sr_text_of(NULL);
	return 0;
}

/* What kmem would claim of each range; -EINVAL where it could not. */
static int check_claims(const struct sr_snapshot *model, const struct sr_dax_device *device)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_iomem_node *node;
	const struct sr_range *range;
	struct sr_range trimmed;

	if (sr_claims_new(model->iomem.items, model->iomem.count, &claims))
		return -ENOMEM;
	if (!device->ranges.count)
		return -EINVAL;
	sr_for_each (range, &device->ranges) {
		if (!sr_claim_trim(*range, model->memory_block_size, &trimmed) ||
		    sr_claim_check(claims, trimmed, &node) != SR_CLAIM_POSSIBLE)
			return -EINVAL;
	}
	return 0;
}

int sr_model_bind_device(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_device *device = sr_model_device(model, name);
	const struct sr_range *range;
	int error;

	if (!device || !device->ranges_known || !sr_model_is_driverless(device) ||
	    !sr_model_has_module(model, "kmem"))
		return -EINVAL;
	error = check_claims(model, device);
	if (error)
		return error;
	sr_for_each (range, &device->ranges) {
		struct sr_range trimmed;

		sr_claim_trim(*range, model->memory_block_size, &trimmed);
		error = sr_model_add_node(model, trimmed, SR_IOMEM_DAX_DEVICE, device->name);
		if (!error)
			error = sr_model_add_node(model, trimmed, SR_IOMEM_SYSTEM_RAM,
						  "System RAM (kmem)");
		if (!error)
			error = sr_model_add_blocks(model, trimmed);
		if (error)
			return error;
	}
	device->driver = sr_text_of("kmem");
	return 0;
}

/* Before v7.1 CXL and hmem can both have a device of memory that one of them uses. */
static bool is_used_beside(const struct sr_snapshot *model, const struct sr_dax_device *device,
			   struct sr_range block)
{
	const struct sr_dax_device *other;
	const struct sr_range *range;

	sr_for_each (other, &model->dax_devices) {
		if (other == device || !is_driver(other, "kmem"))
			continue;
		sr_for_each (range, &other->ranges) {
			if (sr_range_contains(*range, block))
				return true;
		}
	}
	return false;
}

/* Blocks that are online without a driver leaked from kmem: what is below them must stay. */
static bool may_go(const struct sr_snapshot *model, const struct sr_dax_device *device)
{
	const struct sr_memory_block *block;
	const struct sr_range *range;

	if (!sr_model_is_driverless(device) || !device->ranges_known ||
	    !sr_source_is_whole(model, SR_SOURCE_MEMORY_BLOCKS))
		return false;
	sr_for_each (range, &device->ranges) {
		sr_for_each (block, &model->memory_blocks) {
			if (block->state != SR_BLOCK_OFFLINE &&
			    sr_range_overlaps(block->range, *range) &&
			    !is_used_beside(model, device, block->range))
				return false;
		}
	}
	return true;
}

int sr_model_drop_devices(struct sr_snapshot *model, const char *dax_region)
{
	struct sr_dax_device *device;
	size_t kept = 0;

	sr_for_each (device, &model->dax_devices) {
		if (sr_model_is_in(device, dax_region) && !may_go(model, device))
			return -EINVAL;
	}
	sr_for_each (device, &model->dax_devices) {
		if (sr_model_is_in(device, dax_region))
			sr_list_free(&device->ranges);
		else
			model->dax_devices.items[kept++] = *device;
	}
	model->dax_devices.count = kept;
	return 0;
}
