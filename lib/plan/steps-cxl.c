// SPDX-License-Identifier: LGPL-2.1-or-later
/* Steps on regions, modules and the platform device of dax_hmem. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/stages.h"
#include "plan/modelling.h"
#include "plan/step-add.h"
#include "plan/steps.h"

/* What takes a region down again; kmem may have its device by itself. */
static const char *undo_region(struct sr_planning *planning, const char *region)
{
	const char *number = strpbrk(region, "0123456789");

	if (!number || !sr_model_has_module(planning->model, "kmem"))
		return plan_text(planning, "echo %s > " CXL_REGIONS "unbind", region);
	return plan_text(planning,
			 "daxctl offline-memory dax%s.0 && echo dax%s.0 > " DAX_DRIVERS
			 "kmem/unbind && echo %s > " CXL_REGIONS "unbind",
			 number, number, region);
}

int sr_step_probe(struct sr_planning *planning, const struct sr_dax_region *dax_region)
{
	struct sr_step step = {
		.action = SR_ACTION_PROBE_DAX_REGION,
		.target = plan_text(planning, "%s", dax_region->name),
		.path = "/sys/bus/cxl/drivers_probe",
		.value = plan_text(planning, "%s", dax_region->name),
		.needs = "dax_hmem holds none of its memory",
		.changes = "CXL makes a dax device of the region, and kmem takes that if loaded",
		.undo = undo_region(planning, dax_region->region),
	};

	step.has_range = sr_dax_region_range(dax_region, &step.range);
	return sr_step_add_write(planning, step);
}

int sr_step_disable(struct sr_planning *planning, const struct sr_region *region)
{
	struct sr_step step = {
		.action = SR_ACTION_DISABLE_REGION,
		.target = plan_text(planning, "%s", region->name),
		.path = CXL_REGIONS "unbind",
		.value = plan_text(planning, "%s", region->name),
		.needs = "no driver has a dax device of it",
		.changes = "its dax region goes; its decoders stay as they are",
		.undo = plan_text(planning, "echo %s > " CXL_REGIONS "bind", region->name),
	};

	step.has_range = sr_region_range(region, &step.range);
	return sr_step_add_write(planning, step);
}

int sr_step_enable(struct sr_planning *planning, const struct sr_region *region)
{
	struct sr_step step = {
		.action = SR_ACTION_ENABLE_REGION,
		.target = plan_text(planning, "%s", region->name),
		.path = CXL_REGIONS "bind",
		.value = plan_text(planning, "%s", region->name),
		.needs = "it is committed, and no System RAM lies in it",
		.changes = "CXL makes a dax device of the region, and kmem takes that if loaded",
		.undo = undo_region(planning, region->name),
	};

	step.has_range = sr_region_range(region, &step.range);
	return sr_step_add_write(planning, step);
}

/* dax_cxl takes all that wait for it, and kmem what dax_cxl makes. */
static bool is_accelerator_waiting(struct sr_planning *planning)
{
	const struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &planning->model->dax_regions) {
		const struct sr_region *region =
			dax_region->region ? sr_model_region(planning->model, dax_region->region)
					   : NULL;

		if (dax_region->holder == SR_DAX_HOLDER_CXL && !dax_region->driver.value &&
		    (!region || sr_region_is_accelerators(planning->report, region)))
			return true;
	}
	return false;
}

int sr_step_load(struct sr_planning *planning, const char *module)
{
	if (is_accelerator_waiting(planning))
		return -EINVAL;
	return sr_step_add(
		planning,
		(struct sr_step){
			.action = SR_ACTION_LOAD_MODULE,
			.target = plan_text(planning, "%s", module),
			.needs = "nothing keeps it from loading",
			.changes = "CXL makes dax devices of the regions that wait for it",
			.undo = plan_text(planning, "rmmod %s", module),
		});
}

int sr_step_unload(struct sr_planning *planning, const char *module)
{
	bool windows = strcmp(module, "cxl_acpi") == 0;

	return sr_step_add(
		planning,
		(struct sr_step){
			.action = SR_ACTION_UNLOAD_MODULE,
			.target = plan_text(planning, "%s", module),
			.needs = "nobody uses it, and every decoder is locked",
			.changes = windows ? "all windows and regions go; locked decoders "
					     "go on decoding"
					   : "what it drives goes",
			.undo = plan_text(planning, "modprobe %s", module),
		});
}

int sr_step_unbind_platform(struct sr_planning *planning, const char *platform)
{
	return sr_step_add_write(
		planning,
		(struct sr_step){
			.action = SR_ACTION_UNBIND_HMEM_PLATFORM,
			.target = plan_text(planning, "%s", platform),
			.path = HMEM_PLATFORM "unbind",
			.value = plan_text(planning, "%s", platform),
			.needs = "no driver has a dax device of dax_hmem",
			.changes = "all devices of dax_hmem go",
			.undo = plan_text(planning, "echo %s > " HMEM_PLATFORM "bind", platform),
		});
}

int sr_step_bind_platform(struct sr_planning *planning, const char *platform)
{
	return sr_step_add_write(
		planning,
		(struct sr_step){
			.action = SR_ACTION_BIND_HMEM_PLATFORM,
			.target = plan_text(planning, "%s", platform),
			.path = HMEM_PLATFORM "bind",
			.value = plan_text(planning, "%s", platform),
			.needs = "no CXL window is left in /proc/iomem",
			.changes = "dax_hmem takes every Soft Reserved range, and kmem the "
				   "devices if loaded",
			.undo = plan_text(planning, "echo %s > " HMEM_PLATFORM "unbind", platform),
		});
}
