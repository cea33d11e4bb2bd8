// SPDX-License-Identifier: LGPL-2.1-or-later
#include "capture/outputs.h"

#include <errno.h>
#include <stdio.h>
#include <sys/utsname.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "capture/gather.h"
#include "sources/kernel-log-live.h"
#include "sources/recorded.h"

#define MACHINE_FOLDER	 "/proc/sys/kernel"
#define MACHINE_PATH	 "/proc/sys/kernel/arch"
#define KMSG_PATH	 "/dev/kmsg"
#define OUTPUT_LIMIT	 ((size_t)64 << 20)
#define PROGRAM_PATIENCE 60000 /* milliseconds; libcxl may wait that long for udev */
#define ARGUMENTS_MAX	 4

struct program {
	const char *path;  /* of the member */
	const char *words; /* for the manifest */
	const char *arguments[ARGUMENTS_MAX];
};

static const struct program programs[] = {
	{ "cxl-list.json", "cxl list -vvv", { "cxl", "list", "-vvv", NULL } },
	{ "daxctl-list.json", "daxctl list -RD", { "daxctl", "list", "-RD", NULL } },
	{ "lsmem.txt", "lsmem", { "lsmem", NULL } },
};

static int take_program(struct sr_capture *capture, const struct program *program)
{
	struct sr_output output = { 0 };
	char result[64];
	int status, error = sr_program_read(program->arguments, OUTPUT_LIMIT, PROGRAM_PATIENCE,
					    &output, &status);
	sr_auto_free char *text = output.text;

	if (error == -ENOMEM)
		return error;
	if (error == -ENOENT)
		return sr_remark_add(capture, "ran", program->words, "not installed");
	snprintf(result, sizeof(result), error ? "failed" : "exit status %d", status);
	if (sr_remark_add(capture, "ran", program->words, result))
		return -ENOMEM;
	if (error || !output.length)
		return 0;
	return sr_member_add(capture, SR_MEMBER_FILE, program->path, text, output.length);
}

/* Before v6.1 there is no such file; the kernel source asks uname(2) then. */
static int take_machine(struct sr_capture *capture)
{
	struct utsname name;
	char text[sizeof(name.machine) + 1];

	if (access(MACHINE_FOLDER, F_OK) < 0 || access(MACHINE_PATH, F_OK) == 0 || uname(&name) < 0)
		return 0;
	return sr_member_add(capture, SR_MEMBER_FILE, MACHINE_PATH + 1, text,
			     (size_t)snprintf(text, sizeof(text), "%s\n", name.machine));
}

/* The journal is read where the ring buffer is not whole, as the kernel log's source does. */
static int take_journal(struct sr_capture *capture)
{
	struct sr_log_copy copy = { 0 };
	int error = sr_journal_read("journal", &copy);
	sr_auto_free char *text = copy.text;

	if (error == -ENOMEM)
		return error;
	if (error == -ENOENT || error == -ENODATA)
		return 0;
	if (error)
		return sr_gather_barred(capture, SR_RECORDED_JOURNAL, error);
	return sr_member_add(capture, SR_MEMBER_FILE, SR_RECORDED_JOURNAL + 1, text, copy.length);
}

static int take_log(struct sr_capture *capture)
{
	struct sr_log_copy copy = { 0 };
	int error = sr_kmsg_record(KMSG_PATH, &copy);
	sr_auto_free char *text = copy.text;

	if (error == -ENOMEM)
		return error;
	if (!error)
		error = sr_member_add(capture, SR_MEMBER_FILE, SR_RECORDED_KMSG + 1, text,
				      copy.length);
	else if (error != -ENOENT && error != -ENOTDIR)
		error = sr_gather_barred(capture, SR_RECORDED_KMSG, error);
	else
		error = 0;
	if (!error && (!text || copy.lacks_records))
		error = take_journal(capture);
	return error;
}

int sr_outputs_take(struct sr_capture *capture)
{
	int error = take_machine(capture);

	if (!error)
		error = take_log(capture);
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs) && !error; i++)
		error = take_program(capture, &programs[i]);
	return error;
}
