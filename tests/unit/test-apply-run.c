// SPDX-License-Identifier: GPL-2.0-only
/* apply/apply.h: plans reach what they promise, and what is done is taken back. */
#include "apply/journal.h"
#include "fake-plans.h"
#include "tap.h"

static const struct plan *plan_named(const char *name)
{
	for (size_t i = 0; i < PLAN_COUNT; i++) {
		if (strcmp(plans[i].name, name) == 0)
			return &plans[i];
	}
	abort();
}

static unsigned int online_blocks(void)
{
	unsigned int count = 0;

	for (int i = 0; i < FAKE_BLOCKS; i++)
		count += fake->blocks[i].online;
	return count;
}

/* Each plan to its end; then all of it is so already. */
static void test_end(const struct plan *plan)
{
	sr_auto_free char *end = NULL;

	begin(plan);
	ok(execute(plan, RUN) == 0, plan->name);
	if (last_reason.text[0])
		printf("# %s\n", last_reason.text);
	is_number(last_result.done, plan->count, "all steps are done");
	is_number(last_result.stopped_at, SIZE_MAX, "none stopped it");
	ok(last_result.changed && !last_result.pending && !is_pending(), "the journal is gone");
	ok(!fake->leaked && !fake->lost, "nothing is lost");
	is_text(fake->auto_online, "online_movable", "auto_online_blocks is as it was");
	end = fake_text(fake);
	is_number((uint64_t)-execute(plan, RESUME), ENOENT, "nothing to resume");
	ok(shows(end), "and nothing was changed");
}

static void test_ends(void)
{
	for (size_t i = 0; i < PLAN_COUNT; i++)
		test_end(&plans[i]);
}

static void test_promises(void)
{
	begin(plan_named("rescue of what hmem won"));
	is_number(online_blocks(), 0, "nothing is online");
	ok(execute(plan_named("rescue of what hmem won"), RUN) == 0, "rescued");
	is_number(online_blocks(), 8, "1 GiB from nothing");
	begin(plan_named("rescue of a cut device"));
	ok(execute(plan_named("rescue of a cut device"), RUN) == 0, "rescued");
	is_number(online_blocks(), 4, "512 MiB from nothing");
	ok(execute(plan_named("rescue of a cut device"), RUN) == 0, "a second time");
	ok(!last_result.changed && last_result.already == 4, "all was so already");
	begin(plan_named("from CXL to hmem"));
	ok(execute(plan_named("from CXL to hmem"), RUN) == 0, "to hmem");
	ok(online_blocks() == 8 && find_dax(fake, 4, 0) && !fake->cxl_acpi, "it has all");
}

/* Stopped before each step: it goes on, or is taken back. */
static size_t stop_at;

static void stop_before(const struct sr_apply_event *event)
{
	if (event->kind == SR_EVENT_RESULT && event->index + 1 == stop_at)
		stopped = 1;
}

static void stop_plan(const struct plan *plan, size_t step)
{
	begin(plan);
	stop_at = step;
	at_event = stop_before;
	is_number((uint64_t)-execute(plan, RUN), EINTR, "stopped");
	ok(last_result.stopped_at == step && last_result.result == SR_RESULT_INTERRUPTED &&
		   last_result.pending && is_pending(),
	   "where it was told, with a journal");
	is_text(fake->auto_online, "online_movable", "auto_online_blocks is as it was");
	at_event = NULL;
	stopped = 0;
}

static void test_stop(const struct plan *plan)
{
	sr_auto_free char *start = NULL, *end = NULL;
	struct sr_pending pending;

	begin(plan);
	start = fake_text(fake);
	execute(plan, RUN);
	end = fake_text(fake);
	for (size_t step = 1; step < plan->count; step++) {
		stop_plan(plan, step);
		ok(sr_apply_pending(&machine, &pending, &last_reason) == 0 &&
			   pending.steps == plan->count && pending.done == step &&
			   pending.is_of_this_boot && !pending.rolling_back,
		   "which a report can tell");
		is_number((uint64_t)-execute(plan, RUN), EEXIST, "no other plan is begun");
		ok(execute(plan, RESUME) == 0 && shows(end) && !is_pending(), "resumed");
		stop_plan(plan, step);
		ok(execute(plan, ROLLBACK) == 0 && shows(start) && !is_pending(), "taken back");
		if (!shows(start))
			printf("# %s: %s\n", plan->name, last_reason.text);
		ok(!fake->leaked && !fake->lost, "nothing is lost");
	}
}

static void test_boot(void)
{
	const struct plan *plan = &plans[0];
	sr_auto_lock struct sr_lock lock = { .fd = -1 };
	const struct sr_apply apply = { .machine = &machine, .lock = &lock };
	char *journal = strdup(root_path("/var/lib/cxl-sr/journal"));
	FILE *file;
	char text[4096] = { 0 }, *at;
	size_t length;

	stop_plan(plan, 1);
	is_number((uint64_t)-sr_apply_discard(&apply, false, &last_reason), ENOLCK,
		  "not without the lock");
	ok(sr_lock_take(&machine, &lock, &last_reason) == 0, "the lock");
	is_number((uint64_t)-sr_apply_discard(&apply, false, &last_reason), EBUSY,
		  "what is of this boot is not thrown away");
	sr_lock_release(&lock);
	/* The same journal on a machine that was rebooted since. */
	file = fopen(journal, "r");
	length = fread(text, 1, sizeof(text) - 64, file);
	fclose(file);
	at = strstr(text, ROOT_BOOT);
	*at = '1';
	length = (size_t)(strstr(text, "end\t") - text);
	sr_journal_end(text, length, text + length);
	file = fopen(journal, "w");
	fputs(text, file);
	fclose(file);
	is_number((uint64_t)-execute(plan, RESUME), ESTALE, "of another boot: not resumed");
	is_number((uint64_t)-execute(plan, ROLLBACK), ESTALE, "not taken back");
	ok(!last_result.changed, "nothing is written");
	ok(sr_lock_take(&machine, &lock, &last_reason) == 0, "the lock");
	ok(sr_apply_discard(&apply, false, &last_reason) == 0 && !is_pending(), "thrown away");
	free(journal);
}

