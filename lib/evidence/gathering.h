/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside the evidence: how its steps are written. That memory ran out is remembered, so
 * a step need not ask after each word.
 */
#pragma once

#include "evidence/evidence.h"
#include "judgement/stages.h"

/* Of one step; a machine has a handful. What is beyond is counted in the step's text. */
#define SR_FACT_LIMIT 16

struct sr_gathering {
	const struct sr_inquiry *inquiry;
	const struct sr_report *report;
	const struct sr_snapshot *snapshot;
	const struct sr_range_report *unit;
	const struct sr_forecast *forecast; /* by this kernel's rule; NULL: that is not known */
	struct sr_evidence *evidence;
	size_t left_out;      /* facts of the last step */
	bool failed;	      /* memory ran out */
	bool without_decoder; /* no endpoint decoder is for it, though it touches a window */
};

/* A text of the evidence's; "" where memory ran out. */
const char *sr_say(struct sr_gathering *gathering, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Begins a step. What follows adds to it. */
void sr_step(struct sr_gathering *gathering, const char *stage, enum sr_evidence_says says,
	     const char *text);

/* Ends the last step. */
void sr_step_end(struct sr_gathering *gathering);

/* Both texts must live as long as the evidence. */
void sr_fact(struct sr_gathering *gathering, const char *path, const char *value);

/* Of the last step. */
size_t sr_fact_count(const struct sr_gathering *gathering);

/* Attributes of a device's folder, as sysfs writes them. */
void sr_fact_hex(struct sr_gathering *gathering, const char *folder, const char *name,
		 struct sr_u64 value);
void sr_fact_decimal(struct sr_gathering *gathering, const char *folder, const char *name,
		     struct sr_u64 value);
void sr_fact_truth(struct sr_gathering *gathering, const char *folder, const char *name,
		   enum sr_truth value);
void sr_fact_text(struct sr_gathering *gathering, const char *folder, const char *name,
		  struct sr_text value);

/* The line of /proc/iomem. */
void sr_fact_node(struct sr_gathering *gathering, const struct sr_iomem_node *node);

/* How the reading of a source went; nothing where it went well. */
void sr_fact_source(struct sr_gathering *gathering, enum sr_source_id source);

/* The options of the kernel command line that begin with @prefix. */
void sr_fact_options(struct sr_gathering *gathering, const char *prefix);

/* A module of this kernel: its folder in sysfs, or where it should be listed. */
void sr_fact_module(struct sr_gathering *gathering, const char *name);

/* The folder of a device on the CXL bus. */
const char *sr_cxl_folder(struct sr_gathering *gathering, const char *device);

/* "0x1290000000-0x12afffffff", "512MiB" */
const char *sr_say_range(struct sr_gathering *gathering, struct sr_range range);
const char *sr_say_size(struct sr_gathering *gathering, uint64_t bytes);

/* Names in a sentence: "dax0.0", "dax0.0 and dax1.0", "dax0.0, dax1.0 and 3 more". */
struct sr_name_list {
	const char *names[2];
	size_t count;
};

void sr_name_list_add(struct sr_name_list *list, const char *name);
const char *sr_say_names(struct sr_gathering *gathering, const struct sr_name_list *list);

/* The regions that overlap the unit, and its dax devices. */
const char *sr_say_regions(struct sr_gathering *gathering);
const char *sr_say_devices(struct sr_gathering *gathering);

/* Whether the forecast by this kernel's rule has the code. */
bool sr_forecasts(const struct sr_gathering *gathering, enum sr_code code);

/* A region that overlaps the unit, from @index on; NULL at the end. */
const struct sr_region_report *sr_next_region(const struct sr_gathering *gathering, size_t *index);

/* The steps, in their order. */
void sr_gather_map(struct sr_gathering *gathering);
void sr_gather_srat(struct sr_gathering *gathering);
void sr_gather_candidate(struct sr_gathering *gathering);
void sr_gather_window(struct sr_gathering *gathering);
void sr_gather_fixed_window(struct sr_gathering *gathering);
void sr_gather_decoders(struct sr_gathering *gathering);
void sr_gather_region(struct sr_gathering *gathering);
void sr_gather_rule(struct sr_gathering *gathering);
void sr_gather_dax_region(struct sr_gathering *gathering);
void sr_gather_dax_device(struct sr_gathering *gathering);
void sr_gather_driver(struct sr_gathering *gathering);
void sr_gather_blocks(struct sr_gathering *gathering);
void sr_gather_settled(struct sr_gathering *gathering);
void sr_gather_verdict(struct sr_gathering *gathering);

/* advice.c, happened.c: the words at the end; the cause comes first */
void sr_find_cause(struct sr_gathering *gathering);
void sr_tell_happened(struct sr_gathering *gathering);
void sr_tell_advice(struct sr_gathering *gathering);

/*
 * Clauses that several places use, without a capital or a stop: why CXL makes no dax
 * region of the unit; why hmem does not; which node keeps drivers away.
 */
const char *sr_clause_of_cxl(struct sr_gathering *gathering);
const char *sr_clause_of_hmem(struct sr_gathering *gathering);
const char *sr_clause_of_blocker(struct sr_gathering *gathering,
				 const struct sr_range_device *item);

/* Which kernels follow a rule: "from v7.1 on". */
const char *sr_rule_kernels(enum sr_rule rule);

/* The option on the command line ("memmap=") that made it Soft Reserved; or NULL. */
const char *sr_making_option(const struct sr_gathering *gathering);

/* The one that may have, or "an option" where the command line is not known; NULL: none may. */
const char *sr_doubtful_option(const struct sr_gathering *gathering);

/* The first part of the unit that is in nobody's dax region; false: none is. */
bool sr_first_gap(struct sr_gathering *gathering, struct sr_range *ret_gap);

/* The first device of the unit that has a node in its way; NULL: none. */
const struct sr_range_device *sr_blocked_device(const struct sr_gathering *gathering);
