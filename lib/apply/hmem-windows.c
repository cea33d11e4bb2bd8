// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What dax_hmem would not get back: since v7.1 a second walk over the Soft Reserved ranges
 * passes over each that touches a CXL window, whoever has it (drivers/dax/hmem/hmem.c).
 */
#include <errno.h>
#include <string.h>

#include "apply/run.h"

/* 1 where the range of a child is known and touches no window. */
static int is_outside(struct sr_run *run, const char *name, const sr_range_list *windows)
{
	sr_auto_names struct sr_names below = { 0 };
	int error = sr_dax_devices_below(run->machine, name, &below);
	bool known = false;
	char **device;

	sr_for_each (device, &below.list) {
		sr_auto_range_list sr_range_list ranges = { 0 };
		const struct sr_range *range;

		if (!error)
			error = sr_dax_ranges(run->machine, *device, &ranges);
		sr_for_each (range, &ranges) {
			known = true;
			if (sr_range_list_overlaps(windows, *range))
				return 0;
		}
	}
	return error ? error : known;
}

int sr_run_check_hmem_comes_back(struct sr_run *run)
{
	sr_auto_names struct sr_names children = { 0 };
	sr_auto_range_list sr_range_list windows = { 0 };
	int roots = sr_cxl_has_roots(run->machine);
	int error = roots < 0 ? roots : 0;
	char **child;

	if (roots == 0)
		return 0;
	if (!error)
		error = sr_cxl_windows(run->machine, &windows);
	if (!error)
		error = run->machine->ops->list(run->machine->data, "/sys/bus/platform/devices",
						"hmem.#", SR_DEVICE_LIMIT, &children);
	if (error)
		return sr_fail(run->reason, error, "the windows of CXL: %s", strerror(-error));
	sr_for_each (child, &children.list) {
		int outside = is_outside(run, *child, &windows);

		if (outside <= 0)
			return sr_fail(
				run->reason, outside ? outside : -EPERM,
				"%s touches a CXL window, or where it is is unknown: it would "
				"be nobody's until the next reboot",
				*child);
	}
	return 0;
}
