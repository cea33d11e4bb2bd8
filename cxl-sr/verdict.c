// SPDX-License-Identifier: GPL-2.0-only
#include "verdict.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "judgement/cause.h"
#include "sources/sources.h"
#include "text.h"

static void print_share(FILE *stream, uint64_t bytes, const char *state)
{
	char size[SIZE_TEXT_LENGTH];

	if (bytes)
		fprintf(stream, ", %s %s", size_text(bytes, true, size), state);
}

static void print_totals(FILE *stream, const struct sr_totals *totals)
{
	char size[SIZE_TEXT_LENGTH];

	fprintf(stream, "%zu Soft Reserved range%s, %s: %zu contained in a committed region",
		totals->ranges, totals->ranges == 1 ? "" : "s",
		size_text(totals->bytes, true, size), totals->contained);
	if (totals->containment_unknown)
		fprintf(stream, ", %zu unknown", totals->containment_unknown);
	fprintf(stream, "; %s lost",
		totals->lost_bytes ? size_text(totals->lost_bytes, true, size) : "nothing");
	print_share(stream, totals->unusable_bytes, "unusable");
	print_share(stream, totals->idle_bytes, "idle");
	print_share(stream, totals->unknown_bytes, "unknown");
	fputc('.', stream);
}

void print_verdict(FILE *stream, const struct sr_report *report)
{
	char *text = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return;
	if (report->settled == SR_NO && report->totals.ranges)
		fputs("Unsettled: ", line);
	if (report->short_sources)
		fputs("Partial report: ", line);
	if (report->totals.ranges)
		print_totals(line, &report->totals);
	else if (report->short_sources)
		fputs("no Soft Reserved range can be shown.", line);
	else
		fputs("No Soft Reserved range.", line);
	if (text_close(line) == 0)
		print_wrapped(stream, text, terminal_width(stream), 0, 0);
	free(text);
}

static bool same_why(const struct sr_range_report *a, const struct sr_range_report *b)
{
	return a->why.count == b->why.count &&
	       (a->why.count == 0 ||
		memcmp(a->why.items, b->why.items, a->why.count * sizeof(*a->why.items)) == 0);
}

/* Whether a range before @range had the same reasons, and has stood for it. */
static bool was_explained(const struct sr_report *report, const struct sr_range_report *range)
{
	for (const struct sr_range_report *before = report->units.items; before < range; before++) {
		if (same_why(before, range))
			return true;
	}
	return false;
}

static void print_range_line(FILE *stream, const struct sr_report *report,
			     const struct sr_range_report *range)
{
	const struct sr_range_report *end = sr_list_end(&report->units);
	size_t more = 0;

	for (const struct sr_range_report *other = range + 1; other < end; other++)
		more += same_why(other, range);
	fprintf(stream, "0x%" PRIx64 "-0x%" PRIx64, range->range.start, range->range.end);
	if (more)
		fprintf(stream, " and %zu more", more);
	fputs(":\n", stream);
}

void print_reason(FILE *stream, const char *text, enum sr_code code)
{
	sr_auto_free char *line = NULL;

	if (text_format(&line, "%s [%s]", text, sr_codes[code].name) < 0)
		line = NULL;
	if (line)
		print_wrapped(stream, line, terminal_width(stream), 2, 4);
}

/* Which node of /proc/iomem keeps which device from being bound. */
static void print_blockers(FILE *stream, const struct sr_range_report *range)
{
	const struct sr_range_device *item;

	sr_for_each (item, &range->devices) {
		sr_auto_free char *line = NULL;

		if (!item->blocker)
			continue;
		if (text_format(&line, "in the way of %s: %s, 0x%" PRIx64 "-0x%" PRIx64,
				item->device->name, item->blocker->label,
				item->blocker->range.start, item->blocker->range.end) < 0)
			line = NULL;
		if (line)
			print_wrapped(stream, line, terminal_width(stream), 2, 4);
	}
}

/* Whose problem the cause is, and what to do about it. */
static void print_problem(FILE *stream, const struct sr_range_report *range)
{
	sr_auto_free char *line = NULL;
	const enum sr_code *cause = sr_cause(range);

	if (!cause)
		return;
	if (text_format(&line, "%s: %s [%s]",
			sr_problem_owner_name(sr_problem_owner_of(range, *cause)),
			sr_action_of(range, *cause), sr_codes[*cause].name) < 0)
		line = NULL;
	if (line)
		print_wrapped(stream, line, terminal_width(stream), 2, 4);
}

static void write_rule(FILE *line, const struct sr_report *report)
{
	const struct sr_kernel_rule *rule = &report->rule;
	const struct sr_range_report *tipping = report->tipped_by;

	if (rule->certainty == SR_CERTAINTY_NONE)
		fputs("By which rule this kernel decides is not known", line);
	else
		fprintf(line, "This kernel decides by the rule %s (%s: %s)",
			sr_rule_name(rule->rule), sr_certainty_name(rule->certainty),
			rule->found_by);
	if (report->global == SR_GLOBAL_DROP)
		fputs("; the global rule would say DROP: CXL keeps its windows", line);
	else if (tipping)
		fprintf(line,
			"; the global rule would say REGISTER, all to hmem, for 0x%" PRIx64
			"-0x%" PRIx64,
			tipping->range.start, tipping->range.end);
	fputc('.', line);
}

static void print_rule(FILE *stream, const struct sr_report *report)
{
	char *text = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return;
	write_rule(line, report);
	if (text_close(line) == 0) {
		fputc('\n', stream);
		print_wrapped(stream, text, terminal_width(stream), 0, 0);
	}
	free(text);
}

/* Units with the same reasons are explained together, however many there are. */
void print_reasons(FILE *stream, const struct sr_report *report)
{
	const struct sr_range_report *range;
	const struct sr_finding *finding;
	const enum sr_code *why;

	sr_for_each (range, &report->units) {
		if (range->why.count == 0 || was_explained(report, range))
			continue;
		fputc('\n', stream);
		print_range_line(stream, report, range);
		sr_for_each (why, &range->why)
			print_reason(stream, sr_codes[*why].sentence, *why);
		print_blockers(stream, range);
		print_problem(stream, range);
	}
	if (report->units.count)
		print_rule(stream, report);
	if (report->findings.count)
		fputs("\nNotes:\n", stream);
	sr_for_each (finding, &report->findings)
		print_reason(stream, finding->text, finding->code);
}

void print_short_sources(FILE *stream, const struct sr_report *report)
{
	const struct sr_source_note *notes = report->snapshot->notes;
	const char *between = "";

	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (!(report->short_sources & 1U << i))
			continue;
		fprintf(stream, "%s%s: %s", between, sr_sources[i].name,
			notes[i].detail			 ? notes[i].detail
			: notes[i].state == SR_SOURCE_OK ? "not the whole map"
							 : "not there");
		between = "; ";
	}
}

void warn_partial(const struct sr_report *report)
{
	size_t length;
	char *text = NULL;
	FILE *line = text_open(&text, &length);

	if (!line)
		return;
	print_short_sources(line, report);
	if (text_close(line) == 0 && length > 0)
		message("this report is partial: %s", text);
	free(text);
}
