// SPDX-License-Identifier: LGPL-2.1-or-later
/* dax_hmem: one device for each range, and the one that makes them (drivers/dax/hmem/hmem.c). */
#include <errno.h>
#include <string.h>

#include "apply/run.h"

static int hmem_reached(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_has_driver(run, "platform", step->target, "hmem");
}

static int no_hmem_reached(struct sr_run *run, const struct sr_step *step)
{
	int has = hmem_reached(run, step);

	return has < 0 ? has : !has;
}

static int unbind_check(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_check_unused_below(run, step->target);
}

static int unbind_act(struct sr_run *run, const struct sr_step *step)
{
	/* Once more: udev may have put memory online while the journal was written. */
	int error = sr_run_check_unused_below(run, step->target);

	return error ? error : sr_run_unbind(run, "platform", "hmem", step->target);
}

static int unbind_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int has = hmem_reached(run, &step->step);
	int error;

	if (has)
		return has < 0 ? has : 0;
	error = sr_run_bind(run, "platform", "hmem", step->step.target);
	return error ? error : sr_run_wait(run, &step->step, hmem_reached);
}

const struct sr_behaviour sr_unbind_hmem = {
	.reached = no_hmem_reached,
	.check = unbind_check,
	.act = unbind_act,
	.undo = unbind_undo,
};

static int platform_reached(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_has_driver(run, "platform", step->target, "hmem_platform");
}

static int no_platform_reached(struct sr_run *run, const struct sr_step *step)
{
	int has = platform_reached(run, step);

	return has < 0 ? has : !has;
}

static int unbind_platform_check(struct sr_run *run, const struct sr_step *step)
{
	int error = sr_run_check_unused_below(run, "hmem.#");

	(void)step;
	return error ? error : sr_run_check_hmem_comes_back(run);
}

/*
 * Whether binding brings back all that unbinding removes was known here, or was not because
 * the windows were gone: then it must not be bound when they are there again.
 */
static int unbind_platform_record(struct sr_run *run, struct sr_journal_step *step)
{
	sr_auto_names struct sr_names children = { 0 };
	int roots = sr_cxl_has_roots(run->machine);
	int error = run->machine->ops->list(run->machine->data, "/sys/bus/platform/devices",
					    "hmem.#", SR_DEVICE_LIMIT, &children);

	if (roots < 0 || error)
		return sr_fail(run->reason, roots < 0 ? roots : error, "the devices of hmem: %s",
			       strerror(roots < 0 ? -roots : -error));
	if (!step->before)
		step->before = roots || children.list.count == 0 ? "whole" : "blind";
	return 0;
}

static int unbind_platform_act(struct sr_run *run, const struct sr_step *step)
{
	int error = sr_run_check_unused_below(run, "hmem.#");

	return error ? error : sr_run_unbind(run, "platform", "hmem_platform", step->target);
}

static bool was_blind(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;

	sr_for_each (step, &journal->steps) {
		if (step->step.action == SR_ACTION_UNBIND_HMEM_PLATFORM && step->before &&
		    strcmp(step->before, "whole") != 0)
			return true;
	}
	return false;
}

/* That this run removed cxl_acpi tells that all decoders were locked when it did. */
static bool removed_locked(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;

	sr_for_each (step, &journal->steps) {
		if (step->step.action == SR_ACTION_UNLOAD_MODULE && step->state == SR_STEP_DONE &&
		    strcmp(step->step.target, "cxl_acpi") == 0)
			return true;
	}
	return false;
}

/*
 * With windows, v7.1 and later pass over all that touches one; without, hmem takes all there
 * is, also memory whose decoders were reset, which takes the kernel down when it is touched.
 */
static int bind_platform_check(struct sr_run *run, const struct sr_step *step)
{
	int roots = sr_cxl_has_roots(run->machine);

	if (roots < 0)
		return sr_fail(run->reason, roots, "the CXL bus: %s", strerror(-roots));
	if (roots && was_blind(run->journal))
		return sr_fail(run->reason, -EPERM,
			       "%s: ranges that hmem had may touch a CXL window, and would be "
			       "nobody's until the next reboot",
			       step->target);
	if (!roots && !removed_locked(run->journal))
		return sr_fail(run->reason, -EPERM,
			       "%s: without cxl_acpi nobody can tell whether the memory still "
			       "decodes",
			       step->target);
	return 0;
}

static int bind_platform_act(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_bind(run, "platform", "hmem_platform", step->target);
}

static int bind_platform_undo(struct sr_run *run, struct sr_journal_step *step)
{
	int has = platform_reached(run, &step->step);
	int error;

	if (has <= 0)
		return has;
	error = sr_run_clear_below(run, "hmem.#");
	if (!error)
		error = sr_run_unbind(run, "platform", "hmem_platform", step->step.target);
	return error ? error : sr_run_wait(run, &step->step, no_platform_reached);
}

/* Behind the modules: bound before them, it would take what is theirs. */
static int unbind_platform_undo_late(struct sr_run *run, struct sr_journal_step *step)
{
	int has = platform_reached(run, &step->step);
	int error;

	if (has)
		return has < 0 ? has : 0;
	error = bind_platform_check(run, &step->step);
	if (!error)
		error = bind_platform_act(run, &step->step);
	return error ? error : sr_run_wait(run, &step->step, platform_reached);
}

const struct sr_behaviour sr_unbind_hmem_platform = {
	.reached = no_platform_reached,
	.check = unbind_platform_check,
	.record = unbind_platform_record,
	.act = unbind_platform_act,
	.undo_late = unbind_platform_undo_late,
};

const struct sr_behaviour sr_bind_hmem_platform = {
	.reached = platform_reached,
	.check = bind_platform_check,
	.act = bind_platform_act,
	.undo = bind_platform_undo,
};
