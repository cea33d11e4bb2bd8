// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr map: options, then the map of lib/map in one of two forms. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "commands.h"
#include "options.h"
#include "reading.h"
#include "render-map.h"
#include "text.h"
#include "verdict.h"
#include "write-file.h"

enum {
	OPTION_COLOR = 1,
	OPTION_SVG,
};

struct choice {
	struct reading reading;
	int ascii;
	char *color, *svg;
	bool has_color;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->color);
	free(choice->svg);
}

static const char usage[] =
	"Usage: cxl-sr map [options]\n\n"
	"A picture of the physical address space: the firmware's map, the SRAT, CXL\n"
	"windows, regions, Soft Reserved memory, dax devices and System RAM below each\n"
	"other. Where nothing is known to be is cut out.";

static void print_rest(void)
{
	puts("\nExit status: 0 the map was drawn, 1 wrong use or not written, 2 nothing could be\n"
	     "read.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	if (reading_take(&choice->reading, option, context))
		return;
	if (option == OPTION_SVG)
		keep_argument(&choice->svg, context);
	if (option == OPTION_COLOR) {
		keep_argument(&choice->color, context);
		choice->has_color = true;
	}
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		{ "ascii", '\0', POPT_ARG_NONE, &choice->ascii, 0,
		  "draw with ASCII characters alone", NULL },
		{ "color", '\0', POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, NULL, OPTION_COLOR,
		  "auto, always or never; NO_COLOR set is never", "WHEN" },
		{ "svg", '\0', POPT_ARG_STRING, NULL, OPTION_SVG,
		  "write an SVG picture instead; - is stdout", "FILE" },
		READING_OPTIONS,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "map",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int check(const struct choice *choice, struct map_style *ret_style)
{
	struct map_style style = { .ascii = choice->ascii };

	if (choice->has_color && !color_choose(choice->color, &style.color))
		return usage_error("map", "unknown value of --color: '%s'", choice->color);
	if (choice->svg && (choice->ascii || choice->has_color))
		return usage_error("map", "--svg excludes --ascii and --color");
	if (choice->svg && !*choice->svg)
		return usage_error("map", "--svg has no name");
	*ret_style = style;
	return STATUS_OK;
}

/* A file for its owner only, as a capture: other users are not shown addresses. */
static int write_picture(const struct sr_map *map, const char *path)
{
	sr_auto_free char *text = NULL;
	struct sr_reason reason = { "" };

	if (render_map_svg(map, &text)) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	if (strcmp(path, "-") == 0) {
		fputs(text, stdout);
		return STATUS_OK;
	}
	if (write_text_file(path, 0600, text, &reason)) {
		message("%s", reason.text);
		return STATUS_USAGE;
	}
	return STATUS_OK;
}

static int draw(const struct choice *choice, const struct map_style *style)
{
	sr_auto_map struct sr_map *map = NULL;

	if (sr_map_make(choice->reading.report, &map) == 0) {
		if (choice->svg)
			return write_picture(map, choice->svg);
		if (render_map(map, style) != -ENOMEM)
			return STATUS_OK;
	}
	message("out of memory");
	return STATUS_NOTHING;
}

int map_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { .reading.rights =
									       RIGHTS_NONE };
	struct map_style style;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check(&choice, &style);
	if (status == STATUS_OK)
		status = reading_make_or_tell(&choice.reading);
	if (status != STATUS_OK)
		return status;
	status = draw(&choice, &style);
	if (choice.reading.report->short_sources)
		warn_partial(choice.reading.report);
	return status;
}
