// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr report: options, then snapshot, judgement and one of the renderers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "commands.h"
#include "execution.h"
#include "fingerprint.h"
#include "judgement/report.h"
#include "options.h"
#include "reading.h"
#include "render-metrics.h"
#include "render.h"
#include "text.h"
#include "verdict.h"

enum {
	OPTION_COLOR = 1,
	OPTION_OUTPUT,
	OPTION_PROMETHEUS,
};

struct choice {
	struct reading reading;
	enum json_form json;
	int fingerprint, no_headings, bytes, raw;
	char *output;
	char *color;
	bool has_color;
	char *metrics; /* the file; NULL: stdout */
	bool has_metrics;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->output);
	free(choice->color);
	free(choice->metrics);
}

static const char usage[] =
	"Usage: cxl-sr report [options]\n\n"
	"For every Soft Reserved range: whether a committed CXL region contains it, who\n"
	"owns it, and whether it is in use.";

static void print_rest(void)
{
	puts("\nAvailable columns for --output (* are shown by default):");
	for (size_t i = 0; i < column_count; i++)
		printf(" %c%-10s %s\n", columns[i].by_default ? '*' : ' ', columns[i].name,
		       columns[i].help);
	puts("\nExit status: 0 a report was made, 1 wrong use, 2 nothing could be read.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	if (reading_take(&choice->reading, option, context))
		return;
	if (option == OPTION_OUTPUT)
		keep_argument(&choice->output, context);
	if (option == OPTION_COLOR) {
		keep_argument(&choice->color, context);
		choice->has_color = true;
	}
	if (option == OPTION_PROMETHEUS) {
		keep_argument(&choice->metrics, context);
		choice->has_metrics = true;
	}
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		JSON_OPTION,
		{ "output", 'o', POPT_ARG_STRING, NULL, OPTION_OUTPUT,
		  "columns to show, or +LIST to add some", "LIST" },
		{ "noheadings", 'n', POPT_ARG_NONE, &choice->no_headings, 0,
		  "print the table only, without headings", NULL },
		{ "bytes", 'b', POPT_ARG_NONE, &choice->bytes, 0, "print sizes in bytes", NULL },
		{ "raw", 'r', POPT_ARG_NONE, &choice->raw, 0,
		  "print the table only, cells separated by one blank", NULL },
		{ "fingerprint", '\0', POPT_ARG_NONE, &choice->fingerprint, 0,
		  "print a few lines that equal hosts have in common", NULL },
		{ "color", '\0', POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, NULL, OPTION_COLOR,
		  "auto, always or never; NO_COLOR set is never", "WHEN" },
		{ "prometheus", '\0', POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, NULL,
		  OPTION_PROMETHEUS, "print metrics for Prometheus, or write them to FILE",
		  "FILE" },
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "report",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int check(const struct choice *choice, struct table_style *ret_style)
{
	struct table_style style = {
		.headings = !choice->no_headings,
		.bytes = choice->bytes,
		.raw = choice->raw,
	};
	char unknown[80];

	if (choice->fingerprint && (choice->json || choice->raw || choice->output ||
				    choice->no_headings || choice->has_metrics))
		return usage_error("report", "--fingerprint excludes --json, --output, --raw, "
					     "--noheadings and --prometheus");
	if (choice->json && (choice->raw || choice->output || choice->no_headings))
		return usage_error("report", "--json excludes --output, --raw and --noheadings");
	if (choice->has_metrics &&
	    (choice->json || choice->raw || choice->output || choice->no_headings))
		return usage_error("report", "--prometheus excludes --json, --output, --raw and "
					     "--noheadings");
	if (!columns_choose(choice->output, &style.columns, unknown, sizeof(unknown)))
		return usage_error("report",
				   *unknown ? "unknown column: '%s'"
					    : "a column is missing in --output%s",
				   unknown);
	if (choice->has_color && !color_choose(choice->color, &style.color))
		return usage_error("report", "unknown value of --color: '%s'", choice->color);
	*ret_style = style;
	return STATUS_OK;
}

static int render_to_prometheus(const struct sr_report *report, const struct choice *choice)
{
	struct sr_reason reason = { 0 };

	if (!choice->metrics)
		render_metrics(stdout, report);
	else if (write_metrics(choice->metrics, report, &reason))
		message("%s", reason.text);
	return *reason.text ? STATUS_USAGE : STATUS_OK;
}

static int render(const struct sr_report *report, const struct choice *choice,
		  const struct table_style *style)
{
	int error;

	if (choice->has_metrics)
		return render_to_prometheus(report, choice);
	if (choice->fingerprint)
		error = render_fingerprint(report);
	else
		error = choice->json ? render_json(report, choice->json)
				     : render_table(report, style);
	if (error == -ENOMEM)
		message("out of memory");
	return error == -ENOMEM ? STATUS_NOTHING : STATUS_OK;
}

int report_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	struct table_style style;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check(&choice, &style);
	choice.reading.rights = choice.metrics ? RIGHTS_FILE : RIGHTS_NONE;
	if (status == STATUS_OK)
		status = reading_make_or_tell(&choice.reading);
	if (status != STATUS_OK)
		return status;
	status = render(choice.reading.report, &choice, &style);
	/* What would be said on stderr differs from host to host, and has no place there. */
	if (choice.fingerprint)
		return status;
	if (choice.reading.report->short_sources)
		warn_partial(choice.reading.report);
	if (!choice.reading.sysroot)
		message_pending();
	return status;
}
