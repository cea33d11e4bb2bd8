// SPDX-License-Identifier: GPL-2.0-only
/*
 * One writer: the lock is taken before the machine is read, so that what is planned is what
 * is executed. Afterwards the machine is read again, and shown beside what it was.
 */
#include "execution.h"

#include <errno.h>
#include <stdio.h>
#include <syslog.h>
#include <time.h>

#include "apply/preflight.h"
#include "base/cleanup.h"
#include "commands.h"
#include "config.h"
#include "execution-events.h"
#include "lock-machine.h"
#include "reading.h"
#include "render-change.h"
#include "render-plan.h"
#include "render-result.h"
#include "stop-signals.h"
#include "text.h"
#include "verdict.h"

/* How long kmem may take to bring online what it was given, and the looks at it meanwhile. */
#define ONLINE_LOOKS	   20
#define ONLINE_NANOSECONDS 250000000

/* From the lock to the end. */
struct session {
	const struct execution *execution;
	struct sr_machine machine;
	struct sr_lock lock;
	struct reading before, after;
	struct sr_plan *plan; /* NULL: what is done stands in the journal */
	struct execution_events events;
	struct sr_apply_result result;
	struct sr_reason reason;
	int error;
};

static void session_done(struct session *session)
{
	sr_apply_result_free(&session->result);
	sr_plan_free(session->plan);
	reading_done(&session->before);
	reading_done(&session->after);
	sr_lock_release(&session->lock);
	closelog();
}

static int start(struct session *session)
{
	int status;

	session->machine = sr_machine_live("");
	session->events.quiet = session->execution->json;
	session->before.settle = session->execution->settle;
	status = lock_machine(&session->machine, &session->lock);
	return status == STATUS_OK ? reading_make_or_tell(&session->before) : status;
}

static int out_of_memory(void)
{
	message("out of memory");
	return STATUS_NOTHING;
}

static int make_plan(struct session *session)
{
	const struct execution *execution = session->execution;
	int error = sr_plan_make(session->before.report, execution->policy, &session->plan);

	if (!error && execution->file)
		error = plan_file_compare(execution->file, session->plan, &session->reason);
	if (error == -ENOMEM ||
	    (!error && !execution->json && render_plan(session->plan) == -ENOMEM))
		return out_of_memory();
	if (session->before.report->short_sources)
		warn_partial(session->before.report);
	if (!error)
		return STATUS_OK;
	message("%s", session->reason.text);
	return STATUS_USAGE;
}

static void preflight_guard(struct sr_preflight *preflight)
{
	sr_preflight_free(preflight);
}

/* Says all that is found; one that blocks leaves everything as it is. */
static int look_ahead(struct session *session)
{
	__attribute__((cleanup(preflight_guard))) struct sr_preflight preflight = { 0 };
	const struct sr_plan *plan = session->plan;
	const struct sr_preflight_finding *finding;
	int error = sr_preflight(&session->machine, plan->steps.items, plan->steps.count,
				 &preflight, &session->reason);

	if (error) {
		message("%s", session->reason.text);
		return error == -ENOMEM ? STATUS_NOTHING : STATUS_USAGE;
	}
	sr_for_each (finding, &preflight.findings)
		message("%s%s", finding->blocks ? "" : "warning: ", finding->text);
	if (!preflight.blocking)
		return STATUS_OK;
	message("nothing was changed");
	return STATUS_USAGE;
}

static struct sr_apply apply_of(struct session *session)
{
	return (struct sr_apply){
		.machine = &session->machine,
		.lock = &session->lock,
		.tool = "cxl-sr " CXL_SR_VERSION,
		.policy = session->plan ? sr_policy_name(session->plan->policy) : NULL,
		.fingerprint = session->plan ? session->plan->fingerprint : NULL,
		.stop = stop_signals_catch(),
		.event = execution_event,
		.data = &session->events,
	};
}

/* Until the machine is as promised: kmem may still be bringing memory online. */
static int read_after(struct session *session)
{
	const struct timespec pause = { .tv_nsec = ONLINE_NANOSECONDS };
	bool wait = session->plan && !session->error;

	for (int looks = wait ? ONLINE_LOOKS : 1; looks > 0; looks--) {
		int status;

		reading_done(&session->after);
		session->after = (struct reading){ 0 };
		status = reading_make_or_tell(&session->after);
		if (status != STATUS_OK)
			return status;
		if (!wait || is_as_promised(session->plan, session->after.report))
			break;
		nanosleep(&pause, NULL);
	}
	return STATUS_OK;
}

static int show(const struct session *session)
{
	char *const *warning;
	int error;

	if (session->execution->json)
		error = render_result_json(session->plan, &session->result, session->error,
					   session->reason.text, session->after.report,
					   session->execution->json);
	else if (puts("") != EOF)
		error = render_change(session->before.report, session->after.report);
	else
		error = -EIO;
	fflush(stdout);
	sr_for_each (warning, &session->result.warnings)
		message("the kernel meanwhile: %s", *warning);
	return error;
}

