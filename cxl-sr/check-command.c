// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr check: one line, and an exit status for those who monitor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "check-line.h"
#include "commands.h"
#include "options.h"
#include "reading.h"

enum {
	OPTION_EXIT_CODE = 1,
};

/*
 * What monitors take an exit status for: Nagios and its kin ("Plugin Return Codes" of the
 * Nagios Core documentation), node-problem-detector (pkg/custompluginmonitor), and
 * health checks as those of Slurm, to whom all but 0 is a failure.
 */
static const struct convention {
	const char *name;
	int statuses[SR_ALARM_LEVEL_COUNT];
} conventions[] = {
	/* ok, warning, critical, unknown */
	{ "nagios", { 0, 1, 2, STATUS_CHECK_UNKNOWN } },
	{ "npd", { 0, 1, 1, 2 } },
	{ "bool", { 0, 1, 1, 1 } },
};

struct choice {
	struct reading reading;
	char *exit_code;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->exit_code);
}

static const char usage[] =
	"Usage: cxl-sr check [options]\n\n"
	"One line for monitoring: whether Soft Reserved memory is lost, unusable or idle,\n"
	"with the code of the reason and who has to act. It waits with --settle only.";

static void print_rest(void)
{
	puts("\nExit status: 0 ok, 1 warning, 2 critical, 3 unknown or wrong use.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	if (!reading_take(&choice->reading, option, context))
		keep_argument(&choice->exit_code, context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		{ "exit-code", '\0', POPT_ARG_STRING, NULL, OPTION_EXIT_CODE,
		  "for whom: nagios, npd (node-problem-detector) or bool", "STYLE" },
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "check",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

/* A number of seconds that is none is wrong use, and no verdict on the machine. */
static int check_seconds(const struct reading *reading)
{
	if (!reading->bad_seconds)
		return STATUS_OK;
	return usage_error("check", "--settle: not a number of seconds: '%s'",
			   reading->bad_seconds);
}

/* NULL behind a message. */
static const struct convention *choose_convention(const struct choice *choice)
{
	const char *name = choice->exit_code ? choice->exit_code : conventions[0].name;

	for (size_t i = 0; i < sizeof(conventions) / sizeof(*conventions); i++) {
		if (strcmp(conventions[i].name, name) == 0)
			return &conventions[i];
	}
	usage_error("check", "unknown style of --exit-code: '%s'", name);
	return NULL;
}

static int refuse_usage(void)
{
	puts("CXL-SR UNKNOWN: wrong use of cxl-sr check");
	return STATUS_CHECK_UNKNOWN;
}

static enum sr_alarm_level check(struct reading *reading)
{
	enum sr_alarm_level level = SR_ALARM_UNKNOWN;
	sr_auto_free char *line = NULL;

	if (reading_make(reading) == 0)
		line = check_line(reading->report, &level);
	else
		line = check_line_of_failure(reading->failure ? reading->failure : "out of memory");
	puts(line ? line : "CXL-SR UNKNOWN: out of memory");
	return line ? level : SR_ALARM_UNKNOWN;
}

int check_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { .reading.rights =
									       RIGHTS_NONE };
	const struct convention *convention = NULL;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check_seconds(&choice.reading);
	if (status == STATUS_OK)
		convention = choose_convention(&choice);
	if (!convention)
		return refuse_usage();
	return convention->statuses[check(&choice.reading)];
}
