// SPDX-License-Identifier: GPL-2.0-only
#include "comparison-shapes.h"

#include "judgement/report.h"

_Static_assert(LIST_COUNT - LIST_PREDICTED == SR_RULE_COUNT, "a list for each rule");

#define MEMBERS(array) .members = (array), .member_count = sizeof(array) / sizeof(*(array))

static const struct member summary_members[] = {
	{ "partial", TYPE_TRUTH, NULL_NEVER },	  { "ranges", TYPE_COUNT, NULL_NEVER },
	{ "bytes", TYPE_BYTES, NULL_NEVER },	  { "contained", TYPE_COUNT, NULL_NEVER },
	{ "lost_bytes", TYPE_BYTES, NULL_NEVER }, { "unusable_bytes", TYPE_BYTES, NULL_NEVER },
	{ "idle_bytes", TYPE_BYTES, NULL_NEVER }, { "unknown_bytes", TYPE_BYTES, NULL_NEVER },
};

static const struct member unit_members[] = {
	{ "start", TYPE_ADDRESS, NULL_NEVER },
	{ "end", TYPE_ADDRESS, NULL_NEVER },
	{ "size", TYPE_BYTES, NULL_NEVER },
	{ "owner", TYPE_TEXT, NULL_NEVER },
	{ "state", TYPE_TEXT, NULL_NEVER },
	{ "contained", TYPE_TRUTH, NULL_NO_WINDOW },
	{ "online", TYPE_BYTES, NULL_UNKNOWN },
	{ "lost", TYPE_BYTES, NULL_UNKNOWN },
	{ "usable", TYPE_TRUTH, NULL_UNKNOWN },
	{ "nodes", TYPE_SET, NULL_UNKNOWN },
	{ "zones", TYPE_SET, NULL_UNKNOWN },
	{ "why", TYPE_SET, NULL_NEVER },
	{ "problem.code", TYPE_TEXT, NULL_NONE },
	{ "problem.owner", TYPE_TEXT, NULL_NONE },
	{ "expected", TYPE_TEXT, NULL_NEVER },
	{ "agrees", TYPE_TRUTH, NULL_UNKNOWN },
	{ "expected_driver", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "expected_online", TYPE_BYTES, NULL_UNKNOWN },
	{ "accelerator", TYPE_TRUTH, NULL_UNKNOWN },
	{ "boundary", TYPE_TEXT, NULL_NEVER },
	{ "decided_on", TYPE_RANGE, NULL_NONE },
	{ "sources", TYPE_SET, NULL_NEVER },
};

static const struct member rule_members[] = {
	{ "name", TYPE_TEXT, NULL_UNKNOWN },
	{ "certainty", TYPE_TEXT, NULL_NEVER },
};

static const struct member global_members[] = {
	{ "verdict", TYPE_TEXT, NULL_NEVER },
};

static const struct member kernel_members[] = {
	{ "release", TYPE_TEXT, NULL_UNKNOWN },
	{ "options", TYPE_SET, NULL_MAYBE_NONE },
};

static const struct member dmi_members[] = {
	{ "bios_vendor", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "bios_version", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "bios_date", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "bios_release", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "sys_vendor", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "product_name", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "product_version", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "board_vendor", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "board_name", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "board_version", TYPE_TEXT, NULL_MAYBE_NONE },
};

static const struct member machine_members[] = {
	{ "settled", TYPE_TRUTH, NULL_UNKNOWN },
	{ "hmem_platforms", TYPE_COUNT, NULL_NEVER },
};

static const struct member range_members[] = {
	{ "start", TYPE_ADDRESS, NULL_NEVER },
	{ "end", TYPE_ADDRESS, NULL_NEVER },
	{ "size", TYPE_BYTES, NULL_NEVER },
};

