// SPDX-License-Identifier: GPL-2.0-only
#include "watch-state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/comma-list.h"

bool watch_row_is_outside(const struct watch_row *row)
{
	return row->why.has[SR_CODE_NO_WINDOW] || row->why.has[SR_CODE_NO_WINDOW_PUBLISHED];
}

/* 0 or -ENOMEM; each name once. */
static int add_driver(struct sr_pool *pool, struct sr_text *drivers, struct sr_text driver)
{
	const char *list = drivers->value;

	if (!driver.known)
		drivers->known = false;
	if (!drivers->known || !driver.value ||
	    (list && sr_comma_list_has(list, strlen(list), driver.value)))
		return 0;
	drivers->value = list ? sr_pool_format(pool, "%s,%s", list, driver.value)
			      : sr_pool_text(pool, driver.value);
	return drivers->value ? 0 : -ENOMEM;
}

/* Where not all dax devices could be read, or not whose the memory is, there may be more. */
static int put_drivers(struct watch_state *state, struct watch_row *row,
		       const struct sr_range_report *unit)
{
	const struct sr_range_device *item;

	row->drivers = sr_text_of(NULL);
	row->drivers.known = !(state->partial & 1U << SR_SOURCE_DAX) &&
			     (unit->devices.count || unit->owner != SR_OWNER_UNKNOWN);
	sr_for_each (item, &unit->devices) {
		if (add_driver(state->pool, &row->drivers, item->device->driver))
			return -ENOMEM;
	}
	return 0;
}

static int put_region(struct sr_pool *pool, struct watch_row *row,
		      const struct sr_range_report *unit)
{
	row->region.known = unit->contained != SR_UNKNOWN || watch_row_is_outside(row);
	if (!unit->region)
		return 0;
	row->region = sr_text_of(sr_pool_text(pool, unit->region->name));
	return row->region.value ? 0 : -ENOMEM;
}

static int add_seen(struct watch_state *state, const struct sr_range_report *unit)
{
	struct watch_row *row = sr_list_add(&state->rows);
	const enum sr_code *why;

	if (!row)
		return -ENOMEM;
	*row = (struct watch_row){
		.range = unit->range,
		.seen = true,
		.owner = unit->owner,
		.state = unit->state,
		.contained = unit->contained,
		.online = unit->online,
		.lost = unit->lost,
	};
	sr_for_each (why, &unit->why)
		row->why.has[*why] = true;
	if (put_drivers(state, row, unit))
		return -ENOMEM;
	return put_region(state->pool, row, unit);
}

static bool is_covered(const struct sr_report *report, struct sr_range range)
{
	size_t i = sr_range_first(report->units.items, report->units.count,
				  sizeof(*report->units.items), range.start);

	return i < report->units.count && sr_range_overlaps(report->units.items[i].range, range);
}

static int add_unseen(struct watch_state *state, struct sr_range range)
{
	struct watch_row *row = sr_list_add(&state->rows);

	if (!row)
		return -ENOMEM;
	*row = (struct watch_row){
		.range = range,
		.owner = SR_OWNER_UNKNOWN,
		.state = SR_STATE_UNKNOWN,
	};
	return 0;
}

static int compare_rows(const void *a, const void *b)
{
	return sr_range_compare(((const struct watch_row *)a)->range,
				((const struct watch_row *)b)->range);
}

static int add_rows(struct watch_state *state, const struct sr_report *report,
		    const struct watch_state *before)
{
	const struct sr_range_report *unit;
	const struct watch_row *row;

	sr_for_each (unit, &report->units) {
		if (add_seen(state, unit))
			return -ENOMEM;
	}
	if (report->soft_reserved_whole || !before)
		return 0;
	sr_for_each (row, &before->rows) {
		if (!is_covered(report, row->range) && add_unseen(state, row->range))
			return -ENOMEM;
	}
	if (state->rows.count)
		qsort(state->rows.items, state->rows.count, sizeof(*state->rows.items),
		      compare_rows);
	return 0;
}

int watch_state_make(const struct sr_report *report, const struct watch_state *before,
		     struct watch_state **ret_state)
{
	auto_watch_state struct watch_state *state = calloc(1, sizeof(*state));
	const struct sr_finding *finding;

	if (!state)
		return -ENOMEM;
	state->pool = sr_pool_new();
	state->partial = report->short_sources;
	state->settled = report->settled;
	sr_for_each (finding, &report->findings)
		state->findings.has[finding->code] = true;
	if (!state->pool || add_rows(state, report, before))
		return -ENOMEM;
	*ret_state = state;
	state = NULL;
	return 0;
}

struct watch_state *watch_state_free(struct watch_state *state)
{
	if (!state)
		return NULL;
	sr_list_free(&state->rows);
	sr_pool_free(state->pool);
	free(state);
	return NULL;
}
