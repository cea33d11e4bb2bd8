/* SPDX-License-Identifier: GPL-2.0-only */
/* One line on a terminal's stderr that is written over, and gone at the end. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "judgement/settled.h"

struct progress {
	size_t shown; /* columns of the line that stands there */
};

/* "waiting for CXL enumeration: memdevs, ports; 12 s left": what is pending, milliseconds. */
void progress_show(struct progress *progress, const struct sr_settle_signs *signs, uint64_t left);

/* Any line, cut to the terminal's width; nothing where stderr is none. */
void progress_line_show(struct progress *progress, char *line);

/* Takes the line away where there is one. */
void progress_end(struct progress *progress);

/* The line itself, to be freed; NULL where memory ran out. */
char *progress_text(const struct sr_settle_signs *signs, uint64_t left);
