// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr predict: options, then report, predictions and one of their renderers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "options.h"
#include "predictions.h"
#include "reading.h"
#include "text.h"
#include "verdict.h"

enum {
	OPTION_RULE = 1,
};

struct choice {
	struct reading reading;
	char *rule;
	enum json_form json;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->rule);
}

static const char usage[] =
	"Usage: cxl-sr predict [options]\n\n"
	"Who would own Soft Reserved memory by the rule of each kernel, how much of it\n"
	"could be used, and what changes when this host moves to another kernel.";

static void print_rest(void)
{
	puts("\nAvailable rules for --rule, and the kernels that follow them:");
	for (int i = 0; i < SR_RULE_COUNT; i++)
		printf("  %-10s %s\n", sr_rule_name(i), rule_kernels(i));
	puts("\nExit status: 0 a prediction was made, 1 wrong use, 2 nothing could be read.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	if (!reading_take(&choice->reading, option, context))
		keep_argument(&choice->rule, context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		JSON_OPTION,
		{ "rule", '\0', POPT_ARG_STRING, NULL, OPTION_RULE,
		  "the rule to show, or all, as without this option", "RULE" },
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "predict",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int predict(const struct choice *choice)
{
	__attribute__((cleanup(predictions_done))) struct predictions predictions = { 0 };
	int error = predictions_make(choice->reading.report, choice->rule, &predictions);

	if (!error)
		error = choice->json ? render_predictions_json(&predictions, choice->json)
				     : render_predictions(&predictions);
	if (error == -ENOMEM)
		message("out of memory");
	return error == -ENOMEM ? STATUS_NOTHING : STATUS_OK;
}

int predict_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { .reading.rights =
									       RIGHTS_NONE };
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK && !rule_is_known(choice.rule))
		status = usage_error("predict", "unknown rule: '%s'", choice.rule);
	if (status == STATUS_OK)
		status = reading_make_or_tell(&choice.reading);
	if (status != STATUS_OK)
		return status;
	status = predict(&choice);
	if (choice.reading.report->short_sources)
		warn_partial(choice.reading.report);
	return status;
}
