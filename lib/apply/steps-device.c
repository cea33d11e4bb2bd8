// SPDX-License-Identifier: LGPL-2.1-or-later
/* Dax devices and their drivers (drivers/dax/bus.c, drivers/dax/kmem.c). */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/run.h"

static bool is_dax_driver(const char *name)
{
	return strcmp(name, "kmem") == 0 || strcmp(name, "device_dax") == 0 ||
	       strcmp(name, "fsdev_dax") == 0;
}

static int driver_of(struct sr_run *run, const char *name, char driver[static SR_DEVICE_NAME_SIZE])
{
	int has = sr_device_driver(run->machine, "dax", name, driver);

	return has < 0 ? sr_fail(run->reason, has, "%s: %s", name, strerror(-has)) : has;
}

static int unbind_reached(struct sr_run *run, const struct sr_step *step)
{
	char driver[SR_DEVICE_NAME_SIZE];
	int has = driver_of(run, step->target, driver);

	return has < 0 ? has : !has;
}

/* remove_memory() of a block that is online fails, and the range is lost: dev_dax_kmem_remove(). */
static int unbind_check(struct sr_run *run, const struct sr_step *step)
{
	char driver[SR_DEVICE_NAME_SIZE];
	int has = driver_of(run, step->target, driver);

	if (has < 0)
		return has;
	if (has && !is_dax_driver(driver))
		return sr_fail(run->reason, -EPERM, "%s has the driver %s, which is not known",
			       step->target, driver);
	has = sr_run_check_place(run, step, step->target);
	return has ? has : sr_run_check_unused(run, step->target);
}

static int unbind_record(struct sr_run *run, struct sr_journal_step *step)
{
	char driver[SR_DEVICE_NAME_SIZE];
	int has = driver_of(run, step->step.target, driver);

	if (has <= 0)
		return has;
	step->before = sr_pool_text(run->journal->pool, driver);
	return step->before ? 0 : -ENOMEM;
}

static int check_not_lost(struct sr_run *run, const char *name)
{
	int online = sr_dax_is_online(run->machine, name);

	if (online > 0)
		return sr_fail(run->reason, -EIO,
			       "memory of %s is still online and stays so until the next reboot",
			       name);
	return online < 0 ? sr_fail(run->reason, online, "the memory of %s: %s", name,
				    strerror(-online))
			  : 0;
}

static int unbind_now(struct sr_run *run, const char *name)
{
	char driver[SR_DEVICE_NAME_SIZE];
	int error = driver_of(run, name, driver);

	if (error <= 0)
		return error;
	if (!is_dax_driver(driver))
		return sr_fail(run->reason, -EPERM, "%s has the driver %s", name, driver);
	/* Once more: udev may have put memory online while the journal was written. */
	error = sr_run_check_unused(run, name);
	if (!error)
		error = sr_run_unbind(run, "dax", driver, name);
	return error ? error : check_not_lost(run, name);
}

static int unbind_act(struct sr_run *run, const struct sr_step *step)
{
	return unbind_now(run, step->target);
}

static int unbind_undo(struct sr_run *run, struct sr_journal_step *step)
{
	const char *name = step->step.target;
	int error;

	if (!step->before)
		return 0;
	if (!is_dax_driver(step->before))
		return sr_fail(run->reason, -EBADMSG, "the journal has no driver for %s", name);
	error = sr_run_wait_device(run, "dax", name);
	if (!error)
		error = sr_run_has_driver(run, "dax", name, step->before);
	if (error)
		return error < 0 ? error : 0;
	error = sr_run_bind(run, "dax", step->before, name);
	if (!error && sr_run_has_driver(run, "dax", name, step->before) != 1)
		return sr_fail(run->reason, -EIO, "%s has no driver again", name);
	return error;
}

const struct sr_behaviour sr_unbind_device = {
	.reached = unbind_reached,
	.check = unbind_check,
	.record = unbind_record,
	.act = unbind_act,
	.undo = unbind_undo,
};

static int bind_reached(struct sr_run *run, const struct sr_step *step)
{
	int there = sr_device_exists(run->machine, "dax", step->target);

	/* What made it may still be at work: bind_check() waits. */
	if (there == 0)
		return 0;
	return sr_run_has_driver(run, "dax", step->target, "kmem");
}

/* Memory of an accelerator and of pmem is no System RAM, whatever a step says. */
static int check_is_memory(struct sr_run *run, const char *name)
{
	char path[PATH_MAX], part[SR_DEVICE_NAME_SIZE];
	int error = sr_device_real_path(run->machine, "dax", name, path, sizeof(path));

	if (error)
		return sr_fail(run->reason, error, "%s: %s", name, strerror(-error));
	if (sr_path_part(path, "region#", part) && sr_path_part(path, "dax_region#", part)) {
		sr_path_part(path, "region#", part);
		return sr_run_check_region(run, part);
	}
	if (sr_path_part(path, "hmem.#", part))
		return sr_run_check_no_accelerators(run, name);
	return sr_fail(run->reason, -EPERM,
		       "%s is neither of CXL nor of hmem: its memory is not "
		       "known to be System RAM",
		       name);
}

static int bind_check(struct sr_run *run, const struct sr_step *step)
{
	char folder[PATH_MAX];
	uint64_t size;
	int error = sr_run_wait_device(run, "dax", step->target);

	if (!error)
		error = check_is_memory(run, step->target);
	if (!error)
		error = sr_run_check_place(run, step, step->target);
	if (error)
		return error;
	snprintf(folder, sizeof(folder), "/sys/bus/dax/devices/%s", step->target);
	error = sr_machine_u64(run->machine, folder, "size", &size);
	if (error)
		return sr_fail(run->reason, error, "%s/size: %s", folder, strerror(-error));
	return size ? 0 : sr_fail(run->reason, -ENXIO, "%s has no memory", step->target);
}

/*
 * `bind` alone, not `new_id`: the driver's own type matches what may be System RAM
 * (dax_match_type() of drivers/dax/bus.c), and new_id would bind others that match as well.
 */
static int bind_act(struct sr_run *run, const struct sr_step *step)
{
	int has = sr_run_has_driver(run, "dax", step->target, "kmem");

	return has ? (has < 0 ? has : 0) : sr_run_bind(run, "dax", "kmem", step->target);
}

static int bind_undo(struct sr_run *run, struct sr_journal_step *step)
{
	const char *name = step->step.target;
	int has = sr_device_exists(run->machine, "dax", name);
	int error;

	if (has > 0)
		has = sr_run_has_driver(run, "dax", name, "kmem");
	if (has <= 0)
		return has;
	error = sr_run_offline(run, name, NULL);
	return error ? error : unbind_now(run, name);
}

const struct sr_behaviour sr_bind_device = {
	.reached = bind_reached,
	.check = bind_check,
	.act = bind_act,
	.undo = bind_undo,
};
