// SPDX-License-Identifier: GPL-2.0-only
/*
 * --settle: events of the kernel, the waiting loop with a clock, events and looks that
 * are made here, the option's value, and the line on the terminal.
 */
#include "settle.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "progress.h"
#include "tap.h"
#include "uevent.h"

#define ROUNDS 100000

#define MESSAGE(subsystem)                                                          \
	"add@/devices/platform/ACPI0017:00/root0\0ACTION=add\0SUBSYSTEM=" subsystem \
	"\0SEQNUM=4711\0"

/* An exact copy: a sanitizer or valgrind sees what reads beyond it. */
static bool concerns(const char *message, size_t length)
{
	sr_auto_free char *copy = build_need(malloc(length + !length));

	memcpy(copy, message, length);
	return uevent_concerns_us(copy, length);
}

#define is_event(message, wanted, what) \
	is_number(concerns(message, sizeof(message) - 1), wanted, what)

static void test_subsystems(void)
{
	is_event(MESSAGE("cxl"), true, "cxl");
	is_event(MESSAGE("dax"), true, "dax");
	is_event(MESSAGE("drivers"), true, "drivers");
	is_event(MESSAGE("memory"), true, "memory");
	is_event(MESSAGE("module"), true, "module");
	is_event(MESSAGE("pci"), true, "pci");
	is_event(MESSAGE("platform"), true, "platform");
	is_event(MESSAGE("block"), false, "another");
	is_event(MESSAGE("cx"), false, "the beginning of one");
	is_event(MESSAGE("cxl2"), false, "one with more behind it");
	is_event(MESSAGE(""), false, "none");
}

static void test_broken_events(void)
{
	is_event("", false, "nothing");
	is_event("\0\0\0\0", false, "NULs");
	is_event("add@/x", false, "no end");
	is_event("add@/x\0", false, "no variables");
	is_event("libudev\0SUBSYSTEM=cxl\0", false, "udevd's");
	is_event("\0SUBSYSTEM=cxl\0", false, "no path");
	is_event("add@/x\0XSUBSYSTEM=cxl\0", false, "another variable");
	is_event("add@/x\0SUBSYSTEM\0cxl\0", false, "no value");
	is_event("add@/x\0SUBSYSTEM=", false, "cut off before the value");
	is_event("add@/x\0SUBSYSTEM=cx", false, "cut off in the value");
	is_event("add@/x\0SUBSYSTEM=cxl", true, "cut off behind it");
	is_event("add@/x\0\0\0SUBSYSTEM=cxl\0", true, "empty variables");
	is_event("add@/SUBSYSTEM=cxl\0SUBSYSTEM=usb\0", false, "the path does not count");
	is_event("add@/x\0SUBSYSTEM=usb\0SUBSYSTEM=cxl\0", false, "the first counts");
}

static void test_damaged_events(void)
{
	static const char good[] = MESSAGE("cxl");
	uint64_t state = 20260302;
	size_t found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		char copy[sizeof(good)];
		size_t length = mutate(good, sizeof(good) - 1, copy, &state);

		found += concerns(copy, length);
	}
	ok(found > ROUNDS / 4 && found < ROUNDS * 9 / 10, "some survive damage, others do not");
}

/* A machine made of a script: at which times events come, and when it has settled. */
struct script {
	uint64_t now;
	uint64_t look_takes;
	const uint64_t *events; /* rising; 0 ends them */
	uint64_t every;		/* an event each so many milliseconds, for ever */
	uint64_t settles;	/* from then on it has; UINT64_MAX: never */
	enum sr_truth then;	/* what a look says from then on */
	size_t fails;		/* the look that fails; 0: none */
	size_t looks, shows;
	uint64_t last_look, last_left;
};

static int script_look(void *data, enum sr_truth *ret_settled)
{
	struct script *script = data;

	script->last_look = script->now;
	if (++script->looks == script->fails)
		return -EIO;
	*ret_settled = script->now >= script->settles ? script->then : SR_NO;
	script->now += script->look_takes;
	/* A loop without an end shows itself. */
	return script->looks > 100000 ? -ELOOP : 0;
}

static uint64_t script_now(void *data)
{
	return ((struct script *)data)->now;
}

static uint64_t next_event(const struct script *script, uint64_t none)
{
	if (script->every)
		return (script->now / script->every + 1) * script->every;
	return script->events && *script->events ? *script->events : none;
}

static bool script_wait(void *data, uint64_t time)
{
	struct script *script = data;
	uint64_t end = script->now + time, event = next_event(script, UINT64_MAX);

	if (event > end) {
		script->now = end;
		return false;
	}
	script->now = event > script->now ? event : script->now;
	if (!script->every)
		script->events++;
	return true;
}

static void script_show(void *data, uint64_t left)
{
	struct script *script = data;

	script->shows++;
	script->last_left = left;
}

static const struct settle_operations operations = {
	script_look,
	script_now,
	script_wait,
	script_show,
};

static int run(struct script *script, uint64_t limit)
{
	return settle_loop(&operations, script, limit);
}

static void test_at_once(void)
{
	struct script settled = { .now = 5000, .look_takes = 20, .then = SR_YES };
	struct script unknown = { .look_takes = 20, .then = SR_UNKNOWN };

	is_number((uint64_t)run(&settled, 30000), SETTLE_DONE, "settled");
	is_number(settled.looks, 1, "one look");
	is_number(settled.now, 5020, "and no waiting");
	is_number(settled.shows, 0, "nothing is shown");
	is_number((uint64_t)run(&unknown, 30000), SETTLE_DONE, "unknown");
	is_number(unknown.looks, 1, "is not waited for");
}

