/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a plan consists of and apply executes: one change of the machine, each in one place. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/range.h"

/* One row each in plan/actions.c and apply/actions.c. */
enum sr_action {
	SR_ACTION_OFFLINE,	    /* all memory blocks of a dax device, or its `state` (v7.3) */
	SR_ACTION_UNBIND_DEVICE,    /* a dax device from its driver */
	SR_ACTION_RESIZE_DEVICE,    /* `size` of a dax device without driver */
	SR_ACTION_CREATE_DEVICE,    /* `dax_region/create`, then the size of the new device */
	SR_ACTION_BIND_DEVICE,	    /* a dax device to kmem */
	SR_ACTION_UNBIND_HMEM,	    /* hmem.N from the driver hmem */
	SR_ACTION_PROBE_DAX_REGION, /* dax_regionN to /sys/bus/cxl/drivers_probe */
	SR_ACTION_DISABLE_REGION,   /* regionN from the driver cxl_region; decoders stay */
	SR_ACTION_ENABLE_REGION,    /* regionN to it */
	SR_ACTION_UNLOAD_MODULE,
	SR_ACTION_LOAD_MODULE,
	SR_ACTION_UNBIND_HMEM_PLATFORM,
	SR_ACTION_BIND_HMEM_PLATFORM,
	SR_ACTION_COUNT,
};

struct sr_step {
	enum sr_action action;
	const char *target;    /* the device or module: "dax0.0", "hmem.2", "cxl_acpi" */
	const char *path;      /* the sysfs file that is written; NULL: a module operation */
	const char *value;     /* what is written there; NULL: a module operation */
	const char *needs;     /* what must hold before it, in words */
	const char *changes;   /* what it changes, in words */
	const char *undo;      /* how it is undone, as a shell command; NULL: it cannot be */
	struct sr_range range; /* whose memory it touches; of modules: all that they hold */
	bool has_range;
	uint64_t offline_bytes; /* System RAM that goes offline by it */
};

/* "unbind-hmem": in plans and journals, for ever. @action is below SR_ACTION_COUNT. */
const char *sr_action_name(enum sr_action action);

/* What an action does to its target, in words: "take its memory offline". */
const char *sr_action_words(enum sr_action action);
