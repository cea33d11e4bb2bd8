/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The tree of /proc/iomem that a kernel would have when a driver asks for the range
 * of a dax device: what boot put there, windows, regions, and on some kernels the
 * Soft Reserved ranges.
 */
#pragma once

#include "judgement/report.h"

typedef SR_LIST(struct sr_iomem_node) sr_iomem_node_list;

static inline void sr_iomem_node_list_guard(sr_iomem_node_list *list)
{
	sr_list_free(list);
}

#define sr_auto_iomem_nodes __attribute__((cleanup(sr_iomem_node_list_guard)))

struct sr_predicted_tree {
	enum sr_rule rule;
	bool of_this_kernel; /* the nodes are those that were read */
	bool without_windows;
	bool shown; /* the kernel that was read has Soft Reserved ranges in /proc/iomem */
	const sr_range_list *regions; /* of which the kernel would have nodes */
};

/* Whether kernels of that rule have Soft Reserved ranges in /proc/iomem. */
bool sr_rule_shows_soft_reserved(enum sr_rule rule);

/* Appends the windows that would be there, by start. 0 or -ENOMEM. */
int sr_predicted_windows(const struct sr_report *report, const struct sr_predicted_tree *tree,
			 sr_iomem_node_list *nodes);

/* Appends the nodes; their labels are the report's. 0 or -ENOMEM. */
int sr_predicted_nodes(const struct sr_report *report, const struct sr_predicted_tree *tree,
		       sr_iomem_node_list *nodes);

/* A node that boot put there: firmware's, devices' and plain System RAM. */
bool sr_is_boot_node(const struct sr_iomem_node *node);