/* Rolling back that is blocked by memory in use: it stays, until somebody gives it up. */
static void test_given_up(void)
{
	const struct plan *plan = plan_named("rescue of what hmem won");
	sr_auto_lock struct sr_lock lock = { .fd = -1 };
	const struct sr_apply apply = { .machine = &machine, .lock = &lock };

	stop_plan(plan, 2);
	fake->blocks[1].stuck = true;
	is_number((uint64_t)-execute(plan, ROLLBACK), EBUSY, "memory that will not go");
	ok(online_blocks() == 4 && is_pending(), "is online still, and the journal there");
	is_number((uint64_t)-execute(plan, RESUME), EALREADY, "half undone, it cannot be resumed");
	ok(sr_lock_take(&machine, &lock, &last_reason) == 0, "the lock");
	ok(sr_apply_discard(&apply, true, &last_reason) == 0 && !is_pending(), "given up");
	is_text(fake->auto_online, "online_movable", "auto_online_blocks is as it was");
}

static void test_two(void)
{
	const struct plan *plan = &plans[0];
	sr_auto_lock struct sr_lock lock = { .fd = -1 };
	const struct sr_apply unlocked = {
		.machine = &machine, .tool = "0.1", .policy = "cxl", .fingerprint = "f"
	};

	begin(plan);
	ok(sr_lock_take(&machine, &lock, &last_reason) == 0, "one has the lock");
	is_number((uint64_t)-execute(plan, RUN), ENOLCK, "the other has not");
	ok(strstr(last_reason.text, "holds") != NULL, last_reason.text);
	is_number((uint64_t)-sr_apply_run(&unlocked, plan->steps, plan->count, &last_result,
					  &last_reason),
		  ENOLCK, "without the lock nothing is done");
	is_number(fake->writes, 0, "nor written");
	ok(!is_pending(), "nor begun");
}

/* What a reviewer gets to see. */
static char *commands;

static void add_command(const struct sr_apply_event *event)
{
	char *longer;

	if (event->kind != SR_EVENT_COMMAND)
		return;
	if (asprintf(&longer, "%s%s\n", commands ? commands : "", event->text) < 0)
		abort();
	free(commands);
	commands = longer;
}

static void test_commands(void)
{
	begin(plan_named("rescue of what hmem won"));
	at_event = add_command;
	ok(execute(plan_named("rescue of what hmem won"), RUN) == 0, "rescued");
	is_text(commands,
		"echo hmem.2 > /sys/bus/platform/drivers/hmem/unbind\n"
		"echo dax_region0 > /sys/bus/cxl/drivers_probe\n"
		"echo dax_region1 > /sys/bus/cxl/drivers_probe\n",
		"as was tried by hand");
	free(commands);
	commands = NULL;
	begin(plan_named("rescue of a cut device"));
	at_event = add_command;
	ok(execute(plan_named("rescue of a cut device"), RUN) == 0, "rescued");
	is_text(commands,
		"echo 268435456 > /sys/bus/dax/devices/dax0.0/size\n"
		"echo dax0.0 > /sys/bus/dax/drivers/kmem/bind\n"
		"echo 1 > /sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/"
		"dax_region/create\n"
		"echo 268435456 > /sys/bus/dax/devices/dax0.1/size\n"
		"echo dax0.1 > /sys/bus/dax/drivers/kmem/bind\n",
		"as was tried by hand");
	free(commands);
	commands = NULL;
}

/* v7.3: one write for each device, and the zone that it had comes back. */
static void test_state(void)
{
	const struct plan *plan = plan_named("down by state");

	begin(plan);
	at_event = add_command;
	ok(execute(plan, RUN) == 0, plan->name);
	ok(strstr(commands, "echo unplugged > /sys/bus/dax/devices/dax0.0/state\n") &&
		   !strstr(commands, "memory59"),
	   "no block is written by itself");
	free(commands);
	commands = NULL;
}

static uint64_t progress_done, progress_blocks;

static void see_progress(const struct sr_apply_event *event)
{
	if (event->kind != SR_EVENT_PROGRESS)
		return;
	progress_done++;
	progress_blocks = event->blocks;
	ok(event->blocks_done == progress_done && event->block_size == FAKE_BLOCK, "progress");
}

static void test_progress(void)
{
	const struct plan *plan = plan_named("down and up again");

	begin(plan);
	at_event = see_progress;
	ok(execute(plan, RUN) == 0, plan->name);
	ok(progress_done == 4 && progress_blocks == 4, "of each block");
}

int main(void)
{
	ok(plans_start(), "a machine");
	test_ends();
	test_promises();
	for (size_t i = 0; i < PLAN_COUNT; i++)
		test_stop(&plans[i]);
	test_boot();
	test_given_up();
	test_two();
	test_commands();
	test_state();
	test_progress();
	plans_end();
	return tap_done();
}
