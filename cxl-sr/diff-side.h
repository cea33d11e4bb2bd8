/* SPDX-License-Identifier: GPL-2.0-only */
/* What an argument of `diff` stands for: this machine, a capture, or a report as JSON. */
#pragma once

#include "base/reason.h"
#include "comparison-model.h"

enum side_kind {
	SIDE_LIVE,
	SIDE_CAPTURE,
	SIDE_REPORT,
};

struct diff_side {
	const char *argument; /* not owned */
	enum side_kind kind;
};

/* "live", "capture" or "report" */
const char *side_kind_name(enum side_kind kind);

/*
 * Reads and judges, or reads what another run did; a capture becomes the JSON that its report
 * would be. 0, or -errno with the reason; the model is to be given to model_done() in
 * any case.
 */
int diff_side_read(struct diff_side *side, struct model *model, struct sr_reason *reason);
