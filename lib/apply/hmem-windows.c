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

int sr_run_record_hmem(struct sr_run *run, struct sr_journal_step *step)
{
	sr_auto_names struct sr_names children = { 0 };
	int roots = sr_cxl_has_roots(run->machine);
	int error = run->machine->ops->list(run->machine->data, "/sys/bus/platform/devices",
					    "hmem.#", SR_DEVICE_LIMIT, &children);

	if (roots < 0 || error)
		return sr_fail(run->reason, roots < 0 ? roots : error, "the devices of hmem: %s",
			       strerror(roots < 0 ? -roots : -error));
	if (!step->before)
		step->before = roots || children.list.count == 0 ? "whole" : "blind";
	return 0;
}

static bool was_blind(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;

	sr_for_each (step, &journal->steps) {
		if ((step->step.action == SR_ACTION_UNBIND_HMEM_PLATFORM ||
		     step->step.action == SR_ACTION_UNLOAD_MODULE) &&
		    step->before && strcmp(step->before, "whole") != 0)
			return true;
	}
	return false;
}

/* That this run removed cxl_acpi tells that all decoders were locked when it did. */
static bool removed_locked(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;

	sr_for_each (step, &journal->steps) {
		if (step->step.action == SR_ACTION_UNLOAD_MODULE && step->state == SR_STEP_DONE &&
		    strcmp(step->step.target, "cxl_acpi") == 0)
			return true;
	}
	return false;
}

int sr_run_check_hmem_may_walk(struct sr_run *run, const char *name)
{
	int roots = sr_cxl_has_roots(run->machine);

	if (roots < 0)
		return sr_fail(run->reason, roots, "the CXL bus: %s", strerror(-roots));
	if (roots && was_blind(run->journal))
		return sr_fail(run->reason, -EPERM,
			       "%s: ranges that hmem had may touch a CXL window, and would be "
			       "nobody's until the next reboot",
			       name);
	if (!roots && !removed_locked(run->journal))
		return sr_fail(run->reason, -EPERM,
			       "%s: without cxl_acpi nobody can tell whether the memory still "
			       "decodes",
			       name);
	return 0;
}
