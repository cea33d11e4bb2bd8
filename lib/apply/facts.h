/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What of a machine decides whether a step may be done, and whether it was: read anew each time. */
#pragma once

#include <stdbool.h>

#include "apply/journal.h"
#include "apply/machine.h"
#include "base/range-list.h"

/* Devices of one kind that a machine may have; above it, a folder is made to never end. */
#define SR_DEVICE_LIMIT 65536

/* A bus is "dax", "cxl" or "platform". 1, 0, or -errno. */
int sr_device_exists(const struct sr_machine *machine, const char *bus, const char *name);

/* 1 and the driver's name; 0 and "" where it has none; -ENODEV for no such device; -errno. */
int sr_device_driver(const struct sr_machine *machine, const char *bus, const char *name,
		     char driver[static SR_DEVICE_NAME_SIZE]);

/* Where the device really is: "/sys/devices/...". -ENODEV, -errno. */
int sr_device_real_path(const struct sr_machine *machine, const char *bus, const char *name,
			char *buffer, size_t size);

/* The last component of @path that matches @pattern: 1 and its name, or 0. */
int sr_path_part(const char *path, const char *pattern, char part[static SR_DEVICE_NAME_SIZE]);

/*
 * The dax devices below a device whose name is, or matches, @pattern ("region0", "hmem.#"),
 * as their real paths tell. 0 or -errno.
 */
int sr_dax_devices_below(const struct sr_machine *machine, const char *pattern,
			 struct sr_names *ret_names);

/*
 * The ranges of a dax device, none for one of size 0. An unknown one is an error, never none:
 * -errno, -EBADMSG.
 */
int sr_dax_ranges(const struct sr_machine *machine, const char *name, sr_range_list *ret_ranges);

/* Calls @visit for each memory block that lies in @ranges wholly, as kmem adds only such ones. */
typedef int sr_block_visitor(void *data, uint64_t id, const char *state);
int sr_blocks_visit(const struct sr_machine *machine, const sr_range_list *ranges,
		    sr_block_visitor *visit, void *data);

/* "online" or "offline" in @state: 0, -ENOENT where there is no such block, -errno. */
int sr_block_state(const struct sr_machine *machine, uint64_t id, char state[static 32]);

/* The blocks of a dax device that are online, and in which kind of zone. 0 or -errno. */
int sr_dax_online_blocks(const struct sr_machine *machine, const char *name,
			 sr_block_runs *ret_runs);

/* 1, 0, or -errno: of one dax device, and of all below @pattern; @name is then the first such. */
int sr_dax_is_online(const struct sr_machine *machine, const char *name);
int sr_dax_is_online_below(const struct sr_machine *machine, const char *pattern,
			   char name[static SR_DEVICE_NAME_SIZE]);

/* The size of a memory block in bytes; -ENOENT where memory has none. */
int sr_block_size(const struct sr_machine *machine, uint64_t *ret_size);

/* How many blocks @runs have. */
uint64_t sr_block_runs_count(const sr_block_runs *runs);
