/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which of its reasons is the one to act on: the cause, not what follows from it. */
#pragma once

#include "judgement/report.h"

/* NULL where nothing is wrong with the row, or nothing of its reasons tells. */
const enum sr_code *sr_cause(const struct sr_range_report *row);

/*
 * Whose problem a reason of the row is, and what to do next (without a final stop): as
 * sr_codes has it, but no vendor can mend what the command line made; and where nothing tells
 * whether it did, nobody knows whose problem that is.
 */
enum sr_problem_owner sr_problem_owner_of(const struct sr_range_report *row, enum sr_code code);
const char *sr_action_of(const struct sr_range_report *row, enum sr_code code);
