/* SPDX-License-Identifier: GPL-2.0-only */
/* What every command does with its popt table: parse it, and print it as help. */
#pragma once

#include <popt.h>
#include <stdbool.h>

#include "json-form.h"

/* An option without a short name has '\0'; vals of --help and --json. */
#define OPTION_HELP 'h'
#define OPTION_JSON 'J'

/* Ends every table of options. */
#define HELP_OPTION                                                                   \
	{                                                                             \
		"help", 'h', POPT_ARG_NONE, NULL, OPTION_HELP, "show this help", NULL \
	}

/*
 * --json[=compact]. popt takes what is left of "-Js" for the value of an option that may have
 * one, so the letter is a row of its own; --help shows it with the row before it.
 */
#define JSON_OPTION                                                       \
	{ "json",   '\0',	 POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, \
	  NULL,	    OPTION_JSON, "print JSON, with =compact on one line", \
	  "compact" },                                                    \
	{                                                                 \
		NULL, 'J', POPT_ARG_NONE, NULL, OPTION_JSON, NULL, NULL   \
	}

/* How a command parses what follows its name. */
struct parser {
	const char *command;
	const struct poptOption *options;
	/* What stands in --help before the lines of the options, and after them. */
	const char *usage;
	void (*print_rest)(void);
	enum json_form *json; /* where JSON_OPTION goes; NULL: the command has none */
	/* Called for each other option whose val is not 0. */
	void (*take)(int option, poptContext context, void *choice);
	void *choice;
	char **argument;	/* set to a copy of the first one that may follow; NULL: none may */
	char **second_argument; /* the same for the one behind it */
};

/* parse_options(): --help was asked for, and is printed. */
#define HELP_SHOWN (-1)

/* STATUS_OK, HELP_SHOWN, or STATUS_USAGE behind a message. */
int parse_options(const struct parser *parser, int count, const char **arguments);

/*
 * The value of the option at hand, to be freed; NULL: it has none, or there was no memory for it,
 * which parse_options() looks at when the option has been taken.
 */
char *option_value(poptContext context);

/*
 * Keeps the argument of the option at hand: popt hands over a new copy each time an
 * option is given, and the last one counts.
 */
void keep_argument(char **slot, poptContext context);

/*
 * The lines of @options for --help: names in one column, descriptions in the next.
 */
void print_options(const struct poptOption *options);

/* "cxl-sr COMMAND: ..." and where to find help, on stderr. Returns STATUS_USAGE. */
int usage_error(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
