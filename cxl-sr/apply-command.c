// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr apply: options, then report, plan and one of its renderers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "commands.h"
#include "options.h"
#include "reading.h"
#include "render-plan.h"
#include "text.h"
#include "verdict.h"

enum {
	OPTION_POLICY = 1,
	OPTION_PLAN_OUT,
};

struct choice {
	struct reading reading;
	char *policy, *plan_out;
	int json;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->policy);
	free(choice->plan_out);
}

static const char usage[] =
	"Usage: cxl-sr apply --policy POLICY [options]\n\n"
	"Plan how Soft Reserved memory gets the owner that a policy wants, losing none of\n"
	"it: what can be done now and how, what needs a reboot, and what cannot be done.\n"
	"The plan is shown; nothing is changed.";

static void print_rest(void)
{
	puts("\nAvailable policies for --policy:");
	for (int i = 0; i < SR_POLICY_COUNT; i++)
		printf("  %-7s %s\n", sr_policy_name(i), sr_policy_words(i));
	puts("\nExit status: 0 possible now, 1 wrong use or no way, 2 nothing read, 3 at a boot.");
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
		{ "json", 'J', POPT_ARG_NONE, &choice->json, 0, "print JSON", NULL },
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
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int check(const struct choice *choice, enum sr_policy *ret_policy)
{
	if (!choice->policy)
		return usage_error("apply", "no policy given");
	if (!sr_policy_find(choice->policy, ret_policy))
		return usage_error("apply", "unknown policy: '%s'", choice->policy);
	return STATUS_OK;
}

static int status_of(enum sr_plan_class class)
{
	if (class == SR_CLASS_SATISFIED || class == SR_CLASS_REACHABLE)
		return STATUS_OK;
	return class == SR_CLASS_NEXT_BOOT ? STATUS_APPLY_NEXT_BOOT : STATUS_USAGE;
}

static int write_out(const struct sr_plan *plan, const char *path)
{
	struct sr_reason reason = { "" };

	if (!path || write_plan_file(plan, path, &reason) == 0)
		return STATUS_OK;
	message("%s", reason.text);
	return STATUS_USAGE;
}

static int show(const struct choice *choice, enum sr_policy policy)
{
	sr_auto_plan struct sr_plan *plan = NULL;
	int error = sr_plan_make(choice->reading.report, policy, &plan);

	if (!error)
		error = choice->json ? render_plan_json(plan) : render_plan(plan);
	if (error == -ENOMEM) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	if (write_out(plan, choice->plan_out) != STATUS_OK)
		return STATUS_USAGE;
	return status_of(plan->class);
}

int apply_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	enum sr_policy policy;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check(&choice, &policy);
	if (status == STATUS_OK)
		status = reading_make_or_tell(&choice.reading);
	if (status != STATUS_OK)
		return status;
	status = show(&choice, policy);
	if (choice.reading.report->short_sources)
		warn_partial(choice.reading.report);
	return status;
}
