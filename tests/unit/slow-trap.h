/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The claimability trap on made machines: a driver can bind a dax device only where every
 * node of /proc/iomem that overlaps its range contains it whole, and none of them is
 * busy (__request_region_locked(), kernel/resource.c).
 */
#pragma once

#include "slow-rules.h"

struct slow_tree {
	size_t count;
	cell_mask nodes[4 * MOST_THINGS + MOST_ENTRIES + 3 * CELLS];
	cell_mask busy; /* in System RAM of boot */
	size_t first_window, window_count;
};

static inline void slow_tree_add(struct slow_tree *tree, cell_mask mask)
{
	tree->nodes[tree->count++] = mask;
}

/* What is there with every rule: nodes from boot, and windows. */
static inline void slow_tree_start(const struct slow_case *at, const struct slow_forecast *forecast,
				   struct slow_tree *tree)
{
	const struct machine *machine = &at->made->machine;

	*tree = (struct slow_tree){ .window_count = forecast->window_count };
	for (size_t i = 0; i < forecast->window_count; i++)
		slow_tree_add(tree, forecast->windows[i]);
	for (size_t i = 0; i < machine->node_count; i++) {
		cell_mask mask = mask_of(machine->nodes[i].cells);

		slow_tree_add(tree, mask);
		if (machine->nodes[i].kind == SR_IOMEM_SYSTEM_RAM)
			tree->busy |= mask;
	}
}

static inline void slow_tree_make(const struct slow_case *at, const struct slow_forecast *forecast,
				  struct slow_tree *tree)
{
	const struct machine *machine = &at->made->machine;
	bool regions = at->own ||
		       (at->rule != SR_RULE_HMEM_ONLY && forecast->global != SR_GLOBAL_REGISTER);

	slow_tree_start(at, forecast, tree);
	for (size_t i = 0; regions && i < machine->region_count; i++) {
		if (machine->regions[i].placed)
			slow_tree_add(tree, mask_of(machine->regions[i].cells));
	}
	for (size_t i = 0; at->own && i < machine->entry_count; i++) {
		if (machine->entries[i].source == SR_SOURCE_IOMEM)
			slow_tree_add(tree, mask_of(machine->entries[i].cells));
	}
	for (size_t i = 0; !at->own && is_old_rule(at->rule) && i < at->units->report.count; i++)
		slow_tree_add(tree, at->units->report.rows[i].mask);
}

/* @from: 0, or behind the windows where those are left out. */
static inline bool slow_is_free(const struct slow_tree *tree, size_t from, cell_mask mask)
{
	for (size_t i = from; i < tree->count; i++) {
		if ((tree->nodes[i] & mask) && (mask & ~tree->nodes[i]))
			return false;
	}
	return mask && !(mask & tree->busy);
}

/* By device_dax as it is, or by kmem in whole memory blocks. */
static inline bool slow_can_bind(const struct slow_case *at, const struct slow_tree *tree,
				 size_t from, cell_mask mask)
{
	return slow_is_free(tree, from, mask) ||
	       slow_is_free(tree, from, slow_trimmed(&at->made->machine, mask));
}

/*
 * On the oldest kernels dax_hmem does not wait for the windows: a driver that comes first
 * has the range, and the windows go below it.
 */
static inline void slow_bind(const struct slow_case *at, const struct slow_tree *tree,
			     struct slow_forecast *forecast, cell_mask mask)
{
	if (slow_can_bind(at, tree, 0, mask))
		forecast->usable |= mask;
	else if (at->rule == SR_RULE_HMEM_ONLY && slow_can_bind(at, tree, tree->window_count, mask))
		forecast->unclear |= mask;
}

static inline void slow_predict(const struct slow_case *at, struct slow_forecast *forecast)
{
	struct slow_tree tree;

	*forecast = (struct slow_forecast){ 0 };
	slow_windows_of(at, forecast);
	if (at->rule == SR_RULE_GLOBAL)
		forecast->global = slow_verdict(at, forecast);
	slow_hmem(at, forecast);
	slow_cxl(at, forecast);
	slow_tree_make(at, forecast, &tree);
	for (size_t i = 0; i < forecast->asked_count; i++) {
		if (forecast->taken[i])
			slow_bind(at, &tree, forecast, forecast->asked[i].mask);
	}
	for (size_t i = 0; i < at->world->region_count; i++) {
		if (forecast->makes_dax[i])
			slow_bind(at, &tree, forecast, at->world->regions[i].mask);
	}
}

static inline enum sr_truth slow_is_usable(const struct slow_forecast *forecast, cell_mask mask)
{
	if (mask & ~forecast->usable & ~forecast->unclear)
		return SR_NO;
	return mask & forecast->unclear ? SR_UNKNOWN : SR_YES;
}
