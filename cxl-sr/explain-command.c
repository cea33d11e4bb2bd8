// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr explain: what happened to a range; or the list of codes, which needs no machine. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "explain-unit.h"
#include "list-codes.h"
#include "options.h"
#include "reading.h"
#include "text.h"
#include "verdict.h"

struct choice {
	struct reading reading;
	int list;
	enum json_form json;
	char *what;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->what);
}

static const char usage[] =
	"Usage: cxl-sr explain [options] [RANGE]\n"
	"       cxl-sr explain --list [options]\n\n"
	"What happened to a Soft Reserved range, why, whose problem it is and what to do:\n"
	"the chain of evidence, with the files that it was read from.\n\n"
	"RANGE is addresses as 0x1290000000-0x12afffffff, one address, the number of a\n"
	"range in the report (2, or 2.1 for a part that the kernel decides on by itself),\n"
	"a region or a dax device. Without it: the only range that there is.\n\n"
	"With --list: what the codes of a report mean.";

static void print_rest(void)
{
	puts("\nExit status: 0 it was explained, 1 wrong use, 2 nothing could be read.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	reading_take(&choice->reading, option, context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		{ "list", 'l', POPT_ARG_NONE, &choice->list, 0, "list all codes", NULL },
		JSON_OPTION,
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "explain",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
		.argument = &choice->what,
	};

	return parse_options(&parser, count, arguments);
}

static int list(const struct choice *choice)
{
	if (choice->what)
		return usage_error("explain", "--list excludes a range: %s", choice->what);
	if ((choice->json ? list_codes_json(choice->json) : list_codes()) != -ENOMEM)
		return STATUS_OK;
	message("out of memory");
	return STATUS_NOTHING;
}

static int explain(struct choice *choice)
{
	int status = reading_make_or_tell(&choice->reading);

	if (status != STATUS_OK)
		return status;
	status = explain_unit(choice->reading.report, choice->what, choice->json);
	if (choice->reading.report->short_sources)
		warn_partial(choice->reading.report);
	return status;
}

int explain_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { .reading.rights =
									       RIGHTS_NONE };
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	return choice.list ? list(&choice) : explain(&choice);
}
