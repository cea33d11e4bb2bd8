// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which Soft Reserved ranges there are. Three sources tell, and none tells all:
 * /proc/iomem has them on x86 before v7.0 (commit bc62f5b308cb) and on arm64; the
 * last map in the kernel log is what the kernel works with; the firmware's map in
 * sysfs is a copy from before memmap= is parsed (arch/x86/kernel/e820.c).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/range-list.h"
#include "base/sweep.h"
#include "judgement/stages.h"
#include "snapshot/command-line.h"

static int compare_ranges(const void *a, const void *b)
{
	return sr_range_compare(*(const struct sr_range *)a, *(const struct sr_range *)b);
}

/*
 * Entries that overlap become one; those that only touch stay two, as the kernel
 * decides on each by itself.
 */
static void join_overlapping(sr_range_list *list)
{
	size_t last = 0;

	if (list->count < 2)
		return;
	qsort(list->items, list->count, sizeof(*list->items), compare_ranges);
	for (size_t i = 1; i < list->count; i++) {
		if (list->items[i].start > list->items[last].end)
			list->items[++last] = list->items[i];
		else if (list->items[i].end > list->items[last].end)
			list->items[last].end = list->items[i].end;
	}
	list->count = last + 1;
}

static int collect(const struct sr_snapshot *snapshot, enum sr_source_id source,
		   sr_range_list *list)
{
	const struct sr_iomem_node *node;
	const struct sr_memory_map_entry *entry;

	sr_for_each (node, &snapshot->iomem) {
		if (source == SR_SOURCE_IOMEM && node->kind == SR_IOMEM_SOFT_RESERVED &&
		    sr_range_list_add(list, node->range))
			return -ENOMEM;
	}
	sr_for_each (entry, &snapshot->memory_map) {
		if (entry->source == source && entry->soft_reserved &&
		    sr_range_list_add(list, entry->range))
			return -ENOMEM;
	}
	join_overlapping(list);
	return 0;
}

/* Options with which e820__range_add() adds entries and no map is printed any more. */
static bool adds_silently(const struct sr_kernel *kernel)
{
	const char *at = kernel->command_line.value;
	struct sr_kernel_option option;

	while (sr_kernel_option_next(&at, &option)) {
		if (sr_kernel_option_is(option, "add_efi_memmap") ||
		    sr_kernel_option_is(option, "efi_fake_mem="))
			return true;
	}
	return false;
}

/* Whether the log has the map that the kernel works with, from its first line on. */
static bool has_effective_map(const struct sr_snapshot *snapshot)
{
	const struct sr_memory_map_entry *entry;

	if (!sr_source_is_whole(snapshot, SR_SOURCE_KERNEL_LOG) || adds_silently(&snapshot->kernel))
		return false;
	sr_for_each (entry, &snapshot->memory_map) {
		if (entry->source == SR_SOURCE_KERNEL_LOG)
			return true;
	}
	return false;
}

static int add_row(struct sr_report *report, struct sr_range range, enum sr_source_id source)
{
	struct sr_range_report *row;

	if (source == SR_SOURCE_FIRMWARE_MEMMAP && has_effective_map(report->snapshot))
		return sr_add_finding(report, SR_CODE_OVERRIDDEN,
				      SR_RANGE_FORMAT " is Soft Reserved for the firmware, and not "
						      "in the map that the kernel works with",
				      SR_RANGE_VALUES(range));
	if (report->ranges.count > SR_RANGE_LIMIT)
		return 0; /* one more than there may be, for the finding */
	row = sr_list_add(&report->ranges);
	if (!row)
		return -ENOMEM;
	row->range = range;
	row->sources = 1U << source;
	return 0;
}

/*
 * Adds what @claim has beyond the rows that it overlaps. @rows stand by start;
 * rows that are added here come behind them and are not looked at.
 */
