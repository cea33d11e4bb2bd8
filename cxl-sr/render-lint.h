/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to show what lint found. */
#pragma once

#include "json-form.h"
#include "lint/lint.h"

/*
 * A paragraph for each finding, nothing where there is none; or one JSON object. 0, or
 * -errno: -ENOMEM, or a failed write.
 */
int render_lint_text(const struct sr_lint *lint);
int render_lint_json(const struct sr_lint *lint, enum json_form form);

/* One line on stderr where checks could not be made: which, and for want of what. */
void warn_of_skipped(const struct sr_lint *lint, const struct sr_snapshot *snapshot);
