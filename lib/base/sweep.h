/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which of many ranges overlap each of a series of queries: both sides sorted,
 * one pass, work in proportion to the overlaps there are.
 */
#pragma once

#include "base/list.h"
#include "base/range.h"

struct sr_sweep {
	const struct sr_range *ranges; /* the caller's; they must outlive the sweep */
	SR_LIST(size_t) order;	       /* their indices by start */
	size_t next;
	SR_LIST(size_t) active; /* indices; see sr_sweep_to() */
};

/* 0 or -ENOMEM. @ranges may overlap each other and stand in any order. */
int sr_sweep_start(struct sr_sweep *sweep, const struct sr_range *ranges, size_t count);

/*
 * Moves to @query, whose start must not be below that of the query before. Then
 * `active` holds all ranges that overlap it, by start; where queries overlap each
 * other it may hold more, so check with sr_range_overlaps(). 0 or -ENOMEM.
 */
int sr_sweep_to(struct sr_sweep *sweep, struct sr_range query);

void sr_sweep_done(struct sr_sweep *sweep);

#define sr_auto_sweep __attribute__((cleanup(sr_sweep_done)))
