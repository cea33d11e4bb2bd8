// SPDX-License-Identifier: GPL-2.0-only
#include "check-line.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "judgement/cause.h"
#include "text.h"
#include "verdict.h"

/* Monitors may look for it: stable. The level follows. */
#define PREFIX "CXL-SR %s: "

/* Who has to act, in one word: "distribution" of "distribution policy". */
static void code_text(const struct sr_alarm *alarm, char *buffer, size_t size)
{
	enum sr_code code = alarm->code;
	const char *owner;

	*buffer = '\0';
	if (code == SR_CODE_COUNT)
		return;
	owner = sr_problem_owner_name(alarm->unit ? sr_problem_owner_of(alarm->unit, code)
						  : sr_codes[code].owner);
	snprintf(buffer, size, " [%s] %.*s", sr_codes[code].name, (int)strcspn(owner, " "), owner);
}

/* "1GiB unusable", or the words alone where it is not about ranges. */
static void alarm_text(const struct sr_alarm *alarm, char *buffer, size_t size)
{
	char bytes[SIZE_TEXT_LENGTH];

	snprintf(buffer, size, "%s%s%s", alarm->ranges ? size_text(alarm->bytes, true, bytes) : "",
		 alarm->ranges ? " " : "", alarm->words);
}

/* "CXL-SR CRITICAL: 1GiB unusable in 1 of 2 ranges [NOT_CLAIMABLE] firmware" */
static void print_verdict_line(FILE *stream, const struct sr_report *report,
			       const struct sr_alarm *alarm)
{
	const char *level = sr_alarm_level_name(alarm->level);
	char what[64], where[64] = "", code[64];

	alarm_text(alarm, what, sizeof(what));
	code_text(alarm, code, sizeof(code));
	if (alarm->ranges && report->ranges.count > 1)
		snprintf(where, sizeof(where), " in %zu of %zu ranges", alarm->ranges,
			 report->ranges.count);
	/* That can be spared; the rest always fits. */
	if (snprintf(NULL, 0, PREFIX "%s%s%s", level, what, where, code) > CHECK_VERDICT_LENGTH)
		*where = '\0';
	fprintf(stream, PREFIX "%s%s%s", level, what, where, code);
}

static void print_details(FILE *stream, const struct sr_report *report,
			  const struct sr_alarm *alarms, size_t count)
{
	const struct sr_range_report *unit = alarms->unit;
	char what[64];

	for (size_t i = 1; i < count; i++) {
		alarm_text(&alarms[i], what, sizeof(what));
		fprintf(stream, "%s%s", i == 1 ? "; also " : ", ", what);
	}
	if (report->short_sources) {
		fputs("; ", stream);
		print_short_sources(stream, report);
	}
	if (unit)
		fprintf(stream, "; 0x%" PRIx64 "-0x%" PRIx64, unit->range.start, unit->range.end);
	if (alarms->code != SR_CODE_COUNT)
		fprintf(stream, "%s %s; next: %s", unit ? ":" : ";",
			sr_codes[alarms->code].sentence,
			unit ? sr_action_of(unit, alarms->code) : sr_codes[alarms->code].action);
}

static void print_share(FILE *stream, uint64_t bytes, const char *words)
{
	char size[SIZE_TEXT_LENGTH];

	if (bytes)
		fprintf(stream, ", %s %s", size_text(bytes, true, size), words);
}

static void print_ranges(FILE *stream, const struct sr_report *report)
{
	const struct sr_range_report *unit;
	uint64_t idle = 0, accelerators = 0;
	char size[SIZE_TEXT_LENGTH];

	sr_for_each (unit, &report->units) {
		if (unit->accelerator == SR_YES)
			accelerators += sr_range_size(unit->range);
		else if (unit->state == SR_STATE_IDLE)
			idle += sr_range_size(unit->range);
	}
	fprintf(stream, "%s in %zu Soft Reserved range%s",
		size_text(report->totals.bytes, true, size), report->ranges.count,
		report->ranges.count == 1 ? "" : "s");
	print_share(stream, accelerators, "of accelerators");
	print_share(stream, idle, "idle by policy");
	if (!idle && !accelerators)
		fputs(", all in use", stream);
}

static void print_well(FILE *stream, const struct sr_report *report)
{
	fprintf(stream, PREFIX, sr_alarm_level_name(SR_ALARM_OK));
	if (report->ranges.count)
		print_ranges(stream, report);
	else
		fputs("no Soft Reserved range", stream);
}

/* What a capture brings must neither end the line nor begin a monitor's figures. */
static char *to_line(const char *text)
{
	char *line = printable_copy(text);

	for (char *at = line; at && *at; at++) {
		if (*at == '|')
			*at = '?';
	}
	return line;
}

char *check_line(const struct sr_report *report, enum sr_alarm_level *ret_level)
{
	struct sr_alarm alarms[SR_ALARM_LIMIT];
	size_t count = sr_alarm_list(report, alarms), length;
	sr_auto_free char *text = NULL;
	FILE *stream = text_open(&text, &length);

	if (!stream)
		return NULL;
	if (count) {
		print_verdict_line(stream, report, alarms);
		print_details(stream, report, alarms, count);
	} else {
		print_well(stream, report);
	}
	if (text_close(stream) != 0)
		return NULL;
	*ret_level = count ? alarms[0].level : SR_ALARM_OK;
	return to_line(text);
}

char *check_line_of_failure(const char *why)
{
	sr_auto_free char *text = NULL;

	if (text_format(&text, PREFIX "nothing could be read; %s",
			sr_alarm_level_name(SR_ALARM_UNKNOWN), why) < 0)
		text = NULL;
	return text ? to_line(text) : NULL;
}
