// SPDX-License-Identifier: GPL-2.0-only
/* A report as text: the verdict, a table by libsmartcols, the reasons. */
#include <errno.h>
#include <stdlib.h>

#include "render.h"
#include "table.h"
#include "verdict.h"

static const char *state_color(enum sr_state state)
{
	switch (state) {
	case SR_STATE_LOST:
	case SR_STATE_UNUSABLE:
		return "red";
	case SR_STATE_IDLE:
	case SR_STATE_UNKNOWN:
		return "yellow";
	default:
		return NULL;
	}
}

static int add_columns(struct libscols_table *table, const struct column_choice *choice, bool tree)
{
	for (size_t i = 0; i < choice->count; i++) {
		const struct column *column = &columns[choice->items[i]];

		if (!scols_table_new_column(table, column->name, 0,
					    (column->right ? SCOLS_FL_RIGHT : 0) |
						    (tree && i == 0 ? SCOLS_FL_TREE : 0)))
			return -ENOMEM;
	}
	return 0;
}

/* NULL: no memory. */
static struct libscols_line *add_line(struct libscols_table *table, struct libscols_line *parent,
				      const struct sr_range_report *range,
				      const struct table_style *style)
{
	struct libscols_line *line = scols_table_new_line(table, parent);
	const char *color = state_color(range->state);

	if (!line || (color && scols_line_set_color(line, color)))
		return NULL;
	for (size_t i = 0; i < style->columns.count; i++) {
		char *cell = columns[style->columns.items[i]].cell(range, style->bytes);

		if (!cell || scols_line_refer_data(line, i, cell)) {
			free(cell);
			return NULL;
		}
	}
	return line;
}

/* A range of one unit is one row, one of several a row with theirs below it. */
static int add_range(struct libscols_table *table, const struct sr_report *report,
		     const struct sr_range_report *range, const struct table_style *style)
{
	const struct sr_range_report *unit = &report->units.items[range->first_unit];
	struct libscols_line *line = NULL;

	if (range->unit_count == 1 || !style->raw) {
		line = add_line(table, NULL, range, style);
		if (!line)
			return -ENOMEM;
	}
	if (range->unit_count == 1)
		return 0;
	for (size_t i = 0; i < range->unit_count; i++) {
		if (!add_line(table, line, &unit[i], style))
			return -ENOMEM;
	}
	return 0;
}

static bool has_units(const struct sr_report *report)
{
	return report->units.count > report->ranges.count;
}

static int print_table(const struct sr_report *report, const struct table_style *style)
{
	auto_table struct libscols_table *table = scols_new_table();
	const struct sr_range_report *range;
	int error;

	if (!table)
		return -ENOMEM;
	scols_table_enable_raw(table, style->raw);
	scols_table_enable_noheadings(table, !style->headings);
	scols_table_enable_colors(table, color_is_wanted(style->color));
	error = add_columns(table, &style->columns, has_units(report) && !style->raw);
	if (error)
		return error;
	sr_for_each (range, &report->ranges) {
		error = add_range(table, report, range, style);
		if (error)
			return error;
	}
	return scols_print_table(table);
}

int render_table(const struct sr_report *report, const struct table_style *style)
{
	/* Without headings or raw it is for a program: the table and nothing else. */
	bool words = style->headings && !style->raw;
	int error = 0;

	scols_init_debug(0);
	if (words)
		print_verdict(stdout, report);
	if (report->ranges.count) {
		if (words)
			putchar('\n');
		error = print_table(report, style);
	}
	if (error || !words)
		return error;
	if (report->findings.count || report->totals.ranges)
		print_reasons(stdout, report);
	return ferror(stdout) ? -EIO : 0;
}
