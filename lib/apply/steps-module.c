// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Modules. Removing one unbinds its driver from everything, so what unbinding needs must hold
 * for all that it has; of those of CXL, no decoder may be reset by it.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/run.h"

static bool is_of_cxl(const char *module)
{
	return strncmp(module, "cxl_", strlen("cxl_")) == 0;
}

/* 1: loaded, or built in where that counts; 0: not; `initstate` is a module's alone. */
static int is_loaded(struct sr_run *run, const char *name, bool *ret_built_in)
{
	sr_auto_names struct sr_names files = { 0 };
	char folder[PATH_MAX], state[32];
	int error;

	*ret_built_in = false;
	snprintf(folder, sizeof(folder), "/sys/module/%s", name);
	error = sr_machine_read(run->machine, folder, "initstate", state, sizeof(state));
	if (!error)
		return strcmp(state, "live") == 0 ? 1 : -EAGAIN;
	if (error == -ENOENT)
		error = run->machine->ops->list(run->machine->data, folder, NULL, SR_DEVICE_LIMIT,
						&files);
	*ret_built_in = !error;
	return error == -ENOENT ? 0 : error ? error : 1;
}

static int load_reached(struct sr_run *run, const struct sr_step *step)
{
	bool built_in;
	int loaded = is_loaded(run, step->target, &built_in);

	if (loaded == -EAGAIN)
		return 0;
	return loaded < 0 ? sr_fail(run->reason, loaded, "%s: %s", step->target, strerror(-loaded))
			  : loaded;
}

static int unload_reached(struct sr_run *run, const struct sr_step *step)
{
	bool built_in;
	int loaded = is_loaded(run, step->target, &built_in);

	if (built_in)
		return sr_fail(run->reason, -EPERM, "%s is built into the kernel", step->target);
	if (loaded == -EAGAIN)
		return 0;
	return loaded < 0 ? sr_fail(run->reason, loaded, "%s: %s", step->target, strerror(-loaded))
			  : !loaded;
}

static int check_unreferenced(struct sr_run *run, const char *name)
{
	char folder[PATH_MAX];
	uint64_t count;
	int error;

	snprintf(folder, sizeof(folder), "/sys/module/%s", name);
	error = sr_machine_u64(run->machine, folder, "refcnt", &count);
	if (error)
		return sr_fail(run->reason, error, "%s/refcnt: %s", folder, strerror(-error));
	return count ? sr_fail(run->reason, -EBUSY, "%s is in use", name) : 0;
}

/* Drivers of dax devices: none may have one any more. */
static int check_drives_none(struct sr_run *run, const char *driver)
{
	sr_auto_names struct sr_names names = { 0 };
	char bound[SR_DEVICE_NAME_SIZE];
	int error = run->machine->ops->list(run->machine->data, "/sys/bus/dax/devices", "dax#.#",
					    SR_DEVICE_LIMIT, &names);
	char **name;

	if (error && error != -ENOENT)
		return sr_fail(run->reason, error, "the dax devices: %s", strerror(-error));
	sr_for_each (name, &names.list) {
		int has = sr_device_driver(run->machine, "dax", *name, bound);

		if (has < 0 && has != -ENODEV)
			return sr_fail(run->reason, has, "%s: %s", *name, strerror(-has));
		if (has > 0 && strcmp(bound, driver) == 0)
			return sr_fail(run->reason, -EBUSY, "%s has the driver %s", *name, driver);
	}
	return 0;
}

/* Below which devices the dax devices are that exist by a module. */
static const char *devices_of(const char *module)
{
	return strcmp(module, "dax_hmem") == 0 ? "hmem.#" : "dax_region#";
}

/* Namespaces of libnvdimm may be in use, which no count of references tells. */
static int check_no_pmem(struct sr_run *run)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = run->machine->ops->list(run->machine->data, "/sys/bus/cxl/devices",
					    "pmem_region#", SR_DEVICE_LIMIT, &names);

	if (error && error != -ENOENT)
		return sr_fail(run->reason, error, "the CXL bus: %s", strerror(-error));
	return names.list.count ? sr_fail(run->reason, -EBUSY, "%s is persistent memory",
					  names.list.items[0])
				: 0;
}

