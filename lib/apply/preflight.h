/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What stands against the steps of a plan before the first one is tried: memory that cannot go
 * offline, who uses it, no room for what is in it, who would put it back online. It reads, and
 * changes nothing; each step looks again at what its own safety hangs on.
 */
#pragma once

#include "apply/machine.h"
#include "base/list.h"
#include "base/pool.h"
#include "plan/step.h"

enum sr_preflight_kind {
	SR_PREFLIGHT_UNMOVABLE, /* blocks in a zone of the kernel, or not removable */
	SR_PREFLIGHT_HOLDER,	/* a process has /dev/daxX.Y open or mapped */
	SR_PREFLIGHT_DECODERS,	/* removing CXL's modules would reset some */
	SR_PREFLIGHT_NO_ROOM,	/* less memory elsewhere than has to move */
	SR_PREFLIGHT_HUGETLB,	/* huge pages in use, which may not find room elsewhere */
	SR_PREFLIGHT_RULE,	/* a udev rule that may put memory back online */
	SR_PREFLIGHT_STAGED,	/* what is staged stands in the way of rolling back */
	SR_PREFLIGHT_UNKNOWN,	/* something that could not be looked at */
	SR_PREFLIGHT_KIND_COUNT,
};

struct sr_preflight_finding {
	enum sr_preflight_kind kind;
	bool blocks;	  /* the plan must not be executed; otherwise a warning */
	size_t step;	  /* index; SIZE_MAX: all of them */
	const char *text; /* names the block, process, node or file */
};

struct sr_preflight {
	struct sr_pool *pool;
	SR_LIST(struct sr_preflight_finding) findings;
	size_t blocking;
};

/* 0 and the findings, to be freed; -EINVAL for a step that cannot be; -ENOMEM. */
int sr_preflight(const struct sr_machine *machine, const struct sr_step *steps, size_t count,
		 struct sr_preflight *ret_preflight, struct sr_reason *reason);

void sr_preflight_free(struct sr_preflight *preflight);

/* Within apply alone; the parts of it, in room.c and online-rules.c. */
struct sr_flight {
	const struct sr_machine *machine;
	const struct sr_step *steps;
	size_t count;
	struct sr_preflight *found;
};

int sr_flight_add(struct sr_flight *flight, enum sr_preflight_kind kind, bool blocks, size_t step,
		  const char *format, ...) __attribute__((format(printf, 5, 6)));
int sr_flight_room(struct sr_flight *flight);
int sr_flight_rules(struct sr_flight *flight);
