// SPDX-License-Identifier: GPL-2.0-only
#include "execution-events.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/cleanup.h"
#include "plan/plan.h"
#include "text.h"

const char *step_result_name(enum sr_step_result result)
{
	static const char *const names[SR_RESULT_COUNT] = {
		[SR_RESULT_DONE] = "done",
		[SR_RESULT_ALREADY] = "already",
		[SR_RESULT_REFUSED] = "refused",
		[SR_RESULT_FAILED] = "failed",
		[SR_RESULT_NOT_VERIFIED] = "not-verified",
		[SR_RESULT_INTERRUPTED] = "interrupted",
	};

	return names[result];
}

/* "[2/3] dax_region0: have CXL probe it" */
static void show_step(const struct execution_events *events, const struct sr_apply_event *event)
{
	printf("[%zu/%zu] %s%s: %s\n", event->index + 1, events->count,
	       event->undoing ? "undo " : "", event->step->target,
	       sr_action_words(event->step->action));
}

static void show_command(const struct sr_apply_event *event)
{
	sr_auto_free char *command = printable_copy(event->text);

	printf("      $ %s%s%s\n", command ? command : "out of memory", event->error ? "  # " : "",
	       event->error ? strerror(-event->error) : "");
}

static void show_result(const struct sr_apply_event *event)
{
	sr_auto_free char *text = NULL;

	if (text_format(&text, "%s%s%s", step_result_name(event->result), event->text ? ": " : "",
			event->text ? event->text : "") < 0)
		text = NULL;
	print_wrapped(stdout, text ? text : "out of memory", terminal_width(stdout), 6, 8);
}

/* "dax0.0: 3 of 4 blocks offline, 384MiB of 512MiB, 96MiB/s, 2 s left" */
static char *progress_line(const struct sr_apply_event *event)
{
	char done[SIZE_TEXT_LENGTH], all[SIZE_TEXT_LENGTH], rate[SIZE_TEXT_LENGTH];
	uint64_t bytes = event->blocks_done * event->block_size;
	uint64_t total = event->blocks * event->block_size;
	uint64_t speed = event->milliseconds ? bytes * 1000 / event->milliseconds : 0;
	char *text = NULL;

	if (text_format(
		    &text,
		    "%s: %" PRIu64 " of %" PRIu64 " blocks %s, %s of %s, %s/s, %" PRIu64 " s left",
		    event->step ? event->step->target : "memory", event->blocks_done, event->blocks,
		    event->undoing ? "back online" : "offline", size_text(bytes, true, done),
		    size_text(total, true, all), size_text(speed >> 20 << 20, true, rate),
		    speed ? (total - bytes) / speed : 0) < 0)
		return NULL;
	return text;
}

/* A terminal gets a line that is written over, anything else one line a device. */
static void show_progress(struct execution_events *events, const struct sr_apply_event *event)
{
	sr_auto_free char *line = progress_line(event);
	bool ended = event->blocks_done == event->blocks;

	if (!line)
		return;
	if (!ended) {
		fflush(stdout);
		progress_line_show(&events->progress, line);
		return;
	}
	progress_end(&events->progress);
	printf("      %s\n", line);
}

static void show(struct execution_events *events, const struct sr_apply_event *event)
{
	switch (event->kind) {
	case SR_EVENT_STEP:
		show_step(events, event);
		break;
	case SR_EVENT_COMMAND:
		show_command(event);
		break;
	case SR_EVENT_PROGRESS:
		show_progress(events, event);
		break;
	case SR_EVENT_NOTE:
		print_wrapped(stdout, event->text, terminal_width(stdout), 6, 8);
		break;
	case SR_EVENT_RESULT:
		show_result(event);
		break;
	}
	fflush(stdout);
}

/* "echo offline > /sys/devices/system/memory/memory594/state" */
static bool is_of_block(const char *command, uint64_t *ret_block, char word[static 24])
{
	int length = 0;

	return sscanf(command, "echo %23s > /sys/devices/system/memory/memory%" SCNu64 "/state%n",
		      word, ret_block, &length) == 2 &&
	       length && !command[length];
}

static void record_blocks(struct block_lines *blocks)
{
	if (blocks->count)
		syslog(LOG_NOTICE,
		       "%sfor i in $(seq %" PRIu64 " %" PRIu64
		       "); do echo %s > /sys/devices/system/memory/memory$i/state; done: written",
		       blocks->undoing ? "undo " : "", blocks->first,
		       blocks->first + blocks->count - 1, blocks->word);
	blocks->count = 0;
}

/* A terabyte has thousands of blocks, and journald drops what comes too fast. */
static bool collect_block(struct block_lines *blocks, const struct sr_apply_event *event)
{
	uint64_t block = 0;
	char word[24];

	if (event->kind == SR_EVENT_PROGRESS)
		return true;
	if (event->kind != SR_EVENT_COMMAND || event->error ||
	    !is_of_block(event->text, &block, word))
		return false;
	if (blocks->count && (block != blocks->first + blocks->count ||
			      event->undoing != blocks->undoing || strcmp(word, blocks->word) != 0))
		record_blocks(blocks);
	if (!blocks->count) {
		blocks->first = block;
		blocks->undoing = event->undoing;
		memcpy(blocks->word, word, sizeof(word));
	}
	blocks->count++;
	return true;
}

/* syslog(3) reaches journald too. */
static void record(const struct sr_apply_event *event)
{
	const char *target = event->step ? event->step->target : "-";
	const char *action = event->step ? sr_action_name(event->step->action) : "-";

	if (event->kind == SR_EVENT_COMMAND)
		syslog(LOG_NOTICE, "%s%s %s: %s: %s", event->undoing ? "undo " : "", action, target,
		       event->text, event->error ? strerror(-event->error) : "written");
	else if (event->kind == SR_EVENT_RESULT)
		syslog(event->error ? LOG_ERR : LOG_NOTICE, "%s%s %s: %s%s%s",
		       event->undoing ? "undo " : "", action, target,
		       step_result_name(event->result), event->text ? ": " : "",
		       event->text ? event->text : "");
}

void execution_event(void *data, const struct sr_apply_event *event)
{
	struct execution_events *events = data;

	if (!collect_block(&events->blocks, event)) {
		record_blocks(&events->blocks);
		record(event);
	}
	if (!events->quiet)
		show(events, event);
}
