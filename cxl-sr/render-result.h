/* SPDX-License-Identifier: GPL-2.0-only */
/* The JSON of a plan that was executed: the plan's, with a member `result`. */
#pragma once

#include "apply/apply.h"
#include "json-form.h"
#include "judgement/report.h"
#include "plan/plan.h"

/* @plan may be NULL: the journal's steps were done. 0, -ENOMEM, or -EIO. */
int render_result_json(const struct sr_plan *plan, const struct sr_apply_result *result, int error,
		       const char *reason, const struct sr_report *after, enum json_form form);
