// SPDX-License-Identifier: LGPL-2.1-or-later
/* Regions of CXL and their dax regions: drivers/cxl/core/region.c, drivers/dax/cxl.c. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/run.h"

#define CXL_PATH "/sys/bus/cxl/devices"

/* dax_regionN is of regionN: cxl_dax_region_alloc(). */
#define REGION_OF(dax_region) ((dax_region) + strlen("dax_"))

int sr_run_check_region(struct sr_run *run, const char *region)
{
	char folder[PATH_MAX], decoder[SR_DEVICE_NAME_SIZE], type[64];
	uint64_t commit;
	int error;

	snprintf(folder, sizeof(folder), CXL_PATH "/%s", region);
	error = sr_machine_u64(run->machine, folder, "commit", &commit);
	if (error)
		return sr_fail(run->reason, error, "%s/commit: %s", folder, strerror(-error));
	if (commit != 1)
		return sr_fail(run->reason, -ENXIO, "%s is not committed", region);
	error = sr_machine_read(run->machine, folder, "target0", decoder, sizeof(decoder));
	if (!error && !sr_name_matches(decoder, "decoder#.#"))
		error = -EBADMSG;
	if (!error) {
		snprintf(folder, sizeof(folder), CXL_PATH "/%s", decoder);
		error = sr_machine_read(run->machine, folder, "target_type", type, sizeof(type));
	}
	if (error)
		return sr_fail(run->reason, error, "whose memory %s is, is unknown: %s", region,
			       strerror(-error));
	return strcmp(type, "expander") == 0
		       ? 0
		       : sr_fail(run->reason, -EPERM, "%s is memory of an accelerator", region);
}

static int region_reached(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_has_driver(run, "cxl", step->target, "cxl_region");
}

static int no_region_reached(struct sr_run *run, const struct sr_step *step)
{
	int has = region_reached(run, step);

	return has < 0 ? has : !has;
}

static int disable_check(struct sr_run *run, const struct sr_step *step)
{
	int error = no_region_reached(run, step);

	if (error >= 0)
		error = sr_run_check_place_below(run, step);
	return error < 0 ? error : sr_run_check_unused_below(run, step->target);
}

static int disable_act(struct sr_run *run, const struct sr_step *step)
{
	/* Once more: udev may have put memory online while the journal was written. */
	int error = sr_run_check_unused_below(run, step->target);

	return error ? error : sr_run_unbind(run, "cxl", "cxl_region", step->target);
}

static int enable(struct sr_run *run, const char *region)
{
	const struct sr_step step = { .target = region };
	int has = region_reached(run, &step);
	int error;

	if (has)
		return has < 0 ? has : 0;
	error = sr_run_check_region(run, region);
	if (!error)
		error = sr_run_bind(run, "cxl", "cxl_region", region);
	return error ? error : sr_run_wait(run, &step, region_reached);
}

static int disable(struct sr_run *run, const char *region)
{
	const struct sr_step step = { .target = region };
	int has = region_reached(run, &step);
	int error;

	if (has <= 0)
		return has;
	error = sr_run_clear_below(run, region);
	if (!error)
		error = sr_run_unbind(run, "cxl", "cxl_region", region);
	return error ? error : sr_run_wait(run, &step, no_region_reached);
}

/* What enabling brings back is probed by the kernel itself; memory comes online by its own undo. */
static int disable_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int error = sr_run_wait_device(run, "cxl", step->step.target);

	return error ? error : enable(run, step->step.target);
}

static int enable_check(struct sr_run *run, const struct sr_step *step)
{
	int error = sr_run_wait_device(run, "cxl", step->target);

	return error ? error : sr_run_check_region(run, step->target);
}

static int enable_reached(struct sr_run *run, const struct sr_step *step)
{
	/* What makes it may still be at work: enable_check() waits. */
	int there = sr_device_exists(run->machine, "cxl", step->target);

	return there == 0 ? 0 : region_reached(run, step);
}

static int enable_act(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_bind(run, "cxl", "cxl_region", step->target);
}

static int enable_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int there = sr_device_exists(run->machine, "cxl", step->step.target);

	return there <= 0 ? there : disable(run, step->step.target);
}

const struct sr_behaviour sr_disable_region = {
	.reached = no_region_reached,
	.check = disable_check,
	.act = disable_act,
	.undo = disable_undo,
};

const struct sr_behaviour sr_enable_region = {
	.reached = enable_reached,
	.check = enable_check,
	.act = enable_act,
	.undo = enable_undo,
};

/* Its driver makes a dax device while it probes: cxl_dax_region_probe(). */
static int probe_reached(struct sr_run *run, const struct sr_step *step)
{
	sr_auto_names struct sr_names below = { 0 };
	int has = sr_run_has_driver(run, "cxl", step->target, "cxl_dax_region");
	int error;

	if (has <= 0)
		return has;
	error = sr_dax_devices_below(run->machine, step->target, &below);
	if (error)
		return sr_fail(run->reason, error, "the dax devices of %s: %s", step->target,
			       strerror(-error));
	return below.list.count > 0;
}

static int probe_check(struct sr_run *run, const struct sr_step *step)
{
	int has = sr_run_has_driver(run, "cxl", step->target, "cxl_dax_region");

	if (has < 0)
		return has;
	if (has)
		return sr_fail(run->reason, -ENODEV, "%s has its driver, and no dax device",
			       step->target);
	return sr_run_check_region(run, REGION_OF(step->target));
}

/* The driver has suppress_bind_attrs, so there is no `bind` to write to. */
static int probe_act(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_write(run, "/sys/bus/cxl/drivers_probe", step->target);
}

/* Nor an `unbind`: the dax region goes with its region, which comes back without it late. */
static int probe_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int there = sr_device_exists(run->machine, "cxl", step->step.target);

	if (there > 0)
		there = sr_run_has_driver(run, "cxl", step->step.target, "cxl_dax_region");
	return there <= 0 ? there : disable(run, REGION_OF(step->step.target));
}

/* When who had the range before has it again, as at the boot. */
static int probe_undo_late(struct sr_run *run, struct sr_journal_step *step)
{
	return enable(run, REGION_OF(step->step.target));
}

const struct sr_behaviour sr_probe_dax_region = {
	.reached = probe_reached,
	.check = probe_check,
	.act = probe_act,
	.undo = probe_undo,
	.undo_late = probe_undo_late,
};
