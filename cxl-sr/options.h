/* SPDX-License-Identifier: GPL-2.0-only */
/* What every command does with its popt table: parse it, and print it as help. */
#pragma once

#include <popt.h>
#include <stdbool.h>

/* An option without a short name has '\0'; val of --help. */
#define OPTION_HELP 'h'

/* Ends every table of options. */
#define HELP_OPTION                                                                   \
	{                                                                             \
		"help", 'h', POPT_ARG_NONE, NULL, OPTION_HELP, "show this help", NULL \
	}

/*
 * The lines of @options for --help: names in one column, descriptions in the next.
 */
void print_options(const struct poptOption *options);

/* "cxl-sr COMMAND: ..." and where to find help, on stderr. Returns STATUS_USAGE. */
int usage_error(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
