// SPDX-License-Identifier: GPL-2.0-only
#include "markdown.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "text.h"

#define WIDTH 80

static bool is_alphanumeric(char c)
{
	return isalnum((unsigned char)c);
}

/* "1." and "2)": an item of a list, where a line begins with it. */
static bool is_number_of_item(const char *word, const char *at)
{
	size_t digits = strspn(word, "0123456789");

	return digits && word + digits == at && (*at == '.' || *at == ')') &&
	       (at[1] == ' ' || at[1] == '\0');
}

/* @word is where the word that @at is in begins, and @text where all does. */
static bool is_markup(const char *text, const char *word, const char *at)
{
	if (strchr("\\`*[]<>&|~$", *at))
		return true;
	if (*at == '_') /* within a word it is none */
		return at == text || !is_alphanumeric(at[-1]) || !is_alphanumeric(at[1]);
	if (strchr("#+-=", *at)) /* at the begin of a line, and a line may begin at any word */
		return at == word;
	if (*at == ':')
		return at[1] == '/';
	if (strncasecmp(word, "www.", 4) == 0)
		return at == word + 3;
	return is_number_of_item(word, at);
}

char *markdown_text(const char *text)
{
	sr_auto_free char *safe = printable_copy(text);
	char *escaped = safe ? malloc(2 * strlen(safe) + 1) : NULL, *end = escaped;
	const char *word = safe;

	if (!escaped)
		return NULL;
	for (const char *at = safe; *at; at++) {
		if (at > safe && !is_alphanumeric(at[-1]) && is_alphanumeric(*at))
			word = at;
		if (at > safe && at[-1] == ' ')
			word = at;
		if (is_markup(safe, word, at))
			*end++ = '\\';
		/* No escape keeps GitHub from making an address of mail a link. */
		*end++ = *at == '@' ? '?' : *at;
	}
	*end = '\0';
	return escaped;
}

char *markdown_code(const char *text)
{
	sr_auto_free char *safe = printable_copy(text);
	char *code;

	if (!safe)
		return NULL;
	for (char *at = safe; *at; at++) {
		if (strchr("`\\|", *at))
			*at = '?';
	}
	/* Of nothing but blanks there is no span. */
	if (!safe[strspn(safe, " ")])
		return strdup("-");
	return text_format(&code, "`%s`", safe) < 0 ? NULL : code;
}

void markdown_paragraph(FILE *stream, const char *text)
{
	print_wrapped(stream, text, WIDTH, 0, 0);
	fputc('\n', stream);
}

void markdown_item(FILE *stream, const char *text)
{
	fputs("- ", stream);
	print_wrapped(stream, text, WIDTH - 2, 0, 2);
}

void markdown_cell(struct markdown_table *table, char *cell)
{
	char **item = cell ? sr_list_add(&table->cells) : NULL;

	if (item) {
		*item = cell;
		return;
	}
	free(cell);
	table->failed = true;
}

/* Of each column that of its widest cell, and of the dashes below a heading. */
static void find_widths(const struct markdown_table *table, size_t *widths)
{
	for (size_t column = 0; column < table->columns; column++)
		widths[column] = 3;
	for (size_t i = 0; i < table->cells.count; i++) {
		size_t length = strlen(table->cells.items[i]);

		if (length > widths[i % table->columns])
			widths[i % table->columns] = length;
	}
}

static void print_dashes(FILE *stream, const size_t *widths, size_t columns)
{
	for (size_t column = 0; column < columns; column++) {
		fputc('|', stream);
		for (size_t i = widths[column] + 2; i; i--)
			fputc('-', stream);
	}
	fputs("|\n", stream);
}

int markdown_table_print(FILE *stream, const struct markdown_table *table)
{
	sr_auto_free size_t *widths = calloc(table->columns, sizeof(*widths));

	if (table->failed || !widths)
		return -ENOMEM;
	if (table->cells.count <= table->columns)
		return 0;
	find_widths(table, widths);
	for (size_t i = 0; i < table->cells.count; i++) {
		size_t column = i % table->columns;

		fprintf(stream, "| %-*s ", (int)widths[column], table->cells.items[i]);
		if (column + 1 < table->columns)
			continue;
		fputs("|\n", stream);
		if (i < table->columns)
			print_dashes(stream, widths, table->columns);
	}
	fputc('\n', stream);
	return 0;
}

void markdown_table_done(struct markdown_table *table)
{
	char **cell;

	sr_for_each (cell, &table->cells)
		free(*cell);
	sr_list_free(&table->cells);
}
