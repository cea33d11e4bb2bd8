// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * By which rule this kernel decides, from what it is seen to have: distributions
 * and vendors carry these changes back and forth, so the release decides only where
 * nothing else tells.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/comma-list.h"
#include "base/number.h"
#include "judgement/stages.h"

/* A feature that tells the rule. The first in the table that is there decides. */
struct feature {
	bool (*is_there)(const struct sr_snapshot *snapshot);
	enum sr_rule rule;
	enum sr_certainty certainty;
	const char *words;
};

static bool lists(struct sr_text names, const char *name)
{
	return names.value && sr_comma_list_has(names.value, strlen(names.value), name);
}

bool sr_shows_soft_reserved(const struct sr_snapshot *snapshot)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_SOFT_RESERVED)
			return true;
	}
	return false;
}

/* dax_cxl calls dax_hmem_flush_work() of dax_hmem (drivers/dax/cxl.c). */
static bool dax_cxl_needs_dax_hmem(const struct sr_snapshot *snapshot)
{
	const struct sr_module *module = sr_snapshot_module(snapshot, "dax_cxl");

	return module && lists(module->depends, "dax_hmem");
}

/* Commit 059edcc405e4, "dax/hmem: Parent dax_hmem devices". */
static bool hmem_below_platform(const struct sr_snapshot *snapshot)
{
	const struct sr_dax_region *region;

	sr_for_each (region, &snapshot->dax_regions) {
		if (region->holder == SR_DAX_HOLDER_HMEM && region->path &&
		    strstr(region->path, "/hmem_platform."))
			return true;
	}
	return false;
}

static bool hmem_beside_platform(const struct sr_snapshot *snapshot)
{
	const struct sr_dax_region *region;

	sr_for_each (region, &snapshot->dax_regions) {
		if (region->holder == SR_DAX_HOLDER_HMEM && region->path &&
		    !strstr(region->path, "/hmem_platform."))
			return true;
	}
	return false;
}

static bool hmem_beside_some_platform(const struct sr_snapshot *snapshot)
{
	return snapshot->hmem_platforms.count && hmem_beside_platform(snapshot);
}

static bool hmem_without_platform(const struct sr_snapshot *snapshot)
{
	return !snapshot->hmem_platforms.count && hmem_beside_platform(snapshot) &&
	       sr_source_is_whole(snapshot, SR_SOURCE_HMEM);
}

/* MODULE_SOFTDEP("pre: cxl_acpi"), which v7.1 took out again. */
static bool dax_hmem_prefers_cxl_acpi(const struct sr_snapshot *snapshot)
{
	const struct sr_module *module = sr_snapshot_module(snapshot, "dax_hmem");

	return module && lists(module->softdep, "cxl_acpi");
}

/* Without DEV_DAX_CXL a later kernel decides as an early one does. */
static bool has_no_dax_cxl(const struct sr_snapshot *snapshot)
{
	const struct sr_module *cxl = sr_snapshot_module(snapshot, "dax_cxl");
	const struct sr_module *hmem = sr_snapshot_module(snapshot, "dax_hmem");

	return cxl && cxl->state == SR_MODULE_MISSING && hmem && hmem->softdep.known &&
	       hmem->state != SR_MODULE_MISSING && hmem->state != SR_MODULE_UNKNOWN;
}

/* The attribute came with v7.1 (commit d585bc86fb9f). */
static bool regions_tell_locked(const struct sr_snapshot *snapshot)
{
	const struct sr_region *region;

	sr_for_each (region, &snapshot->regions) {
		if (region->locked != SR_UNKNOWN)
			return true;
	}
	return false;
}

/* "6.12.117" gives 6012; -1 where it does not begin like that. */
static int64_t release_number(const struct sr_snapshot *snapshot)
{
	const char *at = snapshot->kernel.release.value;
	uint64_t major, minor;

	if (!at || sr_number_scan(&at, 10, &major) || *at++ != '.' ||
	    sr_number_scan(&at, 10, &minor) || major > 1000 || minor > 999)
		return -1;
	return (int64_t)(major * 1000 + minor);
}

