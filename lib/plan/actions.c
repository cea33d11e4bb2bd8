// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/step.h"

static const struct {
	const char *name, *words;
} actions[SR_ACTION_COUNT] = {
	[SR_ACTION_OFFLINE] = { "offline", "take its memory offline" },
	[SR_ACTION_UNBIND_DEVICE] = { "unbind-device", "unbind from its driver" },
	[SR_ACTION_RESIZE_DEVICE] = { "resize-device", "set its size" },
	[SR_ACTION_CREATE_DEVICE] = { "create-device", "create it, with its size" },
	[SR_ACTION_BIND_DEVICE] = { "bind-device", "bind to kmem" },
	[SR_ACTION_UNBIND_HMEM] = { "unbind-hmem", "make dax_hmem let go of it" },
	[SR_ACTION_PROBE_DAX_REGION] = { "probe-dax-region", "have CXL probe it" },
	[SR_ACTION_DISABLE_REGION] = { "disable-region", "disable it" },
	[SR_ACTION_ENABLE_REGION] = { "enable-region", "enable it" },
	[SR_ACTION_UNLOAD_MODULE] = { "unload-module", "remove it" },
	[SR_ACTION_LOAD_MODULE] = { "load-module", "load it" },
	[SR_ACTION_UNBIND_HMEM_PLATFORM] = { "unbind-hmem-platform", "unbind from its driver" },
	[SR_ACTION_BIND_HMEM_PLATFORM] = { "bind-hmem-platform", "bind to its driver" },
};

const char *sr_action_name(enum sr_action action)
{
	return actions[action].name;
}

const char *sr_action_words(enum sr_action action)
{
	return actions[action].words;
}
