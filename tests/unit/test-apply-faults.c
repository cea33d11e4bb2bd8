// SPDX-License-Identifier: GPL-2.0-only
/*
 * apply/apply.h where everything goes wrong once: each operation of each plan fails, does
 * nothing, or is the last one of its process. What is left can be ended and can be reversed.
 */
#include "fake-plans.h"
#include "tap.h"

static const int errors[] = { EBUSY, EINVAL, EIO, ENOMEM, EPERM, ENODEV, ENXIO, EINTR, ENOSPC };

#define ERROR_COUNT (sizeof(errors) / sizeof(*errors))

/* Of one plan: what is at its ends, and how much it does. */
static const struct plan *plan;
static char *start_text, *end_text;
static unsigned int writes, reads, events;
static size_t bad;

static void measure(void)
{
	free(start_text);
	free(end_text);
	bad = 0;
	begin(plan);
	start_text = fake_text(fake);
	forget_faults();
	execute(plan, RUN);
	writes = fake->writes;
	reads = fake->reads;
	events = fake->events;
	end_text = fake_text(fake);
}

static void tell(const char *what, unsigned int number, int error)
{
	if (bad++ < 5)
		printf("# %s: %s at %u (%s): %s\n", plan->name, what, number, strerror(error),
		       last_reason.text);
}

/* Whether what is left of a run comes to the end, or back to the start. */
static bool comes(enum how how)
{
	int error = 0;

	forget_faults();
	if (is_pending())
		error = execute(plan, how);
	else if (how == RESUME)
		error = execute(plan, RUN);
	return error == 0 && shows(how == RESUME ? end_text : start_text) && !fake->leaked &&
	       !fake->lost && !is_pending();
}

static void try_write(unsigned int number, int error, bool takes_effect)
{
	for (enum how how = RESUME; how <= ROLLBACK; how++) {
		int result;

		begin(plan);
		fake->fail_write = number;
		fake->error = -error;
		fake->takes_effect = takes_effect;
		result = execute(plan, RUN);
		if ((result == 0 && !shows(end_text)) || (result && !last_reason.text[0]) ||
		    fake->leaked || fake->lost)
			tell("a write fails", number, error);
		/* One that reached its end has nothing to take back. */
		if (result && !comes(how))
			tell(how == RESUME ? "not resumed" : "not taken back", number, error);
	}
}

static void test_writes(void)
{
	for (unsigned int number = 1; number <= writes; number++) {
		for (size_t i = 0; i < ERROR_COUNT; i++)
			try_write(number, errors[i], false);
		try_write(number, EIO, true);
		try_write(number, 0, false);
	}
	is_number(bad, 0, "each write fails with each errno, or does nothing");
}

static void test_reads(void)
{
	bad = 0;
	for (unsigned int number = 1; number <= reads; number++) {
		for (enum how how = RESUME; how <= ROLLBACK; how++) {
			int result;

			begin(plan);
			fake->fail_read = number;
			fake->error = number % 2 ? -EIO : -EACCES;
			result = execute(plan, RUN);
			if (fake->leaked || fake->lost || (result == 0 && !shows(end_text)))
				tell("a read fails", number, EIO);
			if (result && !comes(how))
				tell("afterwards", number, EIO);
		}
	}
	is_number(bad, 0, "each read fails");
}

enum place {
	BEFORE,
	AFTER,
	EVENT
};

static void set_death(enum place place, unsigned int number)
{
	forget_faults();
	fake->die_before = place == BEFORE ? number : 0;
	fake->die_after = place == AFTER ? number : 0;
	fake->die_event = place == EVENT ? number : 0;
}

/* A rollback that is killed as well is called again. */
static void die_twice(void)
{
	for (unsigned int number = 1; number < 100; number++) {
		set_death(number % 2 ? BEFORE : AFTER, (number + 1) / 2);
		if (!is_pending() || !execute_and_die(plan, ROLLBACK))
			return;
	}
}

static void try_death(enum place place, unsigned int number)
{
	for (enum how how = RESUME; how <= ROLLBACK; how++) {
		begin(plan);
		set_death(place, number);
		if (!execute_and_die(plan, RUN))
			tell("it lives", number, 0);
		if (!comes(how))
			tell(how == RESUME ? "not resumed" : "not taken back", number, 0);
	}
}

static void test_deaths(void)
{
	bad = 0;
	for (unsigned int number = 1; number <= writes; number++) {
		try_death(BEFORE, number);
		try_death(AFTER, number);
	}
	for (unsigned int number = 1; number <= events; number++)
		try_death(EVENT, number);
	is_number(bad, 0, "killed at each write and between all steps");
	for (unsigned int number = 1; number <= writes; number++) {
		begin(plan);
		set_death(AFTER, number);
		execute_and_die(plan, RUN);
		die_twice();
		if (!comes(ROLLBACK))
			tell("killed while it was taken back", number, 0);
	}
	is_number(bad, 0, "and killed at each write of taking it back");
}

/* What a resumed run cannot go past, it leaves for the next. */
static void test_resumed(void)
{
	bad = 0;
	for (unsigned int number = 1; number <= writes; number++) {
		begin(plan);
		set_death(AFTER, number);
		execute_and_die(plan, RUN);
		forget_faults();
		fake->fail_write = 1;
		fake->error = -EBUSY;
		if (is_pending())
			execute(plan, RESUME);
		/* One that had nothing left to write is at its end. */
		if (is_pending() ? !comes(ROLLBACK) : !shows(end_text) && !shows(start_text))
			tell("after a resume that failed", number, EBUSY);
	}
	is_number(bad, 0, "a resume that fails leaves what can be taken back");
}

/* Each write of taking it back fails once; then it can be called again. */
static void test_taken_back(void)
{
	bad = 0;
	for (unsigned int number = 1; number <= writes; number++) {
		int result = -1;

		for (unsigned int failing = 1; result && failing < 100; failing++) {
			begin(plan);
			set_death(AFTER, number);
			execute_and_die(plan, RUN);
			forget_faults();
			fake->fail_write = failing;
			fake->error = -EBUSY;
			result = is_pending() ? execute(plan, ROLLBACK) : 0;
			if (result && !last_result.partly && !shows(start_text))
				tell("nobody is told", number, EBUSY);
			if (result && !comes(ROLLBACK))
				tell("not taken back twice", number, EBUSY);
		}
	}
	is_number(bad, 0, "what fails while it is taken back can be taken back again");
}

int main(void)
{
	ok(plans_start(), "a machine");
	for (size_t i = 0; i < PLAN_COUNT; i++) {
		plan = &plans[i];
		measure();
		printf("# %s: %u writes, %u reads, %u events\n", plan->name, writes, reads, events);
		test_writes();
		test_reads();
		test_deaths();
		test_resumed();
		test_taken_back();
	}
	free(start_text);
	free(end_text);
	plans_end();
	return tap_done();
}
