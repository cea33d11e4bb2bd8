// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr lint: options, then what lib/lint finds, in one of two forms. */
#include <errno.h>
#include <stdio.h>

#include "commands.h"
#include "lint/lint.h"
#include "options.h"
#include "reading.h"
#include "render-lint.h"
#include "text.h"

struct choice {
	struct reading reading;
	enum json_form json;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
}

static const char usage[] =
	"Usage: cxl-sr lint [options]\n\n"
	"What firmware and platform describe of CXL memory, judged across their tables:\n"
	"each finding names the two facts that disagree, the section of the\n"
	"specification, and who fixes it. A sound machine prints nothing.";

static void print_rest(void)
{
	puts("\nExit status: 0 the checks were made, 1 wrong use, 2 nothing could be read.\n"
	     "Findings are no error; checks that could not be made are named on stderr.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	reading_take(&choice->reading, option, context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		JSON_OPTION,
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "lint",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int render(const struct sr_lint *lint, enum json_form json)
{
	int error = json ? render_lint_json(lint, json) : render_lint_text(lint);

	if (error == -ENOMEM)
		message("out of memory");
	return error == -ENOMEM ? STATUS_NOTHING : STATUS_OK;
}

int lint_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { .reading.rights =
									       RIGHTS_NONE };
	sr_auto_lint struct sr_lint *lint = NULL;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = reading_make_or_tell(&choice.reading);
	if (status != STATUS_OK)
		return status;
	if (sr_lint(choice.reading.report, &lint)) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	status = render(lint, choice.json);
	warn_of_skipped(lint, choice.reading.snapshot);
	return status;
}
