/* SPDX-License-Identifier: GPL-2.0-only */
/* A plan as text and as JSON. */
#pragma once

#include <json.h>

#include "base/reason.h"
#include "json-form.h"
#include "plan/plan.h"

#define PLAN_SCHEMA "cxl-sr.plan/1"

/* 0, -ENOMEM, or -EIO where stdout could not be written. */
int render_plan(const struct sr_plan *plan);
int render_plan_json(const struct sr_plan *plan, enum json_form form);

/* The JSON itself, the caller's. 0 or -ENOMEM. */
int plan_object_new(const struct sr_plan *plan, struct json_object **ret_object);

/*
 * The JSON into a file for its owner only, which is there whole or not at all and replaces
 * one that was there. -errno and the reason.
 */
int write_plan_file(const struct sr_plan *plan, const char *path, struct sr_reason *reason);
