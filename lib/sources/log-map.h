/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A memory map as the kernel log prints it, and the changes that the kernel
 * makes to it: struct e820_table of arch/x86/kernel/e820.c in small.
 */
#pragma once

#include "base/list.h"
#include "base/range.h"
#include "sources/log-line.h"

struct sr_log_map_entry {
	struct sr_range range;
	struct sr_piece type; /* within the log's text */
	bool soft_reserved;
};

struct sr_log_map {
	SR_LIST(struct sr_log_map_entry) entries;
};

/* "soft reserved" of e820_print_type(), in any case and with any blanks between. */
bool sr_log_type_is_soft_reserved(struct sr_piece type);

/* -ENOSPC for more entries than any kernel has, or -ENOMEM. */
int sr_log_map_add(struct sr_log_map *map, struct sr_range range, struct sr_piece type);

/*
 * As __e820__range_update() and e820__range_remove(): what lies in @range and is
 * of type @from becomes @to. An empty @from stands for all types, an empty @to
 * takes it off the map. Errors as sr_log_map_add().
 */
int sr_log_map_change(struct sr_log_map *map, struct sr_range range, struct sr_piece from,
		      struct sr_piece to);

void sr_log_map_sort(struct sr_log_map *map);
