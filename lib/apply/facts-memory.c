// SPDX-License-Identifier: LGPL-2.1-or-later
/* The ranges of dax devices and the memory blocks in them (drivers/base/memory.c). */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/facts.h"
#include "base/number.h"

#define MEMORY_PATH "/sys/devices/system/memory"

/* 2^24 blocks of 128 MiB are 2 PiB. */
#define BLOCK_LIMIT   (UINT64_C(1) << 24)
#define MAPPING_LIMIT 4096

static int add_range(const struct sr_machine *machine, const char *folder, const char *mapping,
		     sr_range_list *ranges)
{
	char path[PATH_MAX];
	struct sr_range range;
	uint64_t start, end;
	int error;

	snprintf(path, sizeof(path), "%s/%s", folder, mapping);
	error = sr_machine_u64(machine, path, "start", &start);
	if (!error)
		error = sr_machine_u64(machine, path, "end", &end);
	if (error)
		return error;
	if (sr_range_make(start, end, &range))
		return -EBADMSG;
	return sr_range_list_add(ranges, range);
}

/* Before v5.10 a device had one range, and no mappingN. */
static int add_single_range(const struct sr_machine *machine, const char *folder, uint64_t size,
			    sr_range_list *ranges)
{
	struct sr_range range;
	uint64_t start;
	int error = sr_machine_u64(machine, folder, "resource", &start);

	if (error)
		return error;
	if (sr_range_make_sized(start, size, &range))
		return -EBADMSG;
	return sr_range_list_add(ranges, range);
}

int sr_dax_ranges(const struct sr_machine *machine, const char *name, sr_range_list *ret_ranges)
{
	sr_auto_names struct sr_names mappings = { 0 };
	sr_auto_range_list sr_range_list ranges = { 0 };
	char folder[128];
	uint64_t size;
	char **mapping;
	int error;

	snprintf(folder, sizeof(folder), "/sys/bus/dax/devices/%s", name);
	error = sr_machine_u64(machine, folder, "size", &size);
	if (error || size == 0)
		return error;
	error = machine->ops->list(machine->data, folder, "mapping#", MAPPING_LIMIT, &mappings);
	if (!error && mappings.list.count == 0)
		error = add_single_range(machine, folder, size, &ranges);
	sr_for_each (mapping, &mappings.list) {
		if (!error)
			error = add_range(machine, folder, *mapping, &ranges);
	}
	if (error)
		return error;
	*ret_ranges = ranges;
	ranges = (sr_range_list){ 0 };
	return 0;
}

/* Hexadecimal without 0x: block_size_bytes_show(). */
int sr_block_size(const struct sr_machine *machine, uint64_t *ret_size)
{
	char text[64];
	const char *at = text;
	int error = sr_machine_read(machine, MEMORY_PATH, "block_size_bytes", text, sizeof(text));

	if (error)
		return error;
	if (sr_number_scan(&at, 16, ret_size) || *at || *ret_size == 0)
		return -EBADMSG;
	return 0;
}

int sr_block_state(const struct sr_machine *machine, uint64_t id, char state[static 32])
{
	char folder[PATH_MAX];
	int error;

	snprintf(folder, sizeof(folder), MEMORY_PATH "/memory%" PRIu64, id);
	error = sr_machine_read(machine, folder, "state", state, 32);
	if (error)
		return error;
	/* "going-offline" is neither, and soon one of them: not a moment to act. */
	return strcmp(state, "online") == 0 || strcmp(state, "offline") == 0 ? 0 : -EAGAIN;
}

static int visit_range(const struct sr_machine *machine, struct sr_range range, uint64_t size,
		       sr_block_visitor *visit, void *data)
{
	uint64_t first = range.start / size + (range.start % size != 0);
	uint64_t end = range.end / size + (range.end % size == size - 1);
	char state[32];
	int error = 0;

	if (end > first && end - first > BLOCK_LIMIT)
		return -E2BIG;
	for (uint64_t id = first; !error && id < end; id++) {
		error = sr_block_state(machine, id, state);
		if (error == -ENOENT)
			error = 0;
		else if (!error)
			error = visit(data, id, state);
	}
	return error;
}

