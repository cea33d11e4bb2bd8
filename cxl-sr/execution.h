/* SPDX-License-Identifier: GPL-2.0-only */
/* Executes a plan on this machine, or ends what another apply began, and shows what came. */
#pragma once

#include "json-form.h"
#include "plan/plan.h"
#include "plan-file.h"
#include "settle.h"

struct execution {
	struct settle_choice settle;
	enum sr_policy policy;
	const struct plan_file *file; /* what was agreed to; NULL: the policy alone */
	enum json_form json;
};

/* All return an exit status, behind messages. */
int execute_policy(const struct execution *execution);
int execute_resume(const struct execution *execution);
int execute_rollback(const struct execution *execution);

/* What a plan's class comes to where it is only shown, or all its steps were done. */
int status_of_class(enum sr_plan_class class);

/* A line on stderr where an apply on this machine was not ended. */
void message_pending(void);
