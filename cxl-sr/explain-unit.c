// SPDX-License-Identifier: GPL-2.0-only
#include "explain-unit.h"

#include <errno.h>
#include <stdio.h>

#include "commands.h"
#include "render-evidence.h"
#include "text.h"

/* Units that a message names; the rest is counted. */
#define NAMED_LIMIT 32

static void unit_list_guard(unit_list *list)
{
	sr_list_free(list);
}

static void print_units(const struct sr_report *report)
{
	char number[UNIT_NUMBER_LENGTH];

	for (size_t i = 0; i < report->units.count && i < NAMED_LIMIT; i++) {
		const struct sr_range_report *unit = &report->units.items[i];

		fprintf(stderr, "  %-6s 0x%jx-0x%jx\n", unit_number(report, unit, number),
			(uintmax_t)unit->range.start, (uintmax_t)unit->range.end);
	}
	if (report->units.count > NAMED_LIMIT)
		fprintf(stderr, "  and %zu more\n", report->units.count - NAMED_LIMIT);
}

static int refuse(const struct sr_report *report, const char *what, int error)
{
	const char *there = report->units.count ? "; there are:" : "; there is none";

	if (!what)
		message("explain: say which range is meant%s", there);
	else if (error == -EINVAL)
		message("explain: '%s' is no range, address, number of a range, region or dax "
			"device%s",
			what, there);
	else
		message("explain: no Soft Reserved range is meant by '%s'%s", what, there);
	print_units(report);
	return STATUS_USAGE;
}

/* Nothing was asked for, and there is nothing. */
static int explain_nothing(const struct sr_report *report, enum json_form json)
{
	struct json document = { .form = json };

	if (json)
		return render_evidence_json(&document, report->settled, json_new_array(&document));
	puts(report->short_sources
		     ? "Nothing to explain: no Soft Reserved range can be shown."
		     : "Nothing to explain: this machine has no Soft Reserved range.");
	return 0;
}

static int explain_text(const struct sr_inquiry *inquiry, const unit_list *units, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sr_auto_evidence struct sr_evidence *evidence = NULL;
		char number[UNIT_NUMBER_LENGTH];

		if (sr_evidence_make(inquiry, units->items[i], &evidence))
			return -ENOMEM;
		if (i)
			puts("\n");
		render_evidence(evidence, unit_number(inquiry->report, units->items[i], number));
	}
	return 0;
}

static int explain_json(const struct sr_inquiry *inquiry, const unit_list *units, size_t count,
			enum json_form form)
{
	struct json json = { .form = form };
	struct json_object *array = json_new_array(&json);

	for (size_t i = 0; i < count; i++) {
		sr_auto_evidence struct sr_evidence *evidence = NULL;

		if (sr_evidence_make(inquiry, units->items[i], &evidence)) {
			json_object_put(array);
			return -ENOMEM;
		}
		json_add(&json, array, evidence_object(&json, evidence));
	}
	return render_evidence_json(&json, inquiry->signs->settled, array);
}

static int explain(const struct sr_report *report, const unit_list *units, enum json_form json)
{
	sr_auto_inquiry struct sr_inquiry *inquiry = NULL;
	size_t count = units->count < EXPLAIN_LIMIT ? units->count : EXPLAIN_LIMIT;
	int error;

	if (sr_inquiry_new(report, &inquiry))
		return -ENOMEM;
	error = json ? explain_json(inquiry, units, count, json)
		     : explain_text(inquiry, units, count);
	if (!error && units->count > count)
		message("explain: only the first %zu of %zu units are explained; ask for one by "
			"its number",
			count, units->count);
	return error;
}

int explain_unit(const struct sr_report *report, const char *what, enum json_form json)
{
	__attribute__((cleanup(unit_list_guard))) unit_list units = { 0 };
	int error;

	if (!what && !report->units.count) {
		error = explain_nothing(report, json);
	} else {
		error = units_find(report, what, &units);
		if (error == -EINVAL || error == -ENOENT)
			return refuse(report, what, error);
		if (!error)
			error = explain(report, &units, json);
	}
	if (error == -ENOMEM)
		message("out of memory");
	return error == -ENOMEM ? STATUS_NOTHING : STATUS_OK;
}
