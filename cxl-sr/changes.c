// SPDX-License-Identifier: GPL-2.0-only
/* What changes for a machine that moves to a kernel of another rule, in words. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/list.h"
#include "predictions.h"
#include "text.h"
#include "verdict.h"

enum use {
	USE_UNKNOWN,
	USE_NOTHING,
	USE_PART,
	USE_ALL,
};

/* Units that change in the same way are told together: by their first one. */
struct change {
	const struct sr_forecast *now, *then;
	struct sr_range first;
	size_t more;
};

typedef SR_LIST(struct change) change_list;

static void change_list_guard(change_list *list)
{
	sr_list_free(list);
}

/* Reasons to be explained below, each once. */
struct explained {
	bool codes[SR_CODE_COUNT];
	bool any;
};

static enum use use_of(const struct sr_forecast *forecast)
{
	if (forecast->owner == SR_OWNER_NONE)
		return USE_NOTHING;
	if (forecast->usable == SR_YES)
		return USE_ALL;
	if (forecast->usable == SR_UNKNOWN || !forecast->usable_bytes.known)
		return USE_UNKNOWN;
	return forecast->usable_bytes.value ? USE_PART : USE_NOTHING;
}

static bool same_bytes(struct sr_u64 a, struct sr_u64 b)
{
	return a.known == b.known && (!a.known || a.value == b.value);
}

static bool same_outcome(const struct sr_forecast *a, const struct sr_forecast *b)
{
	return a->owner == b->owner && use_of(a) == use_of(b);
}

static bool is_changed(const struct sr_forecast *now, const struct sr_forecast *then)
{
	return !same_outcome(now, then) || !same_bytes(now->usable_bytes, then->usable_bytes);
}

static bool same_why(const struct sr_forecast *a, const struct sr_forecast *b)
{
	return a->why.count == b->why.count &&
	       (a->why.count == 0 ||
		memcmp(a->why.items, b->why.items, a->why.count * sizeof(*a->why.items)) == 0);
}

static bool same_change(const struct change *change, const struct sr_forecast *now,
			const struct sr_forecast *then)
{
	return same_outcome(change->now, now) && same_outcome(change->then, then) &&
	       same_why(change->now, now) && same_why(change->then, then);
}

static int add_change(change_list *changes, struct sr_range range, const struct sr_forecast *now,
		      const struct sr_forecast *then)
{
	struct change *change;

	sr_for_each (change, changes) {
		if (same_change(change, now, then)) {
			change->more++;
			return 0;
		}
	}
	change = sr_list_add(changes);
	if (!change)
		return -ENOMEM;
	*change = (struct change){ .now = now, .then = then, .first = range };
	return 0;
}

static int list_changes(const struct predictions *predictions, enum sr_rule rule,
			change_list *changes)
{
	const struct sr_report *report = predictions->report;

	for (size_t i = 0; i < report->units.count; i++) {
		const struct sr_forecast *now = &predictions->own->units.items[i];
		const struct sr_forecast *then = &predictions->items[rule]->units.items[i];

		if (is_changed(now, then) &&
		    add_change(changes, report->units.items[i].range, now, then))
			return -ENOMEM;
	}
	return 0;
}

static void explain(struct explained *explained, const struct sr_forecast *forecast)
{
	const enum sr_code *why;

	sr_for_each (why, &forecast->why)
		explained->any = explained->codes[*why] = true;
}

/* "hmem, unusable [NOT_CLAIMABLE]" */
static void print_outcome(FILE *stream, const struct sr_forecast *forecast)
{
	static const char *const words[] = {
		[USE_UNKNOWN] = ", not known whether usable",
		[USE_NOTHING] = ", unusable",
		[USE_PART] = ", partly usable",
		[USE_ALL] = "",
	};
	bool owned = forecast->owner != SR_OWNER_NONE && forecast->owner != SR_OWNER_UNKNOWN;
	const enum sr_code *why;

	fprintf(stream, "%s%s", sr_owner_name(forecast->owner),
		owned ? words[use_of(forecast)] : "");
	sr_for_each (why, &forecast->why)
		fprintf(stream, " [%s]", sr_codes[*why].name);
}

/* Wraps what was written to @line, a stream to @text. */
static void finish_line(FILE *stream, FILE *line, char **text, size_t first_indent, size_t indent)
{
	if (text_close(line) == 0)
		print_wrapped(stream, *text, terminal_width(stream), first_indent, indent);
}

static void print_change(FILE *stream, const struct change *change)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return;
	fprintf(line, "0x%" PRIx64 "-0x%" PRIx64, change->first.start, change->first.end);
	if (change->more)
		fprintf(line, " and %zu more", change->more);
	fputs(": ", line);
	print_outcome(line, change->now);
	fputs(" -> ", line);
	print_outcome(line, change->then);
	finish_line(stream, line, &text, 2, 4);
}

