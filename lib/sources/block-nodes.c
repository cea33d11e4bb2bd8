// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/block-nodes.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/directory.h"
#include "base/number.h"
#include "sources/sysfs.h"

#define NODES_PATH "/sys/devices/system/node"

/* CONFIG_NODES_SHIFT is at most 10; of blocks see memory-blocks.c. */
#define NODE_LIMIT  1024
#define BLOCK_LIMIT (1U << 24)

static void list_guard(sr_block_node_list *list)
{
	sr_list_free(list);
}

/* The number behind @word; a made memory07 would be a second block 7. */
static bool number_of(const char *name, const char *word, uint64_t *ret_number)
{
	const char *digits = name + strlen(word);

	return (digits[0] != '0' || digits[1] == '\0') &&
	       sr_number_scan(&digits, 10, ret_number) == 0;
}

static int read_node(const char *name, sr_block_node_list *list)
{
	sr_auto_names struct sr_names blocks = { 0 };
	struct sr_block_node item, *added;
	char path[PATH_MAX];
	char **block;
	int error;

	if (!number_of(name, "node", &item.node) || item.node > INT_MAX ||
	    !sr_device_path(path, sizeof(path), NODES_PATH, name))
		return 0;
	error = sr_names_read(path, "memory#", BLOCK_LIMIT, &blocks);
	if (error)
		return error == -ENOMEM ? error : 0;
	sr_for_each (block, &blocks.list) {
		if (!number_of(*block, "memory", &item.block))
			continue;
		added = sr_list_add(list);
		if (!added)
			return -ENOMEM;
		*added = item;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct sr_block_node *left = a, *right = b;

	return left->block < right->block ? -1 : left->block > right->block;
}

int sr_block_nodes_read(sr_block_node_list *ret_nodes)
{
	__attribute__((cleanup(list_guard))) sr_block_node_list list = { 0 };
	sr_auto_names struct sr_names nodes = { 0 };
	int error = sr_names_read(NODES_PATH, "node#", NODE_LIMIT, &nodes);
	char **name;

	if (error)
		return error == -ENOMEM ? error : 0;
	sr_for_each (name, &nodes.list) {
		error = read_node(*name, &list);
		if (error)
			return error;
	}
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items), compare);
	*ret_nodes = list;
	list = (sr_block_node_list){ 0 };
	return 0;
}

bool sr_block_nodes_find(const sr_block_node_list *nodes, uint64_t block, struct sr_s64 *ret_node)
{
	struct sr_block_node key = { .block = block };
	const struct sr_block_node *found = NULL, *end = nodes->items + nodes->count;

	if (nodes->count)
		found = bsearch(&key, nodes->items, nodes->count, sizeof(key), compare);
	if (!found)
		return false;
	*ret_node = (struct sr_s64){ .value = (int64_t)found->node, .known = true };
	if ((found > nodes->items && found[-1].block == block) ||
	    (found + 1 < end && found[1].block == block))
		ret_node->known = false;
	return true;
}
