// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr report: options, then snapshot, judgement and one of the renderers. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "commands.h"
#include "judgement/report.h"
#include "options.h"
#include "render.h"
#include "sources/sources.h"
#include "text.h"
#include "verdict.h"

enum {
	OPTION_COLOR = 1,
	OPTION_OUTPUT,
	OPTION_SYSROOT,
};

struct choice {
	int json, no_headings, bytes, raw;
	char *output;
	char *sysroot;
	char *color;
	bool has_color;
};

static void choice_done(struct choice *choice)
{
	free(choice->output);
	free(choice->sysroot);
	free(choice->color);
}

static void context_guard(poptContext *context)
{
	poptFreeContext(*context);
}

static void print_help(const struct poptOption *options)
{
	puts("Usage: cxl-sr report [options]\n\n"
	     "For every Soft Reserved range: whether a committed CXL region contains it, who\n"
	     "owns it, and whether it is in use.\n\n"
	     "Options:");
	print_options(options);
	puts("\nAvailable columns for --output (* are shown by default):");
	for (size_t i = 0; i < column_count; i++)
		printf(" %c%-10s %s\n", columns[i].by_default ? '*' : ' ', columns[i].name,
		       columns[i].help);
	puts("\nExit status: 0 a report was made, 1 wrong use, 2 nothing could be read.\n\n"
	     "For more details see cxl-sr-report(1).");
}

/* popt hands over a new copy each time an option is given; the last one counts. */
static void keep(char **slot, poptContext context)
{
	free(*slot);
	*slot = poptGetOptArg(context);
}

/* STATUS_OK, STATUS_USAGE, or -1 where --help was shown. */
static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		{ "json", 'J', POPT_ARG_NONE, &choice->json, 0, "print JSON", NULL },
		{ "output", 'o', POPT_ARG_STRING, NULL, OPTION_OUTPUT,
		  "columns to show, or +LIST to add some", "LIST" },
		{ "noheadings", 'n', POPT_ARG_NONE, &choice->no_headings, 0,
		  "print the table only, without headings", NULL },
		{ "bytes", 'b', POPT_ARG_NONE, &choice->bytes, 0, "print sizes in bytes", NULL },
		{ "raw", 'r', POPT_ARG_NONE, &choice->raw, 0,
		  "print the table only, cells separated by one blank", NULL },
		{ "color", '\0', POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, NULL, OPTION_COLOR,
		  "auto, always or never; NO_COLOR in the environment is never", "WHEN" },
		{ "sysroot", 's', POPT_ARG_STRING, NULL, OPTION_SYSROOT,
		  "read a capture: a folder or an archive laid out like /", "PATH" },
		HELP_OPTION,
		POPT_TABLEEND,
	};
	__attribute__((cleanup(context_guard)))
	poptContext context = poptGetContext(NULL, count, arguments, options, 0);
	int option;

	while ((option = poptGetNextOpt(context)) > 0) {
		if (option == OPTION_HELP) {
			print_help(options);
			return -1;
		}
		if (option == OPTION_OUTPUT)
			keep(&choice->output, context);
		if (option == OPTION_SYSROOT)
			keep(&choice->sysroot, context);
		if (option == OPTION_COLOR) {
			keep(&choice->color, context);
			choice->has_color = true;
		}
	}
	if (option < -1)
		return usage_error("report", "%s: %s", poptBadOption(context, 0),
				   poptStrerror(option));
	if (poptPeekArg(context))
		return usage_error("report", "unexpected argument: %s", poptPeekArg(context));
	return STATUS_OK;
}

static bool choose_color(const struct choice *choice, enum color_mode *ret_mode)
{
	const char *when = choice->color ? choice->color : "always";

	*ret_mode = COLOR_AUTO;
	if (!choice->has_color || strcmp(when, "auto") == 0)
		return true;
	*ret_mode = strcmp(when, "always") == 0 ? COLOR_ALWAYS : COLOR_NEVER;
	return *ret_mode == COLOR_ALWAYS || strcmp(when, "never") == 0;
}

static int check(const struct choice *choice, struct table_style *ret_style)
{
	struct table_style style = {
		.headings = !choice->no_headings,
		.bytes = choice->bytes,
		.raw = choice->raw,
	};
	char unknown[80];

	if (choice->json && (choice->raw || choice->output || choice->no_headings))
		return usage_error("report", "--json excludes --output, --raw and --noheadings");
	if (!columns_choose(choice->output, &style.columns, unknown, sizeof(unknown)))
		return usage_error("report",
				   *unknown ? "unknown column: '%s'"
					    : "a column is missing in --output%s",
				   unknown);
	if (!choose_color(choice, &style.color))
		return usage_error("report", "unknown value of --color: '%s'", choice->color);
	*ret_style = style;
	return STATUS_OK;
}

static int render(const struct sr_report *report, const struct choice *choice,
		  const struct table_style *style)
{
	int error = choice->json ? render_json(report) : render_table(report, style);

	if (error == -ENOMEM)
		message("out of memory");
	return error == -ENOMEM ? STATUS_NOTHING : STATUS_OK;
}

int report_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	sr_auto_report struct sr_report *report = NULL;
	struct sr_reason reason = { 0 };
	struct table_style style;
	int status = parse(count, arguments, &choice);

	if (status == -1)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check(&choice, &style);
	if (status != STATUS_OK)
		return status;
	if (sr_snapshot_read(choice.sysroot, &snapshot, &reason)) {
		message("%s", reason.text);
		return STATUS_NOTHING;
	}
	if (sr_report_make(snapshot, &report)) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	if (report->nothing_read) {
		message("nothing could be read: %s holds neither /proc/iomem nor anything else of "
			"a machine's memory",
			choice.sysroot ? choice.sysroot : "this machine");
		return STATUS_NOTHING;
	}
	status = render(report, &choice, &style);
	if (report->short_sources)
		warn_partial(report);
	return status;
}
