// SPDX-License-Identifier: GPL-2.0-only
/* What the system made of what firmware describes, and what others than firmware can mend. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "judgement/cause.h"
#include "judgement/stages.h"
#include "page-parts.h"

static void add_unit(struct markdown_table *table, const struct sr_range_report *unit)
{
	const enum sr_code *cause = sr_cause(unit);

	markdown_cell(table, page_range(unit->range));
	markdown_cell(table, page_size(sr_u64_of(sr_range_size(unit->range))));
	markdown_cell(table, !unit->touches_window && unit->contained == SR_UNKNOWN
				     ? strdup("-")
				     : page_truth(unit->contained));
	markdown_cell(table, strdup(sr_owner_name(unit->owner)));
	markdown_cell(table, page_size(unit->online));
	markdown_cell(table, page_size(unit->lost));
	markdown_cell(table, strdup(sr_state_name(unit->state)));
	markdown_cell(table, strdup(cause ? sr_codes[*cause].name : "-"));
}

static bool has_why(const struct sr_report *report, enum sr_code code)
{
	const struct sr_range_report *unit;
	const enum sr_code *why;

	sr_for_each (unit, &report->units) {
		sr_for_each (why, &unit->why) {
			if (*why == code)
				return true;
		}
	}
	return false;
}

/* All reasons of all ranges, each once. */
static void print_reasons(FILE *stream, const struct sr_report *report)
{
	bool first = true;

	for (enum sr_code code = 0; code < SR_CODE_COUNT; code++) {
		if (!has_why(report, code))
			continue;
		if (first)
			fputs("Why, of one range or another:\n\n", stream);
		first = false;
		page_sentence(stream, "", sr_codes[code].sentence, code);
	}
	if (!first)
		fputc('\n', stream);
}

int page_outcome(FILE *stream, const struct page *page)
{
	static const char *const headings[] = { "Soft Reserved", "Size",   "Contained",
						"Owner",	 "Online", "Lost",
						"State",	 "Cause",  NULL };
	const struct sr_report *report = page->report;
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_range_report *unit;

	page_headings(&table, headings);
	sr_for_each (unit, &report->units) {
		if (unit - report->units.items < PAGE_ROWS)
			add_unit(&table, unit);
	}
	if (page_table(stream, &table, report->units.count,
		       report->soft_reserved_whole
			       ? "No memory is Soft Reserved, so nothing was decided."
			       : "No Soft Reserved range can be shown."))
		return -ENOMEM;
	print_reasons(stream, report);
	return 0;
}

/* Who can mend something, what that is, and what to do. */
static int print_other(FILE *stream, enum sr_code code, enum sr_problem_owner owner,
		       const char *text, const char *action)
{
	sr_auto_free char *begin = page_format("%s: ", sr_problem_owner_name(owner));
	sr_auto_free char *line =
		page_format("%s [%s]; to do: %s", text, sr_codes[code].name, action);

	if (!begin || !line)
		return -ENOMEM;
	*begin = (char)toupper((unsigned char)*begin);
	page_sentence(stream, begin, line, SR_CODE_COUNT);
	return 0;
}

/* The reasons of units: the first that has it tells whose it is. */
static int print_others_of_units(FILE *stream, const struct page *page, enum sr_code code,
				 size_t *count)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &page->report->units) {
		enum sr_problem_owner owner = sr_problem_owner_of(unit, code);

		if (!sr_has_why(unit, code))
			continue;
		if (owner == SR_PROBLEM_OF_FIRMWARE)
			continue;
		++*count;
		return print_other(stream, code, owner, sr_codes[code].sentence,
				   sr_action_of(unit, code));
	}
	return 0;
}

static int print_others_of_lint(FILE *stream, const struct page *page, enum sr_code code,
				size_t *count)
{
	const struct sr_lint_finding *finding;

	sr_for_each (finding, &page->lint->findings) {
		const struct sr_code_text *advice = &sr_codes[finding->advice];
		sr_auto_free char *text = NULL;

		if (finding->code != code || advice->owner == SR_PROBLEM_OF_FIRMWARE)
			continue;
		text = markdown_text(finding->text);
		++*count;
		if (!text || print_other(stream, code, advice->owner, text, advice->action))
			return -ENOMEM;
	}
	return 0;
}

static int print_others_of_machine(FILE *stream, const struct page *page, enum sr_code code,
				   size_t *count)
{
	const struct sr_finding *finding;

	sr_for_each (finding, &page->report->findings) {
		sr_auto_free char *text = NULL;

		if (finding->code != code || sr_codes[code].owner == SR_PROBLEM_OF_FIRMWARE)
			continue;
		text = markdown_text(finding->text);
		++*count;
		if (!text ||
		    print_other(stream, code, sr_codes[code].owner, text, sr_codes[code].action))
			return -ENOMEM;
	}
	return 0;
}

int page_others(FILE *stream, const struct page *page)
{
	size_t count = 0;

	for (enum sr_code code = 0; code < SR_CODE_COUNT; code++) {
		if (print_others_of_units(stream, page, code, &count) ||
		    print_others_of_lint(stream, page, code, &count) ||
		    print_others_of_machine(stream, page, code, &count))
			return -ENOMEM;
	}
	fputs(count ? "\n" : "Nothing.\n\n", stream);
	return 0;
}
