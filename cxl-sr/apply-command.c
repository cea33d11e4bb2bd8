// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr apply: options, then a plan that is shown, or executed; or one that is ended. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "commands.h"
#include "execution.h"
#include "options.h"
#include "reading.h"
#include "render-plan.h"
#include "stage.h"
#include "text.h"
#include "verdict.h"

enum {
	OPTION_POLICY = 1,
	OPTION_PLAN_OUT,
};

struct choice {
	struct reading reading;
	char *policy, *plan_out, *path;
	struct plan_file file;
	enum json_form json;
	int yes, resume, rollback, stage, unstage;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	plan_file_done(&choice->file);
	free(choice->policy);
	free(choice->plan_out);
	free(choice->path);
}

static const char usage[] =
	"Usage: cxl-sr apply --policy POLICY [options]\n"
	"       cxl-sr apply FILE [options]\n"
	"       cxl-sr apply --policy POLICY --stage [options]\n"
	"       cxl-sr apply --resume | --rollback | --unstage\n\n"
	"Plan how Soft Reserved memory gets the owner that a policy wants, losing none of\n"
	"it: what can be done now and how, what needs a reboot, and what cannot be done.\n"
	"The plan is shown; with --yes it is executed, and with --stage a file is written\n"
	"that brings it at the next boot.";

static void print_rest(void)
{
	puts("\nAvailable policies for --policy:");
	for (int i = 0; i < SR_POLICY_COUNT; i++)
		printf("  %-7s %s\n", sr_policy_name(i), sr_policy_words(i));
	puts("\nExit status: 0 so already, or reached (a plan: reachable now), 1 wrong use or\n"
	     "nothing changed, 2 nothing could be read, 3 reachable at the next boot only, or\n"
	     "staged for it, 64 partly done, 75 another apply is at work.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	if (!reading_take(&choice->reading, option, context))
		keep_argument(option == OPTION_POLICY ? &choice->policy : &choice->plan_out,
			      context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		{ "policy", 'p', POPT_ARG_STRING, NULL, OPTION_POLICY,
		  "who shall own Soft Reserved memory", "POLICY" },
		{ "yes", 'y', POPT_ARG_NONE, &choice->yes, 0, "execute the plan", NULL },
		{ "resume", '\0', POPT_ARG_NONE, &choice->resume, 0,
		  "end an apply that was interrupted", NULL },
		{ "rollback", '\0', POPT_ARG_NONE, &choice->rollback, 0,
		  "take back an apply that was interrupted or failed", NULL },
		{ "stage", '\0', POPT_ARG_NONE, &choice->stage, 0,
		  "write below modprobe.d what brings it at the next boot", NULL },
		{ "unstage", '\0', POPT_ARG_NONE, &choice->unstage, 0, "remove what --stage wrote",
		  NULL },
		JSON_OPTION,
		{ "plan-out", '\0', POPT_ARG_STRING, NULL, OPTION_PLAN_OUT,
		  "write the plan to a file too, as JSON", "FILE" },
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "apply",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
		.argument = &choice->path,
	};

	return parse_options(&parser, count, arguments);
}

/* What is staged is for the machine as it is now, not as a plan of before has it. */
static int check_staging(const struct choice *choice)
{
	if (choice->stage && choice->unstage)
		return usage_error("apply", "--stage excludes --unstage");
	if (choice->stage && (choice->yes || choice->resume || choice->rollback))
		return usage_error("apply", "--stage excludes --yes, --resume and --rollback");
	if (choice->stage && (choice->path || choice->plan_out))
		return usage_error("apply", "--stage goes with --policy, not with a file");
	if (choice->unstage && (choice->policy || choice->path || choice->yes || choice->resume ||
				choice->rollback || choice->plan_out))
		return usage_error("apply", "--unstage stands alone");
	if ((choice->stage || choice->unstage) && choice->reading.sysroot)
		return usage_error("apply", "with --sysroot nothing is staged");
	return STATUS_OK;
}

/* What acts does so on this machine, and one thing at a time. */
static int check_acting(const struct choice *choice)
{
	if (choice->resume && choice->rollback)
		return usage_error("apply", "--resume excludes --rollback");
	if ((choice->resume || choice->rollback) &&
	    (choice->policy || choice->path || choice->yes || choice->plan_out))
		return usage_error("apply", "--resume and --rollback stand alone");
	if ((choice->yes || choice->resume || choice->rollback) && choice->reading.sysroot)
		return usage_error("apply", "with --sysroot plans are shown, never executed");
	if (choice->yes && choice->plan_out)
		return usage_error("apply", "--yes excludes --plan-out");
	return check_staging(choice);
}

static int choose_policy(struct choice *choice, enum sr_policy *ret_policy)
{
	struct sr_reason reason = { "" };

	if (choice->policy && choice->path)
		return usage_error("apply", "a plan has its policy: %s", choice->path);
	if (choice->path) {
		if (plan_file_read(choice->path, &choice->file, &reason)) {
			message("%s", reason.text);
			return STATUS_USAGE;
		}
		*ret_policy = choice->file.policy;
		return STATUS_OK;
	}
	if (!choice->policy)
		return usage_error("apply", "no policy given");
	if (!sr_policy_find(choice->policy, ret_policy))
		return usage_error("apply", "unknown policy: '%s'", choice->policy);
	return STATUS_OK;
}

static int write_out(const struct choice *choice, const struct sr_plan *plan)
{
	struct sr_reason reason = { "" };
	int error = choice->path ? plan_file_compare(&choice->file, plan, &reason) : 0;

	if (!error && choice->plan_out)
		error = write_plan_file(plan, choice->plan_out, &reason);
	if (!error)
		return STATUS_OK;
	message("%s", reason.text);
	return STATUS_USAGE;
}

static int show(const struct choice *choice, enum sr_policy policy)
{
	sr_auto_plan struct sr_plan *plan = NULL;
	int error = sr_plan_make(choice->reading.report, policy, &plan);

	if (!error)
		error = choice->json ? render_plan_json(plan, choice->json) : render_plan(plan);
	if (error == -ENOMEM) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	/* What was cut short must not pass for a plan that is for the next boot. */
	if (write_out(choice, plan) != STATUS_OK || !output_arrived())
		return STATUS_USAGE;
	return status_of_class(plan->class);
}

static int read_and_show(struct choice *choice, enum sr_policy policy)
{
	int status = reading_make_or_tell(&choice->reading);

	if (status != STATUS_OK)
		return status;
	status = show(choice, policy);
	if (choice->reading.report->short_sources)
		warn_partial(choice->reading.report);
	if (!choice->reading.sysroot)
		message_pending();
	return status;
}

static int run(struct choice *choice)
{
	struct execution execution = {
		.settle = choice->reading.settle,
		.file = choice->path ? &choice->file : NULL,
		.json = choice->json,
	};
	int status;

	if (choice->reading.bad_seconds)
		return reading_make_or_tell(&choice->reading);
	if (choice->resume)
		return execute_resume(&execution);
	if (choice->rollback)
		return execute_rollback(&execution);
	if (choice->unstage)
		return unstage(choice->json);
	status = choose_policy(choice, &execution.policy);
	if (status != STATUS_OK)
		return status;
	if (choice->stage)
		return stage_policy(&(struct staging){ choice->reading.settle, execution.policy,
						       choice->json });
	return choice->yes ? execute_policy(&execution) : read_and_show(choice, execution.policy);
}

int apply_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check_acting(&choice);
	return status == STATUS_OK ? run(&choice) : status;
}
