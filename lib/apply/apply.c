// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/apply.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "apply/kernel-watch.h"
#include "apply/run.h"
#include "apply/stage.h"
#include "plan/staged.h"

/* The step ends the run; its reason stands. */
static int stop(struct sr_run *run, enum sr_step_result result, int error)
{
	if (!run->reason->text[0])
		sr_fail(run->reason, error, "%s: %s", run->step->step.target, strerror(-error));
	run->result->stopped_at = (size_t)(run->step - run->journal->steps.items);
	run->result->result = result;
	sr_run_event(run, (struct sr_apply_event){ .kind = SR_EVENT_RESULT,
						   .result = result,
						   .error = error,
						   .text = run->reason->text });
	return error;
}

static int set_state(struct sr_run *run, enum sr_step_state state, int error)
{
	run->step->state = state;
	run->step->error = -error;
	return sr_journal_save(run->journal, run->reason);
}

static int pass(struct sr_run *run, enum sr_step_state state, enum sr_step_result result)
{
	int error = set_state(run, state, 0);

	if (error)
		return stop(run, SR_RESULT_FAILED, error);
	if (result == SR_RESULT_ALREADY)
		run->result->already++;
	else
		run->result->done++;
	sr_run_event(run, (struct sr_apply_event){ .kind = SR_EVENT_RESULT, .result = result });
	return 0;
}

/*
 * What a step that failed is in the journal: as before where it wrote nothing, or took back
 * what it did; otherwise undoing has to look at it.
 */
static enum sr_step_state state_of_failed(const struct sr_run *run, enum sr_step_state before)
{
	if (run->wrote && !run->taken_back)
		return SR_STEP_FAILED;
	return before == SR_STEP_FAILED || before == SR_STEP_STARTED ? SR_STEP_FAILED
								     : SR_STEP_PLANNED;
}

/* The step's reason is what counts; that the journal could not say so as well is a note. */
static int fail_step(struct sr_run *run, enum sr_step_state before, enum sr_step_result result,
		     int error)
{
	struct sr_reason *reason = run->reason, why = { 0 };
	enum sr_step_state state = state_of_failed(run, before);

	run->reason = &why;
	if (set_state(run, state, state == SR_STEP_FAILED ? error : 0))
		sr_run_note(run, "%s", why.text);
	run->reason = reason;
	if (error == -EINTR && sr_run_is_stopped(run))
		result = SR_RESULT_INTERRUPTED;
	else if (!run->wrote)
		result = SR_RESULT_REFUSED;
	return stop(run, result, error);
}

static int act(struct sr_run *run, const struct sr_behaviour *behaviour)
{
	const struct sr_step *step = &run->step->step;
	enum sr_step_state before = run->step->state;
	int error = set_state(run, SR_STEP_STARTED, 0);

	if (error) {
		run->step->state = before; /* what is on the disk, and true */
		return stop(run, SR_RESULT_REFUSED, error);
	}
	error = behaviour->act(run, step);
	if (error)
		return fail_step(run, before, SR_RESULT_FAILED, error);
	error = sr_run_wait(run, step, behaviour->reached);
	if (error)
		return fail_step(run, before,
				 error == -ETIME ? SR_RESULT_NOT_VERIFIED : SR_RESULT_FAILED,
				 error);
	return pass(run, SR_STEP_DONE, SR_RESULT_DONE);
}

static int run_step(struct sr_run *run, struct sr_journal_step *journal_step)
{
	const struct sr_step *step = &journal_step->step;
	const struct sr_behaviour *behaviour = sr_behaviour(step->action);
	bool began = sr_journal_step_is_touched(journal_step);
	int error;

	run->step = journal_step;
	run->wrote = run->taken_back = false;
	if (sr_run_is_stopped(run))
		return stop(run, SR_RESULT_INTERRUPTED,
			    sr_fail(run->reason, -EINTR, "interrupted before %s %s",
				    sr_action_name(step->action), step->target));
	sr_run_event(run, (struct sr_apply_event){ .kind = SR_EVENT_STEP });
	error = behaviour->reached(run, step);
	if (error > 0)
		return began ? pass(run, SR_STEP_DONE, SR_RESULT_DONE)
			     : pass(run, SR_STEP_ALREADY, SR_RESULT_ALREADY);
	if (!error)
		error = behaviour->check(run, step);
	if (!error && behaviour->record)
		error = behaviour->record(run, journal_step);
	if (error)
		return stop(run, SR_RESULT_REFUSED, error);
	/* What it adds comes online, or not, as the machine's own policy says. */
	if (sr_action_row(step->action)->adds_memory)
		error = sr_run_unpin(run);
	return error ? stop(run, SR_RESULT_FAILED, error) : act(run, behaviour);
}

