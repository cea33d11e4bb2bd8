// SPDX-License-Identifier: GPL-2.0-only
/* Finds the command and runs it; makes sure that its output has arrived. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "config.h"
#include "options.h"
#include "text.h"

static const struct poptOption global_options[] = {
	{ "version", 'V', POPT_ARG_NONE, NULL, 'V', "show the version", NULL },
	{ "list-cmds", '\0', POPT_ARG_NONE, NULL, 0, "list the commands, one a line", NULL },
	HELP_OPTION,
	POPT_TABLEEND,
};

static void print_help(void)
{
	puts("Usage: cxl-sr <command> [options]\n\n"
	     "Who owns Soft Reserved memory: CXL, dax_hmem or nobody, and why.\n\n"
	     "Commands:");
	for (size_t i = 0; i < command_count; i++)
		printf(" %-10s %s\n", commands[i].name, commands[i].help);
	puts("\nOptions:");
	print_options(global_options);
	puts("\nFor more details see cxl-sr(1).");
}

static void list_commands(void)
{
	for (size_t i = 0; i < command_count; i++)
		puts(commands[i].name);
}

static int run_option(const char *option)
{
	if (strcmp(option, "--help") == 0 || strcmp(option, "-h") == 0)
		print_help();
	else if (strcmp(option, "--version") == 0 || strcmp(option, "-V") == 0)
		puts("cxl-sr " CXL_SR_VERSION);
	else if (strcmp(option, "--list-cmds") == 0)
		list_commands();
	else
		return usage_error(NULL, "unknown option: %s", option);
	return STATUS_OK;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < command_count; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

/* A full disk or a closed stdout must not pass for a report; another error was told already. */
static int close_output(int status, int unwritten)
{
	bool failed = ferror(stdout) || !text_is_whole();

	errno = 0;
	if ((fclose(stdout) == 0 && !failed) || status != STATUS_OK)
		return status;
	message("write error on stdout: %s", errno ? strerror(errno) : "output is not complete");
	return unwritten;
}

/*
 * Files that are opened must not pass for stdout or stderr: what is printed would go into the
 * lock, a journal or the machine. What was closed is not to be written to: see close_output().
 */
static bool hold_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_NOCTTY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	return fd < 0 || close(fd) == 0;
}

int main(int count, char **arguments)
{
	const struct command *command;

	if (!hold_standard_files())
		return STATUS_USAGE;
	if (count < 2)
		return usage_error(NULL, "no command given");
	if (arguments[1][0] == '-')
		return close_output(run_option(arguments[1]), STATUS_USAGE);
	command = find_command(arguments[1]);
	if (!command)
		return usage_error(NULL, "unknown command: %s", arguments[1]);
	return close_output(command->run(count - 1, (const char **)arguments + 1),
			    command->unwritten);
}
