/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a snapshot means: for every Soft Reserved range whether a committed region
 * contains it, who owns it and whether it can be used. Plain data, made by pure
 * functions; renderers only read it.
 */
#pragma once

#include "base/name-set.h"
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

/* Where a decision unit's ends come from. */
enum sr_boundary {
	SR_BOUNDARY_MAP,     /* the memory map's entry itself */
	SR_BOUNDARY_SRAT,    /* a memory range of the SRAT, which the kernel takes first */
	SR_BOUNDARY_UNKNOWN, /* the tables could not be read; taken as the map has it */
};

/* How a kernel decides; cxl-sr-rules(7). */
enum sr_rule {
	SR_RULE_HMEM_ONLY, /* before v6.3 */
	SR_RULE_WINDOW,	   /* v6.3 to v7.0 */
	SR_RULE_PER_RANGE, /* v7.1 and later */
	SR_RULE_GLOBAL,	   /* never merged; kernels of vendors */
	SR_RULE_COUNT,
};

enum sr_certainty {
	SR_CERTAINTY_NONE,   /* the rule is not known */
	SR_CERTAINTY_GUESS,  /* from the release alone */
	SR_CERTAINTY_LIKELY, /* from what other kernels could show too */
	SR_CERTAINTY_SURE,   /* from what only such a kernel has */
};

struct sr_kernel_rule {
	enum sr_rule rule; /* meaningless with SR_CERTAINTY_NONE */
	enum sr_certainty certainty;
	const char *found_by; /* what told, in words */
};

/*
 * A Soft Reserved range, or a decision unit: the part of one that the kernel decides
 * on by itself (units.c). A range sums up its units.
 */
struct sr_range_report {
	struct sr_range range;
	unsigned int sources;		    /* bits 1 << enum sr_source_id */
	enum sr_truth made_by_command_line; /* by memmap= or efi_fake_mem=, not by firmware */
	size_t first_unit, unit_count;	    /* of a range: in the report's `units` */
	size_t parent;			    /* of a unit: the index of its range */
	enum sr_boundary boundary;
	/*
	 * What the kernel asks of hmem for this unit: the unit, or a wider range of the
	 * SRAT. False: never asked for, as another that overlaps it came first.
	 */
	bool has_candidate;
	struct sr_range candidate;
	/*
	 * By this kernel's rule, where that is known: the candidate, or the entry of the map.
	 */
	bool is_decided;
	struct sr_range decided_on;
	bool decided_vaguely; /* or on less: /proc/iomem, which tells, was not read */
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
	const struct sr_kernel_rule *rule; /* this kernel's; the report's own */
	enum sr_truth usable;		   /* whether a driver has it or could bind it, all of it */
	enum sr_owner expected;		   /* by this kernel's rule, for the state of now */
	enum sr_truth agrees;		   /* whether that is the owner */
	struct sr_text expected_driver;
	struct sr_u64 expected_online;
	enum sr_truth accelerator; /* memory of a type 2 device */
};

/* What the seed's policy would do with this host. */
enum sr_global_verdict {
	SR_GLOBAL_UNKNOWN,
	SR_GLOBAL_NONE,	    /* no unit touches a window: nothing to decide */
	SR_GLOBAL_DROP,	    /* every unit that touches a window is contained: all to CXL */
	SR_GLOBAL_REGISTER, /* one is not: every region torn down, all to hmem */
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
	SR_LIST(struct sr_range_report) units;	  /* sorted, disjoint; together the ranges */
	SR_LIST(struct sr_region_report) regions; /* sorted by start, unknown ones last */
	SR_LIST(struct sr_finding) findings;
	SR_LIST(const char *) options; /* of the command line, those that change the outcome */
	struct sr_totals totals;
	sr_name_set accelerator_regions;
	struct sr_kernel_rule rule;
	enum sr_global_verdict global;
	const struct sr_range_report
		*tipped_by;	  /* REGISTER: the first unit that is not contained */
	enum sr_truth settled;	  /* judgement/settled.h */
	bool windows_whole;	  /* no window in the list means that there is none */
	bool regions_whole;	  /* no region can be where the list has none */
	bool soft_reserved_whole; /* no Soft Reserved range can be missing */
	/* Bits of the sources that were not wholly read, where that leaves something open. */
	unsigned int short_sources;
	bool nothing_read; /* no source said anything about memory */
};

/*
 * 0 and a report owned by the caller, -ENOMEM, or -E2BIG where regions, windows or dax devices
 * lie over each other as on no machine.
 */
int sr_report_make(const struct sr_snapshot *snapshot, struct sr_report **ret_report);

struct sr_report *sr_report_free(struct sr_report *report);

static inline void sr_report_guard(struct sr_report **report)
{
	sr_report_free(*report);
}

#define sr_auto_report __attribute__((cleanup(sr_report_guard)))

/* As /proc/iomem has it, or else the root decoder's. */
const char *sr_window_name(const struct sr_window *window);

const char *sr_rule_name(enum sr_rule rule);
const char *sr_certainty_name(enum sr_certainty certainty);
const char *sr_boundary_name(enum sr_boundary boundary);
const char *sr_global_verdict_name(enum sr_global_verdict verdict);
const char *sr_owner_name(enum sr_owner owner);
const char *sr_state_name(enum sr_state state);
const char *sr_holder_name(enum sr_dax_holder holder);
