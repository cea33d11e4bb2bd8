// SPDX-License-Identifier: LGPL-2.1-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apply/actions.h"
#include "apply/journal.h"
#include "base/cleanup.h"
#include "base/text-stream.h"

const char *const sr_step_state_names[SR_STEP_STATE_COUNT] = {
	[SR_STEP_PLANNED] = "planned", [SR_STEP_STARTED] = "started", [SR_STEP_DONE] = "done",
	[SR_STEP_ALREADY] = "already", [SR_STEP_FAILED] = "failed",   [SR_STEP_UNDONE] = "undone",
};

static uint64_t checksum(const char *text, size_t length)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++)
		sum = (sum ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	return sum;
}

void sr_journal_end(const char *text, size_t length, char line[static SR_JOURNAL_END_SIZE])
{
	snprintf(line, SR_JOURNAL_END_SIZE, "end\t%#018" PRIx64 "\n", checksum(text, length));
}

bool sr_journal_holds(const char *text)
{
	size_t length = strnlen(text, SR_JOURNAL_TEXT_LIMIT + 1);

	if (length == 0 || length > SR_JOURNAL_TEXT_LIMIT || strcmp(text, "-") == 0)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}
	return true;
}

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

static void put_step(FILE *file, size_t index, const struct sr_journal_step *step)
{
	const struct sr_block_run *run;

	fprintf(file, "step\t%zu\t%s\t%s\t%d\t%s\t%s\t", index, sr_action_name(step->step.action),
		sr_step_state_names[step->state], step->error, step->step.target,
		or_none(step->step.value));
	if (step->step.has_range)
		fprintf(file, "%#" PRIx64 "\t%#" PRIx64, step->step.range.start,
			step->step.range.end);
	else
		fputs("-\t-", file);
	fprintf(file, "\t%" PRIu64 "\t%s\t%s\n", step->step.offline_bytes, or_none(step->before),
		or_none(step->step.undo));
	sr_for_each (run, &step->blocks)
		fprintf(file, "blocks\t%" PRIu64 "\t%" PRIu64 "\t%s\n", run->first, run->count,
			run->movable ? "movable" : "kernel");
}

static void put(FILE *file, const struct sr_journal *journal)
{
	fprintf(file, SR_JOURNAL_MAGIC "\ntool\t%s\nboot\t%s\npolicy\t%s\nfingerprint\t%s\n",
		journal->tool, journal->boot, journal->policy, journal->fingerprint);
	fprintf(file, "mode\t%s\nauto-online\t%s\nsteps\t%zu\n",
		journal->rolling_back ? "rollback" : "apply", or_none(journal->auto_online),
		journal->steps.count);
	for (size_t i = 0; i < journal->steps.count; i++)
		put_step(file, i, &journal->steps.items[i]);
}

int sr_journal_text(const struct sr_journal *journal, char **ret_text, size_t *ret_length)
{
	sr_auto_free char *text = NULL;
	size_t length = 0;
	FILE *file = sr_text_open(&text, &length);
	char end[SR_JOURNAL_END_SIZE];

	if (!file)
		return -ENOMEM;
	put(file, journal);
	if (fflush(file) == 0) {
		sr_journal_end(text, length, end);
		fputs(end, file);
	}
	if (sr_text_close(file))
		return -ENOMEM;
	*ret_text = sr_take(text);
	*ret_length = length;
	return 0;
}
