// SPDX-License-Identifier: LGPL-2.1-or-later
/* How a dax region is divided into devices: size_store(), create_store(), drivers/dax/bus.c. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/run.h"
#include "base/number.h"

#define DAX_PATH "/sys/bus/dax/devices"

static int size_of(struct sr_run *run, const char *name, uint64_t *ret_size)
{
	char folder[PATH_MAX];
	int error;

	snprintf(folder, sizeof(folder), DAX_PATH "/%s", name);
	error = sr_machine_u64(run->machine, folder, "size", ret_size);
	if (error == -ENOENT)
		error = -ENODEV;
	return error ? sr_fail(run->reason, error, "%s/size: %s", folder, strerror(-error)) : 0;
}

static int write_size(struct sr_run *run, const char *name, uint64_t size)
{
	char path[PATH_MAX], text[32];

	snprintf(path, sizeof(path), DAX_PATH "/%s/size", name);
	snprintf(text, sizeof(text), "%" PRIu64, size);
	return sr_run_write(run, path, text);
}

static int has_size(struct sr_run *run, const struct sr_step *step)
{
	uint64_t size;
	int error = size_of(run, step->target, &size);

	if (error)
		return error;
	return size == sr_step_size(step) ? sr_run_lies_in_place(run, step, step->target) : 0;
}

static int check_no_driver(struct sr_run *run, const char *name)
{
	char driver[SR_DEVICE_NAME_SIZE];
	int has = sr_device_driver(run->machine, "dax", name, driver);

	if (has < 0)
		return sr_fail(run->reason, has, "%s: %s", name, strerror(-has));
	return has ? sr_fail(run->reason, -EBUSY, "%s has the driver %s", name, driver) : 0;
}

/* One that has several ranges could not be given the same ones back. */
static int check_one_range(struct sr_run *run, const char *name)
{
	sr_auto_range_list sr_range_list ranges = { 0 };
	int error = sr_dax_ranges(run->machine, name, &ranges);

	if (error)
		return sr_fail(run->reason, error, "the ranges of %s: %s", name, strerror(-error));
	return ranges.count < 2 ? 0 : sr_fail(run->reason, -EPERM, "%s has several ranges", name);
}

static int resize_check(struct sr_run *run, const struct sr_step *step)
{
	int error = check_no_driver(run, step->target);

	return error ? error : check_one_range(run, step->target);
}

static int resize_record(struct sr_run *run, struct sr_journal_step *step)
{
	uint64_t size;
	int error;

	if (step->before)
		return 0; /* a killed run's: the size may be neither that nor the step's by now */
	error = size_of(run, step->step.target, &size);
	if (error)
		return error;
	step->before = sr_pool_format(run->journal->pool, "%" PRIu64, size);
	return step->before ? 0 : -ENOMEM;
}

static int resize_act(struct sr_run *run, const struct sr_step *step)
{
	return write_size(run, step->target, sr_step_size(step));
}

static int resize_undo(struct sr_run *run, struct sr_journal_step *step)
{
	const char *name = step->step.target;
	uint64_t before, size;
	int error;

	if (!step->before)
		return 0;
	if (sr_number_parse(step->before, &before))
		return sr_fail(run->reason, -EBADMSG, "the journal has no size for %s", name);
	error = size_of(run, name, &size);
	if (error || size == before)
		return error;
	error = check_no_driver(run, name);
	if (!error)
		error = write_size(run, name, before);
	if (!error)
		error = size_of(run, name, &size);
	if (!error && size != before)
		return sr_fail(run->reason, -EIO, "%s has not its size of before", name);
	return error;
}

const struct sr_behaviour sr_resize_device = {
	.reached = has_size,
	.check = resize_check,
	.record = resize_record,
	.act = resize_act,
	.undo = resize_undo,
};

/* A device that `create` made is there, empty, until its size is written. */
static int create_reached(struct sr_run *run, const struct sr_step *step)
{
	int there = sr_device_exists(run->machine, "dax", step->target);

	return there <= 0 ? there : has_size(run, step);
}

/* The real path of the region of daxX.Y is that of any other daxX.Z's parent. */
static int find_region(struct sr_run *run, const char *name, char *buffer, size_t size)
{
	sr_auto_names struct sr_names names = { 0 };
	char pattern[SR_DEVICE_NAME_SIZE];
	int error;

	snprintf(pattern, sizeof(pattern), "%.*s#", (int)(strchr(name, '.') + 1 - name), name);
	error = run->machine->ops->list(run->machine->data, DAX_PATH, pattern, SR_DEVICE_LIMIT,
					&names);
	if (!error && names.list.count == 0)
		error = -ENODEV;
	if (!error)
		error = sr_device_real_path(run->machine, "dax", names.list.items[0], buffer, size);
	if (error)
		return sr_fail(run->reason, error, "the region that %s would be in: %s", name,
			       strerror(-error));
	*strrchr(buffer, '/') = '\0';
	return 0;
}