static void test_no_time(void)
{
	struct script settled = { .then = SR_YES, .every = 1 };
	struct script never = { .settles = UINT64_MAX };

	is_number((uint64_t)run(&settled, 0), SETTLE_DONE, "0 s, settled");
	is_number(settled.looks, 1, "one look, whatever changes");
	is_number((uint64_t)run(&never, 0), SETTLE_TIMED_OUT, "0 s, not settled");
	is_number(never.looks, 1, "one look");
	is_number(never.now, 0, "no waiting");
}

static void test_without_events(void)
{
	struct script late = { .look_takes = 20, .settles = 4500, .then = SR_YES };
	struct script never = { .look_takes = 20, .settles = UINT64_MAX };

	is_number((uint64_t)run(&late, 30000), SETTLE_DONE, "events are refused: it settles");
	ok(late.last_look >= 4500 && late.last_look < 5600, "and is seen within a second");
	is_number(late.looks, 6, "by one look a second");
	is_number((uint64_t)run(&never, 30000), SETTLE_TIMED_OUT, "it never settles");
	ok(never.last_look >= 29000 && never.now <= 30020, "until the time is over");
	is_number(never.shows, never.looks - 1, "that is shown for each look but the last");
	ok(never.last_left < 1000, "with the time that is left");
}

static void test_with_events(void)
{
	static const uint64_t burst[] = { 2100, 2150, 2200, 2290, 0 };
	struct script script = {
		.look_takes = 1, .settles = 2100, .then = SR_YES, .events = burst
	};

	is_number((uint64_t)run(&script, 30000), SETTLE_DONE, "events come");
	ok(script.last_look >= 2390 && script.last_look < 2450,
	   "a look when they have paused, not a second later");
	is_number(script.looks, 4, "one look for a burst");
}

static void test_change_during_look(void)
{
	static const uint64_t once[] = { 10, 0 };
	struct script script = { .look_takes = 50, .then = SR_YES, .events = once };

	is_number((uint64_t)run(&script, 30000), SETTLE_DONE, "a change during the look");
	is_number(script.looks, 2, "so it is looked at again");
	ok(script.now < 300, "at once");
}

static void test_endless_events(void)
{
	struct script never = { .look_takes = 20, .settles = UINT64_MAX, .every = 7 };
	struct script settled = { .look_takes = 20, .then = SR_YES, .every = 7 };

	is_number((uint64_t)run(&never, 30000), SETTLE_TIMED_OUT, "events without an end");
	ok(never.looks >= 28 && never.looks <= 35, "looks all the same, not one for each");
	ok(never.now >= 30000 && never.now < 31000, "and an end in time");
	is_number((uint64_t)run(&settled, 3000), SETTLE_DONE, "settled among such events");
	ok(settled.now < 4000, "ends in time, too");
}

static void test_failures(void)
{
	struct script first = { .settles = UINT64_MAX, .fails = 1 };
	struct script third = { .settles = UINT64_MAX, .fails = 3 };
	struct script far = { .now = UINT64_MAX - 5000,
			      .settles = UINT64_MAX - 4000,
			      .then = SR_YES };

	is_number((uint64_t)-run(&first, 30000), EIO, "a look that fails");
	is_number((uint64_t)-run(&third, 30000), EIO, "a later one");
	is_number(third.looks, 3, "is the last");
	is_number((uint64_t)run(&far, UINT64_MAX), SETTLE_DONE, "no time overflows");
}

static void is_value(const char *value, bool good, unsigned int seconds)
{
	struct settle_choice choice = { .seconds = 7 };
	const char *what = value ? value : "no value";

	is_number(settle_parse(value, &choice), good, what);
	is_number(choice.wanted, good, what);
	is_number(choice.seconds, good ? seconds : 7, what);
}

static void test_values(void)
{
	static const char *const wrong[] = {
		"",
		" ",
		"-1",
		"+1",
		"1.5",
		"0x10",
		"10s",
		"1 ",
		" 1",
		"4294967296",
		"99999999999999999999",
		"yes",
	};

	is_value(NULL, true, 30);
	is_value("0", true, 0);
	is_value("5", true, 5);
	is_value("010", true, 10);
	is_value("4294967295", true, 4294967295U);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		is_value(wrong[i], false, 0);
}

static void test_progress(void)
{
	struct sr_settle_sign items[] = {
		{ .name = "memdevs", .settled = SR_YES },
		{ .name = "deferred-probes", .settled = SR_NO, .pending = true },
		{ .name = "regions", .settled = SR_NO },
		{ .name = "hmem-work", .settled = SR_NO, .pending = true },
	};
	struct sr_settle_signs signs = { .settled = SR_NO };
	sr_auto_free char *many = NULL, *none = NULL;

	signs.signs.items = items;
	signs.signs.count = 4;
	many = progress_text(&signs, 11001);
	is_text(many, "waiting for CXL enumeration: deferred-probes, hmem-work; 12 s left",
		"what is pending, and the time that is left");
	signs.signs.count = 1;
	none = progress_text(&signs, 1000);
	is_text(none, "waiting for CXL enumeration; 1 s left", "nothing has a name");
}

int main(void)
{
	test_subsystems();
	test_broken_events();
	test_damaged_events();
	test_at_once();
	test_no_time();
	test_without_events();
	test_with_events();
	test_change_during_look();
	test_endless_events();
	test_failures();
	test_values();
	test_progress();
	return tap_done();
}
