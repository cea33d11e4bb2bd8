/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the targets of a step can be, and which steps are fit to be looked at, let alone done. */
#pragma once

#include <stdbool.h>

#include "base/reason.h"
#include "plan/step.h"

struct sr_action_row {
	const char *pattern; /* what its target looks like (base/directory.h); NULL: a module */
	bool has_size;	     /* its value is a size in bytes */
	bool adds_memory;    /* memory may come online by it, as auto_online_blocks says */
};

/* @action is below SR_ACTION_COUNT. */
const struct sr_action_row *sr_action_row(enum sr_action action);

/* The action with this name (plan/step.h): 0 or -ENOENT. */
int sr_action_find(const char *name, enum sr_action *ret_action);

/*
 * Whether a step is one of ours: a known action, on a name that can be a device's or a module's
 * that takes part in who owns Soft Reserved memory, with a size where it needs one. All paths
 * are made of such names alone. 0 or -EINVAL with the reason.
 */
int sr_step_check(const struct sr_step *step, struct sr_reason *reason);

/* The size in bytes of a step whose row has one. */
uint64_t sr_step_size(const struct sr_step *step);

/* Whether memory_hotplug_default_online_types (drivers/base/memory.c) has this word. */
bool sr_auto_online_is_valid(const char *word);
