// SPDX-License-Identifier: GPL-2.0-only
/* What firmware and devices describe, as tables, each with where it was read. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "page-parts.h"
#include "sources/sources.h"
#include "text.h"

/* "firmware-memmap, kernel-log": which sources list a range. */
static char *sources_cell(unsigned int sources)
{
	char *list = strdup("");

	for (int i = 0; i < SR_SOURCE_COUNT && list; i++) {
		char *before = list;

		if (!(sources & 1U << i))
			continue;
		list = page_format("%s%s%s", before, *before ? ", " : "", sr_sources[i].name);
		free(before);
	}
	return list;
}

int page_memory_map(FILE *stream, const struct page *page)
{
	static const char *const headings[] = { "Soft Reserved", "Size", "Listed by", "CXL windows",
						NULL };
	const struct sr_report *report = page->report;
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_range_report *range;

	page_headings(&table, headings);
	sr_for_each (range, &report->ranges) {
		if (range - report->ranges.items >= PAGE_ROWS)
			break;
		markdown_cell(&table, page_range(range->range));
		markdown_cell(&table, page_size(sr_u64_of(sr_range_size(range->range))));
		markdown_cell(&table, range->made_by_command_line == SR_YES
					      ? strdup("the kernel command line, not firmware")
					      : sources_cell(range->sources));
		markdown_cell(&table, report->windows_whole || range->windows.count
					      ? page_format("%zu", range->windows.count)
					      : strdup("?"));
	}
	return page_table(stream, &table, report->ranges.count,
			  report->soft_reserved_whole
				  ? "No memory is Soft Reserved."
				  : "Nothing that could be read lists one; there may be some.");
}

/* "hot pluggable, non-volatile" */
static char *flags_cell(const struct sr_memory_affinity *memory)
{
	return strdup(memory->hot_pluggable && memory->non_volatile ? "hot pluggable, non-volatile"
		      : memory->hot_pluggable			    ? "hot pluggable"
		      : memory->non_volatile			    ? "non-volatile"
								    : "-");
}

int page_srat(FILE *stream, const struct page *page)
{
	static const char *const headings[] = { "Memory Affinity", "Size",   "Proximity Domain",
						"Flags",	   "Offset", NULL };
	const struct sr_acpi *acpi = &page->report->snapshot->acpi;
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_memory_affinity *memory;

	page_headings(&table, headings);
	sr_for_each (memory, &acpi->memory) {
		if (memory - acpi->memory.items >= PAGE_ROWS)
			break;
		markdown_cell(&table, page_range(memory->range));
		markdown_cell(&table, page_size(sr_u64_of(sr_range_size(memory->range))));
		markdown_cell(&table, page_format("%" PRIu32, memory->proximity_domain));
		markdown_cell(&table, flags_cell(memory));
		markdown_cell(&table, page_offset(memory->offset));
	}
	return page_table(stream, &table, acpi->memory.count,
			  acpi->has_srat == SR_NO ? "There is no SRAT."
			  : acpi->memory_known	  ? "The SRAT has no enabled memory range."
						  : "The SRAT could not be read.");
}

static void add_word(char **list, bool is_there, const char *word)
{
	char *before = *list;

	if (!before || !is_there)
		return;
	*list = page_format("%s%s%s", before, *before ? ", " : "", word);
	free(before);
}

/* The bits of the field "Window Restrictions". */
static char *restrictions_cell(const struct sr_fixed_window *window)
{
	char *list = strdup("");

	add_word(&list, window->restrictions & SR_WINDOW_TYPE2, "type 2");
	add_word(&list, window->restrictions & SR_WINDOW_TYPE3, "type 3");
	add_word(&list, window->restrictions & SR_WINDOW_VOLATILE, "volatile");
	add_word(&list, window->restrictions & SR_WINDOW_PERSISTENT, "persistent");
	add_word(&list, window->restrictions & SR_WINDOW_FIXED, "fixed");
	add_word(&list, list && !*list, "none");
	return list;
}

/* Of host bridges. */
static char *targets_cell(const struct sr_fixed_window *window)
{
	char *list = strdup("");
	const uint32_t *target;

	sr_for_each (target, &window->targets) {
		char number[16];

		snprintf(number, sizeof(number), "0x%" PRIx32, *target);
		add_word(&list, true, number);
	}
	add_word(&list, list && !*list, "?");
	return list;
}

