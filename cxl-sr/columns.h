/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The columns of a report: one table for its header, for -o, for --help, for the
 * completion and for the man page.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "judgement/report.h"

struct column {
	const char *name;
	const char *help;
	bool right; /* numbers stand at the right */
	bool by_default;
	/* The cell, to be freed; NULL: no memory. @bytes: sizes as plain numbers. */
	char *(*cell)(const struct sr_range_report *range, bool bytes);
};

extern const struct column columns[];
extern const size_t column_count;

/* Indices of columns, in the order in which they are shown. */
struct column_choice {
	size_t items[64];
	size_t count;
};

/*
 * Reads "RANGE,STATE" or "+WHY" (added to the default ones); NULL chooses the
 * default. False, and the name that is no column in @ret_unknown (up to @size), where
 * one is unknown, empty or one too many.
 */
bool columns_choose(const char *list, struct column_choice *ret_choice, char *ret_unknown,
		    size_t size);
