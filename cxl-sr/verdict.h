/* SPDX-License-Identifier: GPL-2.0-only */
/* A report in words: its first line, and the reasons below the table. */
#pragma once

#include <stdio.h>

#include "judgement/report.h"

/* One sentence: how many ranges and bytes, how many contained, how much is lost. */
void print_verdict(FILE *stream, const struct sr_report *report);

/* A line for each reason and each finding; nothing where there is none. */
void print_reasons(FILE *stream, const struct sr_report *report);

/* "sentence [CODE]", indented and wrapped. */
void print_reason(FILE *stream, const char *text, enum sr_code code);

/* "iomem: why; cxl: why": the sources that fell short, without a newline. */
void print_short_sources(FILE *stream, const struct sr_report *report);

/* One line on stderr where sources could not be read: which, and what to do. */
void warn_partial(const struct sr_report *report);
