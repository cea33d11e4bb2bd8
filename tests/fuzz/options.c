// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the user types: numbers, ranges and names of things to explain, lists of columns,
 * seconds, policies, and options in a table that has one of each kind.
 */
#include "options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../unit/planned.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "base/size.h"
#include "color.h"
#include "columns.h"
#include "commands.h"
#include "explain-unit.h"
#include "output.h"
#include "plan/plan.h"
#include "predictions.h"
#include "settle.h"
#include "targets.h"

FUZZ_RUN(fuzz_number)
{
	sr_auto_free char *text = fuzz_text(data, size);
	char again[32], length[SR_SIZE_TEXT_LENGTH];
	const char *at = text;
	uint64_t value, scanned;
	int64_t with_sign;

	if (sr_number_scan(&at, 16, &scanned) == 0)
		must(at > text && at <= text + size, "the end is elsewhere");
	if (sr_number_parse_signed(text, &with_sign) == 0 && with_sign >= 0)
		must(!sr_number_parse(text, &value) || *text == '-', "with a sign only");
	if (sr_number_parse(text, &value))
		return;
	snprintf(again, sizeof(again), strncmp(text, "0x", 2) ? "%" PRIu64 : "%#" PRIx64, value);
	must(!sr_number_parse(again, &scanned) && scanned == value, "%s is another number", again);
	must(strlen(sr_size_text(value, true, length)) < sizeof(length), "no end");
}

static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_region(snapshot, first_half, SR_YES);
	plan_soft_reserved(snapshot, both, true);
	plan_soft_reserved(snapshot, span(0x2000000000, 0x200fffffff), true);
	plan_dax_region(snapshot, HMEM, 0, first_half, true);
	plan_device(snapshot, "kmem");
	return snapshot;
}

FUZZ_RUN(fuzz_explain)
{
	static struct sr_snapshot *snapshot;
	static struct sr_report *report;
	sr_auto_free char *text = fuzz_text(data, size);
	unit_list units = { 0 };

	/* Made once: they are reachable until the end, so no leak. */
	if (!report) {
		snapshot = machine();
		report = judge(snapshot);
	}
	if (units_find(report, text, &units))
		return;
	must(units.count && units.count <= report->units.count, "%zu units", units.count);
	for (size_t i = 0; i < units.count; i++)
		must(units.items[i] >= report->units.items &&
			     units.items[i] < report->units.items + report->units.count,
		     "no unit of the report");
	sr_list_free(&units);
}

/* Values of options, each by all that read one. */
FUZZ_RUN(fuzz_value)
{
	sr_auto_free char *text = fuzz_text(data, size);
	struct settle_choice settle = { 0 };
	struct column_choice chosen = { 0 };
	enum sr_policy policy;
	enum color_mode color;
	char unknown[80] = "";

	if (settle_parse(text, &settle))
		must(settle.wanted && *text >= '0' && *text <= '9', "no seconds");
	if (columns_choose(text, &chosen, unknown, sizeof(unknown))) {
		must(chosen.count && chosen.count <= 64, "%zu columns", chosen.count);
		for (size_t i = 0; i < chosen.count; i++)
			must(chosen.items[i] < column_count, "no column");
	} else {
		must(strlen(unknown) < sizeof(unknown), "no end");
	}
	if (sr_policy_find(text, &policy))
		must(strcmp(sr_policy_name(policy), text) == 0, "another policy");
	if (color_choose(text, &color))
		must(color <= COLOR_NEVER, "no mode");
	rule_is_known(text);
}

static void take(int option, poptContext context, void *choice)
{
	(void)option;
	keep_argument(choice, context);
}

static void print_rest(void)
{
}

static int parse(int count, const char **words)
{
	sr_auto_free char *argument = NULL, *value = NULL;
	enum json_form json = JSON_NONE;
	int flag = 0;
	const struct poptOption table[] = {
		{ "flag", 'f', POPT_ARG_NONE, &flag, 0, "a flag", NULL },
		{ "value", 's', POPT_ARG_STRING, NULL, 1, "with a value", "VALUE" },
		{ "settle", '\0', POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL, NULL, 2,
		  "with one or none", "SECONDS" },
		JSON_OPTION,
		HELP_OPTION,
		POPT_TABLEEND,
	};
	const struct parser parser = {
		.command = "explain",
		.options = table,
		.usage = "Usage: none",
		.print_rest = print_rest,
		.json = &json,
		.take = take,
		.choice = &value,
		.argument = &argument,
	};

	return parse_options(&parser, count, words);
}

/* Words with NULs between them. */
FUZZ_RUN(fuzz_options)
{
	sr_auto_free char *text = fuzz_text(data, size);
	const char *words[34] = { "cxl-sr" };
	struct output output;
	int count = 1, status;

	for (char *at = text; at < text + size && count < 32; at += strlen(at) + 1)
		words[count++] = at;
	output_begin(&output);
	status = parse(count, words);
	output_end(&output);
	must(status == STATUS_OK || status == STATUS_USAGE || status == HELP_SHOWN, "status %d",
	     status);
}
