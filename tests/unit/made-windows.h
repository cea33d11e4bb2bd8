/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What add_cxl_resources() (drivers/cxl/acpi.c) makes of windows that reach partly into
 * nodes that are there already: insert_resource_expand_to_fit() widens them, and what
 * then overlaps the next window is cut off that one.
 */
#pragma once

#include "made-rules.h"

static inline bool overlaps_partly(struct cells a, struct cells b)
{
	return (mask_of(a) & mask_of(b)) && !is_wider(a, b) && !is_wider(b, a);
}

static inline struct cells widened(struct cells window, size_t count, const struct cells *nodes)
{
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < count; i++) {
			if (!overlaps_partly(window, nodes[i]))
				continue;
			if (nodes[i].first < window.first)
				window.first = nodes[i].first;
			if (nodes[i].last > window.last)
				window.last = nodes[i].last;
			again = true;
		}
	}
	return window;
}

/* Takes the windows from the one at @first on that @wide swallows or cuts. */
static inline size_t cut_windows(struct cells *windows, size_t first, size_t count,
				 struct cells wide)
{
	size_t kept = first;

	for (size_t i = first; i < count; i++) {
		struct cells window = windows[i];

		if (is_wider(wide, window))
			continue;
		if (mask_of(wide) & mask_of(window))
			window.first = wide.last + 1;
		windows[kept++] = window;
	}
	return kept;
}

/* @windows: by start and disjoint. Returns how many are left. */
static inline size_t widen_windows(struct cells *windows, size_t count, const struct cells *nodes,
				   size_t node_count)
{
	for (size_t i = 0; i < count; i++) {
		windows[i] = widened(windows[i], node_count, nodes);
		count = cut_windows(windows, i + 1, count, windows[i]);
	}
	return count;
}

/* The windows in /proc/iomem, widened by the Soft Reserved ranges that it shows. */
static inline void make_window_nodes(struct made_rules *made)
{
	const struct machine *machine = &made->machine;
	struct cells shown[MOST_ENTRIES];
	size_t count = 0;

	if (made->sight != MADE_ALL_READ)
		return;
	for (size_t i = 0; i < machine->entry_count; i++) {
		if (machine->entries[i].source == SR_SOURCE_IOMEM)
			shown[count++] = machine->entries[i].cells;
	}
	memcpy(made->nodes, made->decoders, sizeof(made->nodes));
	made->node_count = widen_windows(made->nodes, made->decoder_count, shown, count);
}

/* A node wider than its root decoder, as where System RAM reaches into it. */
static inline void make_wider_node(struct made_rules *made, uint64_t *state)
{
	struct cells wide;

	if (made->node_count != 1 || made->in_iomem || pick(state, 8))
		return;
	wide = nudged(made->nodes[0], state);
	made->wider = is_wider(wide, made->decoders[0]) && !is_wider(made->decoders[0], wide);
	if (made->wider)
		made->nodes[0] = wide;
}

/* A root decoder whose window could not be inserted; nothing is made in such a one. */
static inline void lose_node(struct made_rules *made, uint64_t *state)
{
	if (made->node_count < 2 || made->in_iomem || made->machine.region_count || pick(state, 4))
		return;
	made->node_count--;
	made->lost = true;
}

/* What /proc/iomem shows of the machine's windows, and what a report joins from it. */
static inline void make_windows(struct made_rules *made, uint64_t *state)
{
	struct machine *machine = &made->machine;
	bool decoders = made->sight == MADE_IOMEM_HIDDEN;

	make_window_nodes(made);
	make_wider_node(made, state);
	lose_node(made, state);
	for (size_t i = 0; i < made->node_count; i++)
		machine->windows[machine->window_count++] = made->nodes[i];
	for (size_t i = made->node_count; (decoders || made->lost) && i < made->decoder_count; i++)
		machine->windows[machine->window_count++] = made->decoders[i];
}

static inline void rules_make(struct made_rules *made, uint64_t *state)
{
	unsigned int sight = pick(state, 24);

	*made = (struct made_rules){ .machine = { .grid = rules_grid(state) } };
	made->step = made->machine.grid.unit < DAX_ALIGNMENT
			     ? (unsigned int)(DAX_ALIGNMENT / made->machine.grid.unit)
			     : 1;
	made->sight = sight == 0   ? MADE_IOMEM_HIDDEN
		      : sight == 1 ? MADE_CXL_HIDDEN_TOO
				   : MADE_ALL_READ;
	made->in_iomem = made->sight == MADE_ALL_READ && pick(state, 2);
	make_decoders(made, state);
	for (size_t i = 0; i < made->decoder_count; i++)
		make_window_regions(made, made->decoders[i], state);
	if (pick(state, 8))
		make_ranges(made, state);
	else
		make_wild_ranges(made, state);
	made->in_iomem = false;
	for (size_t i = 0; i < made->machine.entry_count; i++)
		made->in_iomem |= made->machine.entries[i].source == SR_SOURCE_IOMEM;
	make_srat(made, state);
	make_boot_nodes(made, state);
	make_modules(made, state);
	make_dax(&made->machine, state);
	make_blocks(&made->machine, state);
	make_windows(made, state);
}
