// SPDX-License-Identifier: GPL-2.0-only
/* execution-events.h: what the system's log is told, one line for a run of memory blocks. */
#include "execution-events.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <syslog.h>

#include "tap.h"

static char said[2048];

/* The linker sends syslog(3) here, and what _FORTIFY_SOURCE makes of it (meson.build). */
void __wrap_syslog(int priority, const char *format, ...);
void __wrap___syslog_chk(int priority, int flag, const char *format, ...);

static void keep(int priority, const char *format, va_list arguments)
{
	size_t length = strlen(said);

	length += (size_t)snprintf(said + length, sizeof(said) - length, "%s%s", length ? "|" : "",
				   priority == LOG_ERR ? "error: " : "");
	vsnprintf(said + length, sizeof(said) - length, format, arguments);
}

void __wrap_syslog(int priority, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	keep(priority, format, arguments);
	va_end(arguments);
}

void __wrap___syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list arguments;

	(void)flag;
	va_start(arguments, format);
	keep(priority, format, arguments);
	va_end(arguments);
}

static const struct sr_step step = { .action = SR_ACTION_OFFLINE, .target = "dax0.0" };
static struct execution_events events = { .quiet = true, .count = 1 };

static void tell(struct sr_apply_event event)
{
	event.step = &step;
	execution_event(&events, &event);
}

static void block(unsigned int id, const char *word, int error)
{
	char text[128];

	snprintf(text, sizeof(text), "echo %s > /sys/devices/system/memory/memory%u/state", word,
		 id);
	tell((struct sr_apply_event){ .kind = SR_EVENT_COMMAND, .text = text, .error = error });
	tell((struct sr_apply_event){ .kind = SR_EVENT_PROGRESS, .blocks = 9 });
}

#define LOOP(from, to, word)                             \
	"for i in $(seq " from " " to "); do echo " word \
	" > /sys/devices/system/memory/memory$i/state; done: written"

int main(void)
{
	for (unsigned int id = 594; id < 602; id++)
		block(id, "offline", 0);
	is_text(said, "", "nothing for each block");
	tell((struct sr_apply_event){ .kind = SR_EVENT_RESULT });
	is_text(said, LOOP("594", "601", "offline") "|offline dax0.0: done", "but for all");
	*said = '\0';
	block(594, "offline", 0);
	block(596, "offline", 0);
	block(597, "offline", -EBUSY);
	block(596, "online_movable", 0);
	tell((struct sr_apply_event){
		.kind = SR_EVENT_RESULT, .result = SR_RESULT_FAILED, .error = -EBUSY });
	is_text(said,
		LOOP("594", "594", "offline") "|" LOOP(
			"596", "596",
			"offline") "|offline dax0.0: echo offline > "
				   "/sys/devices/system/memory/memory597/state: "
				   "Device or resource busy|" LOOP(
					   "596", "596",
					   "online_movable") "|error: offline dax0.0: failed",
		"in their order; one that fails has its own line");
	return tap_done();
}
