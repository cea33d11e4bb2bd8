// SPDX-License-Identifier: GPL-2.0-only
/* What an apply that was stopped left behind, and what became of it before it is taken back. */
#include <signal.h>

#include "apply/journal.h"
#include "apply/stage.h"
#include "fake-plans.h"
#include "plan/staged.h"
#include "tap.h"

/* A journal that only looks like one of ours is believed as far as the machine agrees. */
static void edit(void (*how)(struct sr_journal *journal))
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };

	ok(sr_journal_open(&machine, &journal, &last_reason) == 0, "the journal");
	how(&journal);
	ok(sr_journal_save(&journal, &last_reason) == 0, "edited");
}

static void other_blocks(struct sr_journal *journal)
{
	journal->steps.items[0].blocks.items[0].first = 3;
}

static void other_driver(struct sr_journal *journal)
{
	journal->steps.items[1].before = "../../../x";
}

static void stop_after_two(const struct sr_apply_event *event)
{
	if (event->kind == SR_EVENT_RESULT && event->index == 1)
		stopped = 1;
}

static void edited(void (*how)(struct sr_journal *journal), int error, const char *what)
{
	const struct plan *plan = &plans[4];

	begin(plan);
	at_event = stop_after_two;
	is_number((uint64_t)-execute(plan, RUN), EINTR, "stopped");
	stopped = 0;
	edit(how);
	at_event = NULL;
	is_number((uint64_t)-execute(plan, ROLLBACK), (uint64_t)error, what);
	printf("# %s\n", last_reason.text);
	ok(is_pending(), "it stays");
	ok(last_result.partly, "what was done before is, be it that nothing was changed now");
}

static void test_edited(void)
{
	edited(other_blocks, ERANGE, "blocks that are not the device's");
	edited(other_driver, EBADMSG, "a driver that is none");
}

static void stop_without_cxl(const struct sr_apply_event *event)
{
	if (event->kind == SR_EVENT_RESULT && event->index == 9)
		stopped = 1;
}

/* What is staged would stop a rollback half way, with nobody to have the memory. */
static void test_staged(void)
{
	const struct plan *plan = &plans[2];
	sr_auto_free char *text = sr_stage_text(SR_POLICY_HMEM);
	sr_auto_free char *start = NULL, *middle = NULL;
	bool done;

	begin(plan);
	start = fake_text(fake);
	at_event = stop_without_cxl;
	is_number((uint64_t)-execute(plan, RUN), EINTR, "stopped where cxl_acpi is gone");
	stopped = 0;
	at_event = NULL;
	root_mkdir("/etc/modprobe.d");
	ok(text && sr_stage_write(&machine, text, &done, &last_reason) == 0, "staged meanwhile");
	middle = fake_text(fake);
	is_number((uint64_t)-execute(plan, ROLLBACK), EPERM, "not taken back");
	ok(strstr(last_reason.text, SR_STAGE_PATH) && strstr(last_reason.text, "--unstage"),
	   "the file is named");
	ok(shows(middle) && is_pending() && last_result.partly && !last_result.changed,
	   "nothing was begun");
	ok(sr_stage_remove(&machine, &done, &last_reason) == 0 && done, "unstaged");
	ok(execute(plan, ROLLBACK) == 0 && shows(start), "taken back");
}

int main(void)
{
	ok(plans_start(), "a machine");
	test_edited();
	test_staged();
	plans_end();
	return tap_done();
}
