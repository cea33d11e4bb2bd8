// SPDX-License-Identifier: LGPL-2.1-or-later
/* A Soft Reserved range as the sum of its decision units. */
#include <errno.h>
#include <string.h>

#include "base/comma-list.h"
#include "judgement/stages.h"

/* What a part without owner adds is in `lost`; the owner is that of the rest. */
enum sr_owner sr_owner_sum(enum sr_owner sum, enum sr_owner part)
{
	if (sum == part || part == SR_OWNER_NONE)
		return sum;
	if (sum == SR_OWNER_NONE)
		return part;
	if (sum == SR_OWNER_UNKNOWN || part == SR_OWNER_UNKNOWN)
		return SR_OWNER_UNKNOWN;
	return SR_OWNER_MIXED;
}

static int add_names(struct sr_pool *pool, struct sr_text *sum, struct sr_text part)
{
	const char *name = part.value;

	sum->known &= part.known;
	while (sum->known && name) {
		size_t length = strcspn(name, ",");
		const char *word = sr_pool_text_n(pool, name, length);

		if (!word || sr_add_word(pool, sum, word))
			return -ENOMEM;
		name = name[length] ? name + length + 1 : NULL;
	}
	return 0;
}

static int add_windows(struct sr_range_report *range, const struct sr_range_report *unit)
{
	const struct sr_window **window, **item;

	sr_for_each (window, &unit->windows) {
		/* Both are sorted, so only the last can be the same. */
		if (range->windows.count &&
		    range->windows.items[range->windows.count - 1] >= *window)
			continue;
		item = sr_list_add(&range->windows);
		if (!item)
			return -ENOMEM;
		*item = *window;
	}
	return 0;
}

static int add_devices(struct sr_range_report *range, const struct sr_range_report *unit)
{
	const struct sr_range_device *device;
	struct sr_range_device *item;
	size_t before = range->devices.count; /* within a unit each is there once */

	sr_for_each (device, &unit->devices) {
		bool is_new = true;

		for (size_t i = 0; i < before; i++)
			is_new &= range->devices.items[i].device != device->device;
		if (!is_new)
			continue;
		item = sr_list_add(&range->devices);
		if (!item)
			return -ENOMEM;
		*item = *device;
	}
	return 0;
}

static int add_whys(struct sr_range_report *range, const struct sr_range_report *unit)
{
	const enum sr_code *why;

	sr_for_each (why, &unit->why) {
		if (sr_add_why(range, *why))
			return -ENOMEM;
	}
	return 0;
}

static void start_sum(struct sr_range_report *range, const struct sr_range_report *first)
{
	range->rule = first->rule;
	range->contained = first->contained;
	range->region = first->region;
	range->owner = first->owner;
	range->expected = first->expected;
	range->agrees = first->agrees;
	range->usable = first->usable;
	range->state = first->state;
	range->boundary = first->boundary;
	range->accelerator = first->accelerator;
	range->expected_driver = first->expected_driver;
	range->online = range->lost = range->expected_online = sr_u64_of(0);
	range->zones = range->nodes = sr_text_of(NULL);
}

static bool same_text(struct sr_text a, struct sr_text b)
{
	if (!a.known || !b.known || !a.value || !b.value)
		return a.known == b.known && a.value == b.value;
	return strcmp(a.value, b.value) == 0;
}

static void add_values(struct sr_range_report *range, const struct sr_range_report *unit)
{
	range->touches_window |= unit->touches_window;
	range->contained = sr_truth_and(range->contained, unit->contained);
	range->agrees = sr_truth_and(range->agrees, unit->agrees);
	range->usable = sr_truth_and(range->usable, unit->usable);
	range->owner = sr_owner_sum(range->owner, unit->owner);
	range->expected = sr_owner_sum(range->expected, unit->expected);
	if (range->region != unit->region)
		range->region = NULL;
	if (unit->state > range->state)
		range->state = unit->state;
	if (unit->accelerator == SR_YES)
		range->accelerator = SR_YES;
	if (!same_text(range->expected_driver, unit->expected_driver))
		range->expected_driver = (struct sr_text){ 0 };
	sr_u64_add(&range->online, unit->online);
	sr_u64_add(&range->lost, unit->lost);
	sr_u64_add(&range->expected_online, unit->expected_online);
}

static int sum_unit(struct sr_report *report, struct sr_range_report *range,
		    const struct sr_range_report *unit)
{
	add_values(range, unit);
	if (add_windows(range, unit) || add_devices(range, unit) || add_whys(range, unit) ||
	    add_names(report->pool, &range->zones, unit->zones))
		return -ENOMEM;
	return add_names(report->pool, &range->nodes, unit->nodes);
}

int sr_sum_units(struct sr_report *report)
{
	struct sr_range_report *range;

	sr_for_each (range, &report->ranges) {
		const struct sr_range_report *unit = &report->units.items[range->first_unit];

		start_sum(range, unit);
		for (size_t i = 0; i < range->unit_count; i++, unit++) {
			if (sum_unit(report, range, unit))
				return -ENOMEM;
		}
	}
	return 0;
}
