// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr bundle: options, a redacted capture, its pages, and both into a file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive-file.h"
#include "bundle.h"
#include "commands.h"
#include "options.h"
#include "sandbox/privileges.h"
#include "text.h"

/* Written where no name is given: what everybody can open. */
#define BUNDLE_DEFAULT SR_CAPTURE_BUNDLE ".tar.gz"

enum {
	OPTION_OUTPUT = 1,
	OPTION_FROM,
};

struct choice {
	char *output, *sysroot;
	enum sr_pack_format format;
};

static void choice_done(struct choice *choice)
{
	free(choice->output);
	free(choice->sysroot);
}

static const char usage[] =
	"Usage: cxl-sr bundle [options]\n\n"
	"Packs what a vendor's ticket needs: a redacted capture, the report, what lint\n"
	"finds, and a page for who makes the firmware. Run it as root.";

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
		{ "sysroot", 's', POPT_ARG_STRING, NULL, OPTION_FROM,
		  "of a capture: a folder or an archive", "PATH" },
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "bundle",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int make(const struct choice *choice, struct sr_capture **ret_capture, struct bundle *bundle)
{
	struct sr_reason reason = { "" };
	int error = sr_privileges_keep(SR_PRIVILEGE_READ | SR_PRIVILEGE_SYSROOT | SR_PRIVILEGE_FILE,
				       &reason);

	if (!error)
		error = sr_capture_take(choice->sysroot, ret_capture, &reason);
	if (!error && sr_capture_redact(*ret_capture))
		error = sr_fail(&reason, -ENOMEM, "out of memory");
	if (!error)
		error = bundle_make(*ret_capture, bundle, &reason);
	if (!error)
		error = sr_privileges_keep(SR_PRIVILEGE_FILE, &reason);
	if (!error)
		return STATUS_OK;
	message("nothing could be read: %s", reason.text);
	return STATUS_NOTHING;
}

static int write_bundle(const struct choice *choice, const struct bundle *bundle)
{
	const char *output = choice->output ? choice->output : BUNDLE_DEFAULT;
	size_t barred = sr_capture_barred_count(bundle->capture);
	struct sr_reason reason = { "" };

	/* As of a capture: only who names a file means to replace one. */
	if (archive_write(bundle_write, bundle, output, choice->output, choice->format, &reason)) {
		message("%s", reason.text);
		return STATUS_USAGE;
	}
	if (!choice->output)
		puts(output);
	if (barred)
		message("%zu file%s could not be read, root can; the pages lack them, too", barred,
			barred == 1 ? "" : "s");
	return STATUS_OK;
}

int bundle_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	__attribute__((cleanup(bundle_done))) struct bundle bundle = { 0 };
	sr_auto_capture struct sr_capture *capture = NULL;
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = archive_check("bundle", choice.output ? choice.output : BUNDLE_DEFAULT,
				       &choice.format);
	if (status == STATUS_OK)
		status = make(&choice, &capture, &bundle);
	return status == STATUS_OK ? write_bundle(&choice, &bundle) : status;
}
