/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernels of all rules would make of a machine, and ways to show that. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "json-form.h"
#include "judgement/prediction.h"

struct predictions {
	const struct sr_report *report; /* not owned */
	struct sr_prediction *items[SR_RULE_COUNT];
	const struct sr_prediction *own; /* of this kernel's rule; NULL: that is not known */
	bool shown[SR_RULE_COUNT];
};

/* Whether @rule is the name of a rule, "all", or NULL, which is all. */
bool rule_is_known(const char *rule);

/*
 * Makes all of them, to show @rule, which must be known. 0 or -ENOMEM; to be given to
 * predictions_done() in any case.
 */
int predictions_make(const struct sr_report *report, const char *rule,
		     struct predictions *predictions);

void predictions_done(struct predictions *predictions);

/* "v6.3 to v7.0": the kernels that follow @rule. */
const char *rule_kernels(enum sr_rule rule);

/* 0, or -errno: -ENOMEM, or a failed write to stdout. */
int render_predictions(const struct predictions *predictions);
int render_predictions_json(const struct predictions *predictions, enum json_form form);

/*
 * For each rule that is shown and is not this kernel's: what changes for a machine that
 * moves to a kernel that follows it; then the reasons, each once. 0 or -ENOMEM.
 */
int print_changes(FILE *stream, const struct predictions *predictions);
