/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the checks of lint share: the machine as they look at it, and how they add what
 * they find. Each check returns 0 or -ENOMEM.
 */
#pragma once

#include "base/range-list.h"
#include "judgement/stages.h"
#include "lint/lint.h"
#include "lint/places.h"

/* What can be relied on, as the sources that tell it were read whole. */
enum sr_lint_given {
	SR_GIVEN_SOFT_RESERVED = 1 << 0, /* all Soft Reserved ranges */
	SR_GIVEN_WINDOWS = 1 << 1,	 /* all CXL windows, be it from tables or decoders */
	SR_GIVEN_CXL = 1 << 2,		 /* all regions, decoders and memdevs */
	SR_GIVEN_SRAT = 1 << 3,
	SR_GIVEN_SPLITS = 1 << 4, /* SRAT, and whether the kernel decides by its ranges */
	SR_GIVEN_CEDT = 1 << 5,
	SR_GIVEN_TABLES = 1 << 6, /* the tables themselves, not what the log has of them */
	SR_GIVEN_MAP = 1 << 7,	  /* the whole memory map */
	SR_GIVEN_DAX = 1 << 8,
	SR_GIVEN_NODES = 1 << 9, /* the node of each range of the SRAT with a dax device in it */
};

/* What of a Soft Reserved range the kernel decides on by itself. */
struct sr_lint_part {
	struct sr_range range;
	const struct sr_range_report *row;
	/* The range of the SRAT that contains it; NULL: none, or the kernel does not split. */
	const struct sr_memory_affinity *memory;
};

struct sr_linting {
	const struct sr_report *report;
	const struct sr_snapshot *snapshot;
	struct sr_lint *lint;
	unsigned int given;
	size_t counts[SR_CODE_COUNT]; /* findings, those left out too */
	sr_place_list windows;	      /* as firmware has them, where it tells */
	sr_place_list regions;	      /* committed ones */
	sr_place_list memory;	      /* of the SRAT */
	/* What endpoint decoders decode: the region's range, or their own where it has none. */
	sr_place_list expanders, accelerators;
	bool has_accelerator; /* the machine, be it known or not what it decodes */
	SR_LIST(struct sr_lint_part) parts;
	enum sr_truth splits; /* whether the kernel decides by the ranges of the SRAT */
	/* The memory map that the kernel works with, or the firmware's. */
	enum sr_source_id map_source;
	bool has_map;
	sr_range_list usable, reserved; /* of it, joined */
};

/* view.c: windows, regions, ranges of the SRAT, parts */
int sr_lint_look(struct sr_linting *linting);

/* devices.c: expanders and accelerators */
int sr_lint_look_at_devices(struct sr_linting *linting);

/* map.c: which map, and its usable and reserved ranges */
int sr_lint_look_at_map(struct sr_linting *linting);

/* given.c */
void sr_lint_look_at_sources(struct sr_linting *linting);
unsigned int sr_lint_sources_of(unsigned int given);

/* Whether the SRAT parts memory behind @before, up to and including @from. */
enum sr_lint_split {
	SR_SPLIT_NONE,
	SR_SPLIT_UNUSED, /* it does, but the kernel takes it only together with an HMAT */
	SR_SPLIT_DONE,
};
enum sr_lint_split sr_lint_split_between(const struct sr_linting *linting, uint64_t before,
					 uint64_t from);

/* The checks. */
int sr_lint_tables(struct sr_linting *linting);
int sr_lint_one_to_one(struct sr_linting *linting);
int sr_lint_unsplit_windows(struct sr_linting *linting);
int sr_lint_unsplit_regions(struct sr_linting *linting);
int sr_lint_beyond_window(struct sr_linting *linting);
int sr_lint_without_srat(struct sr_linting *linting);
int sr_lint_nodes(struct sr_linting *linting);
int sr_lint_usable(struct sr_linting *linting);
int sr_lint_reserved(struct sr_linting *linting); /* LOST_BY_KEXEC too */
int sr_lint_no_memory_sp(struct sr_linting *linting);
int sr_lint_decoders(struct sr_linting *linting);
int sr_lint_described(struct sr_linting *linting);
int sr_lint_alignment(struct sr_linting *linting);
int sr_lint_accelerators(struct sr_linting *linting);

/* A finding with what its code always has; @range may be NULL. */
struct sr_lint_finding sr_lint_draft(enum sr_code code, const struct sr_range *range);

/*
 * Adds @draft with this text, behind which stands the sentence of the advice where that is
 * another code's. A fact that has a path but no value stands for memory that ran out.
 */
int sr_lint_add(struct sr_linting *linting, const struct sr_lint_finding *draft, const char *format,
		...) __attribute__((format(printf, 3, 4)));

/* facts.c: without a value where memory ran out */
struct sr_lint_fact sr_lint_fact(const struct sr_linting *linting, const char *path,
				 const char *format, ...) __attribute__((format(printf, 3, 4)));
struct sr_lint_fact sr_lint_fact_of_row(const struct sr_linting *linting,
					const struct sr_range_report *row);
struct sr_lint_fact sr_lint_fact_of_map(const struct sr_linting *linting, const char *type,
					struct sr_range range);
struct sr_lint_fact sr_lint_fact_of_place(const struct sr_linting *linting,
					  const struct sr_place *place);
struct sr_lint_fact sr_lint_fact_of_srat(const struct sr_linting *linting, const char *what);
struct sr_lint_fact sr_lint_fact_of_hmat(const struct sr_linting *linting);
struct sr_lint_fact sr_lint_fact_of_no_window(const struct sr_linting *linting);

/* The finding is about @row: where the command line made that, or may have, that is told. */
void sr_lint_blame(const struct sr_range_report *row, struct sr_lint_finding *draft);

/* " and 3 more" for 4, "" for 1. */
#define SR_MORE_SIZE 32
const char *sr_lint_more(size_t count, char buffer[static SR_MORE_SIZE]);

/* Whether only accelerators may use the window; unknown also where that cannot be told. */
enum sr_truth sr_lint_is_type2_only(const struct sr_place *window);
enum sr_truth sr_lint_allows_type2(const struct sr_place *window);
