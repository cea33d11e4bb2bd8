// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/predicted-tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/range-list.h"

/* v7.0 took them out (commit bc62f5b308cb); outside x86 they are there always. */
bool sr_rule_shows_soft_reserved(enum sr_rule rule)
{
	return rule == SR_RULE_HMEM_ONLY || rule == SR_RULE_WINDOW;
}

/* kmem's nodes are "System RAM (kmem)". */
bool sr_is_boot_node(const struct sr_iomem_node *node)
{
	return node->kind == SR_IOMEM_OTHER ||
	       (node->kind == SR_IOMEM_SYSTEM_RAM && strcmp(node->label, "System RAM") == 0);
}

static bool was_taken_later(const struct sr_iomem_node *node)
{
	return node->kind == SR_IOMEM_DAX_DEVICE ||
	       (node->kind == SR_IOMEM_SYSTEM_RAM && strcmp(node->label, "System RAM (kmem)") == 0);
}

static int add_node(sr_iomem_node_list *nodes, struct sr_range range, enum sr_iomem_kind kind,
		    const char *label)
{
	struct sr_iomem_node *node = sr_list_add(nodes);

	if (!node)
		return -ENOMEM;
	*node = (struct sr_iomem_node){ .range = range, .kind = kind, .label = label };
	return 0;
}

/* The tree as it was read, before anybody took a dax device's range. */
static int add_observed(const struct sr_report *report, const struct sr_predicted_tree *tree,
			sr_iomem_node_list *nodes)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &report->snapshot->iomem) {
		if (was_taken_later(node) ||
		    (tree->without_windows && node->kind == SR_IOMEM_CXL_WINDOW))
			continue;
		if (add_node(nodes, node->range, node->kind, node->label))
			return -ENOMEM;
	}
	return 0;
}

static int add_predicted(const struct sr_report *report, const struct sr_predicted_tree *tree,
			 sr_iomem_node_list *nodes)
{
	const struct sr_iomem_node *node;
	const struct sr_range *region;
	const struct sr_range_report *row;

	sr_for_each (node, &report->snapshot->iomem) {
		if (sr_is_boot_node(node) && add_node(nodes, node->range, node->kind, node->label))
			return -ENOMEM;
	}
	if (!tree->without_windows && sr_predicted_windows(report, tree, nodes))
		return -ENOMEM;
	sr_for_each (region, tree->regions) {
		if (add_node(nodes, *region, SR_IOMEM_REGION, "region"))
			return -ENOMEM;
	}
	if (!sr_rule_shows_soft_reserved(tree->rule))
		return 0;
	sr_for_each (row, &report->ranges) {
		if (add_node(nodes, row->range, SR_IOMEM_SOFT_RESERVED, "Soft Reserved"))
			return -ENOMEM;
	}
	return 0;
}

int sr_predicted_nodes(const struct sr_report *report, const struct sr_predicted_tree *tree,
		       sr_iomem_node_list *nodes)
{
	return tree->of_this_kernel ? add_observed(report, tree, nodes)
				    : add_predicted(report, tree, nodes);
}
