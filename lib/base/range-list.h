/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of ranges; once joined they are a set of addresses, sorted and disjoint. */
#pragma once

#include "base/list.h"
#include "base/range.h"

typedef SR_LIST(struct sr_range) sr_range_list;

/* 0 or -ENOMEM. */
int sr_range_list_add(sr_range_list *list, struct sr_range range);

/* Makes it a set: see sr_range_join(). */
void sr_range_list_join(sr_range_list *list);

/* Of a set: the index of the first range that does not end before @range. */
size_t sr_range_list_first(const sr_range_list *set, struct sr_range range);

/* Of a set: whether any of it lies in @range, and how many bytes do. */
bool sr_range_list_overlaps(const sr_range_list *set, struct sr_range range);
uint64_t sr_range_list_bytes_in(const sr_range_list *set, struct sr_range range);

/* Frees the ranges, as a scope guard too. */
void sr_range_list_free(sr_range_list *list);

#define sr_auto_range_list __attribute__((cleanup(sr_range_list_free)))
