// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr diff: options, then both sides, their comparison and one of its renderers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "comparison.h"
#include "options.h"
#include "render-comparison.h"
#include "sandbox/privileges.h"
#include "text.h"

struct choice {
	enum json_form json;
	char *before, *after;
};

static void choice_done(struct choice *choice)
{
	free(choice->before);
	free(choice->after);
}

static const char usage[] =
	"Usage: cxl-sr diff [options] BEFORE AFTER\n\n"
	"What changed in what is there, in the verdict on it, and in what other kernels\n"
	"would make of it. BEFORE and AFTER are each a capture (a folder or an archive),\n"
	"what report --json wrote (a file or a pipe), or the word live: this machine.";

static void print_rest(void)
{
	puts("\nExit status: 0 no difference, 1 there are some, 2 trouble or wrong use.");
}

static void take(int option, poptContext context, void *data)
{
	(void)option;
	(void)context;
	(void)data;
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		JSON_OPTION,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "diff",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
		.argument = &choice->before,
		.second_argument = &choice->after,
	};
	int status = parse_options(&parser, count, arguments);

	if (status == STATUS_OK && !choice->after)
		return usage_error("diff", "two are needed to compare");
	return status;
}

static int read_side(struct diff_side *side, struct model *model)
{
	struct sr_reason reason = { "" };
	int error = diff_side_read(side, model, &reason);

	if (error)
		message("%s", reason.text);
	return error;
}

/* Both are read; what they say is nobody's to act on. */
static int give_up_rights(void)
{
	struct sr_reason reason = { "" };
	int error = sr_privileges_keep(0, &reason);

	if (error)
		message("%s", reason.text);
	return error;
}

static int render(const struct comparison *comparison, const struct diff_sides *sides,
		  enum json_form form)
{
	int error = form ? render_comparison_json(comparison, sides, form)
			 : render_comparison(comparison, sides);

	if (error == -ENOMEM) {
		message("out of memory");
		return STATUS_DIFF_TROUBLE;
	}
	/* What could not be written must not pass for differences that were told. */
	if (!output_arrived())
		return STATUS_DIFF_TROUBLE;
	return comparison->count ? STATUS_DIFF_DIFFERS : STATUS_OK;
}

static int compare(const struct choice *choice)
{
	__attribute__((cleanup(comparison_done))) struct comparison comparison = { 0 };
	struct diff_sides sides = {
		.before.argument = choice->before,
		.after.argument = choice->after,
	};

	if (read_side(&sides.before, &comparison.before) ||
	    read_side(&sides.after, &comparison.after) || give_up_rights())
		return STATUS_DIFF_TROUBLE;
	if (comparison_make(&comparison)) {
		message("out of memory");
		return STATUS_DIFF_TROUBLE;
	}
	return render(&comparison, &sides, choice->json);
}

int diff_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	return status == STATUS_OK ? compare(&choice) : STATUS_DIFF_TROUBLE;
}
