/* SPDX-License-Identifier: GPL-2.0-only */
/* A plan that --plan-out wrote, read back: what was agreed to, and nothing that is executed. */
#pragma once

#include <json.h>

#include "base/reason.h"
#include "plan/plan.h"

struct plan_file {
	struct json_object *document;
	enum sr_policy policy;
};

/*
 * -EPERM for a file that others than its owner can write, that is another user's, that has two
 * names, or that others can put another in the place of (apply/secure-way.h); -EINVAL for one
 * that is no plan; -errno; with the reason.
 */
int plan_file_read(const char *path, struct plan_file *ret_file, struct sr_reason *reason);

/* -ESTALE where the machine, or what this version makes of it, is not what it was; -ENOMEM. */
int plan_file_compare(const struct plan_file *file, const struct sr_plan *plan,
		      struct sr_reason *reason);

void plan_file_done(struct plan_file *file);
