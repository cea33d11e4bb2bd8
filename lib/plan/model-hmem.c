// SPDX-License-Identifier: LGPL-2.1-or-later
/* The devices of dax_hmem: drivers/dax/hmem/hmem.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "judgement/report.h"
#include "plan/modelling.h"

/* The platform device stays, without driver. */
int sr_model_unbind_hmem(struct sr_snapshot *model, const char *name)
{
	struct sr_dax_region *dax_region = sr_model_dax_region(model, name);

	if (!dax_region || dax_region->holder != SR_DAX_HOLDER_HMEM || !dax_region->driver.value ||
	    sr_model_drop_devices(model, name))
		return -EINVAL;
	dax_region->driver = sr_text_of(NULL);
	dax_region->start = dax_region->size = (struct sr_u64){ 0 };
	dax_region->available_size = (struct sr_u64){ 0 };
	return 0;
}

static struct sr_platform_device *find_platform(struct sr_snapshot *model, const char *name)
{
	struct sr_platform_device *platform;

	sr_for_each (platform, &model->hmem_platforms) {
		if (strcmp(platform->name, name) == 0)
			return platform;
	}
	return NULL;
}

/* Takes all hmem devices along. */
int sr_model_unbind_platform(struct sr_snapshot *model, const char *name)
{
	struct sr_platform_device *platform = find_platform(model, name);
	struct sr_dax_region *dax_region;
	size_t kept = 0;

	if (!platform || !platform->driver.value)
		return -EINVAL;
	sr_for_each (dax_region, &model->dax_regions) {
		if (dax_region->holder == SR_DAX_HOLDER_HMEM &&
		    sr_model_drop_devices(model, dax_region->name))
			return -EINVAL;
	}
	sr_for_each (dax_region, &model->dax_regions) {
		if (dax_region->holder != SR_DAX_HOLDER_HMEM)
			model->dax_regions.items[kept++] = *dax_region;
	}
	model->dax_regions.count = kept;
	platform->driver = sr_text_of(NULL);
	return 0;
}

/* Ids of hmem devices and regions come from one space (memregion_alloc()). */
static uint64_t next_id(const struct sr_snapshot *model)
{
	const struct sr_dax_region *dax_region;
	uint64_t next = 0;

	sr_for_each (dax_region, &model->dax_regions) {
		const char *number = strpbrk(dax_region->name, "0123456789");
		uint64_t id;

		if (number && sr_number_parse(number, &id) == 0 && id >= next)
			next = id + 1;
	}
	return next;
}

static int register_range(struct sr_snapshot *model, const char *platform, struct sr_range range)
{
	const char *name = sr_pool_format(model->pool, "hmem.%ju", (uintmax_t)next_id(model));
	const char *path =
		name ? sr_pool_format(model->pool, "/sys/devices/platform/%s/%s", platform, name)
		     : NULL;
	struct sr_dax_region *dax_region = path ? sr_list_add(&model->dax_regions) : NULL;

	if (!dax_region)
		return -ENOMEM;
	*dax_region = (struct sr_dax_region){
		.name = name,
		.path = path,
		.holder = SR_DAX_HOLDER_HMEM,
		.driver = sr_text_of("hmem"),
		.start = sr_u64_of(range.start),
		.size = sr_u64_of(sr_range_size(range)),
	};
	return sr_model_add_whole_device(model, name);
}

/*
 * The kernel walks its ranges again, and since v7.1 leaves those out that touch a window:
 * it has decided on them once for all (`did_probe`).
 */
int sr_model_bind_platform(struct sr_snapshot *model, const char *name)
{
	struct sr_platform_device *platform = find_platform(model, name);
	sr_auto_report struct sr_report *report = NULL;
	const struct sr_range_report *unit, *before = NULL;
	int error = 0;

	if (!platform || platform->driver.value)
		return -EINVAL;
	platform->driver = sr_text_of("hmem_platform");
	if (sr_report_make(model, &report))
		return -ENOMEM;
	sr_for_each (unit, &report->units) {
		bool is_same = before && before->has_candidate &&
			       sr_range_equal(before->candidate, unit->candidate);

		before = unit;
		if (error || unit->touches_window || !unit->has_candidate || is_same)
			continue;
		if (unit->expected == SR_OWNER_UNKNOWN)
			return -EINVAL;
		if (unit->expected == SR_OWNER_HMEM)
			error = register_range(model, name, unit->candidate);
	}
	return error;
}
