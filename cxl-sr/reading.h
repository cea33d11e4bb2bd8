/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every command does before it shows something: the options that say which
 * machine, its snapshot, and the report on it.
 */
#pragma once

#include <popt.h>
#include <stdbool.h>

#include "judgement/report.h"
#include "settle.h"

/* What this process can still do when it has read; before, it can read as well. */
enum reading_rights {
	RIGHTS_ALL, /* it keeps all that it had: it is to change the machine */
	RIGHTS_NONE,
	RIGHTS_FILE,	/* it is to write a file of its own */
	RIGHTS_READING, /* it is to read again */
};

struct reading {
	enum reading_rights rights;
	char *sysroot; /* NULL: this machine */
	struct settle_choice settle;
	char *bad_seconds; /* what --settle was given, and is no number */
	bool timed_out;	   /* --settle waited in vain */
	struct sr_snapshot *snapshot;
	struct sr_report *report;
	char *lacks;   /* what the sandbox of a sysroot lacks; NULL: nothing to tell */
	char *failure; /* why there is no report; NULL: out of memory */
};

/* Above any val that a command gives to options of its own. */
enum {
	OPTION_SYSROOT = 0x1000,
	OPTION_SETTLE,
};

/* The lines of a command's table of options that belong to reading. */
#define SYSROOT_OPTION                                                                   \
	{                                                                                \
		"sysroot", 's', POPT_ARG_STRING, NULL, OPTION_SYSROOT,                   \
			"read a capture: a folder or an archive laid out like /", "PATH" \
	}
#define SETTLE_OPTION                                                                         \
	{                                                                                     \
		"settle", '\0', POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, NULL, OPTION_SETTLE, \
			"wait until CXL has settled, 30 seconds at most", "SECONDS"           \
	}
#define READING_OPTIONS SYSROOT_OPTION, SETTLE_OPTION

/* Takes the argument of one of READING_OPTIONS; false: @option is none of them. */
bool reading_take(struct reading *reading, int option, poptContext context);

/* Reads and judges. 0, or -errno with reading->failure; nothing is printed. */
int reading_make(struct reading *reading);

/* Says why reading_make() failed: STATUS_NOTHING or STATUS_USAGE. */
int reading_tell(const struct reading *reading);

/* As reading_make(): STATUS_OK, or STATUS_NOTHING or STATUS_USAGE behind a message. */
int reading_make_or_tell(struct reading *reading);

void reading_done(struct reading *reading);

#define auto_reading __attribute__((cleanup(reading_done)))
