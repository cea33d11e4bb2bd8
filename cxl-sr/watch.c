// SPDX-License-Identifier: GPL-2.0-only
#include "watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "commands.h"
#include "render-watch.h"
#include "text.h"
#include "verdict.h"

/* A device comes with a burst of events: it is looked at when they pause. */
#define QUIET_TIME 100

/* Or after so long, where they do not. */
#define BURST_TIME 1000

static void event_list_guard(watch_event_list *list)
{
	sr_list_free(list);
}

static int render(const struct watch *watch, const watch_event_list *events)
{
	const struct watch_event *event;

	sr_for_each (event, events) {
		int error = watch->json ? render_watch_json(event) : render_watch_text(event);

		if (error)
			return error;
		/* Whoever reads lines is to have each as soon as it is there. */
		if (fflush(stdout))
			return -EIO;
	}
	return 0;
}

static int tell(struct watch *watch, const struct sr_report *report)
{
	__attribute__((cleanup(event_list_guard))) watch_event_list events = { 0 };
	auto_watch_state struct watch_state *state = NULL;
	bool more_partial;
	int error = watch_state_make(report, watch->state, &state);

	if (!error)
		error = watch_compare(watch->state, state, &events);
	if (error)
		return error;
	more_partial = state->partial && (!watch->state || state->partial != watch->state->partial);
	error = render(watch, &events);
	/* The line has the names of the sources; why each fell short is for people. */
	if (!error && more_partial)
		warn_partial(report);
	watch_state_free(watch->state);
	watch->state = sr_take(state);
	return error;
}

/* Where nothing can be read any more, what was known of each range has become unknown. */
static bool is_readable_enough(const struct watch *watch, const struct reading *reading)
{
	return watch->state && reading->report && reading->report->nothing_read;
}

int watch_look(struct watch *watch, bool *ret_ended)
{
	auto_reading struct reading reading = { .rights = RIGHTS_READING, .settle = watch->settle };
	int error;

	if (watch->sysroot)
		reading.sysroot = strdup(watch->sysroot);
	error = watch->sysroot && !reading.sysroot ? -ENOMEM : reading_make(&reading);
	*ret_ended = error == -EINTR;
	if (*ret_ended)
		return STATUS_OK;
	if (error && !is_readable_enough(watch, &reading))
		return reading_tell(&reading);
	error = tell(watch, reading.report);
	if (error == -ENOMEM) {
		message("out of memory");
		return STATUS_NOTHING;
	}
	/* main() has the message of what could not be written. */
	*ret_ended = error;
	return STATUS_OK;
}

/* True when something has changed, or may have; false: it is to end. */
static bool wait_for_change(const struct watch *watch, struct uevents *uevents)
{
	uint64_t interval = watch->interval ? (uint64_t)watch->interval * 1000 : UINT64_MAX;
	uint64_t end;

	if (uevents_wait(uevents, interval)) {
		end = uevents_now() + BURST_TIME;
		while (uevents_now() < end && uevents_wait(uevents, QUIET_TIME))
			;
	}
	return !uevents_ended(uevents);
}

int watch_follow(struct watch *watch, struct uevents *uevents)
{
	bool ended = false;
	int status;

	do
		status = watch_look(watch, &ended);
	while (status == STATUS_OK && !ended && wait_for_change(watch, uevents));
	return status;
}
