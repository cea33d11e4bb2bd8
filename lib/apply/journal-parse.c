// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Strict: each line is the one that has to come next, each field is what it can be, nothing
 * is left over. What was written by hand or damaged is refused as a whole; what is not,
 * is still only believed as far as the machine agrees.
 */
#include <errno.h>
#include <string.h>

#include "apply/actions.h"
#include "apply/journal.h"
#include "base/number.h"

#define FIELD_LIMIT 12

struct parser {
	char *at;    /* where the next line starts */
	size_t line; /* the number of the current one, from 1 */
	char *fields[FIELD_LIMIT];
	size_t count;
	size_t blocks; /* all lines of blocks so far */
	struct sr_journal *journal;
	struct sr_reason *reason;
};

static int fail(const struct parser *parser, const char *what)
{
	sr_fail(parser->reason, -EBADMSG, "the journal is damaged: line %zu: %s", parser->line,
		what);
	return -EBADMSG;
}

/* Splits the next line at its tabs, in place. */
static int next_line(struct parser *parser, const char *word, size_t fields)
{
	char *end = strchr(parser->at, '\n');
	char *at = parser->at;

	parser->line++;
	if (!end)
		return fail(parser, "it does not end");
	*end = '\0';
	parser->at = end + 1;
	parser->count = 0;
	for (char *tab = at; tab; at = tab + 1) {
		if (parser->count == FIELD_LIMIT)
			return fail(parser, "too many fields");
		tab = strchr(at, '\t');
		if (tab)
			*tab = '\0';
		parser->fields[parser->count++] = at;
		if (!tab)
			break;
	}
	if (strcmp(parser->fields[0], word) != 0 || parser->count != fields)
		return fail(parser, "another one belongs here");
	return 0;
}

/* A field's text, in the pool; NULL for "-". */
static int take_text(struct parser *parser, const char *field, const char **ret_text)
{
	*ret_text = NULL;
	if (strcmp(field, "-") == 0)
		return 0;
	if (!sr_journal_holds(field))
		return fail(parser, "no text");
	*ret_text = sr_pool_text(parser->journal->pool, field);
	return *ret_text ? 0 : -ENOMEM;
}

static int take_number(struct parser *parser, const char *field, uint64_t *ret_value)
{
	return sr_number_parse(field, ret_value) ? fail(parser, "no number") : 0;
}

static int parse_text_line(struct parser *parser, const char *word, const char **ret_text)
{
	int error = next_line(parser, word, 2);

	if (error)
		return error;
	error = take_text(parser, parser->fields[1], ret_text);
	if (!error && !*ret_text)
		return fail(parser, "nothing");
	return error;
}

static int parse_mode(struct parser *parser)
{
	int error = next_line(parser, "mode", 2);

	if (error)
		return error;
	parser->journal->rolling_back = strcmp(parser->fields[1], "rollback") == 0;
	if (!parser->journal->rolling_back && strcmp(parser->fields[1], "apply") != 0)
		return fail(parser, "no mode");
	return 0;
}

static int parse_auto_online(struct parser *parser)
{
	int error = next_line(parser, "auto-online", 2);

	if (error)
		return error;
	error = take_text(parser, parser->fields[1], &parser->journal->auto_online);
	if (!error && parser->journal->auto_online &&
	    !sr_auto_online_is_valid(parser->journal->auto_online))
		return fail(parser, "no policy of auto_online_blocks");
	return error;
}

static int parse_head(struct parser *parser, uint64_t *ret_steps)
{
	struct sr_journal *journal = parser->journal;
	int error = next_line(parser, SR_JOURNAL_MAGIC, 1);

	if (!error)
		error = parse_text_line(parser, "tool", &journal->tool);
	if (!error)
		error = parse_text_line(parser, "boot", &journal->boot);
	if (!error)
		error = parse_text_line(parser, "policy", &journal->policy);
	if (!error)
		error = parse_text_line(parser, "fingerprint", &journal->fingerprint);
	if (!error)
		error = parse_mode(parser);
	if (!error)
		error = parse_auto_online(parser);
	if (!error)
		error = next_line(parser, "steps", 2);
	if (!error)
		error = take_number(parser, parser->fields[1], ret_steps);
	if (!error && *ret_steps > SR_JOURNAL_STEP_LIMIT)
		return fail(parser, "too many steps");
	return error;
}

