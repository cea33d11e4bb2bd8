/* SPDX-License-Identifier: GPL-2.0-only */
/* Stages on this machine what makes a plan come true at the next boot, or removes that. */
#pragma once

#include "json-form.h"
#include "plan/plan.h"
#include "settle.h"

struct staging {
	struct settle_choice settle;
	enum sr_policy policy;
	enum json_form json;
};

/* Both return an exit status, behind messages. */
int stage_policy(const struct staging *staging);
int unstage(enum json_form json);
