// SPDX-License-Identifier: LGPL-2.1-or-later
/* What all actions are made of: writing with a word of it, waiting, and looking for users. */
#include "apply/run.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "apply/holders.h"

#define POLL_MILLISECONDS 50
#define WAIT_MILLISECONDS 10000

const struct sr_behaviour *sr_behaviour(enum sr_action action)
{
	static const struct sr_behaviour *const behaviours[SR_ACTION_COUNT] = {
		[SR_ACTION_OFFLINE] = &sr_offline,
		[SR_ACTION_UNBIND_DEVICE] = &sr_unbind_device,
		[SR_ACTION_RESIZE_DEVICE] = &sr_resize_device,
		[SR_ACTION_CREATE_DEVICE] = &sr_create_device,
		[SR_ACTION_BIND_DEVICE] = &sr_bind_device,
		[SR_ACTION_UNBIND_HMEM] = &sr_unbind_hmem,
		[SR_ACTION_PROBE_DAX_REGION] = &sr_probe_dax_region,
		[SR_ACTION_DISABLE_REGION] = &sr_disable_region,
		[SR_ACTION_ENABLE_REGION] = &sr_enable_region,
		[SR_ACTION_UNLOAD_MODULE] = &sr_unload_module,
		[SR_ACTION_LOAD_MODULE] = &sr_load_module,
		[SR_ACTION_UNBIND_HMEM_PLATFORM] = &sr_unbind_hmem_platform,
		[SR_ACTION_BIND_HMEM_PLATFORM] = &sr_bind_hmem_platform,
	};

	return behaviours[action];
}

void sr_run_event(struct sr_run *run, struct sr_apply_event event)
{
	if (!run->apply->event)
		return;
	event.index = run->step ? (size_t)(run->step - run->journal->steps.items) : SIZE_MAX;
	event.step = run->step ? &run->step->step : NULL;
	event.undoing = run->undoing;
	run->apply->event(run->apply->data, &event);
}

void sr_run_note(struct sr_run *run, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	sr_run_event(run, (struct sr_apply_event){ .kind = SR_EVENT_NOTE, .text = text });
}

bool sr_run_is_stopped(const struct sr_run *run)
{
	return run->apply->stop && *run->apply->stop;
}

static void tell_command(struct sr_run *run, const char *command, int error)
{
	sr_run_event(run, (struct sr_apply_event){
				  .kind = SR_EVENT_COMMAND, .text = command, .error = error });
}

int sr_run_write(struct sr_run *run, const char *path, const char *value)
{
	char command[PATH_MAX + 256];
	int error;

	/* Before: whatever the kernel answers, something may have changed. */
	run->result->changed = run->wrote = true;
	error = run->machine->ops->write(run->machine->data, path, value);
	snprintf(command, sizeof(command), "echo %s > %s", value, path);
	tell_command(run, command, error);
	if (error)
		sr_fail(run->reason, error, "%s to %s: %s", value, path, strerror(-error));
	return error;
}

int sr_run_module(struct sr_run *run, const char *name, bool load)
{
	const struct sr_machine_ops *ops = run->machine->ops;
	char command[128];
	int error;

	run->result->changed = run->wrote = true;
	error = (load ? ops->load : ops->unload)(run->machine->data, name, run->reason);
	/* rmmod, not modprobe -r, which removes what it depended on as well. */
	snprintf(command, sizeof(command), "%s %s", load ? "modprobe" : "rmmod", name);
	tell_command(run, command, error);
	return error;
}

static int write_driver(struct sr_run *run, const char *bus, const char *driver, const char *file,
			const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "/sys/bus/%s/drivers/%s/%s", bus, driver, file);
	return sr_run_write(run, path, name);
}

int sr_run_bind(struct sr_run *run, const char *bus, const char *driver, const char *name)
{
	return write_driver(run, bus, driver, "bind", name);
}

int sr_run_unbind(struct sr_run *run, const char *bus, const char *driver, const char *name)
{
	return write_driver(run, bus, driver, "unbind", name);
}

static uint64_t deadline(const struct sr_run *run)
{
	unsigned int wait = run->apply->wait_milliseconds;

	return run->machine->ops->now(run->machine->data) + (wait ? wait : WAIT_MILLISECONDS);
}

static bool is_over(const struct sr_run *run, uint64_t end)
{
	if (run->machine->ops->now(run->machine->data) >= end)
		return true;
	run->machine->ops->pause(run->machine->data, POLL_MILLISECONDS);
	return false;
}

int sr_run_wait(struct sr_run *run, const struct sr_step *step,
		int (*reached)(struct sr_run *run, const struct sr_step *step))
{
	uint64_t end = deadline(run);
	int state;

	do {
		state = reached(run, step);
		if (state)
			return state < 0 ? state : 0;
	} while (!is_over(run, end));
	return sr_fail(run->reason, -ETIME, "%s: what the step promises was not seen in time",
		       step->target);
}

