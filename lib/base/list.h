/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A growing array, typed by its items. */
#pragma once

#include <stddef.h>
#include <stdlib.h> /* free(), for sr_list_free() */

#define SR_LIST(type)         \
	struct {              \
		type *items;  \
		size_t count; \
		size_t room;  \
	}

/*
 * Appends one zeroed item and returns a pointer to it, good until the next
 * append; NULL where memory ran out, with the list as it was.
 */
#define sr_list_add(list)                                                                 \
	((__typeof__((list)->items))sr_list_grow((void **)&(list)->items, &(list)->count, \
						 &(list)->room, sizeof(*(list)->items)))

/* Behind the last item. An empty list has no items at all, and NULL + 0 is undefined before C2y. */
#define sr_list_end(list) ((list)->count ? (list)->items + (list)->count : (list)->items)

#define sr_for_each(item, list) for ((item) = (list)->items; (item) < sr_list_end(list); (item)++)

void *sr_list_grow(void **items, size_t *count, size_t *room, size_t size);

/*
 * Makes @to, whatever it was, a list of the same items as @from, which has the same type.
 * 0, or -ENOMEM with @to empty.
 */
#define sr_list_copy(to, from)                                                              \
	sr_list_copy_items((void **)&(to)->items, &(to)->count, &(to)->room, (from)->items, \
			   (from)->count, sizeof(*(from)->items))

int sr_list_copy_items(void **to, size_t *count, size_t *room, const void *from, size_t from_count,
		       size_t size);

/* Frees the items of @list (not what they point to) and empties it. */
#define sr_list_free(list)                        \
	do {                                      \
		free((list)->items);              \
		(list)->items = NULL;             \
		(list)->count = (list)->room = 0; \
	} while (0)
