/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a snapshot means: for every Soft Reserved range whether a committed region
 * contains it, who owns it and whether it can be used. Plain data, made by pure
 * functions; renderers only read it.
 */
#pragma once

#include "judgement/codes.h"
#include "snapshot/snapshot.h"

enum sr_owner {
	SR_OWNER_UNKNOWN,
	SR_OWNER_NONE,
	SR_OWNER_CXL,
	SR_OWNER_HMEM,
	SR_OWNER_MIXED,
};

/* In the order of their weight: a range has the heaviest state of its parts. */
enum sr_state {
	SR_STATE_OK,   /* kmem with its blocks online, or another driver */
	SR_STATE_IDLE, /* owned; could be bound or brought online, and is not */
	SR_STATE_UNKNOWN,
	SR_STATE_UNUSABLE, /* owned, but no driver can bind it */
	SR_STATE_LOST,	   /* nobody owns it, or a part of it */
};

/* A CXL window: the iomem node, its root decoder, or both joined. */
struct sr_window {
	bool has_range;	       /* false: a root decoder whose range could not be read */
	struct sr_range range; /* of iomem where it is there: the kernel's test uses that */
	const struct sr_iomem_node *node;
	const struct sr_root_decoder *decoder;
	bool differs; /* both are known, and their ranges are not the same */
};

struct sr_range_device {
	const struct sr_dax_device *device;
	struct sr_u64 online;		     /* bytes of the whole device in online memory blocks */
	const struct sr_iomem_node *blocker; /* NOT_CLAIMABLE, CLAIMED_BY_OTHER: by which node */
};

struct sr_range_report {
	struct sr_range range;
	unsigned int sources; /* bits 1 << enum sr_source_id */
	SR_LIST(const struct sr_window *) windows;
	bool touches_window;		/* false also where windows are unknown */
	enum sr_truth contained;	/* unknown also where it touches no window */
	const struct sr_region *region; /* the one that contains it, else NULL */
	enum sr_owner owner;
	SR_LIST(struct sr_range_device) devices;
	struct sr_u64 online; /* bytes of the range in online memory blocks */
	struct sr_u64 lost;   /* bytes in nobody's dax region */
	enum sr_state state;
	struct sr_text zones; /* of its online blocks, "Normal" or "Movable,Normal" */
	struct sr_text nodes;
	SR_LIST(enum sr_code) why;
};

struct sr_region_report {
	const struct sr_region *region;
	struct sr_range range;
	bool has_range;
	enum sr_truth soft_reserved; /* whether a Soft Reserved range touches it */
};

struct sr_finding {
	enum sr_code code;
	const char *text;
};

struct sr_totals {
	size_t ranges, contained;
	size_t containment_unknown; /* without those that touch no window */
	uint64_t bytes, lost_bytes;
	uint64_t unusable_bytes, idle_bytes, unknown_bytes; /* of ranges in that state */
	size_t lost, unusable, idle, unknown;		    /* ranges in that state */
};

struct sr_report {
	const struct sr_snapshot *snapshot; /* must outlive the report */
	struct sr_pool *pool;
	SR_LIST(struct sr_window) windows;	  /* sorted by start */
	SR_LIST(struct sr_range_report) ranges;	  /* sorted, disjoint */
	SR_LIST(struct sr_region_report) regions; /* sorted by start, unknown ones last */
	SR_LIST(struct sr_finding) findings;
	SR_LIST(const char *) options; /* of the command line, those that change the outcome */
	struct sr_totals totals;
	bool soft_reserved_whole; /* no Soft Reserved range can be missing */
	/* Bits of the sources that were not wholly read, where that leaves something open. */
	unsigned int short_sources;
	bool nothing_read; /* no source said anything about memory */
};

/* 0 and a report owned by the caller, or -ENOMEM. */
int sr_report_make(const struct sr_snapshot *snapshot, struct sr_report **ret_report);

struct sr_report *sr_report_free(struct sr_report *report);

static inline void sr_report_guard(struct sr_report **report)
{
	sr_report_free(*report);
}

#define sr_auto_report __attribute__((cleanup(sr_report_guard)))

const char *sr_owner_name(enum sr_owner owner);
const char *sr_state_name(enum sr_state state);
const char *sr_holder_name(enum sr_dax_holder holder);
