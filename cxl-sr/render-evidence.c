// SPDX-License-Identifier: GPL-2.0-only
/* The evidence as text: its steps with their facts, and what they come to. */
#include "render-evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "judgement/cause.h"
#include "text.h"

#define TEXT_INDENT 5
#define FACT_INDENT 7

/* What stands in front of a step, so that an eye that runs down finds where it breaks. */
static const char *mark_of(enum sr_evidence_says says)
{
	static const char *const marks[] = {
		[SR_EVIDENCE_INFO] = "-",
		[SR_EVIDENCE_YES] = "yes",
		[SR_EVIDENCE_NO] = "no",
		[SR_EVIDENCE_UNKNOWN] = "?",
	};

	return marks[says];
}

static void print_text(const char *text, size_t indent)
{
	print_wrapped(stdout, text, terminal_width(stdout), indent, indent);
}

static void print_fact(const struct sr_evidence_fact *fact)
{
	sr_auto_free char *line = NULL;
	sr_auto_free char *safe = NULL;

	if (text_format(&line, "%s = %s", fact->path, fact->value ? fact->value : "") < 0)
		line = NULL;
	safe = line ? printable_copy(line) : NULL;
	if (!safe || FACT_INDENT + strlen(safe) <= terminal_width(stdout)) {
		printf("%*s%s\n", FACT_INDENT, "", safe ? safe : "(out of memory)");
		return;
	}
	safe[strlen(fact->path)] = '\0';
	printf("%*s%s =\n", FACT_INDENT, "", safe);
	print_text(fact->value, FACT_INDENT + 2);
}

static void print_step(const struct sr_evidence_step *step)
{
	const struct sr_evidence_fact *fact;

	printf("%-*s%s\n", TEXT_INDENT, mark_of(step->says), step->stage);
	print_text(step->text, TEXT_INDENT);
	sr_for_each (fact, &step->facts) {
		if (fact->value)
			print_fact(fact);
	}
}

/* Signs of one thing: a line each. */
static void print_sign(const struct sr_evidence_step *step)
{
	sr_auto_free char *line = NULL;

	if (text_format(&line, "%-4s%s (%s)", mark_of(step->says), step->text,
			step->facts.count ? step->facts.items[0].path : "-") < 0)
		line = NULL;
	if (line)
		print_wrapped(stdout, line, terminal_width(stdout), TEXT_INDENT, TEXT_INDENT + 4);
}

static bool is_sign(const struct sr_evidence_step *step)
{
	return strcmp(step->stage, "settled") == 0;
}

/* Above the signs: what they come to, which is not the worst of them. */
static void print_settled(enum sr_truth settled)
{
	static const struct {
		const char *mark, *text;
	} words[] = {
		[SR_UNKNOWN] = { "?", "Whether CXL had come to its end when this was read is not "
				      "known:" },
		[SR_NO] = { "no", "CXL had not come to its end when this was read:" },
		[SR_YES] = { "yes", "CXL had come to its end when this was read:" },
	};

	printf("%-*ssettled\n", TEXT_INDENT, words[settled].mark);
	print_text(words[settled].text, TEXT_INDENT);
}

static void print_steps(const struct sr_evidence *evidence)
{
	const struct sr_evidence_step *step;
	bool first_sign = true;

	sr_for_each (step, &evidence->steps) {
		if (!is_sign(step)) {
			print_step(step);
			continue;
		}
		if (first_sign)
			print_settled(evidence->settled);
		first_sign = false;
		print_sign(step);
	}
}

static void print_title(const struct sr_evidence *evidence, const char *number)
{
	const struct sr_range_report *unit = evidence->unit;
	char size[SIZE_TEXT_LENGTH];

	printf("Range %s: 0x%jx-0x%jx, %s, owner %s, %s\n\n", number, (uintmax_t)unit->range.start,
	       (uintmax_t)unit->range.end, size_text(sr_range_size(unit->range), true, size),
	       sr_owner_name(unit->owner), sr_state_name(unit->state));
}

/* Texts of codes begin small and have no stop, as they stand in the middle of lines. */
static void print_code(const char *text, enum sr_code code)
{
	sr_auto_free char *line = NULL;

	if (text_format(&line, "%s [%s]", text, sr_codes[code].name) < 0)
		line = NULL;
	if (line)
		print_wrapped(stdout, line, terminal_width(stdout), 2, 4);
}

static void print_why(const struct sr_evidence *evidence)
{
	const enum sr_code *why;

	if (!evidence->why.count)
		return;
	puts("\nWhy");
	sr_for_each (why, &evidence->why)
		print_code(sr_codes[*why].sentence, *why);
}

static void print_problem(const struct sr_evidence *evidence)
{
	const char **advice;

	if (evidence->cause)
		printf("\nWhose problem\n  %s\n", sr_problem_owner_name(evidence->problem_owner));
	puts("\nWhat to do now");
	sr_for_each (advice, &evidence->advice) {
		sr_auto_free char *line = NULL;

		if (text_format(&line, "- %s", *advice) < 0)
			line = NULL;
		if (line)
			print_wrapped(stdout, line, terminal_width(stdout), 2, 4);
	}
	if (!evidence->advice.count)
		puts("  nothing");
}

void render_evidence(const struct sr_evidence *evidence, const char *number)
{
	print_title(evidence, number);
	print_steps(evidence);
	puts("\nWhat happened");
	print_text(evidence->happened, 2);
	print_why(evidence);
	print_problem(evidence);
}