int sr_run_wait_device(struct sr_run *run, const char *bus, const char *name)
{
	uint64_t end = deadline(run);
	int there;

	do {
		there = sr_device_exists(run->machine, bus, name);
		if (there < 0)
			return sr_fail(run->reason, there, "%s: %s", name, strerror(-there));
		if (there)
			return 0;
	} while (!is_over(run, end));
	return sr_fail(run->reason, -ENODEV, "there is no %s", name);
}

int sr_run_has_driver(struct sr_run *run, const char *bus, const char *name, const char *driver)
{
	char bound[SR_DEVICE_NAME_SIZE];
	int has = sr_device_driver(run->machine, bus, name, bound);

	if (has < 0)
		return sr_fail(run->reason, has, "%s: %s", name, strerror(-has));
	if (!has || strcmp(bound, driver) == 0)
		return has;
	return sr_fail(run->reason, -EBUSY, "%s has the driver %s", name, bound);
}

/* Only device_dax and fsdev_dax have a /dev/daxX.Y that could be open. */
static int check_no_holder(struct sr_run *run, const char *name)
{
	char driver[SR_DEVICE_NAME_SIZE];
	struct sr_holder holder;
	int used = sr_device_driver(run->machine, "dax", name, driver);

	if (used == 0 || (used > 0 && strcmp(driver, "kmem") == 0))
		return 0;
	if (used > 0)
		used = sr_dax_holder_find(run->machine, name, &holder);
	if (used < 0)
		return sr_fail(run->reason, used, "who uses /dev/%s is unknown: %s", name,
			       strerror(-used));
	if (used)
		return sr_fail(run->reason, -EBUSY, "process %ju (%s) uses /dev/%s",
			       (uintmax_t)holder.pid, holder.command, name);
	return 0;
}

int sr_run_lies_in_place(struct sr_run *run, const struct sr_step *step, const char *device)
{
	sr_auto_range_list sr_range_list ranges = { 0 };
	const struct sr_range *range;
	int error = step->has_range ? sr_dax_ranges(run->machine, device, &ranges) : 0;

	if (error)
		return sr_fail(run->reason, error, "the ranges of %s: %s", device,
			       strerror(-error));
	sr_for_each (range, &ranges) {
		if (!sr_range_contains(step->range, *range))
			return 0;
	}
	return 1;
}

int sr_run_check_place(struct sr_run *run, const struct sr_step *step, const char *device)
{
	int lies = sr_run_lies_in_place(run, step, device);

	if (lies)
		return lies < 0 ? lies : 0;
	return sr_fail(run->reason, -ESTALE,
		       "%s is not where it was when the plan was made: another has its name",
		       device);
}

int sr_run_check_place_below(struct sr_run *run, const struct sr_step *step)
{
	sr_auto_names struct sr_names below = { 0 };
	int error = sr_dax_devices_below(run->machine, step->target, &below);
	char **name;

	if (error)
		return sr_fail(run->reason, error, "the dax devices of %s: %s", step->target,
			       strerror(-error));
	sr_for_each (name, &below.list) {
		error = sr_run_check_place(run, step, *name);
		if (error)
			return error;
	}
	return 0;
}

int sr_run_check_unused(struct sr_run *run, const char *name)
{
	int used = sr_dax_is_online(run->machine, name);

	if (used < 0)
		return sr_fail(run->reason, used, "whether memory of %s is online is unknown: %s",
			       name, strerror(-used));
	if (used)
		return sr_fail(run->reason, -EBUSY,
			       "memory of %s is online: it would be lost until the next reboot",
			       name);
	return check_no_holder(run, name);
}

int sr_run_check_unused_below(struct sr_run *run, const char *pattern)
{
	sr_auto_names struct sr_names below = { 0 };
	int error = sr_dax_devices_below(run->machine, pattern, &below);
	char **name;

	if (error)
		return sr_fail(run->reason, error, "the dax devices of %s: %s", pattern,
			       strerror(-error));
	sr_for_each (name, &below.list) {
		error = sr_run_check_unused(run, *name);
		if (error)
			return error;
	}
	return 0;
}

int sr_run_clear_below(struct sr_run *run, const char *pattern)
{
	sr_auto_names struct sr_names below = { 0 };
	int error = sr_dax_devices_below(run->machine, pattern, &below);
	char **name;

	sr_for_each (name, &below.list) {
		if (!error)
			error = sr_run_offline(run, *name, NULL);
	}
	return error ? error : sr_run_check_unused_below(run, pattern);
}
