// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/preflight.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/actions.h"
#include "apply/facts.h"
#include "apply/holders.h"
#include "apply/run.h"
#include "apply/stage.h"
#include "plan/staged.h"

int sr_flight_add(struct sr_flight *flight, enum sr_preflight_kind kind, bool blocks, size_t step,
		  const char *format, ...)
{
	struct sr_preflight_finding *finding = sr_list_add(&flight->found->findings);
	va_list arguments;

	if (!finding)
		return -ENOMEM;
	va_start(arguments, format);
	*finding = (struct sr_preflight_finding){
		.kind = kind,
		.blocks = blocks,
		.step = step,
		.text = sr_pool_vformat(flight->found->pool, format, arguments),
	};
	va_end(arguments);
	flight->found->blocking += blocks;
	return finding->text ? 0 : -ENOMEM;
}

/* What cannot be looked at might be the blocker. */
static int add_unknown(struct sr_flight *flight, size_t step, const char *what, int error)
{
	if (error == -ENOMEM)
		return error;
	return sr_flight_add(flight, SR_PREFLIGHT_UNKNOWN, true, step, "%s: %s", what,
			     strerror(-error));
}

static bool is_removable(const struct sr_machine *machine, uint64_t id)
{
	char folder[PATH_MAX], text[16];

	snprintf(folder, sizeof(folder), "/sys/devices/system/memory/memory%" PRIu64, id);
	/* Since v5.10 it says no more than whether the kernel can remove memory at all. */
	return sr_machine_read(machine, folder, "removable", text, sizeof(text)) ||
	       strcmp(text, "0") != 0;
}

/* How many blocks of @runs cannot be expected to go offline, and the first one. */
static uint64_t count_unmovable(const struct sr_machine *machine, const sr_block_runs *runs,
				uint64_t *ret_first)
{
	const struct sr_block_run *run;
	uint64_t count = 0;

	sr_for_each (run, runs) {
		for (uint64_t id = run->first; id < run->first + run->count; id++) {
			if (run->movable && is_removable(machine, id))
				continue;
			if (count++ == 0)
				*ret_first = id;
		}
	}
	return count;
}

static void runs_done(sr_block_runs *runs)
{
	sr_list_free(runs);
}

static int check_blocks(struct sr_flight *flight, size_t step)
{
	__attribute__((cleanup(runs_done))) sr_block_runs runs = { 0 };
	const char *name = flight->steps[step].target;
	uint64_t first = 0, count;
	int error = sr_dax_online_blocks(flight->machine, name, &runs);

	if (error)
		return add_unknown(flight, step, name, error);
	count = count_unmovable(flight->machine, &runs, &first);
	if (!count)
		return 0;
	return sr_flight_add(flight, SR_PREFLIGHT_UNMOVABLE, true, step,
			     "%s: memory%" PRIu64 " and %" PRIu64
			     " more are in a zone of the kernel or not removable, and cannot be "
			     "expected to go offline",
			     name, first, count - 1);
}

static int check_holder(struct sr_flight *flight, size_t step, const char *name)
{
	char driver[SR_DEVICE_NAME_SIZE];
	struct sr_holder holder;
	int held = sr_device_driver(flight->machine, "dax", name, driver);

	/* Without device_dax there is no /dev/daxX.Y. */
	if (held == 0 || held == -ENODEV || (held > 0 && strcmp(driver, "kmem") == 0))
		return 0;
	if (held > 0)
		held = sr_dax_holder_find(flight->machine, name, &holder);
	if (held <= 0)
		return held ? add_unknown(flight, step, name, held) : 0;
	return sr_flight_add(flight, SR_PREFLIGHT_HOLDER, true, step,
			     "process %" PRIu64 " (%s) uses /dev/%s", holder.pid, holder.command,
			     name);
}

static int check_holders_below(struct sr_flight *flight, size_t step, const char *pattern)
{
	sr_auto_names struct sr_names below = { 0 };
	int error = sr_dax_devices_below(flight->machine, pattern, &below);
	char **name;

	if (error)
		return add_unknown(flight, step, pattern, error);
	sr_for_each (name, &below.list) {
		error = check_holder(flight, step, *name);
		if (error)
			return error;
	}
	return 0;
}

/* What the step itself would refuse, before memory goes offline for it in vain. */
static int check_decoders(struct sr_flight *flight, size_t step)
{
	struct sr_reason why = { 0 };
	struct sr_run run = { .machine = flight->machine, .reason = &why };
	const char *name = flight->steps[step].target;
	int error;

	if (strncmp(name, "cxl_", strlen("cxl_")) != 0)
		return 0;
	error = sr_run_check_locked(&run);
	if (!error || error == -ENOMEM)
		return error;
	return sr_flight_add(flight, SR_PREFLIGHT_DECODERS, true, step, "%s: %s", name, why.text);
}

/* As sr_apply_rollback() would say; it must be known before. */
static int check_staged(struct sr_flight *flight, size_t step)
{
	struct sr_reason why;
	bool there = false;

	if (strcmp(flight->steps[step].target, SR_STAGE_MODULE) != 0 ||
	    sr_stage_look(flight->machine, &there, &why) || !there)
		return 0;
	return sr_flight_add(flight, SR_PREFLIGHT_STAGED, false, step,
			     SR_STAGE_PATH " keeps " SR_STAGE_MODULE
					   " from being loaded again: to roll back, cxl-sr apply "
					   "--unstage comes first");
}

static int check_unload(struct sr_flight *flight, size_t step)
{
	int error = check_decoders(flight, step);

	return error ? error : check_staged(flight, step);
}

static int check_step(struct sr_flight *flight, size_t step)
{
	const char *target = flight->steps[step].target;

	switch (flight->steps[step].action) {
	case SR_ACTION_OFFLINE:
		return check_blocks(flight, step);
	case SR_ACTION_UNBIND_DEVICE:
		return check_holder(flight, step, target);
	case SR_ACTION_UNBIND_HMEM:
	case SR_ACTION_DISABLE_REGION:
		return check_holders_below(flight, step, target);
	case SR_ACTION_UNLOAD_MODULE:
		return check_unload(flight, step);
	case SR_ACTION_UNBIND_HMEM_PLATFORM:
		return check_holders_below(flight, step, "hmem.#");
	default:
		return 0;
	}
}

int sr_preflight(const struct sr_machine *machine, const struct sr_step *steps, size_t count,
		 struct sr_preflight *ret_preflight, struct sr_reason *reason)
{
	__attribute__((cleanup(sr_preflight_free))) struct sr_preflight found = {
		.pool = sr_pool_new(),
	};
	struct sr_flight flight = {
		.machine = machine, .steps = steps, .count = count, .found = &found
	};
	int error = found.pool ? 0 : -ENOMEM;

	for (size_t i = 0; !error && i < count; i++)
		error = sr_step_check(&steps[i], reason);
	if (error == -EINVAL)
		return error;
	for (size_t i = 0; !error && i < count; i++)
		error = check_step(&flight, i);
	if (!error)
		error = sr_flight_room(&flight);
	if (!error)
		error = sr_flight_rules(&flight);
	if (error)
		return sr_fail(reason, error, "preflight: %s", strerror(-error));
	*ret_preflight = found;
	found = (struct sr_preflight){ 0 };
	return 0;
}

void sr_preflight_free(struct sr_preflight *preflight)
{
	sr_list_free(&preflight->findings);
	preflight->pool = sr_pool_free(preflight->pool);
	preflight->blocking = 0;
}