static const struct member window_members[] = {
	{ "start", TYPE_ADDRESS, NULL_UNKNOWN },
	{ "end", TYPE_ADDRESS, NULL_UNKNOWN },
	{ "size", TYPE_BYTES, NULL_UNKNOWN },
	{ "iomem", TYPE_TRUTH, NULL_NEVER },
	{ "differs", TYPE_TRUTH, NULL_NEVER },
	{ "decoder.start", TYPE_ADDRESS, NULL_MAYBE_NONE },
	{ "decoder.end", TYPE_ADDRESS, NULL_MAYBE_NONE },
	{ "decoder.size", TYPE_BYTES, NULL_MAYBE_NONE },
	{ "decoder.locked", TYPE_TRUTH, NULL_UNKNOWN },
};

static const struct member region_members[] = {
	{ "start", TYPE_ADDRESS, NULL_MAYBE_NONE },
	{ "end", TYPE_ADDRESS, NULL_MAYBE_NONE },
	{ "size", TYPE_BYTES, NULL_MAYBE_NONE },
	{ "committed", TYPE_TRUTH, NULL_UNKNOWN },
	{ "mode", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "locked", TYPE_TRUTH, NULL_UNKNOWN },
	{ "soft_reserved", TYPE_TRUTH, NULL_UNKNOWN },
	{ "driver", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "interleave_ways", TYPE_COUNT, NULL_UNKNOWN },
	{ "interleave_granularity", TYPE_BYTES, NULL_UNKNOWN },
	{ "extended_linear_cache_size", TYPE_BYTES, NULL_UNKNOWN },
	{ "targets", TYPE_TARGETS, NULL_UNKNOWN },
};

static const struct member memdev_members[] = {
	{ "host", TYPE_TEXT, NULL_UNKNOWN },	   { "driver", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "serial", TYPE_COUNT, NULL_UNKNOWN },	   { "ram_size", TYPE_BYTES, NULL_UNKNOWN },
	{ "pmem_size", TYPE_BYTES, NULL_UNKNOWN }, { "numa_node", TYPE_SIGNED, NULL_UNKNOWN },
};

static const struct member dax_region_members[] = {
	{ "owner", TYPE_TEXT, NULL_NEVER },	 { "driver", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "start", TYPE_ADDRESS, NULL_UNKNOWN }, { "end", TYPE_ADDRESS, NULL_UNKNOWN },
	{ "size", TYPE_BYTES, NULL_UNKNOWN },
};

static const struct member dax_device_members[] = {
	{ "owner", TYPE_TEXT, NULL_NEVER },	      { "driver", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "online", TYPE_BYTES, NULL_UNKNOWN },	      { "size", TYPE_BYTES, NULL_UNKNOWN },
	{ "target_node", TYPE_SIGNED, NULL_UNKNOWN }, { "ranges", TYPE_RANGES, NULL_NEVER },
	{ "blocked_by", TYPE_RANGE, NULL_NONE },
};

static const struct member module_members[] = {
	{ "state", TYPE_TEXT, NULL_UNKNOWN },  { "blacklisted", TYPE_TRUTH, NULL_NEVER },
	{ "blocked", TYPE_TRUTH, NULL_NEVER }, { "depends", TYPE_SET, NULL_UNKNOWN },
	{ "softdep", TYPE_SET, NULL_UNKNOWN }, { "parameters", TYPE_PARAMETERS, NULL_NEVER },
};

static const struct member source_members[] = {
	{ "state", TYPE_TEXT, NULL_NEVER },
};

static const struct member prediction_members[] = {
	{ "usable_bytes", TYPE_BYTES, NULL_UNKNOWN },
	{ "global_verdict", TYPE_TEXT, NULL_NONE },
};

static const struct member predicted_members[] = {
	{ "start", TYPE_ADDRESS, NULL_NEVER },	      { "end", TYPE_ADDRESS, NULL_NEVER },
	{ "owner", TYPE_TEXT, NULL_NEVER },	      { "usable", TYPE_TRUTH, NULL_UNKNOWN },
	{ "usable_bytes", TYPE_BYTES, NULL_UNKNOWN }, { "driver", TYPE_TEXT, NULL_MAYBE_NONE },
	{ "online", TYPE_BYTES, NULL_UNKNOWN },	      { "why", TYPE_SET, NULL_NEVER },
};

#define PREDICTED(rule)                                                                       \
	{                                                                                     \
		"predicted." rule, "by " rule, PART_PREDICTIONS, MATCH_PARTS, NULL, { NULL }, \
			MEMBERS(predicted_members)                                            \
	}

