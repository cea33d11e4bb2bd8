/* SPDX-License-Identifier: GPL-2.0-only */
/* libsmartcols with a guard. */
#pragma once

#include <libsmartcols.h>

static inline void table_guard(struct libscols_table **table)
{
	scols_unref_table(*table);
}

#define auto_table __attribute__((cleanup(table_guard)))
