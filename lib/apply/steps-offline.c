// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Memory of a dax device goes offline: all at once by its `state` (v7.3, drivers/dax/kmem.c),
 * else block by block, and then the blocks that went come back where one will not.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/run.h"

#define MEMORY_PATH "/sys/devices/system/memory"
#define DAX_PATH    "/sys/bus/dax/devices"

struct offlining {
	struct sr_run *run;
	const char *name;
	const sr_block_runs *runs;
	uint64_t done, count, block_size, started;
};

static const char *online_word(bool movable)
{
	return movable ? "online_movable" : "online_kernel";
}

static void tell_progress(const struct offlining *work)
{
	const struct sr_machine *machine = work->run->machine;

	sr_run_event(work->run,
		     (struct sr_apply_event){
			     .kind = SR_EVENT_PROGRESS,
			     .text = work->name,
			     .blocks_done = work->done,
			     .blocks = work->count,
			     .block_size = work->block_size,
			     .milliseconds = machine->ops->now(machine->data) - work->started,
		     });
}

static int write_block(struct sr_run *run, uint64_t id, const char *word, const char *wanted)
{
	char path[PATH_MAX], state[32];
	int error;

	snprintf(path, sizeof(path), MEMORY_PATH "/memory%" PRIu64 "/state", id);
	error = sr_run_write(run, path, word);
	if (error)
		return error;
	error = sr_block_state(run->machine, id, state);
	if (!error && strcmp(state, wanted) == 0)
		return 0;
	return sr_fail(run->reason, error ? error : -EIO,
		       "memory%" PRIu64 " was to be %s, and is not", id, wanted);
}

static int offline_block(struct offlining *work, uint64_t id)
{
	char state[32];
	int error = sr_block_state(work->run->machine, id, state);

	if (sr_run_is_stopped(work->run))
		return sr_fail(work->run->reason, -EINTR, "interrupted");
	if (error)
		return sr_fail(work->run->reason, error, "memory%" PRIu64 ": %s", id,
			       strerror(-error));
	if (strcmp(state, "offline") != 0)
		error = write_block(work->run, id, "offline", "offline");
	if (error)
		return error;
	work->done++;
	tell_progress(work);
	return 0;
}

static int offline_blocks(struct offlining *work)
{
	const struct sr_block_run *run;
	int error = 0;

	sr_for_each (run, work->runs) {
		for (uint64_t i = 0; !error && i < run->count; i++)
			error = offline_block(work, run->first + i);
	}
	return error;
}

/* 1: `state` took it all; 0: there is no such file, or two kinds of zone to come back to. */
static int offline_device(struct offlining *work)
{
	char folder[PATH_MAX], path[PATH_MAX], state[64];
	int error;

	for (size_t i = 1; i < work->runs->count; i++) {
		if (work->runs->items[i].movable != work->runs->items[0].movable)
			return 0;
	}
	snprintf(folder, sizeof(folder), DAX_PATH "/%s", work->name);
	error = sr_machine_read(work->run->machine, folder, "state", state, sizeof(state));
	if (error == -ENOENT)
		return 0;
	if (error)
		return sr_fail(work->run->reason, error, "%s/state: %s", folder, strerror(-error));
	snprintf(path, sizeof(path), DAX_PATH "/%s/state", work->name);
	error = sr_run_write(work->run, path, "unplugged");
	if (error)
		return error;
	work->done = work->count;
	tell_progress(work);
	return 1;
}

/* Keeps the reason that there was; a put back that fails is one more thing to say. */
static void put_back(struct offlining *work)
{
	struct sr_reason *reason = work->run->reason, why = { 0 };
	int error;

	work->run->reason = &why;
	error = sr_run_online(work->run, work->name, work->runs);
	work->run->reason = reason;
	work->run->taken_back = !error;
	if (error)
		sr_run_note(work->run, "%s: not all of its memory could be put back online: %s",
			    work->name, why.text);
	else
		sr_run_note(work->run, "%s: its memory is online as it was before", work->name);
}

static void runs_done(sr_block_runs *runs)
{
	sr_list_free(runs);
}

int sr_run_offline(struct sr_run *run, const char *name, const sr_block_runs *runs)
{
	__attribute__((cleanup(runs_done))) sr_block_runs now = { 0 };
	struct offlining work = { .run = run, .name = name, .runs = runs ? runs : &now };
	int error = sr_run_pin(run);

	if (!error && !runs) {
		error = sr_dax_online_blocks(run->machine, name, &now);
		if (error)
			sr_fail(run->reason, error, "the memory of %s: %s", name, strerror(-error));
	}
	if (error || work.runs->count == 0)
		return error;
	error = sr_block_size(run->machine, &work.block_size);
	if (error)
		return sr_fail(run->reason, error, "the size of memory blocks: %s",
			       strerror(-error));
	work.count = sr_block_runs_count(work.runs);
	work.started = run->machine->ops->now(run->machine->data);
	error = offline_device(&work);
	if (error == 0)
		error = offline_blocks(&work);
	if (error < 0)
		put_back(&work);
	return error < 0 ? error : 0;
}

