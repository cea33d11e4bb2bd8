/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The line of `cxl-sr check`: its first CHECK_VERDICT_LENGTH characters are the whole
 * verdict, as some monitors keep no more. Printable ASCII without a "|", which monitors
 * of the Nagios family take for the begin of their figures.
 */
#pragma once

#include "judgement/alarm.h"

#define CHECK_VERDICT_LENGTH 80

/* Both return a line without its newline, to be freed; NULL: no memory. */
char *check_line(const struct sr_report *report, enum sr_alarm_level *ret_level);

/* That there is no report, and why. */
char *check_line_of_failure(const char *why);
