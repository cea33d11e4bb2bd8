/* SPDX-License-Identifier: GPL-2.0-only */
/* All that the program makes of a report: every command that only reads. */
#pragma once

#include "judgement/report.h"

/*
 * Checks the report's sums, then renders it in all ways: table, JSON, metrics, page, check,
 * explain, predict, lint, map, and a plan for each policy.
 */
void fuzz_everything(const struct sr_report *report);
