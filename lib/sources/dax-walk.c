// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/dax-walk.h"

#include <daxctl/libdaxctl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/cleanup.h"

#define DEVICES_PATH "/sys/bus/dax/devices"
#define DEVICE_LIMIT 8192

static void unref_guard(struct daxctl_ctx **context)
{
	if (*context)
		daxctl_unref(*context);
}

/* Sets @seen of each of @names that libdaxctl returns. */
static void mark_seen(struct daxctl_ctx *context, const struct sr_names *names, bool *seen)
{
	struct daxctl_region *region;
	struct daxctl_dev *device;
	size_t index;

	daxctl_region_foreach (context, region) {
		daxctl_dev_foreach (region, device) {
			if (sr_names_find(names, daxctl_dev_get_devname(device), &index))
				seen[index] = true;
		}
	}
}

int sr_dax_walk(struct sr_dax_names *ret_names)
{
	__attribute__((cleanup(unref_guard))) struct daxctl_ctx *context = NULL;
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
	if (daxctl_new(&context) == 0) {
		/* It writes to stderr; what it leaves out is found by counting. */
		daxctl_set_log_priority(context, LOG_EMERG);
		mark_seen(context, &found.names, seen);
	}
	for (size_t i = found.names.list.count; i-- > 0;) {
		if (seen[i])
			continue;
		found.left_out++;
		found.left_out_first = found.names.list.items[i];
	}
	*ret_names = found;
	return 0;
}
