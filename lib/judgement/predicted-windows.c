// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The nodes that add_cxl_resources() (drivers/cxl/acpi.c) would put into /proc/iomem:
 * window after window, each widened over what it collides with, and what it then has
 * of the next ones taken off these.
 */
#include <errno.h>
#include <stdlib.h>

#include "judgement/predicted-tree.h"

/* The window as cxl_acpi asks for it, before it is widened over what it collides with. */
static struct sr_range asked_window(const struct sr_predicted_tree *tree,
				    const struct sr_window *window)
{
	struct sr_range range;

	if (tree->shown && window->decoder && sr_root_decoder_range(window->decoder, &range))
		return range;
	return window->range;
}

/* The Soft Reserved range with @address in it; NULL for none. */
static const struct sr_range_report *range_at(const struct sr_report *report, uint64_t address)
{
	size_t index = sr_range_first(report->ranges.items, report->ranges.count,
				      sizeof(*report->ranges.items), address);

	if (index == report->ranges.count || report->ranges.items[index].range.start > address)
		return NULL;
	return &report->ranges.items[index];
}

/*
 * insert_resource_expand_to_fit(), kernel/resource.c: over what reaches beyond one of
 * its ends, but not over what contains it.
 */
static struct sr_range widen(const struct sr_report *report, struct sr_range window)
{
	const struct sr_range_report *first = range_at(report, window.start);
	const struct sr_range_report *last = range_at(report, window.end);

	if (first && first == last)
		return window;
	if (first)
		window.start = first->range.start;
	if (last)
		window.end = last->range.end;
	return window;
}

static int add_window(sr_iomem_node_list *nodes, struct sr_range range, const char *label)
{
	struct sr_iomem_node *node = sr_list_add(nodes);

	if (!node)
		return -ENOMEM;
	*node = (struct sr_iomem_node){ range, SR_IOMEM_CXL_WINDOW, label };
	return 0;
}

/* One that iomem lacks is not in the tree that the kernel looks at. */
static int add_observed(const struct sr_report *report, sr_iomem_node_list *nodes)
{
	bool whole = sr_source_is_whole(report->snapshot, SR_SOURCE_IOMEM);
	const struct sr_window *window;

	sr_for_each (window, &report->windows) {
		if (window->has_range && (window->node || !whole) &&
		    add_window(nodes, window->range, sr_window_name(window)))
			return -ENOMEM;
	}
	return 0;
}

static int compare_nodes(const void *a, const void *b)
{
	return sr_range_compare(((const struct sr_iomem_node *)a)->range,
				((const struct sr_iomem_node *)b)->range);
}

static int add_asked(const struct sr_report *report, const struct sr_predicted_tree *tree,
		     sr_iomem_node_list *nodes)
{
	const struct sr_window *window;

	sr_for_each (window, &report->windows) {
		if (window->has_range &&
		    add_window(nodes, asked_window(tree, window), sr_window_name(window)))
			return -ENOMEM;
	}
	if (nodes->count)
		qsort(nodes->items, nodes->count, sizeof(*nodes->items), compare_nodes);
	return 0;
}

int sr_predicted_windows(const struct sr_report *report, const struct sr_predicted_tree *tree,
			 sr_iomem_node_list *nodes)
{
	sr_auto_iomem_nodes sr_iomem_node_list asked = { 0 };
	const struct sr_iomem_node *next;
	const struct sr_range *last = NULL;

	if (tree->of_this_kernel)
		return add_observed(report, nodes);
	if (add_asked(report, tree, &asked))
		return -ENOMEM;
	sr_for_each (next, &asked) {
		struct sr_range range = next->range;

		if (last && sr_range_contains(*last, range))
			continue;
		if (last && sr_range_overlaps(*last, range))
			range.start = last->end + 1;
		if (sr_rule_shows_soft_reserved(tree->rule))
			range = widen(report, range);
		if (add_window(nodes, range, next->label))
			return -ENOMEM;
		last = &nodes->items[nodes->count - 1].range;
	}
	return 0;
}
