// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr watch: options, and what it waits for. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/number.h"
#include "commands.h"
#include "options.h"
#include "stop-signals.h"
#include "text.h"
#include "watch.h"

/* Little changes without an event, and then with one soon after; see cxl-sr-watch(1). */
#define DEFAULT_INTERVAL 300

enum {
	OPTION_INTERVAL = 1,
};

struct choice {
	struct reading reading; /* for --settle alone */
	char *interval;
	enum json_form json;
};

static void choice_done(struct choice *choice)
{
	reading_done(&choice->reading);
	free(choice->interval);
}

static const char usage[] =
	"Usage: cxl-sr watch [options]\n\n"
	"Follows this machine: a line for each Soft Reserved range, and then one for each\n"
	"change of its owner, state, containment, drivers, bytes or codes.";

static void print_rest(void)
{
	puts("\nExit status: 0 it was stopped, 1 wrong use, 2 nothing could be read.");
}

static void take(int option, poptContext context, void *data)
{
	struct choice *choice = data;

	if (!reading_take(&choice->reading, option, context))
		keep_argument(&choice->interval, context);
}

static int parse(int count, const char **arguments, struct choice *choice)
{
	const struct poptOption options[] = {
		JSON_OPTION,
		{ "interval", '\0', POPT_ARG_STRING, NULL, OPTION_INTERVAL,
		  "look after so long without events, too; 0: do not", "SECONDS" },
		SETTLE_OPTION,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "watch",
		.options = options,
		.usage = usage,
		.print_rest = print_rest,
		.json = &choice->json,
		.take = take,
		.choice = choice,
	};

	return parse_options(&parser, count, arguments);
}

static int check(struct choice *choice, struct watch *watch)
{
	const char *at = choice->interval;
	uint64_t seconds = DEFAULT_INTERVAL;

	if (choice->reading.bad_seconds)
		return usage_error("watch", "--settle: not a number of seconds: '%s'",
				   choice->reading.bad_seconds);
	if (at && (sr_number_scan(&at, 10, &seconds) || *at || seconds > UINT32_MAX))
		return usage_error("watch", "--interval: not a number of seconds: '%s'",
				   choice->interval);
	watch->json = choice->json;
	watch->interval = (unsigned int)seconds;
	watch->settle = choice->reading.settle;
	if (!watch->settle.wanted)
		settle_parse(NULL, &watch->settle);
	return STATUS_OK;
}

/* The socket comes before the first look: what changes during that must not be missed. */
static int follow(struct watch *watch)
{
	__attribute__((cleanup(uevents_close))) struct uevents uevents = uevents_open();
	sr_auto_close int stop = stop_signals_open();

	if (uevents.socket < 0 && !watch->interval) {
		message("the kernel's events are refused here, and --interval=0 allows no look "
			"without them");
		return STATUS_NOTHING;
	}
	if (uevents.socket < 0)
		message("the kernel's events are refused here: it looks every %u s only",
			watch->interval);
	uevents.stop = stop;
	uevents.output = STDOUT_FILENO;
	watch->settle.uevents = &uevents;
	return watch_follow(watch, &uevents);
}

int watch_command(int count, const char **arguments)
{
	__attribute__((cleanup(choice_done))) struct choice choice = { 0 };
	struct watch watch = { 0 };
	int status = parse(count, arguments, &choice);

	if (status == HELP_SHOWN)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = check(&choice, &watch);
	if (status == STATUS_OK)
		status = follow(&watch);
	watch_state_free(watch.state);
	return status;
}
