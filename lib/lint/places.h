/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Things that lie somewhere in memory, sorted and disjoint, so that what lies in a range
 * is found without looking at all of them, however many a capture may claim. */
#pragma once

#include "snapshot/snapshot.h"

/* One of the pointers tells what is there. */
struct sr_place {
	struct sr_range range;
	size_t order; /* in which it was added: decides between equal ranges */
	const struct sr_fixed_window *fixed;
	const struct sr_root_decoder *root;
	const struct sr_iomem_node *node;
	const struct sr_region *region;
	const struct sr_memory_affinity *memory;
	const struct sr_endpoint_decoder *endpoint;
};

typedef SR_LIST(struct sr_place) sr_place_list;

/* NULL where memory ran out. */
struct sr_place *sr_place_add(sr_place_list *list, struct sr_range range);

/*
 * Sorts @list by address, and drops what overlaps one before it: neither windows, nor
 * regions, nor ranges of the SRAT overlap each other where the kernel took them.
 */
void sr_places_settle(sr_place_list *list);

/* Adds to @list, settled, what of @more overlaps nothing in it. 0 or -ENOMEM. */
int sr_places_merge(sr_place_list *list, sr_place_list *more);

/* Of a settled list: the first one that does not end before @range; it may begin behind it. */
const struct sr_place *sr_places_first(const sr_place_list *list, struct sr_range range);

/* The first one that overlaps @range, and the one that contains it; NULL: none. */
const struct sr_place *sr_places_in(const sr_place_list *list, struct sr_range range);
const struct sr_place *sr_places_around(const sr_place_list *list, struct sr_range range);

/* How many bytes of @range they cover. */
uint64_t sr_places_bytes_in(const sr_place_list *list, struct sr_range range);

/* Those of a settled list that overlap @where. */
#define sr_for_each_place(place, list, where)        \
	for ((place) = sr_places_first(list, where); \
	     (place) < sr_list_end(list) && (place)->range.start <= (where).end; (place)++)

void sr_places_free(sr_place_list *list);

#define sr_auto_places __attribute__((cleanup(sr_places_free)))
