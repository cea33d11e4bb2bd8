// SPDX-License-Identifier: GPL-2.0-only
/* A comparison as text: verdicts, facts, predictions; below each item what changed. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "render-comparison.h"
#include "text.h"

static const char *const titles[PART_COUNT] = { "Verdicts", "Facts", "Predictions" };

static void write_range(FILE *line, struct sr_range range)
{
	fprintf(line, "0x%" PRIx64 "-0x%" PRIx64, range.start, range.end);
}

static void write_bytes(FILE *line, uint64_t bytes)
{
	char text[SIZE_TEXT_LENGTH];

	/* Rounded, two that differ could look the same. */
	if (strchr(size_text(bytes, true, text), '.'))
		fprintf(line, "%" PRIu64 "B", bytes);
	else
		fputs(text, line);
}

static void write_known(FILE *line, struct json_object *object, enum value_type type)
{
	struct sr_range range;

	if (!object)
		fputc('?', line);
	else if (type == TYPE_BYTES)
		write_bytes(line, json_object_get_uint64(object));
	else if (type == TYPE_TRUTH)
		fputs(json_object_get_boolean(object) ? "yes" : "no", line);
	else if (json_range_get(object, &range))
		write_range(line, range);
	else
		fputs(json_object_get_string(object), line);
}

static void write_array(FILE *line, struct json_object *array, enum value_type type)
{
	size_t count = json_object_array_length(array);

	for (size_t i = 0; i < count; i++) {
		fputs(i ? ", " : "", line);
		write_known(line, json_object_array_get_idx(array, i), type);
	}
	if (!count)
		fputs("none", line);
}

static void write_value(FILE *line, struct value value, enum value_type type)
{
	if (value.state != VALUE_KNOWN)
		fputs(value.state == VALUE_NONE ? "none" : "unknown", line);
	else if (json_object_is_type(value.object, json_type_array))
		write_array(line, value.object, type);
	else
		write_known(line, value.object, type);
}

static const char *text_at(struct json_object *set, size_t index)
{
	return index < json_object_array_length(set)
		       ? json_object_get_string(json_object_array_get_idx(set, index))
		       : NULL;
}

/* Both are sorted: "-GONE +NEW". */
static void write_set(FILE *line, struct json_object *before, struct json_object *after)
{
	size_t a = 0, b = 0;
	const char *was, *is;

	while ((was = text_at(before, a)), (is = text_at(after, b)), was || is) {
		int order = !was ? 1 : !is ? -1 : strcmp(was, is);

		if (order < 0)
			fprintf(line, " -%s", was);
		if (order > 0)
			fprintf(line, " +%s", is);
		a += order <= 0;
		b += order >= 0;
	}
}

/* Numbers of nodes would look like negative ones. */
static bool is_set_of_texts(struct value value)
{
	struct json_object *first;

	if (value.state != VALUE_KNOWN)
		return false;
	first = json_object_array_get_idx(value.object, 0);
	return !first || json_object_is_type(first, json_type_string);
}

static void write_member(FILE *line, const struct member_difference *member)
{
	fprintf(line, "%s:", member->name);
	if (member->type == TYPE_SET && is_set_of_texts(member->before) &&
	    is_set_of_texts(member->after)) {
		write_set(line, member->before.object, member->after.object);
		return;
	}
	fputc(' ', line);
	write_value(line, member->before, member->type);
	fputs(" -> ", line);
	write_value(line, member->after, member->type);
}

static void write_item(FILE *line, const struct compared_item *item)
{
	const char *between = "";

	if (item->name) {
		fputs(item->name, line);
		between = ", ";
	}
	if (item->has_range) {
		fputs(between, line);
		write_range(line, item->range);
	}
}

static bool looks_same(const struct compared_item *a, const struct compared_item *b)
{
	bool same_name = a->name && b->name ? strcmp(a->name, b->name) == 0 : a->name == b->name;

	return same_name && a->has_range == b->has_range &&
	       (!a->has_range || sr_range_equal(a->range, b->range));
}

/* "region region0, 0x... -> region1, 0x..." */
static void write_items(FILE *line, const struct item_difference *item)
{
	const struct shape *shape = &shapes[item->list];

	fputs(shape->title, line);
	if (shape->match == MATCH_ONLY)
		return;
	if (*shape->title)
		fputc(' ', line);
	if (item->before)
		write_item(line, item->before);
	if (item->before && item->after && looks_same(item->before, item->after))
		return;
	if (item->before && item->after)
		fputs(" -> ", line);
	if (item->after)
		write_item(line, item->after);
}

