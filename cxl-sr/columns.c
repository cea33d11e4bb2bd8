// SPDX-License-Identifier: GPL-2.0-only
#include "columns.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "base/comma-list.h"
#include "judgement/cause.h"
#include "sources/sources.h"
#include "text.h"

#define NONE	"-"
#define UNKNOWN "?"

static char *format(const char *pattern, ...) __attribute__((format(printf, 1, 2)));

static char *format(const char *pattern, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, pattern);
	if (text_vformat(&text, pattern, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return text;
}

/* Adds @word to @list, which may be NULL, behind a comma; frees @list on failure. */
static char *append(char *list, const char *word)
{
	sr_auto_free char *before = list;

	return list ? format("%s,%s", before, word) : strdup(word);
}

static char *size_cell(uint64_t size, bool bytes)
{
	char buffer[SIZE_TEXT_LENGTH];

	return bytes ? format("%" PRIu64, size) : strdup(size_text(size, false, buffer));
}

static char *known_text(struct sr_text text)
{
	if (!text.known)
		return strdup(UNKNOWN);
	return strdup(text.value ? text.value : NONE);
}

static char *range_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return format("0x%" PRIx64 "-0x%" PRIx64, range->range.start, range->range.end);
}

static char *start_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return format("0x%" PRIx64, range->range.start);
}

static char *end_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return format("0x%" PRIx64, range->range.end);
}

static char *total_cell(const struct sr_range_report *range, bool bytes)
{
	return size_cell(sr_range_size(range->range), bytes);
}

static char *sources_cell(const struct sr_range_report *range, bool bytes)
{
	char *list = NULL;

	(void)bytes;
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (!(range->sources & 1U << i))
			continue;
		list = append(list, sr_sources[i].name);
		if (!list)
			return NULL;
	}
	return list;
}

static char *windows_cell(const struct sr_range_report *range, bool bytes)
{
	const struct sr_window **window;
	char *list = NULL;

	(void)bytes;
	sr_for_each (window, &range->windows) {
		list = append(list, sr_window_name(*window));
		if (!list)
			return NULL;
	}
	return list ? list : strdup(NONE);
}

static char *contained_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	if (range->contained != SR_UNKNOWN)
		return strdup(range->contained == SR_YES ? "yes" : "no");
	for (size_t i = 0; i < range->why.count; i++) {
		if (range->why.items[i] == SR_CODE_NO_WINDOW ||
		    range->why.items[i] == SR_CODE_NO_WINDOW_PUBLISHED)
			return strdup(NONE);
	}
	return strdup(UNKNOWN);
}

static char *region_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return strdup(range->region ? range->region->name : NONE);
}

static char *owner_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return strdup(sr_owner_name(range->owner));
}

static char *dax_cell(const struct sr_range_report *range, bool bytes)
{
	const struct sr_range_device *item;
	char *list = NULL;

	(void)bytes;
	sr_for_each (item, &range->devices) {
		list = append(list, item->device->name);
		if (!list)
			return NULL;
	}
	return list ? list : strdup(NONE);
}

/* Each driver once: which device has which is what JSON tells. */
static char *driver_cell(const struct sr_range_report *range, bool bytes)
{
	const struct sr_range_device *item;
	char *list = NULL;

	(void)bytes;
	sr_for_each (item, &range->devices) {
		sr_auto_free char *driver = known_text(item->device->driver);

		if (!driver) {
			free(list);
			return NULL;
		}
		if (list && sr_comma_list_has(list, strlen(list), driver))
			continue;
		list = append(list, driver);
		if (!list)
			return NULL;
	}
	return list ? list : strdup(NONE);
}

static char *online_cell(const struct sr_range_report *range, bool bytes)
{
	return range->online.known ? size_cell(range->online.value, bytes) : strdup(UNKNOWN);
}

static char *lost_cell(const struct sr_range_report *range, bool bytes)
{
	return range->lost.known ? size_cell(range->lost.value, bytes) : strdup(UNKNOWN);
}

static char *state_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return strdup(sr_state_name(range->state));
}

static char *truth_cell(enum sr_truth truth)
{
	static const char *const names[] = { UNKNOWN, "no", "yes" };

	return strdup(names[truth]);
}

static char *usable_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return truth_cell(range->usable);
}

static char *expected_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return strdup(sr_owner_name(range->expected));
}

static char *agrees_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return truth_cell(range->agrees);
}

