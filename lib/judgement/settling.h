/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside the judgement of settled.h: what its signs share. */
#pragma once

#include "base/name-set.h"
#include "judgement/settled.h"

struct sr_settling {
	const struct sr_snapshot *snapshot;
	struct sr_settle_signs *signs;
	sr_name_set with_memdev;   /* parents of memdevs */
	sr_name_set functions;	   /* PCI functions of CXL, and those with a memdev */
	sr_name_set with_endpoint; /* memdevs */
	sr_name_set accelerators;  /* endpoint decoders in use by one */
	sr_name_set with_dax;	   /* regions whose dax region has a driver */
	sr_name_set with_unknown;  /* regions of whose dax region that is not known */
	/* What the signs so far have said. */
	bool pending, incomplete;
	bool unknown;	   /* something of which only its sign tells */
	bool unknown_hint; /* something that matters only where another sign says no */
};

/* What was found of the things that one sign looks at. */
struct sr_settle_count {
	size_t total, pending, incomplete, unknown;
	const char *first_pending, *first_incomplete, *first_unknown;
};

static inline void sr_settle_count_pending(struct sr_settle_count *count, const char *name)
{
	if (count->pending++ == 0)
		count->first_pending = name;
}

static inline void sr_settle_count_incomplete(struct sr_settle_count *count, const char *name)
{
	if (count->incomplete++ == 0)
		count->first_incomplete = name;
}

static inline void sr_settle_count_unknown(struct sr_settle_count *count, const char *name)
{
	if (count->unknown++ == 0)
		count->first_unknown = name;
}

/* Adds a sign with a text; that may be NULL where memory ran out. @hint: unknown_hint. */
int sr_settle_add(struct sr_settling *settling, struct sr_settle_sign sign, bool hint);

/* "mem0" or "mem0 and 2 more"; NULL where memory ran out. */
const char *sr_settle_names(struct sr_settling *settling, const char *first, size_t count);

/* settle-attached.c: devices without what they are to get; 0 or -ENOMEM. */
int sr_settle_judge_attached(struct sr_settling *settling);

/* settle-pending.c: work that is under way; 0 or -ENOMEM. udev's queue comes last. */
int sr_settle_judge_pending(struct sr_settling *settling);
int sr_settle_judge_udev(struct sr_settling *settling);
