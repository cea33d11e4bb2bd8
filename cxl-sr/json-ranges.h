/* SPDX-License-Identifier: GPL-2.0-only */
/* The rows of a report as JSON: Soft Reserved ranges and their decision units. */
#pragma once

#include "json-values.h"
#include "judgement/report.h"

/* The array `ranges`, each with its `units`. */
struct json_object *json_ranges(struct json *json, const struct sr_report *report);

/* Appends the range as an object; NULL: null. */
void json_put_span(struct json *json, struct json_object *object, const char *key,
		   const struct sr_range *range);

/* NULL where the rule is not known. */
const char *json_rule_name(const struct sr_kernel_rule *rule);
