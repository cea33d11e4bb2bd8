/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole documents, for those who do more with them than to print them. */
#pragma once

#include "json-values.h"
#include "judgement/report.h"
#include "predictions.h"

/* "cxl-sr.report/1" and "cxl-sr.predict/1"; to be put. Whole unless json->failed. */
struct json_object *json_report(struct json *json, const struct sr_report *report);
struct json_object *json_predictions(struct json *json, const struct predictions *predictions);
