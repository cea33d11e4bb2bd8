/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What of a report is worth an alarm, for monitoring: each thing with its level, how
 * much memory it is about and the reason that says most. Pure; reads a report only.
 */
#pragma once

#include "judgement/report.h"

enum sr_alarm_level {
	SR_ALARM_OK,
	SR_ALARM_WARNING,
	SR_ALARM_CRITICAL,
	SR_ALARM_UNKNOWN,
	SR_ALARM_LEVEL_COUNT,
};

struct sr_alarm {
	enum sr_alarm_level level;
	const char *words; /* "lost": of bytes, or of the machine as a whole where ranges is 0 */
	enum sr_code code; /* the reason that says most; SR_CODE_COUNT: none is given */
	uint64_t bytes;
	size_t ranges;			    /* Soft Reserved ranges with such a unit */
	const struct sr_range_report *unit; /* the one with most memory; NULL: none */
};

/* More than there are kinds of alarms. */
#define SR_ALARM_LIMIT 16

/*
 * Lists the alarms, the gravest first, and returns how many there are; 0 is a machine
 * with which all is well. The first gives the verdict.
 */
size_t sr_alarm_list(const struct sr_report *report, struct sr_alarm ret_alarms[SR_ALARM_LIMIT]);

/* "OK", "WARNING", "CRITICAL" or "UNKNOWN". */
const char *sr_alarm_level_name(enum sr_alarm_level level);
