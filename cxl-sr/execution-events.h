/* SPDX-License-Identifier: GPL-2.0-only */
/* What happens while a plan is executed: to the reader, and to the system's log. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "apply/apply.h"
#include "progress.h"

/* Memory blocks that were written the same to, one behind the other: one line of the log. */
struct block_lines {
	uint64_t first, count; /* 0: none */
	char word[24];
	bool undoing;
};

struct execution_events {
	bool quiet;		  /* JSON comes at the end; only the log is told */
	size_t count;		  /* of steps */
	struct progress progress; /* of the line that stands on the terminal */
	struct block_lines blocks;
};

/* For struct sr_apply; @data is a struct execution_events. */
void execution_event(void *data, const struct sr_apply_event *event);

/* "done", "refused": stable, in the JSON too. */
const char *step_result_name(enum sr_step_result result);
