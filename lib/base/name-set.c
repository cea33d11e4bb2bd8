// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/name-set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int sr_name_set_add(sr_name_set *set, const char *name)
{
	const char **item;

	if (!name)
		return 0;
	item = sr_list_add(set);
	if (!item)
		return -ENOMEM;
	*item = name;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void sr_name_set_sort(sr_name_set *set)
{
	if (set->count)
		qsort(set->items, set->count, sizeof(*set->items), compare_names);
}

bool sr_name_set_has(const sr_name_set *set, const char *name)
{
	return name && set->count &&
	       bsearch(&name, set->items, set->count, sizeof(*set->items), compare_names);
}

void sr_name_set_free(sr_name_set *set)
{
	sr_list_free(set);
}
