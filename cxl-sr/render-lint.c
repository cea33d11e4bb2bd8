// SPDX-License-Identifier: GPL-2.0-only
/*
 * What lint found, in words and as JSON, schema "cxl-sr.lint/1", which lint.schema.json
 * describes; members may be added, not changed.
 */
#include "render-lint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "json-values.h"
#include "sources/sources.h"
#include "text.h"

#define SCHEMA "cxl-sr.lint/1"

/* One line or more of a paragraph: all but its first ones are indented. */
__attribute__((format(printf, 2, 3))) static int print_lines(bool first, const char *format, ...)
{
	sr_auto_free char *line = NULL;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = text_vformat(&line, format, arguments);
	va_end(arguments);
	if (length < 0) {
		line = NULL; /* vasprintf leaves it undefined */
		return -ENOMEM;
	}
	print_wrapped(stdout, line, terminal_width(stdout), first ? 0 : 2, first ? 2 : 4);
	return 0;
}

static int print_finding(const struct sr_lint_finding *finding)
{
	const struct sr_code_text *advice = &sr_codes[finding->advice];

	if (print_lines(true, "%s: %s [%s]", sr_lint_severity_name(finding->severity),
			finding->text, sr_codes[finding->code].name))
		return -ENOMEM;
	for (size_t i = 0; i < sizeof(finding->facts) / sizeof(*finding->facts); i++) {
		if (finding->facts[i].path &&
		    print_lines(false, "%s: %s", finding->facts[i].path, finding->facts[i].value))
			return -ENOMEM;
	}
	if (print_lines(false, "specification: %s", finding->specification))
		return -ENOMEM;
	return print_lines(false, "%s: %s", sr_problem_owner_name(advice->owner), advice->action);
}

int render_lint_text(const struct sr_lint *lint)
{
	const struct sr_lint_finding *finding;

	sr_for_each (finding, &lint->findings) {
		if (finding != lint->findings.items)
			putchar('\n');
		if (print_finding(finding))
			return -ENOMEM;
	}
	if (lint->left_out)
		printf("\n%zu more findings were left out.\n", lint->left_out);
	return 0;
}

static struct json_object *facts_array(struct json *json, const struct sr_lint_finding *finding)
{
	struct json_object *array = json_new_array(json);

	for (size_t i = 0; i < sizeof(finding->facts) / sizeof(*finding->facts); i++) {
		struct json_object *object;

		if (!finding->facts[i].path)
			continue;
		object = json_new_object(json);
		json_put_text(json, object, "path", finding->facts[i].path);
		json_put_text(json, object, "value", finding->facts[i].value);
		json_add(json, array, object);
	}
	return array;
}

static struct json_object *finding_object(struct json *json, const struct sr_lint_finding *finding)
{
	const struct sr_code_text *advice = &sr_codes[finding->advice];
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "code", sr_codes[finding->code].name);
	json_put_text(json, object, "severity", sr_lint_severity_name(finding->severity));
	json_put_text(json, object, "owner", sr_problem_owner_name(advice->owner));
	json_put_text(json, object, "text", finding->text);
	json_put_range(json, object, finding->has_range ? &finding->range : NULL);
	json_put(json, object, "facts", facts_array(json, finding));
	json_put_text(json, object, "specification", finding->specification);
	json_put_text(json, object, "action", advice->action);
	return object;
}

static struct json_object *skip_object(struct json *json, const struct sr_lint_skip *skipped)
{
	struct json_object *object = json_new_object(json);
	struct json_object *sources = json_new_array(json);

	json_put_text(json, object, "code", sr_codes[skipped->code].name);
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (skipped->sources & 1U << i)
			json_add_text(json, sources, sr_sources[i].name);
	}
	json_put(json, object, "sources", sources);
	return object;
}

int render_lint_json(const struct sr_lint *lint, enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = json_new_object(&json);
	struct json_object *findings = json_new_array(&json);
	struct json_object *skipped = json_new_array(&json);
	const struct sr_lint_finding *finding;
	const struct sr_lint_skip *skip;

	json_put_text(&json, object, "schema", SCHEMA);
	sr_for_each (finding, &lint->findings)
		json_add(&json, findings, finding_object(&json, finding));
	json_put(&json, object, "findings", findings);
	json_put_size(&json, object, "left_out", lint->left_out);
	sr_for_each (skip, &lint->skipped)
		json_add(&json, skipped, skip_object(&json, skip));
	json_put(&json, object, "skipped", skipped);
	return json_print(&json, object);
}

/* Those that were not read whole; where all were, what they lack is not theirs to tell. */
static void print_sources(FILE *line, unsigned int sources, const struct sr_snapshot *snapshot)
{
	const char *before = "; for want of ";
	unsigned int short_ones = 0;

	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (snapshot->notes[i].state != SR_SOURCE_OK)
			short_ones |= sources & 1U << i;
	}
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		const char *detail = snapshot->notes[i].detail;

		if (!((short_ones ? short_ones : sources) & 1U << i))
			continue;
		fprintf(line, "%s%s", before, sr_sources[i].name);
		if (short_ones)
			fprintf(line, " (%s)", detail ? detail : "not there");
		before = ", ";
	}
}

static void print_skipped(FILE *line, const struct sr_lint *lint,
			  const struct sr_snapshot *snapshot)
{
	const struct sr_lint_skip *skipped;
	unsigned int sources = 0;

	sr_for_each (skipped, &lint->skipped) {
		fprintf(line, "%s%s", skipped == lint->skipped.items ? "" : ", ",
			sr_codes[skipped->code].name);
		sources |= skipped->sources;
	}
	print_sources(line, sources, snapshot);
}

void warn_of_skipped(const struct sr_lint *lint, const struct sr_snapshot *snapshot)
{
	char *text = NULL;
	size_t length;
	FILE *line;

	if (!lint->skipped.count)
		return;
	line = text_open(&text, &length);
	if (!line)
		return;
	print_skipped(line, lint, snapshot);
	if (text_close(line) == 0)
		message("not checked, or not wholly: %s", text);
	free(text);
}
