// SPDX-License-Identifier: GPL-2.0-only
#include "render-change.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "text.h"

/* "hmem, not usable, 0B" */
static char *state_cell(const struct sr_range_report *unit)
{
	static const char *const usable[] = { "usable or not", "not usable", "usable" };
	char size[SIZE_TEXT_LENGTH];
	char *text;

	if (text_format(&text, "%s, %s, %s", sr_owner_name(unit->owner), usable[unit->usable],
			unit->online.known ? size_text(unit->online.value, false, size) : "?") < 0)
		return NULL;
	return text;
}

/* The same range in the other report: what was read of firmware does not change. */
static const struct sr_range_report *find_unit(const struct sr_report *report,
					       struct sr_range range)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &report->units) {
		if (sr_range_equal(unit->range, range))
			return unit;
	}
	return NULL;
}

static int add_line(struct libscols_table *table, const struct sr_range_report *before,
		    const struct sr_range_report *after)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);

	if (!line || table_put_cell(line, 0, table_range_cell(before->range)) ||
	    table_put_cell(line, 1, state_cell(before)) ||
	    table_put_cell(line, 2, after ? state_cell(after) : strdup("?")))
		return -ENOMEM;
	return 0;
}

int render_change(const struct sr_report *before, const struct sr_report *after)
{
	auto_table struct libscols_table *table = scols_new_table();
	const struct sr_range_report *unit;

	if (!table || !scols_table_new_column(table, "RANGE", 0, 0) ||
	    !scols_table_new_column(table, "BEFORE", 0, 0) ||
	    !scols_table_new_column(table, "AFTER", 0, 0))
		return -ENOMEM;
	sr_for_each (unit, &before->units) {
		if (add_line(table, unit, find_unit(after, unit->range)))
			return -ENOMEM;
	}
	return before->units.count ? scols_print_table(table) : 0;
}

bool is_as_promised(const struct sr_plan *plan, const struct sr_report *after)
{
	const struct sr_plan_unit *promised;

	sr_for_each (promised, &plan->units) {
		const struct sr_range_report *unit = find_unit(after, promised->unit->range);

		if (!unit || unit->owner != promised->owner || unit->usable != promised->usable ||
		    !unit->online.known || !promised->online.known ||
		    unit->online.value != promised->online.value)
			return false;
	}
	return true;
}
