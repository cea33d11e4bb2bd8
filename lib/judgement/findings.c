// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What holds for the machine as a whole, sums, and how far the report can be
 * trusted: which sources were not, or not wholly, read.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "judgement/stages.h"
#include "snapshot/command-line.h"

/* Options that change who gets Soft Reserved memory: kernel-parameters.txt. */
static const char *const telling_options[] = {
	"dax_hmem.",	 "device_hmem.",	"efi=",
	"efi_fake_mem=", "initcall_blacklist=", "memhp_default_state=",
	"memmap=",	 "modprobe.blacklist=", "module_blacklist=",
};

static bool is_telling(struct sr_kernel_option option)
{
	for (size_t i = 0; i < sizeof(telling_options) / sizeof(*telling_options); i++) {
		if (sr_kernel_option_is(option, telling_options[i]))
			return true;
	}
	return false;
}

static int list_options(struct sr_report *report)
{
	const char *at = report->snapshot->kernel.command_line.value;
	struct sr_kernel_option option;

	while (sr_kernel_option_next(&at, &option)) {
		const char **item;

		if (!is_telling(option))
			continue;
		item = sr_list_add(&report->options);
		if (!item)
			return -ENOMEM;
		*item = sr_pool_text_n(report->pool, option.text, option.length);
		if (!*item)
			return -ENOMEM;
	}
	return 0;
}

bool sr_is_containment_unknown(const struct sr_range_report *row)
{
	return row->contained == SR_UNKNOWN && !sr_has_why(row, SR_CODE_NO_WINDOW) &&
	       !sr_has_why(row, SR_CODE_NO_WINDOW_PUBLISHED);
}

static void sum_up(struct sr_report *report)
{
	struct sr_totals *totals = &report->totals;
	const struct sr_range_report *row;

	sr_for_each (row, &report->ranges) {
		uint64_t size = sr_range_size(row->range);

		totals->ranges++;
		totals->bytes += size;
		totals->contained += row->contained == SR_YES;
		totals->containment_unknown += sr_is_containment_unknown(row);
		totals->lost_bytes += row->lost.value;
		totals->lost += row->state == SR_STATE_LOST;
		totals->unusable += row->state == SR_STATE_UNUSABLE;
		totals->idle += row->state == SR_STATE_IDLE;
		totals->unknown += row->state == SR_STATE_UNKNOWN;
		totals->unusable_bytes += row->state == SR_STATE_UNUSABLE ? size : 0;
		totals->idle_bytes += row->state == SR_STATE_IDLE ? size : 0;
		totals->unknown_bytes += row->state == SR_STATE_UNKNOWN ? size : 0;
	}
}

static int find_regions(struct sr_report *report)
{
	struct sr_region_report *item;

	sr_for_each (item, &report->regions) {
		if (item->soft_reserved == SR_NO && !report->soft_reserved_whole)
			item->soft_reserved = SR_UNKNOWN;
		if (item->soft_reserved == SR_NO && item->has_range &&
		    sr_add_finding(report, SR_CODE_REGION_WITHOUT_SOFT_RESERVED,
				   "%s, " SR_RANGE_FORMAT ", touches no Soft Reserved range, as a "
				   "region made at run time does",
				   item->region->name, SR_RANGE_VALUES(item->range)))
			return -ENOMEM;
	}
	return 0;
}

static int find_options(struct sr_report *report)
{
	const struct sr_snapshot *snapshot = report->snapshot;

	if (sr_kernel_has_word(&snapshot->kernel, "efi=", "nosoftreserve") &&
	    sr_add_finding(report, SR_CODE_SOFT_RESERVE_OFF, "%s",
			   sr_codes[SR_CODE_SOFT_RESERVE_OFF].sentence))
		return -ENOMEM;
	if (!sr_hmem_is_disabled(snapshot))
		return 0;
	return sr_add_finding(report, SR_CODE_HMEM_DISABLED, "%s",
			      sr_codes[SR_CODE_HMEM_DISABLED].sentence);
}

static int find_platforms(struct sr_report *report)
{
	const struct sr_platform_device *platform;
	size_t count = report->snapshot->hmem_platforms.count;

	if (count > 1 && sr_add_finding(report, SR_CODE_HMEM_PLATFORMS,
					"%zu hmem_platform devices where one is expected", count))
		return -ENOMEM;
	sr_for_each (platform, &report->snapshot->hmem_platforms) {
		if (platform->driver.known && !platform->driver.value &&
		    sr_add_finding(report, SR_CODE_HMEM_PLATFORM_NO_DRIVER,
				   "%s has no driver, so hmem registers nothing: dax_hmem is not "
				   "loaded, or was unbound",
				   platform->name))
			return -ENOMEM;
	}
	return 0;
}

static int find_hmem(struct sr_report *report)
{
	const struct sr_dax_region *region, *first = NULL;
	char others[48] = "";
	size_t count = 0;

	sr_for_each (region, &report->snapshot->dax_regions) {
		if (region->holder == SR_DAX_HOLDER_HMEM && region->driver.known &&
		    !region->driver.value && count++ == 0)
			first = region;
	}
	if (!first)
		return 0;
	if (count > 1)
		snprintf(others, sizeof(others), " and %zu more", count - 1);
	return sr_add_finding(report, SR_CODE_HMEM_NO_DRIVER,
			      "no driver for %s%s: its probe failed, or it was unbound",
			      first->name, others);
}

static const char *why_away(const struct sr_module *module)
{
	if (module->blocked)
		return "is kept from loading by module_blacklist= or an install command";
	if (module->blacklisted)
		return "is blacklisted and not loaded";
	if (module->state == SR_MODULE_MISSING)
		return "is not part of this kernel";
	return "is not loaded";
}