static int take_state(struct parser *parser, struct sr_journal_step *step)
{
	uint64_t number;
	int error = take_number(parser, parser->fields[4], &number);

	if (error)
		return error;
	for (int state = 0; state < SR_STEP_STATE_COUNT; state++) {
		if (strcmp(parser->fields[3], sr_step_state_names[state]) == 0) {
			step->state = (enum sr_step_state)state;
			step->error = (int)number;
			if (number >= 4096 || (number != 0) != (state == SR_STEP_FAILED))
				return fail(parser, "no errno");
			return 0;
		}
	}
	return fail(parser, "no state");
}

static int take_range(struct parser *parser, struct sr_step *step)
{
	uint64_t start, end;
	int error;

	if (strcmp(parser->fields[7], "-") == 0 && strcmp(parser->fields[8], "-") == 0)
		return 0;
	error = take_number(parser, parser->fields[7], &start);
	if (!error)
		error = take_number(parser, parser->fields[8], &end);
	if (!error && sr_range_make(start, end, &step->range))
		return fail(parser, "no range");
	step->has_range = !error;
	return error;
}

static int take_step(struct parser *parser, size_t index, struct sr_journal_step *step)
{
	char **fields = parser->fields;
	uint64_t number;
	int error = take_number(parser, fields[1], &number);

	if (!error && number != index)
		return fail(parser, "another step belongs here");
	if (!error && sr_action_find(fields[2], &step->step.action))
		return fail(parser, "no action");
	if (!error)
		error = take_state(parser, step);
	if (!error)
		error = take_text(parser, fields[5], &step->step.target);
	if (!error)
		error = take_text(parser, fields[6], &step->step.value);
	if (!error)
		error = take_range(parser, &step->step);
	if (!error)
		error = take_number(parser, fields[9], &step->step.offline_bytes);
	if (!error)
		error = take_text(parser, fields[10], &step->before);
	if (!error)
		error = take_text(parser, fields[11], &step->step.undo);
	return error ? error : sr_step_check(&step->step, parser->reason);
}

static int parse_blocks(struct parser *parser, struct sr_journal_step *step)
{
	struct sr_block_run run = { 0 }, *item;
	uint64_t end;
	int error = next_line(parser, "blocks", 4);

	if (!error)
		error = take_number(parser, parser->fields[1], &run.first);
	if (!error)
		error = take_number(parser, parser->fields[2], &run.count);
	if (error)
		return error;
	run.movable = strcmp(parser->fields[3], "movable") == 0;
	if (!run.movable && strcmp(parser->fields[3], "kernel") != 0)
		return fail(parser, "no zone");
	if (run.count == 0 || __builtin_add_overflow(run.first, run.count, &end))
		return fail(parser, "no blocks");
	if (parser->blocks++ == SR_JOURNAL_BLOCK_LIMIT)
		return fail(parser, "too many blocks");
	item = sr_list_add(&step->blocks);
	if (!item)
		return -ENOMEM;
	*item = run;
	return 0;
}

static int parse_step(struct parser *parser, size_t index)
{
	struct sr_journal_step *step = sr_list_add(&parser->journal->steps);
	int error = step ? next_line(parser, "step", 12) : -ENOMEM;

	if (!error)
		error = take_step(parser, index, step);
	while (!error && strncmp(parser->at, "blocks\t", strlen("blocks\t")) == 0)
		error = parse_blocks(parser, step);
	return error;
}

/* The sum is taken before the lines are cut; @end is where its line begins. */
static int check_end(struct parser *parser, const char *text, const char **ret_end)
{
	size_t length = strlen(text);
	const char *end = length ? memrchr(text, '\n', length - 1) : NULL;
	char line[SR_JOURNAL_END_SIZE];

	if (!end)
		return fail(parser, "it is cut short");
	end++;
	sr_journal_end(text, (size_t)(end - text), line);
	if (strcmp(end, line) != 0)
		return fail(parser, "it is cut short, or its checksum is another");
	*ret_end = end;
	return 0;
}

int sr_journal_parse(char *text, struct sr_journal *journal, struct sr_reason *reason)
{
	struct parser parser = { .at = text, .journal = journal, .reason = reason };
	const char *end = NULL;
	uint64_t steps = 0;
	int error = check_end(&parser, text, &end);

	if (!error)
		error = parse_head(&parser, &steps);
	for (size_t i = 0; !error && i < steps; i++)
		error = parse_step(&parser, i);
	if (!error && parser.at != end)
		return fail(&parser, "there is more than its steps");
	return error;
}
