// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Whether what is in memory that goes offline fits elsewhere. Swap does not count as room: a
 * machine that swaps to give memory away is one that stalls.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/facts.h"
#include "apply/preflight.h"
#include "base/cleanup.h"
#include "base/number.h"
#include "base/size.h"

#define MEMINFO_LIMIT ((size_t)1 << 20)

/* What goes offline of one node, in bytes. */
struct node {
	uint64_t id;
	uint64_t leaving;
};

typedef SR_LIST(struct node) node_list;

static void nodes_done(node_list *nodes)
{
	sr_list_free(nodes);
}

static void runs_done(sr_block_runs *runs)
{
	sr_list_free(runs);
}

static int add_node(node_list *nodes, uint64_t id, uint64_t bytes)
{
	struct node *node;

	sr_for_each (node, nodes) {
		if (node->id == id) {
			node->leaving += bytes;
			return 0;
		}
	}
	node = sr_list_add(nodes);
	if (!node)
		return -ENOMEM;
	*node = (struct node){ .id = id, .leaving = bytes };
	return 0;
}

/* kmem adds the memory of a device to its target_node (drivers/dax/kmem.c). */
static int add_device(struct sr_flight *flight, const char *name, node_list *nodes)
{
	__attribute__((cleanup(runs_done))) sr_block_runs runs = { 0 };
	char folder[PATH_MAX];
	uint64_t id, size;
	int error = sr_dax_online_blocks(flight->machine, name, &runs);

	if (error || runs.count == 0)
		return error;
	snprintf(folder, sizeof(folder), "/sys/bus/dax/devices/%s", name);
	error = sr_machine_u64(flight->machine, folder, "target_node", &id);
	if (!error)
		error = sr_block_size(flight->machine, &size);
	return error ? error : add_node(nodes, id, size * sr_block_runs_count(&runs));
}

/* "MemFree:   1024 kB", also behind "Node 1 ": bytes. */
static int meminfo(const char *text, const char *key, uint64_t *ret_bytes)
{
	const char *at = strstr(text, key);
	uint64_t value;

	if (!at)
		return -ENODATA;
	at += strlen(key);
	at += strspn(at, " ");
	if (sr_number_scan(&at, 10, &value) || strncmp(at, " kB", 3) != 0 ||
	    __builtin_mul_overflow(value, (uint64_t)1024, ret_bytes))
		return -EBADMSG;
	return 0;
}

/* What is used of the part that leaves, at most, and what is free of it. */
static int read_node(struct sr_flight *flight, const struct node *node, uint64_t *ret_used,
		     uint64_t *ret_free)
{
	sr_auto_free char *text = NULL;
	uint64_t total, free_bytes, used;
	char path[PATH_MAX];
	int error;

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%" PRIu64 "/meminfo", node->id);
	error = flight->machine->ops->file(flight->machine->data, path, MEMINFO_LIMIT, &text);
	if (!error)
		error = meminfo(text, " MemTotal:", &total);
	if (!error)
		error = meminfo(text, " MemFree:", &free_bytes);
	if (error)
		return error;
	used = total > free_bytes ? total - free_bytes : 0;
	*ret_used = used < node->leaving ? used : node->leaving;
	*ret_free = free_bytes < node->leaving ? free_bytes : node->leaving;
	return 0;
}

static int read_available(struct sr_flight *flight, uint64_t *ret_available)
{
	sr_auto_free char *text = NULL;
	int error = flight->machine->ops->file(flight->machine->data, "/proc/meminfo",
					       MEMINFO_LIMIT, &text);

	return error ? error : meminfo(text, "MemAvailable:", ret_available);
}

/* Pages of one size on one node: those that are not free are somebody's. */
static int check_pages(struct sr_flight *flight, uint64_t node, const char *folder)
{
	char path[PATH_MAX];
	uint64_t count, unused;

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%" PRIu64 "/hugepages/%s", node,
		 folder);
	if (sr_machine_u64(flight->machine, path, "nr_hugepages", &count) ||
	    sr_machine_u64(flight->machine, path, "free_hugepages", &unused) || count <= unused)
		return 0;
	return sr_flight_add(flight, SR_PREFLIGHT_HUGETLB, false, SIZE_MAX,
			     "node%" PRIu64 ": %" PRIu64
			     " huge pages (%s) are in use, and may find no room elsewhere",
			     node, count - unused, folder);
}

static int check_hugetlb(struct sr_flight *flight, uint64_t node)
{
	sr_auto_names struct sr_names sizes = { 0 };
	char folder[PATH_MAX];
	char **size;
	int error;

	snprintf(folder, sizeof(folder), "/sys/devices/system/node/node%" PRIu64 "/hugepages",
		 node);
	error = flight->machine->ops->list(flight->machine->data, folder, "hugepages-#kB", 64,
					   &sizes);
	if (error)
		return error == -ENOMEM ? error : 0; /* a kernel without them */
	sr_for_each (size, &sizes.list) {
		error = check_pages(flight, node, *size);
		if (error)
			return error;
	}
	return 0;
}

static int compare(struct sr_flight *flight, uint64_t used, uint64_t unused)
{
	char must[SR_SIZE_TEXT_LENGTH], can[SR_SIZE_TEXT_LENGTH];
	uint64_t available;
	int error = read_available(flight, &available);

	if (error)
		return error;
	available = available > unused ? available - unused : 0;
	if (used <= available)
		return 0;
	return sr_flight_add(flight, SR_PREFLIGHT_NO_ROOM, true, SIZE_MAX,
			     "%s in memory that goes offline have to move, and there is room for "
			     "%s elsewhere",
			     sr_size_text(used, true, must), sr_size_text(available, true, can));
}

static int check_nodes(struct sr_flight *flight, const node_list *nodes)
{
	uint64_t used = 0, unused = 0;
	const struct node *node;

	sr_for_each (node, nodes) {
		uint64_t node_used, node_free;
		int error = read_node(flight, node, &node_used, &node_free);
		if (!error)
			error = check_hugetlb(flight, node->id);
		if (error)
			return error;
		used += node_used;
		unused += node_free;
	}
	return nodes->count ? compare(flight, used, unused) : 0;
}

int sr_flight_room(struct sr_flight *flight)
{
	__attribute__((cleanup(nodes_done))) node_list nodes = { 0 };
	int error = 0;

	for (size_t i = 0; !error && i < flight->count; i++) {
		if (flight->steps[i].action == SR_ACTION_OFFLINE)
			error = add_device(flight, flight->steps[i].target, &nodes);
	}
	if (!error)
		error = check_nodes(flight, &nodes);
	if (!error || error == -ENOMEM)
		return error;
	return sr_flight_add(flight, SR_PREFLIGHT_UNKNOWN, true, SIZE_MAX,
			     "whether there is room elsewhere for what has to move: %s",
			     strerror(-error));
}