static void print_bytes(FILE *line, struct sr_u64 bytes)
{
	char size[SIZE_TEXT_LENGTH];

	if (!bytes.known)
		fputs("an unknown size", line);
	else
		fputs(bytes.value ? size_text(bytes.value, true, size) : "nothing", line);
}

/* "global (never merged; kernels of some vendors), verdict DROP" */
static void print_rule(FILE *line, const struct predictions *predictions, enum sr_rule rule)
{
	enum sr_global_verdict verdict = predictions->items[rule]->global;
	const struct sr_range_report *tip = predictions->report->tipped_by;

	fprintf(line, "%s (%s)", sr_rule_name(rule), rule_kernels(rule));
	if (rule != SR_RULE_GLOBAL || verdict == SR_GLOBAL_UNKNOWN || verdict == SR_GLOBAL_NONE)
		return;
	fprintf(line, ", verdict %s", sr_global_verdict_name(verdict));
	if (verdict == SR_GLOBAL_REGISTER && tip)
		fprintf(line, " for 0x%" PRIx64 "-0x%" PRIx64, tip->range.start, tip->range.end);
}

static void print_heading(FILE *stream, const struct predictions *predictions, enum sr_rule rule)
{
	struct sr_u64 now = predictions->own->usable_bytes;
	struct sr_u64 then = predictions->items[rule]->usable_bytes;
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return;
	print_rule(line, predictions, rule);
	fputs(": ", line);
	print_bytes(line, now);
	if (now.known && same_bytes(now, then)) {
		fputs(" usable, as now:", line);
	} else {
		fputs(" usable now, ", line);
		print_bytes(line, then);
		fputs(" there:", line);
	}
	fputc('\n', stream);
	finish_line(stream, line, &text, 0, 0);
}

/* @ret_unchanged: whether nothing changes; the reasons of what does go to @explained. */
static int print_rule_changes(FILE *stream, const struct predictions *predictions,
			      enum sr_rule rule, struct explained *explained, bool *ret_unchanged)
{
	__attribute__((cleanup(change_list_guard))) change_list changes = { 0 };
	const struct change *change;

	if (list_changes(predictions, rule, &changes))
		return -ENOMEM;
	*ret_unchanged = !changes.count;
	if (!changes.count)
		return 0;
	print_heading(stream, predictions, rule);
	sr_for_each (change, &changes) {
		print_change(stream, change);
		explain(explained, change->now);
		explain(explained, change->then);
	}
	return 0;
}

static void print_unchanged(FILE *stream, const struct predictions *predictions,
			    const bool unchanged[SR_RULE_COUNT])
{
	sr_auto_free char *text = NULL;
	const char *before = "Nothing changes on kernels that follow ";
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return;
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		if (!unchanged[i])
			continue;
		fputs(before, line);
		print_rule(line, predictions, i);
		before = ", ";
	}
	fputc('.', line);
	fputc('\n', stream);
	finish_line(stream, line, &text, 0, 0);
}

/* Also what is in no change, as it is the same by all rules, may need its reasons. */
static void explain_unusable(const struct predictions *predictions, struct explained *explained)
{
	const struct sr_forecast *forecast;

	for (int i = 0; i < SR_RULE_COUNT; i++) {
		if (!predictions->shown[i])
			continue;
		sr_for_each (forecast, &predictions->items[i]->units) {
			if (use_of(forecast) != USE_ALL)
				explain(explained, forecast);
		}
	}
}

static void print_explained(FILE *stream, const struct explained *explained)
{
	if (!explained->any)
		return;
	fputs("\nReasons:\n", stream);
	for (int i = 0; i < SR_CODE_COUNT; i++) {
		if (explained->codes[i])
			print_reason(stream, sr_codes[i].sentence, i);
	}
}

static int print_moves(FILE *stream, const struct predictions *predictions,
		       struct explained *explained)
{
	bool unchanged[SR_RULE_COUNT] = { 0 };
	bool any_unchanged = false;

	fputs("\nWhat changes when this host moves to another kernel:\n", stream);
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		if (!predictions->shown[i] || predictions->items[i] == predictions->own)
			continue;
		if (print_rule_changes(stream, predictions, i, explained, &unchanged[i]))
			return -ENOMEM;
		any_unchanged |= unchanged[i];
	}
	if (any_unchanged)
		print_unchanged(stream, predictions, unchanged);
	return 0;
}

/* Whether a rule is shown that is not this kernel's. */
static bool is_move_shown(const struct predictions *predictions)
{
	bool shown = false;

	for (int i = 0; predictions->own && i < SR_RULE_COUNT; i++)
		shown |= predictions->shown[i] && predictions->items[i] != predictions->own;
	return shown;
}

int print_changes(FILE *stream, const struct predictions *predictions)
{
	struct explained explained = { 0 };

	if (is_move_shown(predictions) && print_moves(stream, predictions, &explained))
		return -ENOMEM;
	explain_unusable(predictions, &explained);
	print_explained(stream, &explained);
	return 0;
}
