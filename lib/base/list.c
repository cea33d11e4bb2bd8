// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/list.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *sr_list_grow(void **items, size_t *count, size_t *room, size_t size)
{
	char *item;

	if (*count == *room) {
		size_t wanted = *room ? *room * 2 : 8;
		void *grown;

		if (wanted < *room)
			return NULL;
		grown = reallocarray(*items, wanted, size);
		if (!grown)
			return NULL;
		*items = grown;
		*room = wanted;
	}
	item = (char *)*items + *count * size;
	memset(item, 0, size);
	(*count)++;
	return item;
}

int sr_list_copy_items(void **to, size_t *count, size_t *room, const void *from, size_t from_count,
		       size_t size)
{
	*to = NULL;
	*count = *room = 0;
	if (!from_count)
		return 0;
	*to = calloc(from_count, size);
	if (!*to)
		return -ENOMEM;
	memcpy(*to, from, from_count * size);
	*count = *room = from_count;
	return 0;
}
