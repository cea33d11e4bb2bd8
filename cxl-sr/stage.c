// SPDX-License-Identifier: GPL-2.0-only
/* The machine is read under the lock, so that what is staged is for what is there now. */
#include "stage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "apply/lock.h"
#include "apply/modules.h"
#include "apply/stage.h"
#include "base/cleanup.h"
#include "commands.h"
#include "execution.h"
#include "plan/staged.h"
#include "lock-machine.h"
#include "reading.h"
#include "render-plan.h"
#include "render-stage.h"
#include "text.h"

/* From the lock to the end. */
struct session {
	struct sr_machine machine;
	struct sr_lock lock;
	struct reading reading;
	struct sr_plan *plan; /* NULL: of --unstage */
	char *text;
	struct staged staged;
	struct sr_reason reason;
};

static void session_done(struct session *session)
{
	free(session->text);
	sr_plan_free(session->plan);
	reading_done(&session->reading);
	sr_lock_release(&session->lock);
	closelog();
}

static int start(struct session *session)
{
	int status;

	session->machine = sr_machine_live("");
	status = lock_machine(&session->machine, &session->lock);
	if (status == STATUS_OK)
		session->staged.initramfs_command = sr_stage_initramfs_command(&session->machine);
	return status;
}

static int out_of_memory(void)
{
	message("out of memory");
	return STATUS_NOTHING;
}

static void refuse(struct session *session)
{
	session->staged.outcome = STAGE_REFUSED;
	session->staged.why = session->reason.text;
}

static void write_file(struct session *session)
{
	bool written;

	if (sr_stage_write(&session->machine, session->text, &written, &session->reason)) {
		refuse(session);
		return;
	}
	session->staged.outcome = written ? STAGE_WRITTEN : STAGE_ALREADY;
	session->staged.content = session->text;
	if (written)
		syslog(LOG_NOTICE, "stage --policy %s: wrote %s",
		       sr_policy_name(session->plan->policy), SR_STAGE_PATH);
}

/* A file that is sorted before ours may have another line for the same module. */
static void check_heeded(struct session *session)
{
	bool stopped = false;

	if (!session->staged.content)
		return;
	if (sr_module_is_stopped(SR_STAGE_MODULE, NULL, &stopped, &session->reason))
		session->staged.note = session->reason.text;
	else if (!stopped)
		session->staged.note = "another file of modprobe.d has an `install cxl_acpi` line "
				       "too, which counts in the place of the staged one";
}

/* After such a boot there are no windows, so global has nothing to decide. */
static bool may_be_staged_for(const struct sr_plan *plan)
{
	return plan->class == SR_CLASS_SATISFIED &&
	       (plan->resolved == SR_POLICY_HMEM || plan->resolved == SR_POLICY_GLOBAL);
}

/* What was staged makes it so, or stands against what is wanted now. */
static void look_for_staged(struct session *session)
{
	bool there = false;

	if (sr_stage_look(&session->machine, &there, &session->reason))
		session->staged.note = session->reason.text;
	else if (there && may_be_staged_for(session->plan))
		write_file(session);
	else if (there)
		session->staged.note = SR_STAGE_PATH " keeps cxl_acpi out of the next boot: "
						     "cxl-sr apply --unstage removes it";
}

static void stage(struct session *session)
{
	switch (sr_stage_judge(session->plan, &session->staged.why)) {
	case SR_STAGING_HELPS:
		write_file(session);
		break;
	case SR_STAGING_NEEDLESS:
		session->staged.outcome = STAGE_NEEDLESS;
		look_for_staged(session);
		break;
	default:
		session->staged.outcome = STAGE_USELESS;
		look_for_staged(session);
	}
	check_heeded(session);
}

static int show(const struct session *session, enum json_form json)
{
	int error = 0;

	if (json) {
		error = render_stage_json(session->plan, &session->staged, json);
	} else {
		if (session->plan)
			error = render_plan(session->plan);
		if (session->plan && !error)
			putchar('\n');
		render_stage(&session->staged);
	}
	fflush(stdout);
	return error == -ENOMEM ? out_of_memory() : STATUS_OK;
}

/* Where all is as it shall be already, a boot has nothing to bring. */
static int judge(const struct session *session)
{
	const struct staged *staged = &session->staged;

	if (staged->note)
		message("%s", staged->note);
	switch (staged->outcome) {
	case STAGE_WRITTEN:
	case STAGE_ALREADY:
		if (staged->note)
			return STATUS_USAGE;
		return session->plan->class == SR_CLASS_SATISFIED ? STATUS_OK
								  : STATUS_APPLY_NEXT_BOOT;
	case STAGE_USELESS:
		message("nothing that could be staged does it: %s", staged->why);
		return STATUS_USAGE;
	case STAGE_REFUSED:
		message("%s", staged->why);
		return STATUS_USAGE;
	default:
		return STATUS_OK;
	}
}

static int end(struct session *session, enum json_form json)
{
	int status = show(session, json);

	return status == STATUS_OK ? judge(session) : status;
}

int stage_policy(const struct staging *staging)
{
	__attribute__((cleanup(session_done))) struct session session = { 0 };
	int status = start(&session);

	session.reading.settle = staging->settle;
	if (status == STATUS_OK)
		status = reading_make_or_tell(&session.reading);
	if (status != STATUS_OK)
		return status;
	session.text = sr_stage_text(staging->policy);
	if (!session.text || sr_plan_make(session.reading.report, staging->policy, &session.plan))
		return out_of_memory();
	stage(&session);
	return end(&session, staging->json);
}

int unstage(enum json_form json)
{
	__attribute__((cleanup(session_done))) struct session session = { 0 };
	bool removed = false;
	int status = start(&session);

	if (status != STATUS_OK)
		return status;
	if (sr_stage_remove(&session.machine, &removed, &session.reason))
		refuse(&session);
	else
		session.staged.outcome = removed ? STAGE_REMOVED : STAGE_ABSENT;
	if (removed)
		syslog(LOG_NOTICE, "unstage: removed %s", SR_STAGE_PATH);
	return end(&session, json);
}
