// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/actions.h"

#include <string.h>

#include "apply/machine.h"
#include "base/directory.h"
#include "base/number.h"

static const struct sr_action_row rows[SR_ACTION_COUNT] = {
	[SR_ACTION_OFFLINE] = { .name = "offline", .pattern = "dax#.#" },
	[SR_ACTION_UNBIND_DEVICE] = { .name = "unbind-device", .pattern = "dax#.#" },
	[SR_ACTION_RESIZE_DEVICE] = { .name = "resize-device",
				      .pattern = "dax#.#",
				      .has_size = true },
	[SR_ACTION_CREATE_DEVICE] = { .name = "create-device",
				      .pattern = "dax#.#",
				      .has_size = true },
	[SR_ACTION_BIND_DEVICE] = { .name = "bind-device",
				    .pattern = "dax#.#",
				    .adds_memory = true },
	[SR_ACTION_UNBIND_HMEM] = { .name = "unbind-hmem", .pattern = "hmem.#" },
	[SR_ACTION_PROBE_DAX_REGION] = { .name = "probe-dax-region",
					 .pattern = "dax_region#",
					 .adds_memory = true },
	[SR_ACTION_DISABLE_REGION] = { .name = "disable-region", .pattern = "region#" },
	[SR_ACTION_ENABLE_REGION] = { .name = "enable-region",
				      .pattern = "region#",
				      .adds_memory = true },
	[SR_ACTION_UNLOAD_MODULE] = { .name = "unload-module" },
	[SR_ACTION_LOAD_MODULE] = { .name = "load-module", .adds_memory = true },
	[SR_ACTION_UNBIND_HMEM_PLATFORM] = { .name = "unbind-hmem-platform",
					     .pattern = "hmem_platform.#" },
	[SR_ACTION_BIND_HMEM_PLATFORM] = { .name = "bind-hmem-platform",
					   .pattern = "hmem_platform.#",
					   .adds_memory = true },
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
		if (strcmp(rows[action].name, name) == 0) {
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
	uint64_t size;

	/* No text of the step in the reasons: it is what is not trusted. */
	if ((unsigned int)step->action >= SR_ACTION_COUNT)
		return sr_fail(reason, -EINVAL, "a step does nothing that is known");
	row = &rows[step->action];
	if (!is_target(row, step->target))
		return sr_fail(reason, -EINVAL, "a step %s has no target that it could have",
			       row->name);
	if (row->has_size && (!step->value || sr_number_parse(step->value, &size)))
		return sr_fail(reason, -EINVAL, "%s %s: its value is no size", row->name,
			       step->target);
	if (step->value && (strlen(step->value) > 128 || strpbrk(step->value, "\n\t\r")))
		return sr_fail(reason, -EINVAL, "%s %s: its value is no word", row->name,
			       step->target);
	if (step->has_range && step->range.end < step->range.start)
		return sr_fail(reason, -EINVAL, "%s %s: its range is none", row->name,
			       step->target);
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