const struct shape shapes[LIST_COUNT] = {
	[LIST_SUMMARY] = { "summary",
			   "summary",
			   PART_VERDICTS,
			   MATCH_ONLY,
			   NULL,
			   { NULL },
			   MEMBERS(summary_members) },
	[LIST_UNITS] = { "units",
			 "",
			 PART_VERDICTS,
			 MATCH_PARTS,
			 NULL,
			 { NULL },
			 MEMBERS(unit_members) },
	[LIST_RULE] = { "rule",
			"rule of this kernel",
			PART_VERDICTS,
			MATCH_ONLY,
			NULL,
			{ NULL },
			MEMBERS(rule_members) },
	[LIST_GLOBAL] = { "global",
			  "global rule",
			  PART_VERDICTS,
			  MATCH_ONLY,
			  NULL,
			  { NULL },
			  MEMBERS(global_members) },
	[LIST_FINDINGS] = { "findings",
			    "note",
			    PART_VERDICTS,
			    MATCH_NAME,
			    "code",
			    { NULL },
			    NULL,
			    0 },
	[LIST_KERNEL] = { "kernel",
			  "kernel",
			  PART_FACTS,
			  MATCH_ONLY,
			  NULL,
			  { "kernel" },
			  MEMBERS(kernel_members) },
	[LIST_DMI] = { "dmi",
		       "firmware and machine",
		       PART_FACTS,
		       MATCH_ONLY,
		       NULL,
		       { "dmi" },
		       MEMBERS(dmi_members) },
	[LIST_MACHINE] = { "machine",
			   "machine",
			   PART_FACTS,
			   MATCH_ONLY,
			   NULL,
			   { NULL },
			   MEMBERS(machine_members) },
	[LIST_RANGES] = { "ranges",
			  "Soft Reserved",
			  PART_FACTS,
			  MATCH_PARTS,
			  NULL,
			  { NULL },
			  MEMBERS(range_members) },
	[LIST_WINDOWS] = { "windows",
			   "window",
			   PART_FACTS,
			   MATCH_RANGE,
			   "name",
			   { "iomem", "cxl" },
			   MEMBERS(window_members) },
	[LIST_REGIONS] = { "regions",
			   "region",
			   PART_FACTS,
			   MATCH_RANGE,
			   "name",
			   { "cxl" },
			   MEMBERS(region_members) },
	[LIST_MEMDEVS] = { "memdevs",
			   "memdev",
			   PART_FACTS,
			   MATCH_MEMDEV,
			   "name",
			   { "cxl" },
			   MEMBERS(memdev_members) },
	[LIST_DAX_REGIONS] = { "dax_regions",
			       "dax region",
			       PART_FACTS,
			       MATCH_RANGE,
			       "name",
			       { "dax", "hmem", "cxl" },
			       MEMBERS(dax_region_members) },
	[LIST_DAX_DEVICES] = { "dax_devices",
			       "dax device",
			       PART_FACTS,
			       MATCH_RANGE,
			       "name",
			       { "dax" },
			       MEMBERS(dax_device_members) },
	[LIST_MODULES] = { "modules",
			   "module",
			   PART_FACTS,
			   MATCH_NAME,
			   "name",
			   { "modules" },
			   MEMBERS(module_members) },
	[LIST_SOURCES] = { "sources",
			   "source",
			   PART_FACTS,
			   MATCH_NAME,
			   "name",
			   { NULL },
			   MEMBERS(source_members) },
	[LIST_RULES] = { "rules",
			 "rule",
			 PART_PREDICTIONS,
			 MATCH_NAME,
			 "rule",
			 { NULL },
			 MEMBERS(prediction_members) },
	[LIST_PREDICTED + SR_RULE_HMEM_ONLY] = PREDICTED("hmem-only"),
	[LIST_PREDICTED + SR_RULE_WINDOW] = PREDICTED("window"),
	[LIST_PREDICTED + SR_RULE_PER_RANGE] = PREDICTED("per-range"),
	[LIST_PREDICTED + SR_RULE_GLOBAL] = PREDICTED("global"),
};