static int add_claim(struct sr_report *report, struct sr_range claim, enum sr_source_id source,
		     const struct sr_sweep *rows)
{
	uint64_t from = claim.start;
	const size_t *index;

	sr_for_each (index, &rows->active) {
		struct sr_range_report *row = &report->ranges.items[*index];
		struct sr_range known = row->range; /* adding a row moves them all */

		if (sr_range_equal(known, claim)) {
			row->sources |= 1U << source;
			return 0;
		}
		if (known.start > from &&
		    add_row(report, (struct sr_range){ from, known.start - 1 }, source))
			return -ENOMEM;
		if (known.end >= claim.end)
			return 0;
		from = known.end + 1;
	}
	return add_row(report, (struct sr_range){ from, claim.end }, source);
}

static int compare_rows(const void *a, const void *b)
{
	return sr_range_compare(((const struct sr_range_report *)a)->range,
				((const struct sr_range_report *)b)->range);
}

static int merge_source(struct sr_report *report, enum sr_source_id source)
{
	sr_auto_range_list sr_range_list claims = { 0 };
	sr_auto_range_list sr_range_list rows = { 0 };
	sr_auto_sweep struct sr_sweep sweep = { 0 };
	const struct sr_range_report *row;
	const struct sr_range *claim;

	if (collect(report->snapshot, source, &claims))
		return -ENOMEM;
	sr_for_each (row, &report->ranges) {
		if (sr_range_list_add(&rows, row->range))
			return -ENOMEM;
	}
	if (sr_sweep_start(&sweep, rows.items, rows.count))
		return -ENOMEM;
	sr_for_each (claim, &claims) {
		if (sr_sweep_to(&sweep, *claim) || add_claim(report, *claim, source, &sweep))
			return -ENOMEM;
	}
	if (report->ranges.count)
		qsort(report->ranges.items, report->ranges.count, sizeof(*report->ranges.items),
		      compare_rows);
	return 0;
}

static bool makes_soft_reserved(const struct sr_kernel *kernel)
{
	const char *at = kernel->command_line.value;
	struct sr_kernel_option option;

	while (sr_kernel_option_next(&at, &option)) {
		if (sr_kernel_option_is(option, "memmap=") ||
		    sr_kernel_option_is(option, "efi_fake_mem="))
			return true;
	}
	return false;
}

/* The sources that would list every Soft Reserved range of this machine. */
static unsigned int telling_sources(const struct sr_report *report)
{
	const struct sr_snapshot *snapshot = report->snapshot;
	const struct sr_range_report *row;
	unsigned int telling = 0;

	/* Whether this kernel shows them in /proc/iomem is told by one that it shows. */
	sr_for_each (row, &report->ranges) {
		if (sr_source_is_whole(snapshot, SR_SOURCE_IOMEM))
			telling |= row->sources & 1U << SR_SOURCE_IOMEM;
	}
	if (has_effective_map(snapshot))
		telling |= 1U << SR_SOURCE_KERNEL_LOG;
	if (sr_source_is_whole(snapshot, SR_SOURCE_FIRMWARE_MEMMAP))
		telling |= 1U << SR_SOURCE_FIRMWARE_MEMMAP;
	return telling;
}

static const char *source_words(unsigned int sources)
{
	if (sources & 1U << SR_SOURCE_IOMEM)
		return "/proc/iomem";
	if (sources & 1U << SR_SOURCE_KERNEL_LOG)
		return "the kernel log's map";
	return "the firmware's map";
}

/*
 * Yes: only the firmware's map lacks it, and the command line has what makes such ranges. Of
 * the kernel log the last map alone is kept, which the command line has changed already.
 */
static enum sr_truth is_made(const struct sr_kernel *kernel, const struct sr_range_report *row,
			     unsigned int telling)
{
	const unsigned int firmware = 1U << SR_SOURCE_FIRMWARE_MEMMAP;
	bool makes = makes_soft_reserved(kernel);

	if (row->sources & firmware || (kernel->command_line.known && !makes))
		return SR_NO;
	return makes && (telling & ~row->sources) == firmware ? SR_YES : SR_UNKNOWN;
}

