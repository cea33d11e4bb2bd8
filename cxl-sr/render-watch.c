// SPDX-License-Identifier: GPL-2.0-only
#include "render-watch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "sources/sources.h"
#include "text.h"

#define NONE	"none"
#define UNKNOWN "unknown"

static void print_text(FILE *line, struct sr_text text)
{
	fputs(!text.known ? UNKNOWN : text.value ? text.value : NONE, line);
}

static void print_names(FILE *line, size_t count, const char *(*name_of)(const void *, size_t),
			const void *set)
{
	const char *between = "";

	for (size_t i = 0; i < count; i++) {
		const char *name = name_of(set, i);

		if (!name)
			continue;
		fprintf(line, "%s%s", between, name);
		between = ",";
	}
	if (!*between)
		fputs(NONE, line);
}

static const char *code_name(const void *codes, size_t i)
{
	return ((const struct watch_codes *)codes)->has[i] ? sr_codes[i].name : NULL;
}

static const char *source_name(const void *bits, size_t i)
{
	return (*(const unsigned int *)bits & 1U << i) ? sr_sources[i].name : NULL;
}

static void print_codes(FILE *line, const struct watch_codes *codes)
{
	print_names(line, SR_CODE_COUNT, code_name, codes);
}

/* Not rounded: two sizes that differ must not look the same. */
static void print_size(FILE *line, struct sr_u64 size)
{
	static const char units[] = "BKMGTPE";
	uint64_t count = size.value;
	size_t unit = 0;

	if (!size.known) {
		fputs(UNKNOWN, line);
		return;
	}
	while (count && count % 1024 == 0 && units[unit + 1]) {
		count /= 1024;
		unit++;
	}
	fprintf(line, "%" PRIu64 "%c", count, units[unit]);
}

static void print_contained(FILE *line, const struct watch_row *row)
{
	static const char *const names[] = { UNKNOWN, "no", "yes" };

	fputs(row->contained == SR_UNKNOWN && watch_row_is_outside(row) ? "-"
									: names[row->contained],
	      line);
}

static void print_member(FILE *line, enum watch_member member, const struct watch_side *side)
{
	const struct watch_row *row = side->row;

	/* Of the machine there is none. */
	if (!row && member != WATCH_FINDINGS && member != WATCH_PARTIAL)
		return;
	switch (member) {
	case WATCH_OWNER:
		fputs(sr_owner_name(row->owner), line);
		break;
	case WATCH_STATE:
		fputs(sr_state_name(row->state), line);
		break;
	case WATCH_CONTAINED:
		print_contained(line, row);
		break;
	case WATCH_REGION:
		print_text(line, row->region);
		break;
	case WATCH_DRIVERS:
		print_text(line, row->drivers);
		break;
	case WATCH_ONLINE:
		print_size(line, row->online);
		break;
	case WATCH_LOST:
		print_size(line, row->lost);
		break;
	case WATCH_WHY:
		if (row->seen)
			print_codes(line, &row->why);
		else
			fputs(UNKNOWN, line);
		break;
	case WATCH_FINDINGS:
		print_codes(line, &side->state->findings);
		break;
	case WATCH_PARTIAL:
		print_names(line, SR_SOURCE_COUNT, source_name, &side->state->partial);
		break;
	case WATCH_MEMBER_COUNT:
		break;
	}
}

/* "owner cxl -> hmem, online 512M -> 0B", or "owner cxl, ..." of one side alone. */
static void print_members(FILE *line, unsigned int members, const struct watch_side *before,
			  const struct watch_side *after)
{
	const char *between = "";

	for (int i = 0; i < WATCH_MEMBER_COUNT; i++) {
		if (!(members & 1U << i))
			continue;
		fprintf(line, "%s%s ", between, watch_member_name(i));
		if (before)
			print_member(line, i, before);
		if (before && after)
			fputs(" -> ", line);
		if (after)
			print_member(line, i, after);
		between = ", ";
	}
}

static void print_event(FILE *line, const struct watch_event *event)
{
	static const char *const words[WATCH_KIND_COUNT] = {
		[WATCH_INITIAL] = "is ",
		[WATCH_CHANGED] = "",
		[WATCH_CAME] = "came, is ",
		[WATCH_WENT] = "went, was ",
	};
	unsigned int all = event->of_machine ? WATCH_MEMBERS_OF_MACHINE : WATCH_MEMBERS_OF_RANGE;
	const struct watch_row *row = event->after.row ? event->after.row : event->before.row;

	if (event->of_machine)
		fputs("machine: ", line);
	else
		fprintf(line, "0x%" PRIx64 "-0x%" PRIx64 ": ", row->range.start, row->range.end);
	fputs(event->of_machine && event->kind == WATCH_INITIAL ? "is watched, "
								: words[event->kind],
	      line);
	if (event->kind == WATCH_CHANGED)
		print_members(line, event->changed, &event->before, &event->after);
	else if (event->kind == WATCH_WENT)
		print_members(line, all, &event->before, NULL);
	else
		print_members(line, all, NULL, &event->after);
	if (event->after.state->settled == SR_NO)
		fputs(" (not settled)", line);
}

int render_watch_text(const struct watch_event *event)
{
	sr_auto_free char *text = NULL;
	sr_auto_free char *safe = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return -ENOMEM;
	print_event(line, event);
	if (text_close(line))
		return -ENOMEM;
	safe = printable_copy(text);
	if (!safe)
		return -ENOMEM;
	return puts(safe) < 0 ? -EIO : 0;
}
