/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to show a comparison. They read it and write to stdout, and judge nothing. */
#pragma once

#include "comparison.h"
#include "diff-side.h"
#include "json-form.h"

struct diff_sides {
	struct diff_side before, after;
};

/* 0, or -errno: -ENOMEM, or a failed write. */
int render_comparison(const struct comparison *comparison, const struct diff_sides *sides);
int render_comparison_json(const struct comparison *comparison, const struct diff_sides *sides,
			   enum json_form form);
