/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts for people: sizes, safe copies, wrapped lines, messages. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/size.h"

#define SIZE_TEXT_LENGTH SR_SIZE_TEXT_LENGTH

/* As sr_size_text(). */
const char *size_text(uint64_t bytes, bool long_unit, char buffer[static SIZE_TEXT_LENGTH]);

/*
 * asprintf(3), with NULL where it fails; sr_text_open(), and its end: 0, or -ENOMEM. Where
 * one of these or printable_copy() has no memory, text_is_whole() is false from then on: what was
 * printed may lack something, and must not pass for all there is to say.
 */
int text_format(char **ret_text, const char *format, ...) __attribute__((format(printf, 2, 3)));
int text_vformat(char **ret_text, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
FILE *text_open(char **text, size_t *length);
int text_close(FILE *stream);
bool text_is_whole(void);

/* Whether all that was printed so far is whole, and was written; says so where it was not. */
bool output_arrived(void);

/*
 * A copy in which everything but printable ASCII is a '?': texts come from captures,
 * and must neither steer a terminal nor break JSON. To be freed; NULL: no memory.
 */
char *printable_copy(const char *text);

/*
 * Prints @text in lines of at most @width columns, the first behind @first_indent
 * blanks, the others behind @indent.
 */
void print_wrapped(FILE *stream, const char *text, size_t width, size_t first_indent,
		   size_t indent);

/* The width of the terminal behind @stream, or 80. */
size_t terminal_width(FILE *stream);

/* "cxl-sr: ..." on stderr. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));
