/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts for people: sizes, safe copies, wrapped lines, messages. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/size.h"

#define SIZE_TEXT_LENGTH SR_SIZE_TEXT_LENGTH

/* As sr_size_text(). */
const char *size_text(uint64_t bytes, bool long_unit, char buffer[static SIZE_TEXT_LENGTH]);

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
