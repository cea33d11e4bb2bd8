/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A set of names that belong to somebody else, for many questions about many names. */
#pragma once

#include <stdbool.h>

#include "base/list.h"

typedef SR_LIST(const char *) sr_name_set;

/* 0 or -ENOMEM. A NULL @name is not added. */
int sr_name_set_add(sr_name_set *set, const char *name);

/* To be called behind the last addition and before the first question. */
void sr_name_set_sort(sr_name_set *set);

/* No set has NULL. */
bool sr_name_set_has(const sr_name_set *set, const char *name);

/* Frees the set, not the names. */
void sr_name_set_free(sr_name_set *set);