static bool is_release_from(const struct sr_snapshot *snapshot, int64_t first, int64_t end)
{
	int64_t release = release_number(snapshot);

	return release >= first && release < end;
}

/*
 * Kernels of a vendor carry the series that was never merged: Soft Reserved stands in
 * /proc/iomem though v7.0 took it out, and only x86 has the firmware's map.
 */
static bool carries_unmerged_series(const struct sr_snapshot *snapshot)
{
	const char *release = snapshot->kernel.release.value;

	return release && strstr(release, "nvidia") && sr_shows_soft_reserved(snapshot) &&
	       is_release_from(snapshot, 6017, INT64_MAX) &&
	       sr_source_was_read(snapshot, SR_SOURCE_FIRMWARE_MEMMAP);
}

static bool is_before_6_3(const struct sr_snapshot *snapshot)
{
	return is_release_from(snapshot, 0, 6003);
}

static bool is_before_7_1(const struct sr_snapshot *snapshot)
{
	return is_release_from(snapshot, 6003, 7001);
}

static bool is_later(const struct sr_snapshot *snapshot)
{
	return is_release_from(snapshot, 7001, INT64_MAX);
}

static const struct feature features[] = {
	{ carries_unmerged_series, SR_RULE_GLOBAL, SR_CERTAINTY_GUESS,
	  "a vendor's kernel that still shows Soft Reserved ranges in /proc/iomem" },
	{ dax_cxl_needs_dax_hmem, SR_RULE_PER_RANGE, SR_CERTAINTY_SURE,
	  "module dax_cxl depends on dax_hmem" },
	{ hmem_below_platform, SR_RULE_PER_RANGE, SR_CERTAINTY_SURE,
	  "hmem devices hang below hmem_platform" },
	{ dax_hmem_prefers_cxl_acpi, SR_RULE_WINDOW, SR_CERTAINTY_SURE,
	  "module dax_hmem has cxl_acpi as a soft dependency" },
	{ hmem_without_platform, SR_RULE_HMEM_ONLY, SR_CERTAINTY_SURE,
	  "there are hmem devices and no hmem_platform" },
	{ has_no_dax_cxl, SR_RULE_HMEM_ONLY, SR_CERTAINTY_LIKELY,
	  "there is a module dax_hmem, without soft dependency, and no dax_cxl" },
	{ hmem_beside_some_platform, SR_RULE_WINDOW, SR_CERTAINTY_LIKELY,
	  "hmem devices hang beside hmem_platform" },
	{ regions_tell_locked, SR_RULE_PER_RANGE, SR_CERTAINTY_LIKELY,
	  "regions have the attribute locked" },
	{ is_before_6_3, SR_RULE_HMEM_ONLY, SR_CERTAINTY_GUESS, "the release alone" },
	{ is_before_7_1, SR_RULE_WINDOW, SR_CERTAINTY_GUESS, "the release alone" },
	{ is_later, SR_RULE_PER_RANGE, SR_CERTAINTY_GUESS, "the release alone" },
};

int sr_find_rule(struct sr_report *report)
{
	report->rule = (struct sr_kernel_rule){ .found_by = "nothing that could be read tells" };
	for (size_t i = 0; i < sizeof(features) / sizeof(*features); i++) {
		if (!features[i].is_there(report->snapshot))
			continue;
		report->rule = (struct sr_kernel_rule){
			.rule = features[i].rule,
			.certainty = features[i].certainty,
			.found_by = features[i].words,
		};
		return 0;
	}
	if (!report->units.count)
		return 0;
	return sr_add_finding(report, SR_CODE_RULE_UNKNOWN, "%s",
			      sr_codes[SR_CODE_RULE_UNKNOWN].sentence);
}
