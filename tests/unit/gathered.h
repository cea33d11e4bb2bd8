/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests ask of the evidence of a made machine: its steps and their facts. */
#pragma once

#include "evidence/evidence.h"
#include "judged.h"

/* Everything that the evidence of a unit hangs on, freed together. */
struct gathered {
	struct sr_report *report;
	struct sr_inquiry *inquiry;
	struct sr_evidence *evidence;
};

static inline void gathered_done(struct gathered *gathered)
{
	sr_evidence_free(gathered->evidence);
	sr_inquiry_free(gathered->inquiry);
	sr_report_free(gathered->report);
}

#define auto_gathered __attribute__((cleanup(gathered_done)))

/* Of the unit with that index. */
static inline struct gathered gather_unit(const struct sr_snapshot *snapshot, size_t index)
{
	struct gathered gathered = { .report = judge(snapshot) };

	if (sr_inquiry_new(gathered.report, &gathered.inquiry) != 0 ||
	    index >= gathered.report->units.count ||
	    sr_evidence_make(gathered.inquiry, &gathered.report->units.items[index],
			     &gathered.evidence) != 0)
		abort();
	return gathered;
}

static inline struct gathered gather(const struct sr_snapshot *snapshot)
{
	return gather_unit(snapshot, 0);
}

/* The only step of that stage. */
static inline const struct sr_evidence_step *step_of(const struct gathered *gathered,
						     const char *stage)
{
	const struct sr_evidence_step *step, *found = NULL;

	sr_for_each (step, &gathered->evidence->steps) {
		if (strcmp(step->stage, stage) != 0)
			continue;
		if (found)
			abort();
		found = step;
	}
	return found ? found : build_need(NULL);
}

/* What the step says, where its text has @part; else the text, for the message. */
static inline const char *says(const struct gathered *gathered, const char *stage, const char *part)
{
	const struct sr_evidence_step *step = step_of(gathered, stage);

	return strstr(step->text, part) ? sr_evidence_says_name(step->says) : step->text;
}

/* What stands at @path in a step; NULL where it is not named. */
static inline const char *fact(const struct gathered *gathered, const char *stage, const char *path)
{
	const struct sr_evidence_step *step = step_of(gathered, stage);

	for (size_t i = 0; i < step->facts.count; i++) {
		if (strcmp(step->facts.items[i].path, path) == 0)
			return step->facts.items[i].value;
	}
	return NULL;
}

/* That a stage of the first unit says so, in words of which these are some. */
static inline void is_said(const struct sr_snapshot *snapshot, const char *stage, const char *want,
			   const char *part)
{
	auto_gathered struct gathered gathered = gather(snapshot);
	char what[160];

	snprintf(what, sizeof(what), "%s: %s, \"%s\"", stage, want, part);
	is_text(says(&gathered, stage, part), want, what);
}

/* That a stage of the first unit names the file with that value. */
static inline void is_fact(const struct sr_snapshot *snapshot, const char *stage, const char *path,
			   const char *want)
{
	auto_gathered struct gathered gathered = gather(snapshot);
	char what[160];

	snprintf(what, sizeof(what), "%s: %s", stage, path);
	is_text(fact(&gathered, stage, path), want, what);
}

/* That what happened, and what to do, is told in words of which these are some. */
static inline void is_told(const struct sr_snapshot *snapshot, const char *part)
{
	auto_gathered struct gathered gathered = gather(snapshot);
	const char *happened = gathered.evidence->happened;

	if (!ok(strstr(happened, part), part))
		printf("# told: %s\n", happened);
}