static int print_fixed_windows(FILE *stream, const struct sr_acpi *acpi)
{
	static const char *const headings[] = { "CFMWS",	"Size",
						"Ways",		"Granularity (B)",
						"Restrictions", "Targets (_UID)",
						"Offset",	NULL };
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_fixed_window *window;

	page_headings(&table, headings);
	sr_for_each (window, &acpi->windows) {
		if (window - acpi->windows.items >= PAGE_ROWS)
			break;
		markdown_cell(&table, page_range(window->range));
		markdown_cell(&table, page_size(sr_u64_of(sr_range_size(window->range))));
		markdown_cell(&table, page_number(window->interleave_ways));
		markdown_cell(&table, page_number(window->granularity));
		markdown_cell(&table, restrictions_cell(window));
		markdown_cell(&table, targets_cell(window));
		markdown_cell(&table, page_offset(window->offset));
	}
	return page_table(stream, &table, acpi->windows.count,
			  acpi->has_cedt == SR_NO ? "There is no CEDT."
			  : acpi->windows_known	  ? "The CEDT has no CFMWS."
						  : "The CEDT could not be read.");
}

/* What the system took them for: it may refuse one, and cut one at the memory map's entries. */
static int print_root_decoders(FILE *stream, const struct sr_report *report)
{
	static const char *const headings[] = { "Window of the system", "Size", "Name", NULL };
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_window *window;

	page_headings(&table, headings);
	sr_for_each (window, &report->windows) {
		if (window - report->windows.items >= PAGE_ROWS)
			break;
		markdown_cell(&table, window->has_range ? page_range(window->range) : strdup("?"));
		markdown_cell(&table,
			      page_size((struct sr_u64){
				      .value = window->has_range ? sr_range_size(window->range) : 0,
				      .known = window->has_range }));
		markdown_cell(&table, markdown_code(sr_window_name(window)));
	}
	return page_table(stream, &table, report->windows.count,
			  report->windows_whole ? "The operating system has no CXL window."
						: "Its CXL windows could not be read.");
}

int page_windows(FILE *stream, const struct page *page)
{
	int error = print_fixed_windows(stream, &page->report->snapshot->acpi);

	return error ? error : print_root_decoders(stream, page->report);
}

/* A decoder of size 0 maps nothing. */
static bool maps_something(const struct sr_endpoint_decoder *decoder)
{
	return !decoder->size.known || decoder->size.value;
}

/* "mem0, 0000:0d:00.0" */
static char *memdev_cell(const struct sr_snapshot *snapshot, struct sr_text name)
{
	const struct sr_memdev *memdev;
	char *cell = page_name(name);

	sr_for_each (memdev, &snapshot->memdevs) {
		char *host;

		if (!cell || !name.value || strcmp(memdev->name, name.value) != 0)
			continue;
		host = page_name(memdev->host);
		if (host)
			add_word(&cell, true, host);
		free(host);
		break;
	}
	return cell;
}

static void add_decoder(struct markdown_table *table, const struct sr_snapshot *snapshot,
			const struct sr_endpoint_decoder *decoder)
{
	markdown_cell(table, markdown_code(decoder->name));
	markdown_cell(table, memdev_cell(snapshot, decoder->memdev));
	markdown_cell(table, page_extent(decoder->start, decoder->size));
	markdown_cell(table, page_size(decoder->size));
	markdown_cell(table, page_extent(decoder->dpa_start, decoder->dpa_size));
	markdown_cell(table, page_number(decoder->interleave_ways));
	markdown_cell(table, page_name(decoder->region));
}

int page_decoders(FILE *stream, const struct page *page)
{
	static const char *const headings[] = { "HDM decoder", "Device", "HPA",	   "Size",
						"DPA",	       "Ways",	 "Region", NULL };
	const struct sr_snapshot *snapshot = page->report->snapshot;
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_endpoint_decoder *decoder;
	size_t count = 0;

	page_headings(&table, headings);
	sr_for_each (decoder, &snapshot->endpoint_decoders) {
		if (maps_something(decoder) && count++ < PAGE_ROWS)
			add_decoder(&table, snapshot, decoder);
	}
	return page_table(stream, &table, count,
			  sr_source_is_whole(snapshot, SR_SOURCE_CXL)
				  ? "No decoder of a device maps memory."
				  : "Nothing that could be read has one; there may be some.");
}

int page_regions(FILE *stream, const struct page *page)
{
	static const char *const headings[] = { "Region",	   "HPA",	"Size", "Ways",
						"Granularity (B)", "Committed", "Mode", NULL };
	const struct sr_report *report = page->report;
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_region_report *item;

	page_headings(&table, headings);
	sr_for_each (item, &report->regions) {
		const struct sr_region *region = item->region;

		if (item - report->regions.items >= PAGE_ROWS)
			break;
		markdown_cell(&table, markdown_code(region->name));
		markdown_cell(&table, item->has_range ? page_range(item->range) : strdup("?"));
		markdown_cell(&table, page_size(region->size));
		markdown_cell(&table, page_number(region->interleave_ways));
		markdown_cell(&table, page_number(region->interleave_granularity));
		markdown_cell(&table, page_truth(region->committed));
		markdown_cell(&table, page_name(region->mode));
	}
	return page_table(stream, &table, report->regions.count,
			  report->regions_whole
				  ? "The operating system has assembled no region."
				  : "Nothing that could be read has one; there may be some.");
}