static int run_steps(struct sr_run *run)
{
	size_t first = sr_journal_resume_point(run->journal);
	int error = 0;

	for (size_t i = first; !error && i < run->journal->steps.count; i++)
		error = run_step(run, &run->journal->steps.items[i]);
	return error;
}

static int undo_step(struct sr_run *run, struct sr_journal_step *step)
{
	const struct sr_behaviour *behaviour = sr_behaviour(step->step.action);
	int error;

	run->step = step;
	if (sr_run_is_stopped(run))
		return stop(run, SR_RESULT_INTERRUPTED,
			    sr_fail(run->reason, -EINTR, "interrupted before %s was taken back",
				    step->step.target));
	sr_run_event(run, (struct sr_apply_event){ .kind = SR_EVENT_STEP });
	error = behaviour->undo ? behaviour->undo(run, step) : 0;
	return error ? stop(run, SR_RESULT_FAILED, error)
		     : pass(run, SR_STEP_UNDONE, SR_RESULT_DONE);
}

static int undo_late(struct sr_run *run)
{
	int error = 0;

	for (size_t i = 0; i < run->journal->steps.count; i++) {
		struct sr_journal_step *step = &run->journal->steps.items[i];
		const struct sr_behaviour *behaviour = sr_behaviour(step->step.action);

		if (step->state != SR_STEP_UNDONE || !behaviour->undo_late)
			continue;
		run->step = step;
		error = behaviour->undo_late(run, step);
		if (error)
			return stop(run, SR_RESULT_FAILED, error);
	}
	return 0;
}

static int undo_steps(struct sr_run *run)
{
	int error = 0;

	/* What comes back is put online by its own step, in the zone that it had. */
	if (sr_journal_is_touched(run->journal))
		error = sr_run_pin(run);
	for (size_t i = run->journal->steps.count; !error && i > 0; i--) {
		if (sr_journal_step_is_touched(&run->journal->steps.items[i - 1]))
			error = undo_step(run, &run->journal->steps.items[i - 1]);
	}
	return error ? error : undo_late(run);
}

/* Whatever happened, the machine's own policy comes back; the first error is what counts. */
static int restore(struct sr_run *run, int error)
{
	struct sr_reason *reason = run->reason, why = { 0 };
	int failed;

	run->step = NULL;
	run->reason = error ? &why : reason;
	failed = sr_run_unpin(run);
	if (failed && error)
		sr_run_note(run, "%s", why.text);
	run->reason = reason;
	return error ? error : failed;
}

/* A journal in which nothing is done has nothing to take back; stopped by hand, it goes on. */
static bool is_over(const struct sr_run *run, int error)
{
	if (!error)
		return true;
	/* undo_late() may have failed, when no step is touched any more: it is to be called again.
	 */
	if (run->undoing)
		return false;
	return !sr_journal_is_touched(run->journal) && (error != -EINTR || !run->result->changed);
}

static int finish(struct sr_run *run, int error)
{
	struct sr_reason why = { 0 };
	int failed;

	run->result->pending = true;
	/* Of a step that took back what it did there is nothing left, nor of the pinned policy. */
	run->result->partly = error && (run->undoing || sr_journal_is_touched(run->journal) ||
					run->journal->auto_online);
	if (!is_over(run, error) || run->journal->auto_online)
		return error;
	failed = sr_journal_finish(run->journal, &why);
	if (!failed)
		run->result->pending = false;
	if (failed && !error)
		*run->reason = why;
	return error ? error : failed;
}

static int go(struct sr_run *run, int (*work)(struct sr_run *run))
{
	sr_auto_watch struct sr_kernel_watch watch = { .fd = -1 };
	int error;

	sr_kernel_watch_start(run->machine, &watch);
	error = finish(run, restore(run, work(run)));
	if (sr_kernel_watch_collect(&watch, run->result) && !error) {
		error = sr_fail(run->reason, -ENOMEM, "memory ran out");
		run->result->partly = run->result->changed;
	}
	return error;
}

static int start(const struct sr_apply *apply, struct sr_apply_result *ret_result,
		 struct sr_reason *reason)
{
	*ret_result = (struct sr_apply_result){ .stopped_at = SIZE_MAX };
	reason->text[0] = '\0';
	if (!apply->lock || apply->lock->fd < 0)
		return sr_fail(reason, -ENOLCK, "the lock is not held");
	return 0;
}

static struct sr_run run_of(const struct sr_apply *apply, struct sr_journal *journal,
			    struct sr_apply_result *result, struct sr_reason *reason)
{
	return (struct sr_run){ .apply = apply,
				.machine = apply->machine,
				.journal = journal,
				.result = result,
				.reason = reason };
}

int sr_apply_run(const struct sr_apply *apply, const struct sr_step *steps, size_t count,
		 struct sr_apply_result *ret_result, struct sr_reason *reason)
{
	const struct sr_journal_head head = { .tool = apply->tool,
					      .policy = apply->policy,
					      .fingerprint = apply->fingerprint };
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	struct sr_run run = run_of(apply, &journal, ret_result, reason);
	int error = start(apply, ret_result, reason);

