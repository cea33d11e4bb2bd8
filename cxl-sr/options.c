// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "commands.h"
#include "text.h"

/* POPT_TABLEEND has neither name. */
static bool is_end(const struct poptOption *option)
{
	return !option->longName && !option->shortName;
}

/* "-o, --output LIST", "    --color[=WHEN]" */
static void name_option(const struct poptOption *option, char *buffer, size_t size)
{
	bool optional = option->argInfo & POPT_ARGFLAG_OPTIONAL;
	char letter = option[1].longName ? option->shortName
					 : option->shortName | option[1].shortName;
	char short_name[8] = "    ";

	if (letter)
		snprintf(short_name, sizeof(short_name), "-%c, ", letter);
	snprintf(buffer, size, "%s--%s%s%s%s", short_name, option->longName,
		 option->argDescrip ? (optional ? "[=" : " ") : "",
		 option->argDescrip ? option->argDescrip : "",
		 option->argDescrip && optional ? "]" : "");
}

void print_options(const struct poptOption *options)
{
	size_t width = 0;
	char name[128];

	for (const struct poptOption *option = options; !is_end(option); option++) {
		if (option->longName)
			name_option(option, name, sizeof(name));
		if (strlen(name) > width)
			width = strlen(name);
	}
	for (const struct poptOption *option = options; !is_end(option); option++) {
		if (!option->longName)
			continue;
		name_option(option, name, sizeof(name));
		printf(" %-*s  %s\n", (int)width, name, option->descrip);
	}
}

static void context_guard(poptContext *context)
{
	poptFreeContext(*context);
}

static void print_help(const struct parser *parser)
{
	printf("%s\n\nOptions:\n", parser->usage);
	print_options(parser->options);
	parser->print_rest();
	printf("\nFor more details see cxl-sr-%s(1).\n", parser->command);
}

/* popt had no memory for the value of an option: it is as if none had been given. */
static bool lacks_value;

char *option_value(poptContext context)
{
	char *value = poptGetOptArg(context);

	if (!value && errno == ENOMEM)
		lacks_value = true;
	return value;
}

/* --json without a value, or with the only one that there is. */
static int take_json(const struct parser *parser, poptContext context)
{
	sr_auto_free char *form = option_value(context);

	if (form && strcmp(form, "compact") != 0)
		return usage_error(parser->command, "unknown value of --json: '%s'", form);
	*parser->json = form ? JSON_COMPACT : JSON_PRETTY;
	return STATUS_OK;
}

static int take_argument(char **slot, poptContext context)
{
	if (!slot || !poptPeekArg(context))
		return 0;
	if (asprintf(slot, "%s", poptGetArg(context)) >= 0)
		return 0;
	*slot = NULL;
	return -ENOMEM;
}

/*
 * popt takes the next word for the value of --json, also where that is an argument of the command.
 * The letter has no value, so it takes the place of the bare word. NULL: no memory.
 */
static const char **keep_next_words(const struct parser *parser, int count, const char **arguments)
{
	const char **kept = calloc((size_t)count + 1, sizeof(*kept));
	bool options = parser->json;

	for (int i = 0; kept && i < count; i++) {
		options &= strcmp(arguments[i], "--") != 0;
		kept[i] = options && strcmp(arguments[i], "--json") == 0 ? "-J" : arguments[i];
	}
	return kept;
}

/* As poptGetNextOpt(); what it has no memory for, errno tells. */
static int next_option(poptContext context)
{
	errno = 0;
	return poptGetNextOpt(context);
}

static int out_of_memory(void)
{
	message("out of memory");
	return STATUS_NOTHING;
}

static int parse(const struct parser *parser, int count, const char **arguments)
{
	__attribute__((cleanup(context_guard)))
	poptContext context = poptGetContext(NULL, count, arguments, parser->options, 0);
	int option;

	/* popt takes a context that is NULL for one without any options. */
	if (!context)
		return out_of_memory();
	while ((option = next_option(context)) > 0) {
		if (option == OPTION_HELP) {
			print_help(parser);
			return HELP_SHOWN;
		}
		if (option != OPTION_JSON || !parser->json)
			parser->take(option, context, parser->choice);
		else if (take_json(parser, context) != STATUS_OK)
			return STATUS_USAGE;
		if (lacks_value)
			return out_of_memory();
	}
	if (option < -1)
		return usage_error(parser->command, "%s: %s", poptBadOption(context, 0),
				   poptStrerror(option));
	if (take_argument(parser->argument, context) ||
	    take_argument(parser->second_argument, context))
		return out_of_memory();
	if (poptPeekArg(context))
		return usage_error(parser->command, "unexpected argument: %s",
				   poptPeekArg(context));
	return STATUS_OK;
}

int parse_options(const struct parser *parser, int count, const char **arguments)
{
	sr_auto_free const char **kept = keep_next_words(parser, count, arguments);

	return kept ? parse(parser, count, kept) : out_of_memory();
}

void keep_argument(char **slot, poptContext context)
{
	free(*slot);
	*slot = option_value(context);
}

int usage_error(const char *command, const char *format, ...)
{
	sr_auto_free char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (text_vformat(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	message("%s%s%s", command ? command : "", command ? ": " : "",
		text ? text : "out of memory");
	fprintf(stderr, "Try 'cxl-sr%s%s --help' for more information.\n", command ? " " : "",
		command ? command : "");
	return STATUS_USAGE;
}
