// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan as text, to be read aloud: what it comes to, each unit with its reasons, each step
 * with the command that does the same, what is touched, and a table of the end.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "render-plan.h"
#include "table.h"
#include "text.h"

/* Prints a formatted text wrapped behind @indent blanks. */
__attribute__((format(printf, 3, 4))) static void print_text(size_t first_indent, size_t indent,
							     const char *format, ...)
{
	sr_auto_free char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (text_vformat(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	print_wrapped(stdout, text ? text : "out of memory", terminal_width(stdout), first_indent,
		      indent);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static const char *class_words(enum sr_plan_class class)
{
	static const char *const words[SR_CLASS_COUNT] = {
		[SR_CLASS_SATISFIED] = "This is so already, nothing is to do.",
		[SR_CLASS_REACHABLE] = "This can be reached now.",
		[SR_CLASS_NEXT_BOOT] = "This cannot be reached now, but at the next boot.",
		[SR_CLASS_FIRMWARE_ONLY] = "This cannot be reached unless firmware changes.",
		[SR_CLASS_IMPOSSIBLE] = "This cannot be reached, or it is not known how.",
	};

	return words[class];
}

static void print_head(const struct sr_plan *plan)
{
	size_t count = plan->steps.count;

	print_text(0, 0, "%sPolicy %s: %s. %s", plan->report->short_sources ? "Partial: " : "",
		   sr_policy_name(plan->policy), sr_policy_words(plan->policy),
		   class_words(plan->class));
	if (plan->policy != plan->resolved)
		print_text(0, 0, "The verdict is %s: what counts is the policy %s.",
			   plan->resolved == SR_POLICY_CXL ? "DROP" : "REGISTER",
			   sr_policy_name(plan->resolved));
	if (count)
		print_text(
			0, 0, "The plan has %zu step%s%s; none is taken yet.", count, plural(count),
			plan->class == SR_CLASS_REACHABLE ? "" : ", for what can be reached now");
}

static const char *usable_words(enum sr_truth usable)
{
	return usable == SR_YES ? "usable" : usable == SR_NO ? "not usable" : "usable or not";
}

/* "owner hmem, not usable, nothing online" */
static void print_state(const char *when, enum sr_owner owner, enum sr_truth usable,
			struct sr_u64 online)
{
	char size[SIZE_TEXT_LENGTH];

	print_text(2, 4, "%s: owner %s, %s, %s online.", when, sr_owner_name(owner),
		   usable_words(usable),
		   !online.known   ? "it is not known what is"
		   : !online.value ? "nothing"
				   : size_text(online.value, true, size));
}

static const char *detail_label(enum sr_plan_class class)
{
	return class == SR_CLASS_NEXT_BOOT ? "For the next boot" : "Not known";
}

static void print_unit(const struct sr_plan_unit *unit)
{
	const struct sr_range_report *now = unit->unit;
	const enum sr_plan_reason *why;
	char size[SIZE_TEXT_LENGTH];

	print_text(0, 2, "0x%" PRIx64 "-0x%" PRIx64 ", %s: %s", now->range.start, now->range.end,
		   size_text(sr_range_size(now->range), true, size),
		   sr_plan_class_name(unit->class));
	print_state("Now", now->owner, now->usable, now->online);
	if (unit->class == SR_CLASS_REACHABLE)
		print_state("At the end", unit->owner, unit->usable, unit->online);
	sr_for_each (why, &unit->why)
		print_text(2, 4, "%s [%s]", sr_plan_reasons[*why].sentence,
			   sr_plan_reasons[*why].name);
	if (unit->detail)
		print_text(2, 4, "%s: %s.", detail_label(unit->class), unit->detail);
}

/* A command stays whole, for it is there to be copied; a chain of them goes on below. */
static void print_command(const char *label, const char *command)
{
	sr_auto_free char *safe = printable_copy(command);
	const char *at = safe ? safe : "out of memory", *cut;

	printf("    %s", label);
	while ((cut = strstr(at, "&& ")) != NULL || (cut = strstr(at, "; ")) != NULL) {
		size_t length = (size_t)(cut - at) + strcspn(cut, " ");

		printf("%.*s\n          ", (int)length, at);
		at += length + 1;
	}
	puts(at);
}

static void print_shell(const struct sr_step *step)
{
	sr_auto_free char *command = NULL;
	int length = 0;

	switch (step->action) {
	case SR_ACTION_OFFLINE:
		length = text_format(&command, "daxctl offline-memory %s", step->target);
		break;
	case SR_ACTION_LOAD_MODULE:
		length = text_format(&command, "modprobe %s", step->target);
		break;
	/* Not modprobe -r, which takes what is no longer needed along. */
	case SR_ACTION_UNLOAD_MODULE:
		length = text_format(&command, "rmmod %s", step->target);
		break;
	case SR_ACTION_CREATE_DEVICE:
		length = text_format(&command,
				     "echo 1 > %s; echo %s > /sys/bus/dax/devices/%s/size",
				     step->path, step->value, step->target);
		break;
	default:
		length = text_format(&command, "echo %s > %s", step->value, step->path);
	}
	if (length < 0)
		command = NULL;
	print_command("$ ", command ? command : "out of memory");
}

static void print_step(size_t number, const struct sr_step *step)
{
	char size[SIZE_TEXT_LENGTH];

	print_text(0, 4, "%2zu. %s: %s", number, step->target, sr_action_words(step->action));
	print_shell(step);
	print_text(4, 6, "Needs: %s.", step->needs);
	print_text(4, 6, "Changes: %s.", step->changes);
	if (step->offline_bytes)
		print_text(4, 6, "Goes offline: %s.", size_text(step->offline_bytes, true, size));
	if (step->undo)
		print_command("Undo: ", step->undo);
}

static void print_list_end(FILE *stream, size_t count, const char *none)
{
	if (!count)
		fputs(none, stream);
}

static void print_blast(const struct sr_plan *plan)
{
	const struct sr_blast *blast = &plan->blast;
	char size[SIZE_TEXT_LENGTH];
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = text_open(&text, &length);

	if (!stream)
		return;
	fprintf(stream, "Touched: %s of System RAM goes offline; nodes without memory meanwhile:",
		blast->offline_bytes ? size_text(blast->offline_bytes, true, size) : "nothing");
	for (size_t i = 0; i < blast->emptied_nodes.count; i++)
		fprintf(stream, " %" PRId64, blast->emptied_nodes.items[i]);
	print_list_end(stream, blast->emptied_nodes.count, " none");
	fputs("; regions disabled, if only for a moment:", stream);
	for (size_t i = 0; i < blast->regions.count; i++)
		fprintf(stream, " %s", blast->regions.items[i]);
	print_list_end(stream, blast->regions.count, " none");
	fprintf(stream, "; other units touched: %zu.", blast->others.count);
	if (text_close(stream) == 0)
		print_wrapped(stdout, text, terminal_width(stdout), 0, 2);
}

static int add_line(struct libscols_table *table, const struct sr_plan_unit *unit)
{
	static const char *const usable[] = { "?", "no", "yes" };
	struct libscols_line *line = scols_table_new_line(table, NULL);
	struct sr_range range = unit->unit->range;

	if (!line || table_put_cell(line, 0, table_range_cell(range)) ||
	    table_put_cell(line, 1, table_size_cell(sr_u64_of(sr_range_size(range)))) ||
	    table_put_cell(line, 2, strdup(sr_owner_name(unit->owner))) ||
	    table_put_cell(line, 3, strdup(usable[unit->usable])) ||
	    table_put_cell(line, 4, table_size_cell(unit->online)))
		return -ENOMEM;
	return 0;
}

static int print_end(const struct sr_plan *plan)
{
	auto_table struct libscols_table *table = scols_new_table();
	const struct sr_plan_unit *unit;

	if (!table || !scols_table_new_column(table, "AT THE END", 0, 0) ||
	    !scols_table_new_column(table, "SIZE", 0, SCOLS_FL_RIGHT) ||
	    !scols_table_new_column(table, "OWNER", 0, 0) ||
	    !scols_table_new_column(table, "USABLE", 0, 0) ||
	    !scols_table_new_column(table, "ONLINE", 0, SCOLS_FL_RIGHT))
		return -ENOMEM;
	sr_for_each (unit, &plan->units) {
		if (add_line(table, unit))
			return -ENOMEM;
	}
	return scols_print_table(table);
}

static int print_steps(const struct sr_plan *plan)
{
	putchar('\n');
	puts("Steps:");
	for (size_t i = 0; i < plan->steps.count; i++)
		print_step(i + 1, &plan->steps.items[i]);
	putchar('\n');
	print_blast(plan);
	printf("Fingerprint: %s\n\n", plan->fingerprint);
	return print_end(plan);
}

int render_plan(const struct sr_plan *plan)
{
	const struct sr_plan_unit *unit;
	int error = 0;

	scols_init_debug(0);
	print_head(plan);
	if (plan->units.count)
		putchar('\n');
	else
		puts(plan->class == SR_CLASS_SATISFIED ? "There is no Soft Reserved memory."
						       : "No Soft Reserved memory is seen.");
	sr_for_each (unit, &plan->units)
		print_unit(unit);
	if (plan->steps.count)
		error = print_steps(plan);
	if (error)
		return error;
	return ferror(stdout) ? -EIO : 0;
}