static char *rule_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	if (range->rule->certainty == SR_CERTAINTY_NONE)
		return strdup(UNKNOWN);
	return strdup(sr_rule_name(range->rule->rule));
}

static char *boundary_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return strdup(sr_boundary_name(range->boundary));
}

static char *problem_cell(const struct sr_range_report *range, bool bytes)
{
	const enum sr_code *cause = sr_cause(range);

	(void)bytes;
	return strdup(cause ? sr_problem_owner_name(sr_problem_owner_of(range, *cause)) : NONE);
}

static char *node_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return known_text(range->nodes);
}

static char *zone_cell(const struct sr_range_report *range, bool bytes)
{
	(void)bytes;
	return known_text(range->zones);
}

static char *why_cell(const struct sr_range_report *range, bool bytes)
{
	const enum sr_code *why;
	char *list = NULL;

	(void)bytes;
	sr_for_each (why, &range->why) {
		list = append(list, sr_codes[*why].name);
		if (!list)
			return NULL;
	}
	return list ? list : strdup(NONE);
}

/* clang-format off */
const struct column columns[] = {
	{ "RANGE", "first and last address of the Soft Reserved range", false, true, range_cell },
	{ "START", "first address", true, false, start_cell },
	{ "END", "last address", true, false, end_cell },
	{ "SIZE", "size of the range", true, true, total_cell },
	{ "SOURCES", "which sources list it", false, false, sources_cell },
	{ "WINDOWS", "CXL windows that it touches", false, false, windows_cell },
	{ "CONTAINED", "whether one committed region contains it; - if in no CXL window",
	  false, true, contained_cell },
	{ "REGION", "the region that contains it", false, true, region_cell },
	{ "OWNER", "who owns it: cxl, hmem (dax_hmem), mixed, none or unknown", false, true,
	  owner_cell },
	{ "DAX", "dax devices in it", false, false, dax_cell },
	{ "DRIVER", "drivers of these devices", false, true, driver_cell },
	{ "ONLINE", "how much of it is in online memory blocks", true, true, online_cell },
	{ "LOST", "how much of it nobody owns", true, false, lost_cell },
	{ "STATE", "ok, idle, unusable, lost or unknown", false, true, state_cell },
	{ "USABLE", "whether a driver has it or could bind it", false, false, usable_cell },
	{ "EXPECTED", "its owner by this kernel's rule", false, false, expected_cell },
	{ "AGREES", "whether that is the owner", false, false, agrees_cell },
	{ "RULE", "the rule by which this kernel decides; see cxl-sr-rules(7)", false, false,
	  rule_cell },
	{ "BOUNDARY", "what made this one decision: memory-map, srat or unknown", false, false,
	  boundary_cell },
	{ "PROBLEM", "whose problem it is; - if nothing is wrong", false, false, problem_cell },
	{ "NODE", "NUMA nodes of its online memory blocks", false, false, node_cell },
	{ "ZONE", "zones of its online memory blocks", false, false, zone_cell },
	{ "WHY", "stable codes: why not contained, not owned, not in use", false, false,
	  why_cell },
};
/* clang-format on */
const size_t column_count = sizeof(columns) / sizeof(*columns);

static bool add_column(struct column_choice *choice, const char *name, size_t length)
{
	for (size_t i = 0; i < column_count; i++) {
		if (strlen(columns[i].name) == length &&
		    strncasecmp(columns[i].name, name, length) == 0 &&
		    choice->count < sizeof(choice->items) / sizeof(*choice->items)) {
			choice->items[choice->count++] = i;
			return true;
		}
	}
	return false;
}

static void add_default(struct column_choice *choice)
{
	for (size_t i = 0; i < column_count; i++) {
		if (columns[i].by_default)
			choice->items[choice->count++] = i;
	}
}

bool columns_choose(const char *list, struct column_choice *ret_choice, char *ret_unknown,
		    size_t size)
{
	struct column_choice choice = { 0 };

	if (!list || *list == '+')
		add_default(&choice);
	if (list && *list == '+')
		list++;
	while (list) {
		size_t length = strcspn(list, ",");

		if (!add_column(&choice, list, length)) {
			snprintf(ret_unknown, size, "%.*s", (int)(length < 64 ? length : 64), list);
			return false;
		}
		list = list[length] ? list + length + 1 : NULL;
	}
	*ret_choice = choice;
	return true;
}
