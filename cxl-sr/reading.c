// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "commands.h"
#include "options.h"
#include "sandbox/privileges.h"
#include "sources/sources.h"
#include "text.h"

static void take_seconds(struct reading *reading, poptContext context)
{
	sr_auto_free char *seconds = option_value(context);

	free(reading->bad_seconds);
	reading->bad_seconds = NULL;
	if (settle_parse(seconds, &reading->settle))
		return;
	reading->bad_seconds = seconds;
	seconds = NULL;
}

bool reading_take(struct reading *reading, int option, poptContext context)
{
	if (option == OPTION_SYSROOT)
		keep_argument(&reading->sysroot, context);
	else if (option == OPTION_SETTLE)
		take_seconds(reading, context);
	else
		return false;
	return true;
}

static int read_snapshot(struct reading *reading)
{
	struct sr_reason reason = { 0 };
	int result = settle_read(&reading->settle, reading->sysroot, &reading->snapshot, &reason);

	if (result < 0)
		reading->failure = strdup(reason.text);
	else if (*reason.text)
		reading->lacks = strdup(reason.text);
	reading->timed_out = result == SETTLE_TIMED_OUT;
	return result < 0 ? result : 0;
}

static int keep_rights(struct reading *reading, unsigned int privileges)
{
	struct sr_reason reason = { 0 };
	int error = sr_privileges_keep(privileges, &reason);

	if (error)
		reading->failure = strdup(reason.text);
	return error;
}

/* Rights that are not needed are gone before hostile bytes are read, the rest after it. */
static int read_with_few_rights(struct reading *reading)
{
	static const unsigned int after[] = {
		[RIGHTS_NONE] = 0,
		[RIGHTS_FILE] = SR_PRIVILEGE_FILE,
		[RIGHTS_READING] = SR_PRIVILEGE_READ | SR_PRIVILEGE_SYSROOT,
	};
	const unsigned int before = SR_PRIVILEGE_READ | SR_PRIVILEGE_SYSROOT;
	int error;

	if (reading->rights == RIGHTS_ALL)
		return read_snapshot(reading);
	error = keep_rights(reading, before | after[reading->rights]);
	if (!error)
		error = read_snapshot(reading);
	return error ? error : keep_rights(reading, after[reading->rights]);
}

static const char *source_of(const struct reading *reading)
{
	return reading->sysroot ? reading->sysroot : "this machine";
}

static int refuse_seconds(struct reading *reading)
{
	text_format(&reading->failure, "--settle: not a number of seconds: '%s'",
		    reading->bad_seconds);
	return -EINVAL;
}

static int refuse_nothing(struct reading *reading)
{
	text_format(&reading->failure,
		    "%s holds neither /proc/iomem nor anything else of a machine's memory",
		    source_of(reading));
	return -ENODATA;
}

static int refuse_overlaps(struct reading *reading)
{
	text_format(&reading->failure,
		    "%s has more regions, windows or dax devices that lie over each other than "
		    "any machine",
		    source_of(reading));
	return -E2BIG;
}

int reading_make(struct reading *reading)
{
	int error = reading->bad_seconds ? refuse_seconds(reading) : read_with_few_rights(reading);

	if (!error)
		error = sr_report_make(reading->snapshot, &reading->report);
	if (error == -E2BIG && reading->snapshot && !reading->failure)
		error = refuse_overlaps(reading);
	if (!error && reading->report->nothing_read)
		error = refuse_nothing(reading);
	return error;
}

int reading_tell(const struct reading *reading)
{
	message("%s%s",
		reading->report && reading->report->nothing_read ? "nothing could be read: " : "",
		reading->failure ? reading->failure : "out of memory");
	return reading->bad_seconds ? STATUS_USAGE : STATUS_NOTHING;
}

int reading_make_or_tell(struct reading *reading)
{
	if (reading_make(reading))
		return reading_tell(reading);
	if (reading->lacks)
		message("%s was read without a part of the sandbox: %s", reading->sysroot,
			reading->lacks);
	if (reading->timed_out)
		message("CXL enumeration has not settled, what is shown may change");
	return STATUS_OK;
}

void reading_done(struct reading *reading)
{
	sr_report_free(reading->report);
	sr_snapshot_free(reading->snapshot);
	free(reading->sysroot);
	free(reading->bad_seconds);
	free(reading->lacks);
	free(reading->failure);
}
