// SPDX-License-Identifier: GPL-2.0-only
/* Which decision units an argument of cxl-sr explain means. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/directory.h"
#include "base/number.h"
#include "explain-unit.h"

const char *unit_number(const struct sr_report *report, const struct sr_range_report *unit,
			char buffer[static UNIT_NUMBER_LENGTH])
{
	const struct sr_range_report *range = &report->ranges.items[unit->parent];
	size_t index = (size_t)(unit - report->units.items) - range->first_unit;

	if (range->unit_count == 1)
		snprintf(buffer, UNIT_NUMBER_LENGTH, "%zu", unit->parent + 1);
	else
		snprintf(buffer, UNIT_NUMBER_LENGTH, "%zu.%zu", unit->parent + 1, index + 1);
	return buffer;
}

static int add_unit(unit_list *units, const struct sr_range_report *unit)
{
	const struct sr_range_report **item = sr_list_add(units);

	if (!item)
		return -ENOMEM;
	*item = unit;
	return 0;
}

static int add_overlapping(const struct sr_report *report, struct sr_range range, unit_list *units)
{
	const struct sr_range_report *unit;

	sr_for_each (unit, &report->units) {
		if (sr_range_overlaps(unit->range, range) && add_unit(units, unit))
			return -ENOMEM;
	}
	return 0;
}

/* An address: hexadecimal, and marked as such, as a decimal number counts ranges. */
static int scan_address(const char **at, uint64_t *ret_address)
{
	if (strncmp(*at, "0x", 2) != 0)
		return -EINVAL;
	*at += 2;
	return sr_number_scan(at, 16, ret_address);
}

static int find_addresses(const struct sr_report *report, const char *what, unit_list *units)
{
	uint64_t start, end;
	struct sr_range range;

	if (scan_address(&what, &start))
		return -EINVAL;
	end = start;
	if (*what == '-') {
		what++;
		if (scan_address(&what, &end))
			return -EINVAL;
	}
	if (*what || sr_range_make(start, end, &range))
		return -EINVAL;
	return add_overlapping(report, range, units);
}

/* Counted from 1 on, in @count things; no leading zeros. */
static int scan_index(const char **at, size_t count, size_t *ret_index)
{
	uint64_t number;

	if (**at == '0' || sr_number_scan(at, 10, &number))
		return -EINVAL;
	*ret_index = number - 1;
	return number <= count ? 0 : -ENOENT;
}

static int find_number(const struct sr_report *report, const char *what, unit_list *units)
{
	const struct sr_range_report *range, *first;
	size_t index, unit;
	int error = scan_index(&what, report->ranges.count, &index);

	if (error == -EINVAL || (*what && *what != '.'))
		return -EINVAL;
	if (error)
		return error;
	range = &report->ranges.items[index];
	first = &report->units.items[range->first_unit];
	if (*what == '.') {
		what++;
		error = scan_index(&what, range->unit_count, &unit);
		if (error == -EINVAL || *what)
			return -EINVAL;
		return error ? error : add_unit(units, first + unit);
	}
	for (size_t i = 0; i < range->unit_count; i++) {
		if (add_unit(units, first + i))
			return -ENOMEM;
	}
	return 0;
}

static int find_region(const struct sr_report *report, const char *name, unit_list *units)
{
	const struct sr_region_report *item;

	sr_for_each (item, &report->regions) {
		if (item->has_range && strcmp(item->region->name, name) == 0)
			return add_overlapping(report, item->range, units);
	}
	return 0;
}

static int find_device(const struct sr_report *report, const char *name, unit_list *units)
{
	const struct sr_range_report *unit;
	const struct sr_range_device *item;

	sr_for_each (unit, &report->units) {
		sr_for_each (item, &unit->devices) {
			if (strcmp(item->device->name, name) == 0 && add_unit(units, unit))
				return -ENOMEM;
		}
	}
	return 0;
}

static int find(const struct sr_report *report, const char *what, unit_list *units)
{
	if (!what)
		return report->units.count == 1 ? add_unit(units, report->units.items) : -ENOENT;
	if (sr_name_matches(what, "region#"))
		return find_region(report, what, units);
	if (sr_name_matches(what, "dax#.#"))
		return find_device(report, what, units);
	if (strncmp(what, "0x", 2) == 0)
		return find_addresses(report, what, units);
	return find_number(report, what, units);
}

int units_find(const struct sr_report *report, const char *what, unit_list *ret_units)
{
	unit_list units = { 0 };
	int error = find(report, what, &units);

	if (!error && !units.count)
		error = -ENOENT;
	if (error) {
		sr_list_free(&units);
		return error;
	}
	*ret_units = units;
	return 0;
}
