// SPDX-License-Identifier: LGPL-2.1-or-later
/* Steps on dax devices and on what dax_hmem holds. */
#include "plan/steps.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plan/modelling.h"
#include "plan/step-add.h"

static uint64_t online_bytes(const struct sr_snapshot *model, const struct sr_dax_device *device)
{
	const struct sr_memory_block *block;
	const struct sr_range *range;
	uint64_t bytes = 0;

	sr_for_each (range, &device->ranges) {
		sr_for_each (block, &model->memory_blocks) {
			if (block->state == SR_BLOCK_ONLINE &&
			    sr_range_overlaps(block->range, *range))
				bytes += sr_range_size(block->range);
		}
	}
	return bytes;
}

/* The least range that has all of a device. */
static struct sr_range span_of(const struct sr_dax_device *device)
{
	struct sr_range span = device->ranges.items[0];
	const struct sr_range *range;

	sr_for_each (range, &device->ranges) {
		if (range->start < span.start)
			span.start = range->start;
		if (range->end > span.end)
			span.end = range->end;
	}
	return span;
}

static int offline(struct sr_planning *planning, const struct sr_dax_device *device,
		   struct sr_range range)
{
	uint64_t online = online_bytes(planning->model, device);
	const char *name = device->name;

	if (!online)
		return 0;
	return sr_step_add(
		planning,
		(struct sr_step){
			.action = SR_ACTION_OFFLINE,
			.target = plan_text(planning, "%s", name),
			.needs = "its pages can be moved, and there is room for them elsewhere",
			.changes = "its memory is no longer System RAM",
			.undo = plan_text(planning, "daxctl online-memory %s", name),
			.range = range,
			.has_range = true,
			.offline_bytes = online,
		});
}

static int unbind(struct sr_planning *planning, const char *name, const char *driver,
		  struct sr_range range)
{
	bool kmem = strcmp(driver, "kmem") == 0;

	return sr_step_add_write(
		planning,
		(struct sr_step){
			.action = SR_ACTION_UNBIND_DEVICE,
			.target = plan_text(planning, "%s", name),
			.path = plan_text(planning, DAX_DRIVERS "%s/unbind", driver),
			.value = plan_text(planning, "%s", name),
			.needs = kmem ? "none of its memory blocks is online"
				      : plan_text(planning, "nobody has /dev/%s open", name),
			.changes =
				kmem ? "its memory blocks go"
				     : plan_text(planning, "/dev/%s goes, and what is in it", name),
			.undo = plan_text(planning, "echo %s > " DAX_DRIVERS "%s/bind", name,
					  driver),
			.range = range,
			.has_range = true,
		});
}

int sr_step_release(struct sr_planning *planning, const char *name)
{
	const struct sr_dax_device *device = sr_model_device(planning->model, name);
	struct sr_range range;
	const char *driver;
	int error;

	if (!device || !device->driver.known || !device->ranges_known)
		return -EINVAL;
	driver = device->driver.value;
	if (!driver)
		return 0;
	if (!device->ranges.count)
		return -EINVAL;
	range = span_of(device);
	error = strcmp(driver, "kmem") == 0 ? offline(planning, device, range) : 0;
	return error ? error : unbind(planning, name, driver, range);
}

int sr_step_resize(struct sr_planning *planning, const char *name, uint64_t size,
		   struct sr_range range)
{
	const struct sr_dax_device *device = sr_model_device(planning->model, name);

	if (!device || !device->size.known)
		return -EINVAL;
	return sr_step_add_write(
		planning, (struct sr_step){
				  .action = SR_ACTION_RESIZE_DEVICE,
				  .target = plan_text(planning, "%s", name),
				  .path = plan_text(planning, DAX_DEVICES "%s/size", name),
				  .value = plan_text(planning, "%ju", (uintmax_t)size),
				  .needs = size ? "its dax region has room" : "no driver has it",
				  .changes = size ? "it ends where a line of /proc/iomem does"
						  : "it has no memory for the moment",
				  .undo = plan_text(planning, "echo %ju > " DAX_DEVICES "%s/size",
						    (uintmax_t)device->size.value, name),
				  .range = range,
				  .has_range = true,
			  });
}

/* Where `create` and `delete` are, by names that the model has too. */
static const char *dax_region_folder(struct sr_planning *planning, const char *name)
{
	const struct sr_dax_region *dax_region = sr_model_dax_region(planning->model, name);
	bool is_hmem = dax_region && dax_region->holder == SR_DAX_HOLDER_HMEM;

	return plan_text(planning, "/sys/bus/%s/devices/%s/dax_region",
			 is_hmem ? "platform" : "cxl", name);
}

int sr_step_create(struct sr_planning *planning, const char *name, const char *dax_region,
		   struct sr_range range)
{
	const char *folder = dax_region_folder(planning, dax_region);

	if (!folder)
		return -ENOMEM;
	return sr_step_add_write(
		planning,
		(struct sr_step){
			.action = SR_ACTION_CREATE_DEVICE,
			.target = plan_text(planning, "%s", name),
			.path = plan_text(planning, "%s/create", folder),
			.value = plan_text(planning, "%ju", (uintmax_t)sr_range_size(range)),
			.needs = "its dax region has room",
			.changes = "the next part gets a dax device of its own",
			.undo = plan_text(planning,
					  "echo 0 > " DAX_DEVICES "%s/size; echo %s > %s/delete",
					  name, name, folder),
			.range = range,
			.has_range = true,
		});
}

int sr_step_bind(struct sr_planning *planning, const char *name, struct sr_range range)
{
	return sr_step_add_write(
		planning,
		(struct sr_step){
			.action = SR_ACTION_BIND_DEVICE,
			.target = plan_text(planning, "%s", name),
			.path = DAX_DRIVERS "kmem/bind",
			.value = plan_text(planning, "%s", name),
			.needs = "module kmem is loaded, and nobody else claims the memory",
			.changes = "it becomes System RAM, as the kernel's policy says",
			.undo = plan_text(planning,
					  "daxctl offline-memory %s && echo %s > " DAX_DRIVERS
					  "kmem/unbind",
					  name, name),
			.range = range,
			.has_range = true,
		});
}

int sr_step_unbind_hmem(struct sr_planning *planning, const char *hmem, struct sr_range range)
{
	return sr_step_add_write(
		planning,
		(struct sr_step){
			.action = SR_ACTION_UNBIND_HMEM,
			.target = plan_text(planning, "%s", hmem),
			.path = HMEM_DRIVER "unbind",
			.value = plan_text(planning, "%s", hmem),
			.needs = "no driver has a dax device of it",
			.changes = "dax_hmem holds this memory no longer",
			.undo = plan_text(planning, "echo %s > " HMEM_DRIVER "bind", hmem),
			.range = range,
			.has_range = true,
		});
}