static int partly(const struct session *session)
{
	bool changed = session->error ? session->result.partly : session->result.changed;

	return changed ? STATUS_APPLY_PARTLY : STATUS_USAGE;
}

static int judge_error(const struct session *session)
{
	message("%s", session->reason.text);
	if (!session->result.changed)
		message("nothing was changed");
	else if (!session->result.partly)
		message("what was begun was taken back");
	if (session->result.pending)
		message_pending();
	return partly(session);
}

static int judge(const struct session *session)
{
	int status;

	if (!session->plan)
		return STATUS_OK;
	if (!is_as_promised(session->plan, session->after.report)) {
		message("all steps were done, but the machine is not as the plan promised");
		return partly(session);
	}
	status = status_of_class(session->plan->class);
	return status == STATUS_USAGE ? partly(session) : status;
}

/* Nothing that fails now says that the machine is as it was. */
static int end(struct session *session)
{
	int status = read_after(session);

	if (status == STATUS_OK && show(session) == -ENOMEM)
		status = out_of_memory();
	if (session->error)
		return judge_error(session);
	if (status != STATUS_OK) {
		message("all steps were done; how the machine is now could not be shown");
		return session->result.changed ? STATUS_APPLY_PARTLY : status;
	}
	if ((ferror(stdout) || !text_is_whole()) && session->result.changed) {
		message("all steps were done, but not all of the output could be written");
		return STATUS_APPLY_PARTLY;
	}
	return judge(session);
}

int execute_policy(const struct execution *execution)
{
	__attribute__((cleanup(session_done))) struct session session = { .execution = execution };
	struct sr_apply apply;
	int status = start(&session);

	if (status == STATUS_OK)
		status = make_plan(&session);
	if (status != STATUS_OK)
		return status;
	if (!session.plan->steps.count) {
		if (execution->json && render_plan_json(session.plan, execution->json) == -ENOMEM)
			return out_of_memory();
		return output_arrived() ? status_of_class(session.plan->class) : STATUS_USAGE;
	}
	status = look_ahead(&session);
	if (status != STATUS_OK)
		return status;
	session.events.count = session.plan->steps.count;
	if (!execution->json)
		puts("");
	apply = apply_of(&session);
	session.error = sr_apply_run(&apply, session.plan->steps.items, session.plan->steps.count,
				     &session.result, &session.reason);
	return end(&session);
}

/* What a journal of before the last boot says is done for: the machine has started anew. */
static int discard(struct session *session, int status)
{
	struct sr_apply apply = apply_of(session);

	message("%s", session->reason.text);
	if (sr_apply_discard(&apply, false, &session->reason)) {
		message("%s", session->reason.text);
		return STATUS_USAGE;
	}
	message("what was begun before the boot is void; its journal is gone, plan again");
	return status;
}

static int execute_journal(const struct execution *execution,
			   int (*run)(const struct sr_apply *, struct sr_apply_result *,
				      struct sr_reason *),
			   int status_of_stale)
{
	__attribute__((cleanup(session_done))) struct session session = { .execution = execution };
	struct sr_pending pending;
	struct sr_apply apply;
	int status = start(&session);

	if (status != STATUS_OK)
		return status;
	if (sr_apply_pending(&session.machine, &pending, &session.reason)) {
		message("%s", session.reason.text);
		return STATUS_USAGE;
	}
	session.events.count = pending.steps;
	apply = apply_of(&session);
	session.error = run(&apply, &session.result, &session.reason);
	/* Of this boot it says that a device is not the one that it was. */
	if (session.error == -ESTALE && !pending.is_of_this_boot)
		return discard(&session, status_of_stale);
	return end(&session);
}

int execute_resume(const struct execution *execution)
{
	return execute_journal(execution, sr_apply_resume, STATUS_USAGE);
}

int execute_rollback(const struct execution *execution)
{
	return execute_journal(execution, sr_apply_rollback, STATUS_OK);
}

int status_of_class(enum sr_plan_class class)
{
	if (class == SR_CLASS_SATISFIED || class == SR_CLASS_REACHABLE)
		return STATUS_OK;
	return class == SR_CLASS_NEXT_BOOT ? STATUS_APPLY_NEXT_BOOT : STATUS_USAGE;
}

void message_pending(void)
{
	const struct sr_machine machine = sr_machine_live("");
	struct sr_pending pending;
	struct sr_reason reason = { "" };
	int error = sr_apply_pending(&machine, &pending, &reason);

	/* Who may not look learns nothing; one that cannot be trusted is worth a word. */
	if (error == -ENOENT || error == -EACCES)
		return;
	if (error) {
		message("a journal of apply is there and is not heeded: %s", reason.text);
		return;
	}
	if (!pending.is_of_this_boot) {
		message("an apply --policy %s was not ended before the last boot, and is void: "
			"cxl-sr apply --rollback removes its journal",
			pending.policy);
		return;
	}
	message("an apply --policy %s was not ended, %zu of %zu steps are done: cxl-sr apply %s",
		pending.policy, pending.done, pending.steps,
		pending.rolling_back ? "--rollback" : "--resume, or --rollback");
}
