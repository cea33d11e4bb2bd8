// SPDX-License-Identifier: GPL-2.0-only
/*
 * The journal of apply. A checksum stands at its end; most inputs are given the one that they
 * would need, or nothing behind it were ever tried. What was read is written and read again.
 */
#include <stdlib.h>
#include <string.h>

#include "apply/journal.h"
#include "base/cleanup.h"
#include "targets.h"

static char *with_end(const uint8_t *data, size_t size)
{
	char *text = malloc(size + SR_JOURNAL_END_SIZE);

	must(text, "no memory");
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	sr_journal_end(text, strlen(text), text + strlen(text));
	return text;
}

static bool parse(char *text, struct sr_journal *journal)
{
	struct sr_reason reason = { "" };
	int error;

	*journal = (struct sr_journal){ .folder = -1, .pool = sr_pool_new() };
	error = sr_journal_parse(text, journal, &reason);
	must(!error == !*reason.text, "an error without a reason, or a reason without: %d", error);
	fuzz_must_be_printable(reason.text, strlen(reason.text), false);
	return !error;
}

static void check(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;
	const struct sr_block_run *run;

	must(journal->steps.count <= SR_JOURNAL_STEP_LIMIT, "%zu steps", journal->steps.count);
	must(sr_journal_resume_point(journal) <= journal->steps.count, "goes on behind the end");
	must(sr_journal_holds(journal->tool) && sr_journal_holds(journal->boot) &&
		     sr_journal_holds(journal->policy) && sr_journal_holds(journal->fingerprint),
	     "its head has holes");
	sr_for_each (step, &journal->steps) {
		must(step->step.target && !strchr(step->step.target, '/'), "leads elsewhere");
		must(!step->step.has_range || step->step.range.start <= step->step.range.end,
		     "a range ends before it starts");
		must((step->state == SR_STEP_FAILED) == (step->error > 0), "failed without errno");
		sr_for_each (run, &step->blocks)
			must(run->count && run->first + run->count > run->first, "no blocks");
	}
}

static void check_again(const struct sr_journal *journal)
{
	sr_auto_free char *text = NULL, *kept = NULL, *twice = NULL;
	sr_auto_journal struct sr_journal again = { .folder = -1 };
	size_t length, other;

	must(!sr_journal_text(journal, &text, &length), "no memory");
	kept = strdup(text);
	must(parse(text, &again), "what was written cannot be read");
	must(!sr_journal_text(&again, &twice, &other), "no memory");
	must(strcmp(kept, twice) == 0, "what was read is not what was written");
}

FUZZ_RUN(fuzz_journal)
{
	bool raw = size && data[0] == '!';
	sr_auto_free char *text = raw ? fuzz_text(data + 1, size - 1) : with_end(data, size);
	sr_auto_journal struct sr_journal journal = { .folder = -1 };

	if (!parse(text, &journal))
		return;
	check(&journal);
	check_again(&journal);
}
