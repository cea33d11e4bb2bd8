/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to show a report. They read it and write to stdout, and judge nothing. */
#pragma once

#include <stdbool.h>

#include "color.h"
#include "columns.h"
#include "json-form.h"
#include "judgement/report.h"

struct table_style {
	struct column_choice columns;
	bool headings;
	bool bytes;
	bool raw;
	enum color_mode color;
};

/* 0, or -errno: -ENOMEM, or a failed write. */
int render_table(const struct sr_report *report, const struct table_style *style);
int render_json(const struct sr_report *report, enum json_form form);
