// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hash is the one that plans have (base/hash.h): tools fold by the whole text, so the hash
 * is only to be read out, and needs no library of cryptography.
 */
#include "fingerprint.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/hash.h"
#include "sources/sources.h"
#include "text.h"

typedef SR_LIST(char *) line_list;

static void line_list_guard(line_list *lines)
{
	char **line;

	sr_for_each (line, lines)
		free(*line);
	sr_list_free(lines);
}

static const char *truth_word(enum sr_truth truth)
{
	return truth == SR_UNKNOWN ? "unknown" : truth == SR_YES ? "yes" : "no";
}

/* Never rounded, as sizes that are not the same must not fold. */
static void write_size(FILE *stream, struct sr_u64 size)
{
	char text[SIZE_TEXT_LENGTH];

	if (!size.known)
		fputs("unknown", stream);
	else if (strchr(size_text(size.value, true, text), '.'))
		fprintf(stream, "%" PRIu64 "B", size.value);
	else
		fputs(text, stream);
}

static void write_codes(FILE *stream, const bool *has, const char *before)
{
	for (int code = 0; code < SR_CODE_COUNT; code++) {
		if (!has[code])
			continue;
		fprintf(stream, "%s%s", before, sr_codes[code].name);
		before = " ";
	}
}

static void write_unit(FILE *stream, const struct sr_range_report *unit)
{
	bool has[SR_CODE_COUNT] = { false };
	const enum sr_code *why;

	write_size(stream, sr_u64_of(sr_range_size(unit->range)));
	fprintf(stream, ": owner %s, state %s, contained %s, online ", sr_owner_name(unit->owner),
		sr_state_name(unit->state),
		unit->touches_window ? truth_word(unit->contained) : "-");
	write_size(stream, unit->online);
	fputs(", lost ", stream);
	write_size(stream, unit->lost);
	sr_for_each (why, &unit->why)
		has[*why] = true;
	write_codes(stream, has, "\n  ");
}

static int add_unit(line_list *lines, const struct sr_range_report *unit)
{
	size_t length;
	char *text = NULL;
	FILE *stream = text_open(&text, &length);
	char **line;

	if (!stream)
		return -ENOMEM;
	write_unit(stream, unit);
	line = text_close(stream) == 0 ? sr_list_add(lines) : NULL;
	if (!line) {
		free(text);
		return -ENOMEM;
	}
	*line = text;
	return 0;
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What is the same is told once, with how often; the order is that of the texts. */
static void write_lines(FILE *stream, line_list *lines)
{
	size_t same;

	if (lines->count)
		qsort(lines->items, lines->count, sizeof(*lines->items), compare_lines);
	for (size_t i = 0; i < lines->count; i += same) {
		for (same = 1; i + same < lines->count; same++) {
			if (strcmp(lines->items[i], lines->items[i + same]) != 0)
				break;
		}
		fprintf(stream, "%zu x %s\n", same, lines->items[i]);
	}
}

static void write_findings(FILE *stream, const struct sr_report *report)
{
	bool has[SR_CODE_COUNT] = { false };
	const struct sr_finding *finding;

	if (!report->findings.count)
		return;
	sr_for_each (finding, &report->findings)
		has[finding->code] = true;
	write_codes(stream, has, "notes: ");
	fputc('\n', stream);
}

static void write_whole(FILE *stream, const struct sr_report *report)
{
	bool known = report->rule.certainty != SR_CERTAINTY_NONE;
	const char *before = "yes: ";

	fprintf(stream, "rule: %s\nsettled: %s\npartial: ",
		known ? sr_rule_name(report->rule.rule) : "unknown", truth_word(report->settled));
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (!(report->short_sources & 1U << i))
			continue;
		fprintf(stream, "%s%s", before, sr_sources[i].name);
		before = " ";
	}
	fprintf(stream, "%s\nranges: %zu, units: %zu\n", report->short_sources ? "" : "no",
		report->ranges.count, report->units.count);
}

/* All but the first line. */
static char *body_text(const struct sr_report *report)
{
	__attribute__((cleanup(line_list_guard))) line_list lines = { 0 };
	sr_auto_free char *text = NULL;
	const struct sr_range_report *unit;
	size_t length;
	FILE *stream;

	sr_for_each (unit, &report->units) {
		if (add_unit(&lines, unit))
			return NULL;
	}
	stream = text_open(&text, &length);
	if (!stream)
		return NULL;
	write_whole(stream, report);
	write_lines(stream, &lines);
	write_findings(stream, report);
	return text_close(stream) == 0 ? sr_take(text) : NULL;
}

char *fingerprint_text(const struct sr_report *report)
{
	sr_auto_free char *body = body_text(report);
	char *text = NULL;

	if (!body || text_format(&text, "fingerprint: %016" PRIx64 "\n%s",
				 sr_hash_add(SR_HASH_START, body, strlen(body)), body) < 0)
		return NULL;
	return text;
}

int render_fingerprint(const struct sr_report *report)
{
	sr_auto_free char *text = fingerprint_text(report);

	if (!text)
		return -ENOMEM;
	return fputs(text, stdout) < 0 ? -EIO : 0;
}
