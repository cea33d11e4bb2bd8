// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "commands.h"
#include "text.h"

/* "-o, --output LIST", "    --color[=WHEN]" */
static void name_option(const struct poptOption *option, char *buffer, size_t size)
{
	bool optional = option->argInfo & POPT_ARGFLAG_OPTIONAL;
	char short_name[8] = "    ";

	if (option->shortName)
		snprintf(short_name, sizeof(short_name), "-%c, ", option->shortName);
	snprintf(buffer, size, "%s--%s%s%s%s", short_name, option->longName,
		 option->argDescrip ? (optional ? "[=" : " ") : "",
		 option->argDescrip ? option->argDescrip : "",
		 option->argDescrip && optional ? "]" : "");
}

void print_options(const struct poptOption *options)
{
	size_t width = 0;
	char name[128];

	for (const struct poptOption *option = options; option->longName; option++) {
		name_option(option, name, sizeof(name));
		if (strlen(name) > width)
			width = strlen(name);
	}
	for (const struct poptOption *option = options; option->longName; option++) {
		name_option(option, name, sizeof(name));
		printf(" %-*s  %s\n", (int)width, name, option->descrip);
	}
}

int usage_error(const char *command, const char *format, ...)
{
	sr_auto_free char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	message("%s%s%s", command ? command : "", command ? ": " : "",
		text ? text : "out of memory");
	fprintf(stderr, "Try 'cxl-sr%s%s --help' for more information.\n", command ? " " : "",
		command ? command : "");
	return STATUS_USAGE;
}
