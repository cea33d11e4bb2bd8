/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests ask of a report: its rows, their reasons, its findings. */
#pragma once

#include "build.h"
#include "judgement/report.h"
#include "tap.h"

/* For `auto_snapshot struct ...` and `auto_report struct ...` see sr_auto_snapshot. */
static inline struct sr_report *judge(const struct sr_snapshot *snapshot)
{
	struct sr_report *report = NULL;

	if (sr_report_make(snapshot, &report) != 0 || !report)
		abort();
	return report;
}

static inline void judged_join(char *text, size_t size, const char *word)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", used ? " " : "", word);
}

/*
 * "SPANS_WINDOWS SPANS_REGIONS"; a static buffer. Without DECIDED_OTHERWISE: a made
 * machine with one thing on it is seldom what a kernel would have made of it.
 */
static inline const char *why_of(const struct sr_range_report *row)
{
	static char text[512];
	const enum sr_code *why;

	*text = '\0';
	sr_for_each (why, &row->why) {
		if (*why != SR_CODE_DECIDED_OTHERWISE)
			judged_join(text, sizeof(text), sr_codes[*why].name);
	}
	return text;
}

static inline const char *findings_of(const struct sr_report *report)
{
	static char text[512];
	const struct sr_finding *finding;

	*text = '\0';
	sr_for_each (finding, &report->findings)
		judged_join(text, sizeof(text), sr_codes[finding->code].name);
	return text;
}

static inline size_t finding_count(const struct sr_report *report, enum sr_code code)
{
	const struct sr_finding *finding;
	size_t count = 0;

	sr_for_each (finding, &report->findings)
		count += finding->code == code;
	return count;
}

/* "cxl ok: SPANS_WINDOWS": owner, state and reasons of a row, in a static buffer. */
static inline const char *verdict_of(const struct sr_range_report *row)
{
	static char text[640];
	const char *why = why_of(row);

	snprintf(text, sizeof(text), "%s %s%s%s", sr_owner_name(row->owner),
		 sr_state_name(row->state), *why ? ": " : "", why);
	return text;
}

/* "1000-1fff 2000-2fff": the rows of a report, in a static buffer. */
static inline const char *ranges_of(const struct sr_report *report)
{
	static char text[1024];
	const struct sr_range_report *row;
	char word[48];

	*text = '\0';
	sr_for_each (row, &report->ranges) {
		snprintf(word, sizeof(word), "%jx-%jx", (uintmax_t)row->range.start,
			 (uintmax_t)row->range.end);
		judged_join(text, sizeof(text), word);
	}
	return text;
}

static inline const char *truth_name(enum sr_truth truth)
{
	static const char *const names[] = { "unknown", "no", "yes" };

	return names[truth];
}

/* Whether and why not a committed region contains it: "no: NO_REGION". */
static inline const char *contained_of(const struct sr_range_report *row)
{
	static char text[640];
	const char *why = why_of(row);

	snprintf(text, sizeof(text), "%s%s%s",
		 row->touches_window ? truth_name(row->contained) : "-", *why ? ": " : "", why);
	return text;
}

/* Makes a report, compares the verdict on its only row, and frees it. */
static inline void tap_verdict(const struct sr_snapshot *snapshot, const char *wanted,
			       const char *file, int line, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	if (tap_number(report->ranges.count, 1, file, line, what))
		tap_text(verdict_of(report->ranges.items), wanted, file, line, what);
}

#define is_verdict(snapshot, wanted, what) tap_verdict(snapshot, wanted, __FILE__, __LINE__, what)

/* Verdict and containment of one row of a report. */
static inline void tap_row(const struct sr_report *report, size_t index, const char *verdict,
			   enum sr_truth contained, const char *file, int line, const char *what)
{
	if (!tap_check(index < report->ranges.count, file, line, what))
		return;
	tap_text(verdict_of(&report->ranges.items[index]), verdict, file, line, what);
	tap_number(report->ranges.items[index].contained, contained, file, line, what);
}

#define is_row(report, index, verdict, contained, what) \
	tap_row(report, index, verdict, contained, __FILE__, __LINE__, what)
