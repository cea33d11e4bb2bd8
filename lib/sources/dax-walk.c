// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/dax-walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/cleanup.h"
#include "libraries/libdaxctl.h"

#define DEVICES_PATH "/sys/bus/dax/devices"
#define DEVICE_LIMIT 8192

/* Sets @seen of each of @names that libdaxctl returns. */
static void mark_seen(const struct sr_libdaxctl *libdaxctl, struct daxctl_region *region,
		      const struct sr_names *names, bool *seen)
{
	size_t index;

	for (struct daxctl_dev *device = libdaxctl->dev_get_first(region); device;
	     device = libdaxctl->dev_get_next(device)) {
		if (sr_names_find(names, libdaxctl->dev_get_devname(device), &index))
			seen[index] = true;
	}
}

/* sr_snapshot_read() has loaded it, and said what is to be done where that was not possible. */
static void walk_library(const struct sr_names *names, bool *seen)
{
	struct sr_libdaxctl libdaxctl;
	struct daxctl_ctx *context;

	if (sr_libdaxctl_load(&libdaxctl, NULL) || libdaxctl.new(&context))
		return;
	/* It writes to stderr; what it leaves out is found by counting. */
	libdaxctl.set_log_priority(context, LOG_EMERG);
	for (struct daxctl_region *region = libdaxctl.region_get_first(context); region;
	     region = libdaxctl.region_get_next(region))
		mark_seen(&libdaxctl, region, names, seen);
	libdaxctl.unref(context);
}

int sr_dax_walk(struct sr_dax_names *ret_names)
{
	struct sr_dax_names found = { 0 };
	sr_auto_free bool *seen = NULL;
	int error = sr_names_read(DEVICES_PATH, "dax#.#", DEVICE_LIMIT, &found.names);

	if (error)
		return error;
	seen = calloc(found.names.list.count + 1, sizeof(*seen));
	if (!seen) {
		sr_names_free(&found.names);
		return -ENOMEM;
	}
	walk_library(&found.names, seen);
	for (size_t i = found.names.list.count; i-- > 0;) {
		if (seen[i])
			continue;
		found.left_out++;
		found.left_out_first = found.names.list.items[i];
	}
	*ret_names = found;
	return 0;
}
