// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the CEDT; its host bridges (CHBS, 9.18.1.2) and other structures are passed over. */
#include "sources/acpi-cedt.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "sources/acpi-table.h"

/* Far more than host bridges can have; bounds what comes after. */
#define MOST_WINDOWS 4096

/* CXL 3.1, 9.18.1.3, without the list of targets at its end */
#define TYPE_WINDOW   1
#define WINDOW_LENGTH 36

static const struct sr_table_format format = {
	.signature = "CEDT",
	.header_length = SR_TABLE_HEADER,
	.structure_header_length = 4,
};

struct parser {
	struct sr_table table;
	size_t first; /* of its windows in acpi->windows */
	bool incomplete;
};

/* The code in the interleave ways field, as eiw_to_ways() of drivers/cxl/cxl.h decodes it. */
static struct sr_u64 decode_ways(uint8_t code)
{
	if (code <= 4)
		return sr_u64_of(1U << code);
	if (code >= 8 && code <= 10)
		return sr_u64_of(3U << (code - 8));
	return (struct sr_u64){ 0 };
}

/* eig_to_granularity() */
static struct sr_u64 decode_granularity(uint32_t code)
{
	return code <= 6 ? sr_u64_of(256U << code) : (struct sr_u64){ 0 };
}

static int read_targets(struct sr_fixed_window *window, const struct sr_structure *structure)
{
	for (size_t i = 0; i < window->interleave_ways.value; i++) {
		uint32_t *target = sr_list_add(&window->targets);

		if (!target)
			return -ENOMEM;
		*target = sr_table_u32(structure->bytes, WINDOW_LENGTH + 4 * i);
	}
	return 0;
}

static int add_window(struct parser *parser, const struct sr_structure *structure,
		      struct sr_range range)
{
	const uint8_t *bytes = structure->bytes;
	struct sr_u64 ways = decode_ways(bytes[24]);
	uint64_t wanted = WINDOW_LENGTH + 4 * ways.value;
	struct sr_fixed_window *window;

	/* cxl_acpi refuses the window where they do not fit (cxl_acpi_cfmws_verify()). */
	if (structure->length < wanted)
		return sr_table_fault(&parser->table,
				      "the window at byte %zu has a length of %zu, too short for"
				      " its %ju targets",
				      structure->offset, structure->length, (uintmax_t)ways.value);
	if (structure->present < wanted) {
		parser->incomplete = true;
		return 0; /* the table ends within it, and that is told */
	}
	window = sr_list_add(&parser->table.acpi->windows);
	if (!window)
		return -ENOMEM;
	*window = (struct sr_fixed_window){
		.range = range,
		.offset = sr_u64_of(structure->offset),
		.restrictions = sr_table_u16(bytes, 32),
		.interleave_ways = ways,
		.granularity = decode_granularity(sr_table_u32(bytes, 28)),
	};
	return ways.known ? read_targets(window, structure) : 0;
}

static int read_window(struct parser *parser, const struct sr_structure *structure)
{
	const uint8_t *bytes = structure->bytes;
	struct sr_range range;

	if (structure->length < WINDOW_LENGTH)
		return sr_table_fault(&parser->table,
				      "the window at byte %zu has a length of %zu, not %u",
				      structure->offset, structure->length, WINDOW_LENGTH);
	if (structure->present < WINDOW_LENGTH) {
		parser->incomplete = true;
		return 0;
	}
	if (sr_range_make_sized(sr_table_u64(bytes, 8), sr_table_u64(bytes, 16), &range) != 0)
		return sr_table_fault(&parser->table, "the window at byte %zu is %s",
				      structure->offset,
				      sr_table_u64(bytes, 16) ? "leaving 64 bits" : "of size 0");
	return add_window(parser, structure, range);
}

static int walk(struct parser *parser)
{
	const struct sr_acpi *acpi = parser->table.acpi;
	struct sr_structure structure;
	int found, error = 0;

	while ((found = sr_table_next(&parser->table, &structure)) > 0) {
		if (structure.type != TYPE_WINDOW)
			continue;
		if (acpi->windows.count - parser->first >= MOST_WINDOWS) {
			parser->incomplete = true;
			return sr_table_fault(&parser->table,
					      "more than %u windows, the rest is left out",
					      MOST_WINDOWS);
		}
		error = read_window(parser, &structure);
		if (error)
			return error;
	}
	return found;
}

static int compare_windows(const void *a, const void *b)
{
	return sr_range_compare(*(const struct sr_range *)a, *(const struct sr_range *)b);
}

/* Each against the one before it by address that reaches farthest. */
static int check_overlaps(struct parser *parser, struct sr_range *ranges, size_t count)
{
	struct sr_range widest;
	int error = 0;

	if (!count)
		return 0;
	qsort(ranges, count, sizeof(*ranges), compare_windows);
	widest = ranges[0];
	for (size_t i = 1; i < count && !error; i++) {
		if (sr_range_overlaps(widest, ranges[i]))
			error = sr_table_fault(
				&parser->table, "windows 0x%jx-0x%jx and 0x%jx-0x%jx overlap",
				(uintmax_t)widest.start, (uintmax_t)widest.end,
				(uintmax_t)ranges[i].start, (uintmax_t)ranges[i].end);
		if (ranges[i].end > widest.end)
			widest = ranges[i];
	}
	return error;
}

static int find_overlaps(struct parser *parser)
{
	const struct sr_acpi *acpi = parser->table.acpi;
	size_t count = acpi->windows.count - parser->first;
	sr_auto_free struct sr_range *ranges = calloc(count + 1, sizeof(*ranges));

	if (!ranges)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		ranges[i] = acpi->windows.items[parser->first + i].range;
	return check_overlaps(parser, ranges, count);
}

int sr_cedt_parse(struct sr_acpi *acpi, struct sr_pool *pool, const void *bytes, size_t length)
{
	struct parser parser = {
		.table = { .format = &format, .acpi = acpi, .pool = pool },
		.first = acpi->windows.count,
	};
	int result = sr_table_open(&parser.table, bytes, length);

	acpi->windows_known = false;
	if (result <= 0)
		return result;
	result = walk(&parser);
	if (!result)
		result = find_overlaps(&parser);
	acpi->windows_known = !result && sr_table_is_whole(&parser.table) && !parser.incomplete;
	return result;
}
