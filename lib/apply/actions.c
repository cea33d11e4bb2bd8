// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/actions.h"

#include <string.h>

#include "apply/machine.h"
#include "base/directory.h"
#include "base/number.h"

static const struct sr_action_row rows[SR_ACTION_COUNT] = {
	[SR_ACTION_OFFLINE] = { .pattern = "dax#.#" },
	[SR_ACTION_UNBIND_DEVICE] = { .pattern = "dax#.#" },
	[SR_ACTION_RESIZE_DEVICE] = { .pattern = "dax#.#", .has_size = true },
	[SR_ACTION_CREATE_DEVICE] = { .pattern = "dax#.#", .has_size = true },
	[SR_ACTION_BIND_DEVICE] = { .pattern = "dax#.#", .adds_memory = true },
	[SR_ACTION_UNBIND_HMEM] = { .pattern = "hmem.#" },
	[SR_ACTION_PROBE_DAX_REGION] = { .pattern = "dax_region#", .adds_memory = true },
	[SR_ACTION_DISABLE_REGION] = { .pattern = "region#" },
	[SR_ACTION_ENABLE_REGION] = { .pattern = "region#", .adds_memory = true },
	[SR_ACTION_UNLOAD_MODULE] = { 0 },
	[SR_ACTION_LOAD_MODULE] = { .adds_memory = true },
	[SR_ACTION_UNBIND_HMEM_PLATFORM] = { .pattern = "hmem_platform.#" },
	[SR_ACTION_BIND_HMEM_PLATFORM] = { .pattern = "hmem_platform.#", .adds_memory = true },
};

static const char *const modules[] = {
	"cxl_acpi", "cxl_mem", "cxl_pci", "cxl_port", "dax_cxl", "dax_hmem", "device_dax", "kmem",
};

const struct sr_action_row *sr_action_row(enum sr_action action)
{
	return &rows[action];
}

int sr_action_find(const char *name, enum sr_action *ret_action)
{
	for (int action = 0; action < SR_ACTION_COUNT; action++) {
		if (strcmp(sr_action_name((enum sr_action)action), name) == 0) {
			*ret_action = (enum sr_action)action;
			return 0;
		}
	}
	return -ENOENT;
}

static bool is_module(const char *name)
{
	for (size_t i = 0; i < sizeof(modules) / sizeof(*modules); i++) {
		if (strcmp(modules[i], name) == 0)
			return true;
	}
	return false;
}

static bool is_target(const struct sr_action_row *row, const char *target)
{
	if (!target || strnlen(target, SR_DEVICE_NAME_SIZE) >= SR_DEVICE_NAME_SIZE)
		return false;
	return row->pattern ? sr_name_matches(target, row->pattern) : is_module(target);
}

int sr_step_check(const struct sr_step *step, struct sr_reason *reason)
{
	const struct sr_action_row *row;
	const char *name;
	uint64_t size;

	/* No text of the step in the reasons: it is what is not trusted. */
	if ((unsigned int)step->action >= SR_ACTION_COUNT)
		return sr_fail(reason, -EINVAL, "a step does nothing that is known");
	row = &rows[step->action];
	name = sr_action_name(step->action);
	if (!is_target(row, step->target))
		return sr_fail(reason, -EINVAL, "a step %s has no target that it could have", name);
	if (row->has_size && (!step->value || sr_number_parse(step->value, &size)))
		return sr_fail(reason, -EINVAL, "%s %s: its value is no size", name, step->target);
	if (step->value && (strlen(step->value) > 128 || strpbrk(step->value, "\n\t\r")))
		return sr_fail(reason, -EINVAL, "%s %s: its value is no word", name, step->target);
	if (step->has_range && step->range.end < step->range.start)
		return sr_fail(reason, -EINVAL, "%s %s: its range is none", name, step->target);
	return 0;
}

uint64_t sr_step_size(const struct sr_step *step)
{
	uint64_t size = 0;

	return sr_number_parse(step->value, &size) ? 0 : size;
}

bool sr_auto_online_is_valid(const char *word)
{
	static const char *const words[] = { "offline", "online", "online_kernel",
					     "online_movable" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i], word) == 0)
			return true;
	}
	return false;
}
