/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to show the evidence of decision units, on stdout. */
#pragma once

#include "evidence/evidence.h"
#include "json-values.h"

/* As text. @number: "2.1". */
void render_evidence(const struct sr_evidence *evidence, const char *number);

/* The object of one unit, for the array `units`. */
struct json_object *evidence_object(struct json *json, const struct sr_evidence *evidence);

/* Prints the document of schema "cxl-sr.explain/1" and takes over @units. 0, -ENOMEM or -EIO. */
int render_evidence_json(struct json *json, enum sr_truth settled, struct json_object *units);