/*
 * A module is missed only where it has something to take: otherwise nothing asked for
 * it, and that it is not loaded explains nothing.
 */
static const struct {
	const char *module;
	enum sr_code codes[3]; /* any of them; SR_CODE_COUNT ends */
} missed_modules[] = {
	{ "cxl_acpi", { SR_CODE_NO_WINDOW_PUBLISHED, SR_CODE_COUNT } },
	{ "dax_cxl", { SR_CODE_DAX_REGION_NO_DRIVER, SR_CODE_COUNT } },
	/* dax_cxl depends on dax_hmem since v7.1 */
	{ "dax_hmem", { SR_CODE_NO_OWNER, SR_CODE_DAX_REGION_NO_DRIVER, SR_CODE_COUNT } },
	{ "kmem", { SR_CODE_NO_DRIVER, SR_CODE_COUNT } },
};

static bool any_has(const struct sr_report *report, const enum sr_code *codes)
{
	const struct sr_range_report *row;

	for (; *codes != SR_CODE_COUNT; codes++) {
		sr_for_each (row, &report->ranges) {
			if (sr_has_why(row, *codes))
				return true;
		}
	}
	return false;
}

static bool is_missed(const struct sr_report *report, const char *module)
{
	for (size_t i = 0; i < sizeof(missed_modules) / sizeof(*missed_modules); i++) {
		if (strcmp(missed_modules[i].module, module) == 0)
			return any_has(report, missed_modules[i].codes);
	}
	return false;
}

static int find_modules(struct sr_report *report)
{
	const struct sr_module *module;

	sr_for_each (module, &report->snapshot->modules) {
		bool away = module->state == SR_MODULE_MISSING ||
			    module->state == SR_MODULE_NOT_LOADED;

		if (away && is_missed(report, module->name) &&
		    sr_add_finding(report, SR_CODE_MODULE_AWAY, "module %s %s", module->name,
				   why_away(module)))
			return -ENOMEM;
	}
	return 0;
}

static bool fell_short(enum sr_source_state state)
{
	return state == SR_SOURCE_PARTIAL || state == SR_SOURCE_HIDDEN ||
	       state == SR_SOURCE_UNREADABLE;
}

static bool is_nothing_read(const struct sr_snapshot *snapshot)
{
	static const enum sr_source_id telling[] = {
		SR_SOURCE_IOMEM, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_KERNEL_LOG, SR_SOURCE_CXL,
		SR_SOURCE_DAX,
	};

	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++) {
		if (sr_source_was_read(snapshot, telling[i]))
			return false;
	}
	/* Without addresses it still has names. */
	return snapshot->notes[SR_SOURCE_IOMEM].state != SR_SOURCE_HIDDEN;
}

/* On a machine without Soft Reserved memory and CXL, nothing hangs on the rest. */
static bool has_something_to_judge(const struct sr_report *report)
{
	return report->ranges.count || report->windows.count || report->regions.count ||
	       report->snapshot->dax_devices.count;
}

/* A kmem device without memory blocks: they exist, also where the source is absent. */
static bool lacks_blocks(const struct sr_report *report)
{
	const struct sr_range_report *row;
	const enum sr_code *why;

	sr_for_each (row, &report->ranges) {
		sr_for_each (why, &row->why) {
			if (*why == SR_CODE_BLOCKS_UNKNOWN)
				return true;
		}
	}
	return false;
}

static unsigned int short_sources(const struct sr_report *report)
{
	static const enum sr_source_id judged[] = {
		SR_SOURCE_IOMEM, SR_SOURCE_CXL,		  SR_SOURCE_HMEM,
		SR_SOURCE_DAX,	 SR_SOURCE_MEMORY_BLOCKS,
	};
	const struct sr_source_note *notes = report->snapshot->notes;
	unsigned int sources = 0;

	if (!report->soft_reserved_whole)
		sources |= 1U << SR_SOURCE_IOMEM | 1U << SR_SOURCE_FIRMWARE_MEMMAP |
			   1U << SR_SOURCE_KERNEL_LOG;
	else if (!has_something_to_judge(report))
		return 0;
	for (size_t i = 0; i < sizeof(judged) / sizeof(*judged); i++) {
		if (fell_short(notes[judged[i]].state))
			sources |= 1U << judged[i];
	}
	if (!sr_source_was_read(report->snapshot, SR_SOURCE_IOMEM))
		sources |= 1U << SR_SOURCE_IOMEM;
	if (lacks_blocks(report))
		sources |= 1U << SR_SOURCE_MEMORY_BLOCKS;
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (notes[i].state == SR_SOURCE_OK)
			sources &= ~(1U << i);
	}
	/* All were read, and yet are not the map: the kernel added to it behind the log's back. */
	if (!report->soft_reserved_whole && !sources)
		sources = 1U << SR_SOURCE_KERNEL_LOG;
	return sources;
}

static int weigh_sources(struct sr_report *report)
{
	report->nothing_read = is_nothing_read(report->snapshot);
	report->short_sources = short_sources(report);
	if (report->soft_reserved_whole)
		return 0;
	return sr_add_finding(report, SR_CODE_SOFT_RESERVED_INCOMPLETE,
			      "neither the kernel log nor another source shows the whole map: "
			      "there may be more Soft Reserved ranges");
}

int sr_find(struct sr_report *report)
{
	sum_up(report);
	if (list_options(report) || find_regions(report) || find_options(report) ||
	    find_platforms(report) || find_hmem(report) || find_modules(report))
		return -ENOMEM;
	return weigh_sources(report);
}
