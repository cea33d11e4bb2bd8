// SPDX-License-Identifier: GPL-2.0-only
#include "everything.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "check-line.h"
#include "evidence/evidence.h"
#include "explain-unit.h"
#include "fuzz.h"
#include "judgement/figures.h"
#include "lint/lint.h"
#include "map/map.h"
#include "output.h"
#include "plan/plan.h"
#include "predictions.h"
#include "render-evidence.h"
#include "render-lint.h"
#include "render-map.h"
#include "render-metrics.h"
#include "render-page.h"
#include "render-plan.h"
#include "render.h"
#include "verdict.h"

#define UNIT_LIMIT 4 /* explained of one report: each takes as long as all else */

static void check_units(const struct sr_report *report)
{
	const struct sr_range_report *unit, *range;

	sr_for_each (range, &report->ranges) {
		must(range->range.start <= range->range.end, "a range ends before it starts");
		must(range == report->ranges.items || range[-1].range.end < range->range.start,
		     "ranges overlap");
		must(!range->lost.known || range->lost.value <= sr_range_size(range->range),
		     "more is lost than there is");
		must(!range->online.known || range->online.value <= sr_range_size(range->range),
		     "more is online than there is");
		must(range->unit_count &&
			     range->first_unit + range->unit_count <= report->units.count,
		     "units of nobody");
	}
	sr_for_each (unit, &report->units) {
		must(unit->parent < report->ranges.count, "a unit of no range");
		range = &report->ranges.items[unit->parent];
		must(sr_range_contains(range->range, unit->range), "a unit beyond its range");
		must(unit == report->units.items || unit[-1].range.end < unit->range.start,
		     "units overlap");
	}
}

static void check_totals(const struct sr_report *report)
{
	const struct sr_totals *totals = &report->totals;
	size_t states[SR_STATE_LOST + 1] = { 0 }, contained = 0;
	const struct sr_range_report *row;
	uint64_t lost = 0, bytes = 0;

	/* Also of a range with a part of which that is unknown: so much is lost at least. */
	sr_for_each (row, &report->units)
		lost += row->lost.known ? row->lost.value : 0;
	sr_for_each (row, &report->ranges) {
		bytes += sr_range_size(row->range);
		states[row->state]++;
		contained += row->contained == SR_YES;
	}
	must(totals->ranges == report->ranges.count && totals->bytes == bytes, "ranges add up");
	must(totals->lost_bytes == lost && totals->lost == states[SR_STATE_LOST], "lost");
	must(totals->contained == contained, "contained");
	must(totals->unusable == states[SR_STATE_UNUSABLE] &&
		     totals->unknown == states[SR_STATE_UNKNOWN] &&
		     totals->idle == states[SR_STATE_IDLE],
	     "states");
}

static void render_report(const struct sr_report *report)
{
	struct table_style style = { .headings = true, .color = COLOR_NEVER };
	enum sr_alarm_level level;
	struct output output;
	char unknown[80];

	must(columns_choose(NULL, &style.columns, unknown, sizeof(unknown)), "no columns");
	for (size_t i = style.columns.count = 0; i < column_count; i++)
		style.columns.items[style.columns.count++] = i;
	output_begin(&output);
	print_verdict(stdout, report);
	print_reasons(stdout, report);
	warn_partial(report);
	must(!render_table(report, &style), "no memory");
	style.raw = true;
	must(!render_table(report, &style), "no memory");
	render_metrics(stdout, report);
	output_end(&output);
	output_begin(&output);
	must(!render_json(report, JSON_COMPACT), "no memory");
	output_end_json(&output);
	output_begin(&output);
	output.text = NULL;
	{
		sr_auto_free char *line = check_line(report, &level);

		must(line && !strchr(line, '\n'), "no line");
		puts(line);
	}
	output_end(&output);
}

static void explain(const struct sr_report *report)
{
	sr_auto_inquiry struct sr_inquiry *inquiry = NULL;
	size_t count = report->units.count < UNIT_LIMIT ? report->units.count : UNIT_LIMIT;
	struct output output;

	must(!sr_inquiry_new(report, &inquiry), "no memory");
	for (size_t i = 0; i < count; i++) {
		const struct sr_range_report *unit = &report->units.items[i];
		sr_auto_evidence struct sr_evidence *evidence = NULL;
		struct json json = { .form = JSON_COMPACT };
		char number[UNIT_NUMBER_LENGTH];

		must(!sr_evidence_make(inquiry, unit, &evidence), "no memory");
		output_begin(&output);
		render_evidence(evidence, unit_number(report, unit, number));
		output_end(&output);
		json_object_put(evidence_object(&json, evidence));
		must(!json.failed, "no memory");
	}
}

static void predict(const struct sr_report *report)
{
	struct predictions predictions = { 0 };
	struct output output;

	must(!predictions_make(report, NULL, &predictions), "no memory");
	output_begin(&output);
	must(!render_predictions(&predictions), "no memory");
	output_end(&output);
	output_begin(&output);
	must(!render_predictions_json(&predictions, JSON_COMPACT), "no memory");
	output_end_json(&output);
	predictions_done(&predictions);
}

static void lint(const struct sr_report *report)
{
	sr_auto_lint struct sr_lint *found = NULL;
	struct output output;

	must(!sr_lint(report, &found), "no memory");
	output_begin(&output);
	must(!render_lint_text(found), "no memory");
	must(!render_page(stdout, &(struct page){ .report = report, .lint = found }), "no memory");
	output_end(&output);
	output_begin(&output);
	must(!render_lint_json(found, JSON_COMPACT), "no memory");
	output_end_json(&output);
}

static void draw(const struct sr_report *report)
{
	sr_auto_map struct sr_map *map = NULL;
	sr_auto_free char *picture = NULL;
	struct output output;

	must(!sr_map_make(report, &map), "no memory");
	output_begin(&output);
	must(!render_map(map, &(struct map_style){ .color = COLOR_NEVER }), "no memory");
	must(!render_map(map, &(struct map_style){ .ascii = true, .color = COLOR_NEVER }),
	     "no memory");
	output_end(&output);
	must(!render_map_svg(map, &picture), "no memory");
	fuzz_must_be_printable(picture, strlen(picture), true);
}

static void plan(const struct sr_report *report)
{
	for (int policy = 0; policy < SR_POLICY_COUNT; policy++) {
		sr_auto_plan struct sr_plan *plan = NULL;
		const struct sr_step *step;
		struct output output;

		must(!sr_plan_make(report, policy, &plan), "no memory");
		must(plan->units.count == report->units.count, "units without a plan");
		must(!report->short_sources || !plan->steps.count, "steps on what is not known");
		sr_for_each (step, &plan->steps)
			must(!step->path || strncmp(step->path, "/sys/", 5) == 0, "writes to %s",
			     step->path);
		output_begin(&output);
		must(!render_plan(plan), "no memory");
		output_end(&output);
		output_begin(&output);
		must(!render_plan_json(plan, JSON_COMPACT), "no memory");
		output_end_json(&output);
	}
}

void fuzz_everything(const struct sr_report *report)
{
	check_units(report);
	check_totals(report);
	render_report(report);
	explain(report);
	predict(report);
	lint(report);
	draw(report);
	plan(report);
}
