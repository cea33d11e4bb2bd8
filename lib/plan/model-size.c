// SPDX-License-Identifier: LGPL-2.1-or-later
/* Dax devices that come, and their sizes: drivers/dax/bus.c. */
#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "judgement/stages.h"
#include "plan/modelling.h"

static int list_used(const struct sr_snapshot *model, const char *dax_region, sr_range_list *used)
{
	const struct sr_dax_device *device;
	const struct sr_range *range;

	sr_for_each (device, &model->dax_devices) {
		if (!sr_model_is_in(device, dax_region))
			continue;
		if (!device->ranges_known)
			return -EINVAL;
		sr_for_each (range, &device->ranges) {
			if (sr_range_list_add(used, *range))
				return -ENOMEM;
		}
	}
	sr_range_list_join(used);
	return 0;
}

/*
 * dev_dax_resize() takes the first gap of the dax region, and goes on with the next where
 * that is too small; then the device has two ranges, which no plan wants.
 */
static int first_gap(const struct sr_snapshot *model, const char *name, uint64_t size,
		     struct sr_range *ret_range)
{
	sr_auto_range_list sr_range_list used = { 0 };
	const struct sr_dax_region *dax_region =
		sr_model_dax_region((struct sr_snapshot *)model, name);
	const struct sr_range *range;
	struct sr_range all, gap;
	uint64_t at;
	int error;

	if (!dax_region || !sr_dax_region_place(model, dax_region, &all))
		return -EINVAL;
	error = list_used(model, name, &used);
	if (error)
		return error;
	at = all.start;
	sr_for_each (range, &used) {
		if (range->start > at)
			break;
		if (range->end >= all.end)
			return -EINVAL;
		at = range->end + 1;
	}
	gap = (struct sr_range){ at, range < sr_list_end(&used) ? range->start - 1 : all.end };
	if (sr_range_size(gap) < size)
		return -EINVAL;
	return sr_range_make_sized(at, size, ret_range);
}

/* Places the address of a dax region where only its device told it. */
static void keep_place(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_region *dax_region = sr_model_dax_region(model, name);
	struct sr_range range;

	if (!dax_region || !sr_dax_region_place(model, dax_region, &range))
		return;
	dax_region->start = sr_u64_of(range.start);
	dax_region->size = sr_u64_of(sr_range_size(range));
}

int sr_model_resize(struct sr_snapshot *model, const char *name, const char *size_text)
{
	struct sr_dax_device *device = sr_model_device(model, name);
	struct sr_range range;
	uint64_t size;
	int error;

	if (!device || !device->ranges_known || !sr_model_is_driverless(device) ||
	    !device->dax_region || sr_number_parse(size_text, &size))
		return -EINVAL;
	keep_place(model, device->dax_region);
	if (size) {
		/* From nothing only: plans set 0 first. */
		error = device->ranges.count ? -EINVAL
					     : first_gap(model, device->dax_region, size, &range);
		if (error)
			return error;
		if (sr_range_list_add(&device->ranges, range))
			return -ENOMEM;
	} else {
		device->ranges.count = 0;
	}
	device->size = sr_u64_of(size);
	return 0;
}

static int add_device(struct sr_snapshot *model, const char *name,
		      const struct sr_dax_region *dax_region, const struct sr_range *range)
{
	struct sr_dax_device *device = sr_list_add(&model->dax_devices);

	if (!device)
		return -ENOMEM;
	*device = (struct sr_dax_device){
		.name = name,
		.path = dax_region->path,
		.holder = dax_region->holder,
		.dax_region = dax_region->name,
		.driver = sr_text_of(NULL),
		.size = sr_u64_of(range ? sr_range_size(*range) : 0),
		.ranges_known = true,
	};
	return range ? sr_range_list_add(&device->ranges, *range) : 0;
}

int sr_model_create(struct sr_snapshot *model, const struct sr_step *step)
{
	size_t length = strcspn(step->target, ".");
	const struct sr_dax_device *device;
	const char *dax_region = NULL, *name;
	struct sr_range range;
	int error;

	/* "dax0.1" is one more in the dax region of "dax0.0". */
	sr_for_each (device, &model->dax_devices) {
		if (strcmp(device->name, step->target) == 0)
			return -EINVAL;
		if (strncmp(device->name, step->target, length + 1) == 0)
			dax_region = device->dax_region;
	}
	if (!dax_region || !step->has_range)
		return -EINVAL;
	error = first_gap(model, dax_region, sr_range_size(step->range), &range);
	if (error)
		return error;
	if (!sr_range_equal(range, step->range))
		return -EINVAL;
	name = sr_pool_text(model->pool, step->target);
	if (!name)
		return -ENOMEM;
	return add_device(model, name, sr_model_dax_region(model, dax_region), &range);
}

int sr_model_add_whole_device(struct sr_snapshot *model, const char *name)
{
	const struct sr_dax_region *dax_region = sr_model_dax_region(model, name);
	bool is_hmem = dax_region->holder == SR_DAX_HOLDER_HMEM;
	/* "dax_region3" and "hmem.3" make dax3.0 */
	const char *number = strpbrk(name, "0123456789");
	const char *device = sr_pool_format(model->pool, "dax%s.0", number ? number : "");
	bool idle = is_hmem && sr_has_parameter(model, "dax_hmem", "region_idle");
	struct sr_range range;
	int error;

	if (!device)
		return -ENOMEM;
	if (!sr_dax_region_range(dax_region, &range))
		return -EINVAL;
	error = add_device(model, device, dax_region, idle ? NULL : &range);
	if (error)
		return error;
	/* Where kmem cannot, the device stays without driver. */
	error = sr_model_bind_device(model, device);
	return error == -EINVAL ? 0 : error;
}
