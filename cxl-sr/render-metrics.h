/* SPDX-License-Identifier: GPL-2.0-only */
/* A report as metrics for Prometheus; cxl-sr-prometheus(7) tells what each is. */
#pragma once

#include <stdio.h>

#include "base/reason.h"
#include "judgement/report.h"

void render_metrics(FILE *stream, const struct sr_report *report);

/* The same in a file that others may read, in the place of what was there. 0 or -errno. */
int write_metrics(const char *path, const struct sr_report *report, struct sr_reason *reason);