/* All but the memory below it. */
static int check_module(struct sr_run *run, const char *name)
{
	int error = check_unreferenced(run, name);

	if (error)
		return error;
	if (strcmp(name, "kmem") == 0 || strcmp(name, "device_dax") == 0)
		return check_drives_none(run, name);
	if (strcmp(name, "dax_hmem") == 0)
		return sr_run_check_hmem_comes_back(run);
	if (!is_of_cxl(name))
		return 0;
	error = check_no_pmem(run);
	return error ? error : sr_run_check_locked(run);
}

static int check_removable(struct sr_run *run, const char *name)
{
	int error = check_module(run, name);

	return error ? error : sr_run_check_unused_below(run, devices_of(name));
}

static int unload_check(struct sr_run *run, const struct sr_step *step)
{
	return check_removable(run, step->target);
}

static int unload_act(struct sr_run *run, const struct sr_step *step)
{
	/* Once more, in the last moment: decoders may have been committed meanwhile. */
	int error = check_removable(run, step->target);

	return error ? error : sr_run_module(run, step->target, false);
}

static int load_act(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_module(run, step->target, true);
}

/* dax_cxl takes all dax regions that wait for it, and kmem what it makes: of memory alone. */
static int check_waiting(struct sr_run *run)
{
	sr_auto_names struct sr_names names = { 0 };
	char driver[SR_DEVICE_NAME_SIZE];
	int error = run->machine->ops->list(run->machine->data, "/sys/bus/cxl/devices",
					    "dax_region#", SR_DEVICE_LIMIT, &names);
	char **name;

	if (error && error != -ENOENT)
		return sr_fail(run->reason, error, "the CXL bus: %s", strerror(-error));
	sr_for_each (name, &names.list) {
		int has = sr_device_driver(run->machine, "cxl", *name, driver);

		if (has < 0 && has != -ENODEV)
			return sr_fail(run->reason, has, "%s: %s", *name, strerror(-has));
		error = has ? 0 : sr_run_check_region(run, *name + strlen("dax_"));
		if (error)
			return error;
	}
	return 0;
}

/* dax_hmem walks when it is loaded; dax_cxl depends on it since v7.1, and loads it. */
static int load_check(struct sr_run *run, const struct sr_step *step)
{
	bool built_in;
	int loaded;

	if (strcmp(step->target, "dax_cxl") == 0) {
		int error = check_waiting(run);

		if (error)
			return error;
	} else if (strcmp(step->target, "dax_hmem") != 0) {
		return 0;
	}
	loaded = is_loaded(run, "dax_hmem", &built_in);
	if (loaded)
		return loaded < 0 ? sr_fail(run->reason, loaded, "dax_hmem: %s", strerror(-loaded))
				  : 0;
	return sr_run_check_hmem_may_walk(run, step->target);
}

static int unload_record(struct sr_run *run, struct sr_journal_step *step)
{
	return strcmp(step->step.target, "dax_hmem") == 0 ? sr_run_record_hmem(run, step) : 0;
}

static int load_again(struct sr_run *run, struct sr_journal_step *step)
{
	int loaded = load_reached(run, &step->step);
	int error;

	if (loaded)
		return loaded < 0 ? loaded : 0;
	error = load_check(run, &step->step);
	if (!error)
		error = load_act(run, &step->step);
	return error ? error : sr_run_wait(run, &step->step, load_reached);
}

/* dax_hmem comes last: loaded before CXL's modules it would take what is theirs. */
static int unload_undo(struct sr_run *run, struct sr_journal_step *step)
{
	return strcmp(step->step.target, "dax_hmem") == 0 ? 0 : load_again(run, step);
}

static int unload_undo_late(struct sr_run *run, struct sr_journal_step *step)
{
	return load_again(run, step);
}

static int load_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int gone = unload_reached(run, &step->step);
	int error;

	if (gone)
		return gone < 0 ? gone : 0;
	/* The module was not there before, so all that it has came with it. */
	error = check_module(run, step->step.target);
	if (!error)
		error = sr_run_clear_below(run, devices_of(step->step.target));
	if (!error)
		error = unload_act(run, &step->step);
	return error ? error : sr_run_wait(run, &step->step, unload_reached);
}

const struct sr_behaviour sr_unload_module = {
	.reached = unload_reached,
	.check = unload_check,
	.record = unload_record,
	.act = unload_act,
	.undo = unload_undo,
	.undo_late = unload_undo_late,
};

const struct sr_behaviour sr_load_module = {
	.reached = load_reached,
	.check = load_check,
	.act = load_act,
	.undo = load_undo,
};
