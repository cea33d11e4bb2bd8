/* SPDX-License-Identifier: GPL-2.0-only */
/* Stages on this machine what makes a plan come true at the next boot, or removes that. */
#pragma once

#include <stdbool.h>

#include "plan/plan.h"
#include "settle.h"

struct staging {
	struct settle_choice settle;
	enum sr_policy policy;
	bool json;
};

/* Both return an exit status, behind messages. */
int stage_policy(const struct staging *staging);
int unstage(bool json);
