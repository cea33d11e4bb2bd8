/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Markdown that is read as plain text just as well. What comes from a machine is hostile:
 * nothing in it becomes markup, HTML or a link, in CommonMark and with the tables, links and
 * strikethrough of GitHub. Texts are to be freed; NULL: no memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/list.h"

/* @text with a backslash before what would be markup, for a paragraph or a cell. */
char *markdown_text(const char *text);

/*
 * @text as a code span, for a cell or the only one of its line: a span that is wrapped could
 * begin a line with what opens a block. In it nothing can be escaped: a backtick, a backslash
 * and a bar are a '?', as bytes that are not printable are.
 */
char *markdown_code(const char *text);

/* A paragraph, or an item behind "- ": lines of 80 columns. @text is Markdown. */
void markdown_paragraph(FILE *stream, const char *text);
void markdown_item(FILE *stream, const char *text);

/* The first row has the headings. */
struct markdown_table {
	size_t columns;
	SR_LIST(char *) cells;
	bool failed; /* memory ran out */
};

/* Takes over @cell, which is Markdown; NULL: no memory. */
void markdown_cell(struct markdown_table *table, char *cell);

/* Nothing where it has only headings. 0 or -ENOMEM; an empty line follows. */
int markdown_table_print(FILE *stream, const struct markdown_table *table);

void markdown_table_done(struct markdown_table *table);

#define auto_markdown_table __attribute__((cleanup(markdown_table_done)))