int sr_blocks_visit(const struct sr_machine *machine, const sr_range_list *ranges,
		    sr_block_visitor *visit, void *data)
{
	const struct sr_range *range;
	uint64_t size;
	int error;

	if (ranges->count == 0)
		return 0;
	/* Each mapping by itself, as dax_kmem_range() aligns it (drivers/dax/kmem.c). */
	error = sr_block_size(machine, &size);
	sr_for_each (range, ranges) {
		if (!error)
			error = visit_range(machine, *range, size, visit, data);
	}
	return error;
}

struct online {
	const struct sr_machine *machine;
	sr_block_runs runs;
};

static void online_done(struct online *online)
{
	sr_list_free(&online->runs);
}

/* The first word of valid_zones of an online block is the zone that it is in. */
static int read_movable(const struct sr_machine *machine, uint64_t id, bool *ret_movable)
{
	char folder[PATH_MAX], zones[256];
	int error;

	snprintf(folder, sizeof(folder), MEMORY_PATH "/memory%" PRIu64, id);
	error = sr_machine_read(machine, folder, "valid_zones", zones, sizeof(zones));
	if (error)
		return error;
	zones[strcspn(zones, " ")] = '\0';
	*ret_movable = strcmp(zones, "Movable") == 0;
	return 0;
}

static int add_online(void *data, uint64_t id, const char *state)
{
	struct online *online = data;
	struct sr_block_run *last = NULL;
	bool movable = false;
	int error;

	if (strcmp(state, "online") != 0)
		return 0;
	error = read_movable(online->machine, id, &movable);
	if (error)
		return error;
	if (online->runs.count)
		last = &online->runs.items[online->runs.count - 1];
	if (last && last->first + last->count == id && last->movable == movable) {
		last->count++;
		return 0;
	}
	last = sr_list_add(&online->runs);
	if (!last)
		return -ENOMEM;
	*last = (struct sr_block_run){ .first = id, .count = 1, .movable = movable };
	return 0;
}

int sr_dax_online_blocks(const struct sr_machine *machine, const char *name,
			 sr_block_runs *ret_runs)
{
	__attribute__((cleanup(online_done))) struct online online = { .machine = machine };
	sr_auto_range_list sr_range_list ranges = { 0 };
	int error = sr_dax_ranges(machine, name, &ranges);

	if (!error)
		error = sr_blocks_visit(machine, &ranges, add_online, &online);
	if (error)
		return error;
	*ret_runs = online.runs;
	online.runs = (sr_block_runs){ 0 };
	return 0;
}

static int stop_at_online(void *data, uint64_t id, const char *state)
{
	(void)data, (void)id;
	return strcmp(state, "online") == 0;
}

int sr_dax_is_online(const struct sr_machine *machine, const char *name)
{
	sr_auto_range_list sr_range_list ranges = { 0 };
	int error = sr_dax_ranges(machine, name, &ranges);

	return error ? error : sr_blocks_visit(machine, &ranges, stop_at_online, NULL);
}

int sr_dax_is_online_below(const struct sr_machine *machine, const char *pattern,
			   char name[static SR_DEVICE_NAME_SIZE])
{
	sr_auto_names struct sr_names below = { 0 };
	int error = sr_dax_devices_below(machine, pattern, &below);
	char **device;

	name[0] = '\0';
	if (error)
		return error;
	sr_for_each (device, &below.list) {
		int online = sr_dax_is_online(machine, *device);

		if (online == 0)
			continue;
		snprintf(name, SR_DEVICE_NAME_SIZE, "%s", *device);
		return online;
	}
	return 0;
}

uint64_t sr_block_runs_count(const sr_block_runs *runs)
{
	const struct sr_block_run *run;
	uint64_t count = 0;

	sr_for_each (run, runs)
		count += run->count;
	return count;
}