/* After `unplugged` there are no blocks; `state` brings them back. */
static int replug(struct sr_run *run, const char *name, bool movable)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), DAX_PATH "/%s/state", name);
	return sr_run_write(run, path, online_word(movable));
}

static int online_block(struct sr_run *run, const char *name, uint64_t id, bool movable)
{
	char state[32];
	int error = sr_block_state(run->machine, id, state);

	if (error == -ENOENT) {
		error = replug(run, name, movable);
		if (!error)
			error = sr_block_state(run->machine, id, state);
	}
	if (error)
		return sr_fail(run->reason, error, "memory%" PRIu64 " of %s: %s", id, name,
			       strerror(-error));
	return strcmp(state, "online") == 0 ? 0
					    : write_block(run, id, online_word(movable), "online");
}

static bool lies_within(const sr_range_list *ranges, const struct sr_block_run *run, uint64_t size)
{
	uint64_t start, bytes, end;
	const struct sr_range *range;

	if (__builtin_mul_overflow(run->first, size, &start) ||
	    __builtin_mul_overflow(run->count, size, &bytes) ||
	    __builtin_add_overflow(start, bytes - 1, &end))
		return false;
	sr_for_each (range, ranges) {
		if (sr_range_contains(*range, (struct sr_range){ .start = start, .end = end }))
			return true;
	}
	return false;
}

/* What a journal says of blocks is believed only as far as the device has them. */
static int check_blocks(struct sr_run *run, const char *name, const sr_block_runs *runs)
{
	sr_auto_range_list sr_range_list ranges = { 0 };
	const struct sr_block_run *item;
	uint64_t size;
	int error = sr_dax_ranges(run->machine, name, &ranges);

	if (!error)
		error = sr_block_size(run->machine, &size);
	if (error)
		return sr_fail(run->reason, error, "the memory of %s: %s", name, strerror(-error));
	/* Blocks follow each other over the boundary of two mappings that touch. */
	if (ranges.count)
		sr_range_list_join(&ranges);
	sr_for_each (item, runs) {
		if (!lies_within(&ranges, item, size))
			return sr_fail(run->reason, -ERANGE,
				       "memory%" PRIu64 " and %" PRIu64 " more are not all of %s",
				       item->first, item->count - 1, name);
	}
	return 0;
}

int sr_run_online(struct sr_run *run, const char *name, const sr_block_runs *runs)
{
	const struct sr_block_run *item;
	int error = check_blocks(run, name, runs);

	sr_for_each (item, runs) {
		for (uint64_t i = 0; !error && i < item->count; i++)
			error = online_block(run, name, item->first + i, item->movable);
	}
	return error;
}

static int offline_reached(struct sr_run *run, const struct sr_step *step)
{
	int online = sr_device_exists(run->machine, "dax", step->target);

	if (online == 0)
		return sr_fail(run->reason, -ENODEV, "there is no %s", step->target);
	if (online > 0)
		online = sr_dax_is_online(run->machine, step->target);
	if (online < 0)
		return sr_fail(run->reason, online, "the memory of %s: %s", step->target,
			       strerror(-online));
	return !online;
}

static int offline_check(struct sr_run *run, const struct sr_step *step)
{
	int has = sr_run_has_driver(run, "dax", step->target, "kmem");

	if (has < 0)
		return has;
	return has ? sr_run_check_place(run, step, step->target)
		   : sr_fail(run->reason, -ENODEV, "%s has no driver, yet its memory is online",
			     step->target);
}

static int offline_record(struct sr_run *run, struct sr_journal_step *step)
{
	int error;

	/* A killed run's list is that of the beginning; what is online now is the rest of it. */
	if (step->blocks.count)
		return 0;
	error = sr_dax_online_blocks(run->machine, step->step.target, &step->blocks);
	return error ? sr_fail(run->reason, error, "the memory of %s: %s", step->step.target,
			       strerror(-error))
		     : 0;
}

static int offline_act(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_offline(run, step->target, &run->step->blocks);
}

static int offline_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int error;

	if (step->blocks.count == 0)
		return 0;
	error = sr_run_wait_device(run, "dax", step->step.target);
	return error ? error : sr_run_online(run, step->step.target, &step->blocks);
}

const struct sr_behaviour sr_offline = {
	.reached = offline_reached,
	.check = offline_check,
	.record = offline_record,
	.act = offline_act,
	.undo = offline_undo,
};
