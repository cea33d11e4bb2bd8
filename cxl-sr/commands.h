/* SPDX-License-Identifier: GPL-2.0-only */
/* The one table of commands, and the exit statuses that they share. */
#pragma once

#include <stddef.h>

enum exit_status {
	STATUS_OK = 0,	    /* a report was made, be its news good or bad */
	STATUS_USAGE = 1,   /* wrong use, or the output could not be written */
	STATUS_NOTHING = 2, /* nothing could be read */
};

/* Of `check`, whatever monitors it: wrong use must pass for no verdict on the machine. */
#define STATUS_CHECK_UNKNOWN 3

/* Of `apply`: not now, but at the next boot. */
#define STATUS_APPLY_NEXT_BOOT 3

/* Of `apply`: some of it was done, and not all; another apply is at work. */
#define STATUS_APPLY_PARTLY 64
#define STATUS_APPLY_BUSY   75

/* Of `diff`, as diff(1) has them: 1 tells of differences, so that wrong use is trouble. */
#define STATUS_DIFF_DIFFERS 1
#define STATUS_DIFF_TROUBLE 2

struct command {
	const char *name;
	const char *help;
	/* @arguments: the command's name and what follows it, as for main(). */
	int (*run)(int count, const char **arguments);
	/* The exit status where all was well, but the output could not be written. */
	int unwritten;
};

extern const struct command commands[];
extern const size_t command_count;

int apply_command(int count, const char **arguments);
int bundle_command(int count, const char **arguments);
int capture_command(int count, const char **arguments);
int check_command(int count, const char **arguments);
int diff_command(int count, const char **arguments);
int explain_command(int count, const char **arguments);
int lint_command(int count, const char **arguments);
int map_command(int count, const char **arguments);
int predict_command(int count, const char **arguments);
int report_command(int count, const char **arguments);
int watch_command(int count, const char **arguments);