static void mark_made(struct sr_report *report, unsigned int telling)
{
	struct sr_range_report *row;

	sr_for_each (row, &report->ranges)
		row->made_by_command_line = is_made(&report->snapshot->kernel, row, telling);
}

static int compare_sources(struct sr_report *report, const struct sr_range_report *row,
			   unsigned int telling)
{
	unsigned int silent = telling & ~row->sources;

	if (!silent || row->made_by_command_line == SR_YES)
		return 0;
	return sr_add_finding(report, SR_CODE_SOURCES_DISAGREE,
			      SR_RANGE_FORMAT " is Soft Reserved in %s, but not, or not with these "
					      "bounds, in %s",
			      SR_RANGE_VALUES(row->range), source_words(row->sources),
			      source_words(silent));
}

/* One finding for all of them: it is one decision of whoever wrote the command line. */
static int find_made(struct sr_report *report, enum sr_truth made, enum sr_code code)
{
	const struct sr_range_report *row, *first = NULL;
	char others[48] = "";
	size_t count = 0;

	sr_for_each (row, &report->ranges) {
		if (row->made_by_command_line == made && count++ == 0)
			first = row;
	}
	if (!first)
		return 0;
	if (count > 1)
		snprintf(others, sizeof(others), " and %zu more", count - 1);
	return sr_add_finding(report, code, SR_RANGE_FORMAT "%s: %s", SR_RANGE_VALUES(first->range),
			      others, sr_codes[code].sentence);
}

/*
 * Outside x86 Soft Reserved entries go straight into /proc/iomem (arm-runtime.c and
 * riscv-runtime.c in drivers/firmware/efi), so without one there is none.
 */
static bool shows_all_in_iomem(const struct sr_snapshot *snapshot)
{
	const char *machine = snapshot->kernel.machine.value;

	return sr_source_is_whole(snapshot, SR_SOURCE_IOMEM) && machine &&
	       (strcmp(machine, "aarch64") == 0 || strcmp(machine, "riscv64") == 0);
}

/* The firmware's map is enough where nothing on the command line changes it. */
static bool has_unchanged_map(const struct sr_snapshot *snapshot)
{
	return sr_source_is_whole(snapshot, SR_SOURCE_FIRMWARE_MEMMAP) &&
	       snapshot->kernel.command_line.known && !makes_soft_reserved(&snapshot->kernel) &&
	       !adds_silently(&snapshot->kernel);
}

bool sr_map_is_whole(const struct sr_snapshot *snapshot)
{
	return has_effective_map(snapshot) || shows_all_in_iomem(snapshot) ||
	       has_unchanged_map(snapshot);
}

int sr_merge_soft_reserved(struct sr_report *report)
{
	static const enum sr_source_id order[] = {
		SR_SOURCE_IOMEM,
		SR_SOURCE_KERNEL_LOG,
		SR_SOURCE_FIRMWARE_MEMMAP,
	};
	const struct sr_range_report *row;
	unsigned int telling;
	bool too_many;

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		int error = merge_source(report, order[i]);

		if (error)
			return error;
	}
	too_many = report->ranges.count > SR_RANGE_LIMIT;
	if (too_many)
		report->ranges.count = SR_RANGE_LIMIT;
	telling = telling_sources(report);
	mark_made(report, telling);
	sr_for_each (row, &report->ranges) {
		int error = compare_sources(report, row, telling);

		if (error)
			return error;
	}
	if (find_made(report, SR_YES, SR_CODE_MADE_BY_COMMAND_LINE) ||
	    find_made(report, SR_UNKNOWN, SR_CODE_MAKER_UNKNOWN))
		return -ENOMEM;
	report->soft_reserved_whole = (telling & 1U << SR_SOURCE_IOMEM) ||
				      sr_map_is_whole(report->snapshot);
	if (too_many)
		return sr_add_finding(report, SR_CODE_TOO_MANY, "more than %d Soft Reserved ranges",
				      SR_RANGE_LIMIT);
	return 0;
}