static int write_region(struct sr_run *run, const char *region, const char *attribute,
			const char *value)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/dax_region/%s", region, attribute) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	return sr_run_write(run, path, value);
}

/* The kernel takes the lowest number that is free: __alloc_dev_dax_id(). */
static int check_is_next(struct sr_run *run, const char *name)
{
	char other[SR_DEVICE_NAME_SIZE];
	size_t prefix = (size_t)(strchr(name, '.') + 1 - name);
	uint64_t number;

	if (sr_number_parse(name + prefix, &number) || number >= SR_DEVICE_LIMIT)
		return sr_fail(run->reason, -EINVAL, "%s is no name of a new device", name);
	for (uint64_t i = 0; i < number; i++) {
		int there;

		snprintf(other, sizeof(other), "%.*s%" PRIu64, (int)prefix, name, i);
		there = sr_device_exists(run->machine, "dax", other);
		if (there <= 0)
			return sr_fail(run->reason, there ? there : -EPERM,
				       "the kernel would name a new device %s, not %s", other,
				       name);
	}
	return 0;
}

static int check_room(struct sr_run *run, const struct sr_step *step)
{
	char path[PATH_MAX];
	uint64_t available;
	int error = find_region(run, step->target, path, sizeof(path));

	if (error)
		return error;
	error = sr_machine_u64(run->machine, path, "dax_region/available_size", &available);
	if (error)
		return sr_fail(run->reason, error, "%s/dax_region/available_size: %s", path,
			       strerror(-error));
	return available >= sr_step_size(step)
		       ? 0
		       : sr_fail(run->reason, -ENOSPC, "%s has only %" PRIu64 " bytes left", path,
				 available);
}

static int create_check(struct sr_run *run, const struct sr_step *step)
{
	uint64_t size = 0;
	int there = sr_device_exists(run->machine, "dax", step->target);
	int error = there < 0 ? there : 0;

	if (there > 0)
		error = check_no_driver(run, step->target);
	if (there > 0 && !error)
		error = size_of(run, step->target, &size);
	if (size)
		return sr_fail(run->reason, -EEXIST, "%s is there, and has another size or place",
			       step->target);
	if (!error && there == 0)
		error = check_is_next(run, step->target);
	return error ? error : check_room(run, step);
}

/* An empty one that was there is not ours to delete. */
static int create_record(struct sr_run *run, struct sr_journal_step *step)
{
	int there = sr_device_exists(run->machine, "dax", step->step.target);

	if (there < 0)
		return there;
	if (!step->before)
		step->before = there ? "there" : "none";
	return 0;
}

static int create_act(struct sr_run *run, const struct sr_step *step)
{
	char path[PATH_MAX];
	int error = 0, there = sr_device_exists(run->machine, "dax", step->target);

	if (there == 0) {
		error = find_region(run, step->target, path, sizeof(path));
		if (!error)
			error = write_region(run, path, "create", "1");
		if (!error)
			error = sr_run_wait_device(run, "dax", step->target);
	}
	return error ? error : write_size(run, step->target, sr_step_size(step));
}

static int delete_device(struct sr_run *run, const char *name)
{
	char path[PATH_MAX];
	int error = find_region(run, name, path, sizeof(path));

	if (!error)
		error = write_region(run, path, "delete", name);
	if (!error && sr_device_exists(run->machine, "dax", name))
		return sr_fail(run->reason, -EIO, "%s was deleted, and is still there", name);
	return error;
}

static int create_undo(struct sr_run *run, struct sr_journal_step *step)
{
	const char *name = step->step.target;
	int there = sr_device_exists(run->machine, "dax", name);
	uint64_t size = 0;
	int error;

	if (!step->before || there <= 0)
		return there < 0 ? there : 0;
	error = check_no_driver(run, name);
	if (!error)
		error = size_of(run, name, &size);
	if (!error && size)
		error = write_size(run, name, 0);
	if (!error && strcmp(step->before, "none") == 0)
		error = delete_device(run, name);
	return error;
}

const struct sr_behaviour sr_create_device = {
	.reached = create_reached,
	.check = create_check,
	.record = create_record,
	.act = create_act,
	.undo = create_undo,
};