/* What was, or is, the verdict on a unit that is on one side only. */
static void write_verdict(FILE *line, const struct item_difference *item)
{
	const struct compared_item *one = item->before ? item->before : item->after;
	struct json_object *owner, *state;

	if (item->list == LIST_UNITS && json_path_get(one->object, "owner", &owner) &&
	    json_path_get(one->object, "state", &state))
		fprintf(line, ", owner %s, %s", json_object_get_string(owner),
			json_object_get_string(state));
}

static void write_heading(FILE *line, const struct item_difference *item)
{
	static const char *const words[] = {
		[PRESENT_BOTH] = "",
		[PRESENT_BEFORE] = "gone: ",
		[PRESENT_AFTER] = "new: ",
		[UNSEEN_AFTER] = "not seen after, where not all could be read: ",
		[UNSEEN_BEFORE] = "not seen before, where not all could be read: ",
	};

	fputs(words[item->presence], line);
	write_items(line, item);
	if (item->presence == PRESENT_BOTH)
		fputc(':', line);
	else
		write_verdict(line, item);
}

/* Wraps what was written to @line, a stream to @text; 0, or -ENOMEM. */
static int finish_line(FILE *line, char **text, size_t indent)
{
	if (text_close(line) != 0)
		return -ENOMEM;
	print_wrapped(stdout, *text, terminal_width(stdout), indent, indent + 4);
	return 0;
}

/* The heading has the range. */
static bool is_in_heading(const struct member_difference *member)
{
	return strcmp(member->name, "start") == 0 || strcmp(member->name, "end") == 0;
}

static int print_member(const struct member_difference *member)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);

	if (!line)
		return -ENOMEM;
	write_member(line, member);
	return finish_line(line, &text, 4);
}

static int print_item(const struct comparison *comparison, const struct item_difference *item)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *line = text_open(&text, &length);
	int error;

	if (!line)
		return -ENOMEM;
	write_heading(line, item);
	error = finish_line(line, &text, 2);
	for (size_t i = 0; i < item->count && !error; i++) {
		const struct member_difference *member =
			&comparison->members.items[item->first + i];

		if (!is_in_heading(member))
			error = print_member(member);
	}
	return error;
}

static int print_part(const struct comparison *comparison, enum part part)
{
	const struct item_difference *item;
	bool any = false;
	int error = 0;

	sr_for_each (item, &comparison->items) {
		if (error || shapes[item->list].part != part)
			continue;
		if (!any)
			printf("\n%s:\n", titles[part]);
		any = true;
		error = print_item(comparison, item);
	}
	return error;
}

static void print_side(const char *which, const struct diff_side *side, const struct model *model)
{
	const struct compared_item *kernel = model->lists[LIST_KERNEL].items;
	sr_auto_free char *safe = printable_copy(side->argument);
	struct json_object *release;

	printf("%s %s", which, safe ? safe : "?");
	if (json_path_get(kernel->object, "release", &release) && release)
		printf(", kernel %s", json_object_get_string(release));
	putchar('\n');
}

static void print_count(const struct comparison *comparison)
{
	if (!comparison->has_predictions)
		puts("\nPredictions were not compared, as a report in JSON has none.");
	printf("\n%zu difference%s", comparison->count, comparison->count == 1 ? "" : "s");
	if (comparison->unknown == comparison->count)
		fputs(", only because something is not known on one side", stdout);
	else if (comparison->unknown)
		printf(", %zu of them because something is not known on one side",
		       comparison->unknown);
	puts(".");
}

int render_comparison(const struct comparison *comparison, const struct diff_sides *sides)
{
	int error = 0;

	if (!comparison->count) {
		puts(comparison->has_predictions
			     ? "No difference."
			     : "No difference; predictions were not compared, as a report in JSON "
			       "has none.");
		return 0;
	}
	print_side("before:", &sides->before, &comparison->before);
	print_side("after: ", &sides->after, &comparison->after);
	for (int part = 0; part < PART_COUNT && !error; part++)
		error = print_part(comparison, part);
	print_count(comparison);
	return error;
}
