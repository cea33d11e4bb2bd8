// SPDX-License-Identifier: GPL-2.0-only
/*
 * Predictions as text: what this kernel does, a matrix of decision units and rules by
 * libsmartcols, and what changes on other kernels.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "predictions.h"
#include "table.h"
#include "text.h"

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void print_kernel(FILE *stream, const struct sr_report *report)
{
	const struct sr_kernel_rule *rule = &report->rule;
	struct sr_text release = report->snapshot->kernel.release;

	if (rule->certainty == SR_CERTAINTY_NONE) {
		fprintf(stream, " By which rule this kernel decides is not known: %s.",
			rule->found_by ? rule->found_by : "nothing tells");
		return;
	}
	fputs(" This kernel", stream);
	if (release.value)
		fprintf(stream, " (%s)", release.value);
	fprintf(stream, " decides by the rule %s (%s: %s).", sr_rule_name(rule->rule),
		sr_certainty_name(rule->certainty), rule->found_by ? rule->found_by : "?");
}

static void print_subject(FILE *stream, const struct sr_report *report)
{
	char size[SIZE_TEXT_LENGTH];

	if (report->short_sources)
		fputs("Partial: ", stream);
	if (!report->ranges.count) {
		fputs(report->short_sources ? "no Soft Reserved range is seen."
					    : "No Soft Reserved range, so nothing to decide.",
		      stream);
		return;
	}
	fprintf(stream, "%zu Soft Reserved range%s, %s, decided on as %zu unit%s.",
		report->ranges.count, plural(report->ranges.count),
		size_text(report->totals.bytes, true, size), report->units.count,
		plural(report->units.count));
}

static void print_head(const struct sr_report *report)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = text_open(&text, &length);

	if (!stream)
		return;
	print_subject(stream, report);
	print_kernel(stream, report);
	if (text_close(stream) == 0)
		print_wrapped(stdout, text, terminal_width(stdout), 0, 0);
}

/* A cell of two lines where not all of it can be used: by lines it is narrower. */
static char *forecast_cell(const struct sr_forecast *forecast)
{
	const char *owner = sr_owner_name(forecast->owner);
	char size[SIZE_TEXT_LENGTH], *cell;
	int length;

	if (forecast->owner == SR_OWNER_UNKNOWN)
		return strdup("?");
	if (forecast->owner == SR_OWNER_NONE || forecast->usable == SR_YES)
		return strdup(owner);
	if (forecast->usable == SR_UNKNOWN)
		length = text_format(&cell, "%s\nusable?", owner);
	else if (!forecast->usable_bytes.known)
		length = text_format(&cell, "%s\nnot all", owner);
	else if (!forecast->usable_bytes.value)
		length = text_format(&cell, "%s\nunusable", owner);
	else
		length = text_format(&cell, "%s\nonly %s", owner,
				     size_text(forecast->usable_bytes.value, false, size));
	return length < 0 ? NULL : cell;
}

static int add_rule_column(struct libscols_table *table, const char *rule, bool is_own)
{
	struct libscols_column *column;
	char name[32];

	snprintf(name, sizeof(name), "%s%s", rule, is_own ? "*" : "");
	column = scols_table_new_column(table, name, 0, SCOLS_FL_WRAP);
	if (!column || scols_column_set_safechars(column, "\n") ||
	    scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL))
		return -ENOMEM;
	return 0;
}

static int add_columns(struct libscols_table *table, const struct predictions *predictions)
{
	if (!scols_table_new_column(table, "RANGE", 0, 0) ||
	    !scols_table_new_column(table, "SIZE", 0, SCOLS_FL_RIGHT))
		return -ENOMEM;
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		const struct sr_prediction *prediction = predictions->items[i];

		if (predictions->shown[i] &&
		    add_rule_column(table, sr_rule_name(i), prediction == predictions->own))
			return -ENOMEM;
	}
	return 0;
}

static int add_unit(struct libscols_table *table, const struct predictions *predictions,
		    size_t index)
{
	const struct sr_range_report *unit = &predictions->report->units.items[index];
	struct libscols_line *line = scols_table_new_line(table, NULL);
	size_t column = 0;

	if (!line || table_put_cell(line, column++, table_range_cell(unit->range)) ||
	    table_put_cell(line, column++, table_size_cell(sr_u64_of(sr_range_size(unit->range)))))
		return -ENOMEM;
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		if (predictions->shown[i] &&
		    table_put_cell(line, column++,
				   forecast_cell(&predictions->items[i]->units.items[index])))
			return -ENOMEM;
	}
	return 0;
}

static int add_totals(struct libscols_table *table, const struct predictions *predictions)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	size_t column = 0;

	if (!line || table_put_cell(line, column++, strdup("usable in total")) ||
	    table_put_cell(line, column++,
			   table_size_cell(sr_u64_of(predictions->report->totals.bytes))))
		return -ENOMEM;
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		if (predictions->shown[i] &&
		    table_put_cell(line, column++,
				   table_size_cell(predictions->items[i]->usable_bytes)))
			return -ENOMEM;
	}
	return 0;
}

static int print_matrix(const struct predictions *predictions)
{
	auto_table struct libscols_table *table = scols_new_table();

	if (!table || add_columns(table, predictions))
		return -ENOMEM;
	for (size_t i = 0; i < predictions->report->units.count; i++) {
		if (add_unit(table, predictions, i))
			return -ENOMEM;
	}
	if (add_totals(table, predictions))
		return -ENOMEM;
	return scols_print_table(table);
}

/* What is seen can differ from what the rule gives; then "now" below is not what is seen. */
static void print_disagreement(const struct sr_report *report)
{
	const struct sr_range_report *unit;
	sr_auto_free char *text = NULL;
	size_t count = 0;

	sr_for_each (unit, &report->units)
		count += unit->agrees == SR_NO;
	if (count && text_format(&text,
				 "%zu unit%s now another owner than this kernel's rule gives; "
				 "`cxl-sr report` shows which.",
				 count, count == 1 ? " has" : "s have") < 0)
		text = NULL;
	if (text)
		print_wrapped(stdout, text, terminal_width(stdout), 0, 0);
}

int render_predictions(const struct predictions *predictions)
{
	const struct sr_report *report = predictions->report;
	int error;

	scols_init_debug(0);
	print_head(report);
	if (!report->units.count)
		return ferror(stdout) ? -EIO : 0;
	putchar('\n');
	error = print_matrix(predictions);
	if (error)
		return error;
	if (predictions->own && predictions->shown[predictions->own->rule])
		puts("* the rule of this kernel");
	if (predictions->own)
		print_disagreement(report);
	error = print_changes(stdout, predictions);
	if (error)
		return error;
	return ferror(stdout) ? -EIO : 0;
}
