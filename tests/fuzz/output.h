/* SPDX-License-Identifier: GPL-2.0-only */
/* What is printed goes into memory, which is faster than a file and is looked at. */
#pragma once

#include <stdio.h>

struct output {
	FILE *out, *error; /* as they were */
	char *text;
	size_t length;
};

/* glibc lets both streams be replaced. */
void output_begin(struct output *output);

/* Puts them back and checks that what was printed steers no terminal. */
void output_end(struct output *output);

/* The same, and the text is JSON, one document. */
void output_end_json(struct output *output);
