/* SPDX-License-Identifier: GPL-2.0-only */
/* A machine before and after, side by side; and what was promised of it. */
#pragma once

#include "judgement/report.h"
#include "plan/plan.h"

/* 0 or -ENOMEM. */
int render_change(const struct sr_report *before, const struct sr_report *after);

/* Whether each unit of @after is as @plan, made of the machine before, promised. */
bool is_as_promised(const struct sr_plan *plan, const struct sr_report *after);
