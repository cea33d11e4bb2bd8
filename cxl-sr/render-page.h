/* SPDX-License-Identifier: GPL-2.0-only */
/* A report and what lint found as a page in Markdown, for who makes the firmware. */
#pragma once

#include <stdio.h>

#include "judgement/report.h"
#include "lint/lint.h"

struct page {
	const struct sr_report *report;
	const struct sr_lint *lint;
	size_t barred; /* files of the capture that its maker was not permitted to read */
};

/* 0 or -ENOMEM. */
int render_page(FILE *stream, const struct page *page);