	if (!error)
		error = sr_journal_create(apply->machine, &head, steps, count, &journal, reason);
	ret_result->pending = error == -EEXIST;
	return error ? error : go(&run, run_steps);
}

/* The pending journal, if it is one of this boot. */
static int open_current(const struct sr_apply *apply, struct sr_journal *journal,
			struct sr_reason *reason)
{
	int error = sr_journal_open(apply->machine, journal, reason);

	if (error)
		return error;
	error = sr_journal_is_of_this_boot(apply->machine, journal);
	if (error < 0)
		return sr_fail(reason, error, "the id of this boot: %s", strerror(-error));
	return error ? 0
		     : sr_fail(reason, -ESTALE,
			       "the machine was rebooted since: nothing that the journal says of "
			       "devices and memory holds");
}

/* Nothing was done now; what was before is still there. */
static int leave(const struct sr_journal *journal, struct sr_apply_result *result, int error)
{
	result->pending = true;
	result->partly = sr_journal_is_touched(journal);
	return error;
}

int sr_apply_resume(const struct sr_apply *apply, struct sr_apply_result *ret_result,
		    struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	struct sr_run run = run_of(apply, &journal, ret_result, reason);
	int error = start(apply, ret_result, reason);

	if (!error)
		error = open_current(apply, &journal, reason);
	ret_result->pending = !error;
	if (!error && journal.rolling_back)
		return leave(&journal, ret_result,
			     sr_fail(reason, -EALREADY,
				     "it is being rolled back, and can only be rolled back "
				     "further"));
	return error ? error : go(&run, run_steps);
}

/* Half way back nobody would have the memory: dax_hmem is unbound before cxl_acpi is loaded. */
static int check_not_staged(const struct sr_machine *machine, const struct sr_journal *journal,
			    struct sr_reason *reason)
{
	const struct sr_journal_step *step;
	struct sr_reason why;
	bool there = false;

	sr_for_each (step, &journal->steps) {
		if (step->step.action != SR_ACTION_UNLOAD_MODULE ||
		    strcmp(step->step.target, SR_STAGE_MODULE) != 0 ||
		    step->state == SR_STEP_PLANNED || step->state == SR_STEP_ALREADY)
			continue;
		if (sr_stage_look(machine, &there, &why) == 0 && there)
			return sr_fail(reason, -EPERM,
				       SR_STAGE_PATH " keeps " SR_STAGE_MODULE
						     " from being loaded again: cxl-sr apply "
						     "--unstage first");
	}
	return 0;
}

int sr_apply_rollback(const struct sr_apply *apply, struct sr_apply_result *ret_result,
		      struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	struct sr_run run = run_of(apply, &journal, ret_result, reason);
	int error = start(apply, ret_result, reason);

	run.undoing = true;
	if (!error)
		error = open_current(apply, &journal, reason);
	if (error)
		return error;
	ret_result->pending = true;
	error = check_not_staged(apply->machine, &journal, reason);
	if (error)
		return leave(&journal, ret_result, error);
	journal.rolling_back = true;
	error = sr_journal_save(&journal, reason);
	return error ? error : go(&run, undo_steps);
}

int sr_apply_discard(const struct sr_apply *apply, bool of_this_boot, struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	struct sr_apply_result result;
	struct sr_run run = run_of(apply, &journal, &result, reason);
	int error = start(apply, &result, reason);

	if (!error)
		error = open_current(apply, &journal, reason);
	if (error == -ESTALE)
		return sr_journal_finish(&journal, reason);
	if (!error && !of_this_boot)
		error = sr_fail(reason, -EBUSY,
				"it is of this boot: it has to be resumed or rolled back");
	if (!error)
		error = sr_run_unpin(&run);
	return error ? error : sr_journal_finish(&journal, reason);
}

void sr_apply_result_free(struct sr_apply_result *result)
{
	char **warning;

	sr_for_each (warning, &result->warnings)
		free(*warning);
	sr_list_free(&result->warnings);
}

int sr_apply_pending(const struct sr_machine *machine, struct sr_pending *ret_pending,
		     struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	int error = sr_journal_open(machine, &journal, reason);
	const struct sr_journal_step *step;

	if (error)
		return error;
	*ret_pending = (struct sr_pending){
		.steps = journal.steps.count,
		.rolling_back = journal.rolling_back,
		.is_of_this_boot = sr_journal_is_of_this_boot(machine, &journal) == 1,
	};
	snprintf(ret_pending->policy, sizeof(ret_pending->policy), "%s", journal.policy);
	sr_for_each (step, &journal.steps)
		ret_pending->done += step->state == SR_STEP_DONE || step->state == SR_STEP_ALREADY;
	return 0;
}
