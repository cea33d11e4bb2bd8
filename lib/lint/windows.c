// SPDX-License-Identifier: LGPL-2.1-or-later
/* Windows against Soft Reserved memory and against the SRAT. */
#include <errno.h>

#include "lint/linting.h"

static int check_bounds(struct sr_linting *linting, const struct sr_lint_part *part)
{
	struct sr_lint_finding draft =
		sr_lint_draft(SR_CODE_SOFT_RESERVED_BEYOND_WINDOW, &part->range);
	const struct sr_place *window = sr_places_in(&linting->windows, part->range);
	uint64_t size = sr_range_size(part->range), inside;

	if (!window)
		return 0;
	inside = sr_places_bytes_in(&linting->windows, part->range);
	if (inside == size)
		return 0;
	draft.facts[0] = sr_lint_fact_of_row(linting, part->row);
	draft.facts[1] = sr_lint_fact_of_place(linting, window);
	sr_lint_blame(part->row, &draft);
	return sr_lint_add(linting, &draft,
			   "Soft Reserved memory " SR_RANGE_FORMAT
			   " reaches beyond the CXL window " SR_RANGE_FORMAT
			   ": 0x%jx bytes of it are in no window",
			   SR_RANGE_VALUES(part->range), SR_RANGE_VALUES(window->range),
			   (uintmax_t)(size - inside));
}

int sr_lint_beyond_window(struct sr_linting *linting)
{
	const struct sr_lint_part *part;

	sr_for_each (part, &linting->parts) {
		if (check_bounds(linting, part))
			return -ENOMEM;
	}
	return 0;
}

/*
 * Without a range of the SRAT the kernel makes a node for the window by itself
 * (acpi_parse_cfmws(), drivers/acpi/numa/srat.c). That is for memory that is plugged in
 * later, and does for what a region contains, of which CXL asks the devices (CDAT). For
 * what is there at boot and in no region, nothing but the tables can tell.
 */
static int add_without_srat(struct sr_linting *linting, const struct sr_range_report *row,
			    const struct sr_place *window)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_WINDOW_WITHOUT_SRAT, &window->range);

	draft.facts[0] = sr_lint_fact_of_row(linting, row);
	draft.facts[1] = sr_lint_fact_of_srat(linting, "no memory range lies in the window");
	sr_lint_blame(row, &draft);
	return sr_lint_add(
		linting, &draft,
		"memory in the CXL window " SR_RANGE_FORMAT " is Soft Reserved, " SR_RANGE_FORMAT
		", and so there at boot, but no region contains it, and no memory range of the "
		"SRAT lies in that window",
		SR_RANGE_VALUES(window->range), SR_RANGE_VALUES(row->range));
}

int sr_lint_without_srat(struct sr_linting *linting)
{
	const struct sr_place *last = NULL, *window;
	const struct sr_range_report *row;

	sr_for_each (row, &linting->report->ranges) {
		if (row->contained != SR_NO)
			continue;
		sr_for_each_place (window, &linting->windows, row->range) {
			if (window == last || sr_places_in(&linting->memory, window->range))
				continue;
			last = window; /* rows are sorted, so one that comes back is the last */
			if (add_without_srat(linting, row, window))
				return -ENOMEM;
		}
	}
	return 0;
}
