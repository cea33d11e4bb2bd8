/* SPDX-License-Identifier: GPL-2.0-only */
/* What was staged or removed, as text and as JSON. */
#pragma once

#include "json-form.h"
#include "plan/plan.h"

enum stage_outcome {
	STAGE_WRITTEN,
	STAGE_ALREADY,
	STAGE_REMOVED,
	STAGE_ABSENT,	/* nothing was there to remove */
	STAGE_NEEDLESS, /* the machine is so already */
	STAGE_USELESS,	/* nothing that could be staged leads there */
	STAGE_REFUSED,	/* what is at the path is left alone */
};

struct staged {
	enum stage_outcome outcome;
	const char *content;	       /* of the file that is there now, or NULL */
	const char *initramfs_command; /* NULL: not known */
	const char *why;	       /* of NEEDLESS, USELESS and REFUSED */
	const char *note;	       /* what else there is to know, or NULL */
};

/* After the plan. */
void render_stage(const struct staged *staged);

/* The plan, where there is one, with what was staged. 0, -ENOMEM, -EIO. */
int render_stage_json(const struct sr_plan *plan, const struct staged *staged, enum json_form form);
