/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one table of what `diff` compares: lists of a report ("cxl-sr.report/1") and of
 * predictions ("cxl-sr.predict/1"), and the members of their items. What is not in here is
 * not compared: names that a kernel gives in the order in which it finds devices, wordings,
 * and what follows from other members. cxl-sr-diff(1) has the reasons.
 */
#pragma once

#include <stddef.h>

enum part {
	PART_VERDICTS,
	PART_FACTS,
	PART_PREDICTIONS,
	PART_COUNT,
};

enum value_type {
	TYPE_TEXT,
	TYPE_TRUTH,
	TYPE_BYTES,
	TYPE_COUNT,
	TYPE_SIGNED,
	TYPE_ADDRESS,
	TYPE_RANGE,	 /* an object with start and end */
	TYPE_RANGES,	 /* an array of these */
	TYPE_SET,	 /* an array of texts or numbers whose order says nothing */
	TYPE_TARGETS,	 /* of a region; compared as the serial numbers of their memdevs */
	TYPE_PARAMETERS, /* an object of texts by names of any kind */
};

enum null_meaning {
	NULL_NEVER,
	NULL_UNKNOWN,
	NULL_NONE,
	/* None where the sources of the list were read whole, else unknown; so for empty sets. */
	NULL_MAYBE_NONE,
	/* As that, but unknown where a unit touches a window. */
	NULL_NO_WINDOW,
};

struct member {
	const char *path; /* "decoder.locked" */
	enum value_type type;
	enum null_meaning null;
};

/* Which item before is which one after. */
enum match {
	MATCH_ONLY,  /* there is one */
	MATCH_NAME,  /* by the member `key` */
	MATCH_RANGE, /* one to one: the same range, an overlapping one, the same name */
	MATCH_PARTS, /* each with each that it overlaps; items are sorted and disjoint */
	MATCH_MEMDEV,
};

enum list_id {
	LIST_SUMMARY,
	LIST_UNITS,
	LIST_RULE,
	LIST_GLOBAL,
	LIST_FINDINGS,
	LIST_KERNEL,
	LIST_DMI,
	LIST_MACHINE,
	LIST_RANGES,
	LIST_WINDOWS,
	LIST_REGIONS,
	LIST_MEMDEVS,
	LIST_DAX_REGIONS,
	LIST_DAX_DEVICES,
	LIST_MODULES,
	LIST_SOURCES,
	LIST_RULES,
	LIST_PREDICTED, /* units by the first rule, and so on */
	LIST_COUNT = LIST_PREDICTED + 4,
};

#define LIST_SOURCES_MAX 3

struct shape {
	const char *name;  /* of the list, in JSON */
	const char *title; /* of an item, for people */
	enum part part;
	enum match match;
	const char *key; /* the member with the name of an item; NULL: it has none */
	/* What must have been read so that what is not in the list is not there; none: no
	 * source that decides may have fallen short. */
	const char *sources[LIST_SOURCES_MAX];
	const struct member *members;
	size_t member_count;
};

extern const struct shape shapes[LIST_COUNT];
