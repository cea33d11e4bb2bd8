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
	int error = sr_run_check_place_below(run, step);

	return error ? error : sr_run_check_unused_below(run, step->target);
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

static int unbind_platform_act(struct sr_run *run, const struct sr_step *step)
{
	int error = sr_run_check_unused_below(run, "hmem.#");

	return error ? error : sr_run_unbind(run, "platform", "hmem_platform", step->target);
}

static int bind_platform_check(struct sr_run *run, const struct sr_step *step)
{
	return sr_run_check_hmem_may_walk(run, step->target);
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
	.record = sr_run_record_hmem,
	.act = unbind_platform_act,
	.undo_late = unbind_platform_undo_late,
};

const struct sr_behaviour sr_bind_hmem_platform = {
	.reached = platform_reached,
	.check = bind_platform_check,
	.act = bind_platform_act,
	.undo = bind_platform_undo,
};
