/* SPDX-License-Identifier: GPL-2.0-only */
/* libsmartcols with a guard, and cells that are made for one line. */
#pragma once

#include <libsmartcols.h>

#include "base/known.h"
#include "base/range.h"

static inline void table_guard(struct libscols_table **table)
{
	scols_unref_table(*table);
}

#define auto_table __attribute__((cleanup(table_guard)))

/* Takes @cell over, which may be NULL where memory ran out. 0 or -ENOMEM. */
int table_put_cell(struct libscols_line *line, size_t column, char *cell);

/* "0x1290000000-0x12afffffff", and "512M", or "?" for what is unknown; NULL: no memory. */
char *table_range_cell(struct sr_range range);
char *table_size_cell(struct sr_u64 bytes);
