// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr capture: options, then what lib/capture takes, into a file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive-file.h"
#include "capture/capture.h"
#include "commands.h"
#include "options.h"
#include "sandbox/privileges.h"
#include "text.h"

/* Written where no name is given. */
#define CAPTURE_DEFAULT "cxl-sr-capture.tar.zst"

enum {
	OPTION_OUTPUT = 1,
	OPTION_FROM,
};

struct choice {
	int redact;
	char *output, *sysroot;
	enum sr_pack_format format;
};

static void choice_done(struct choice *choice)
{
	free(choice->output);
	free(choice->sysroot);
}

static const char usage[] =
	"Usage: cxl-sr capture [options]\n\n"
	"Packs what the other commands read of this machine, and what cxl, daxctl and\n"
	"lsmem say, into an archive for their --sysroot. Run it as root.";

static void print_rest(void)
{
	puts("\nExit status: 0 written, 1 wrong use or not written, 2 nothing could be read.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	keep_argument(option == OPTION_OUTPUT ? &choice->output : &choice->sysroot, context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		{ "output", 'o', POPT_ARG_STRING, NULL, OPTION_OUTPUT,
		  "the archive: .tar, .tar.gz, .tar.xz, .tar.zst; - is stdout", "FILE" },
		{ "redact", '\0', POPT_ARG_NONE, &choice->redact, 0,
		  "leave out serial numbers, host names and ids", NULL },
		{ "sysroot", 's', POPT_ARG_STRING, NULL, OPTION_FROM,
		  "pack another capture again: a folder or an archive", "PATH" },
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "capture",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int make(const struct choice *choice, struct sr_capture **ret_capture)
{
	struct sr_reason reason = { "" };

	if (sr_privileges_keep(SR_PRIVILEGE_READ | SR_PRIVILEGE_SYSROOT | SR_PRIVILEGE_FILE,
			       &reason) ||
	    sr_capture_take(choice->sysroot, ret_capture, &reason) ||
	    sr_privileges_keep(SR_PRIVILEGE_FILE, &reason)) {
		message("nothing could be read: %s", reason.text);
		return STATUS_NOTHING;
	}
	if (choice->redact && sr_capture_redact(*ret_capture)) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	return STATUS_OK;
}

static int write_archive(const void *what, int fd, enum sr_pack_format format,
			 struct sr_reason *reason)
{
	return sr_capture_write(what, fd, format, reason);
}

static int write_capture(const struct choice *choice, const struct sr_capture *capture)
{
	const char *output = choice->output ? choice->output : CAPTURE_DEFAULT;
	size_t barred = sr_capture_barred_count(capture);
	struct sr_reason reason = { "" };

	/* Who names a file means it; the name that is ours must not cost an older capture. */
	if (archive_write(write_archive, capture, output, choice->output, choice->format,
			  &reason)) {
		message("%s", reason.text);
		return STATUS_USAGE;
	}
	if (!choice->output)
		puts(output);
	if (barred)
		message("%zu file%s could not be read, root can; a report on the capture will "
			"lack them, too",
			barred, barred == 1 ? "" : "s");
	return STATUS_OK;
}

int capture_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	sr_auto_capture struct sr_capture *capture = NULL;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = archive_check("capture", choice.output ? choice.output : CAPTURE_DEFAULT,
				       &choice.format);
	if (status == STATUS_OK)
		status = make(&choice, &capture);
	return status == STATUS_OK ? write_capture(&choice, capture) : status;
}
