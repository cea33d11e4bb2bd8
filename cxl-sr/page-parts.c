// SPDX-License-Identifier: GPL-2.0-only
#include "page-parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "text.h"

#define NONE	"-"
#define UNKNOWN "?"

char *page_format(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	if (text_vformat(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return text;
}

char *page_range(struct sr_range range)
{
	return page_format("0x%" PRIx64 "-0x%" PRIx64, range.start, range.end);
}

char *page_extent(struct sr_u64 start, struct sr_u64 size)
{
	struct sr_range range;

	if (size.known && !size.value)
		return strdup(NONE);
	if (!start.known || !size.known ||
	    sr_range_make_sized(start.value, size.value, &range) != 0)
		return strdup(UNKNOWN);
	return page_range(range);
}

char *page_size(struct sr_u64 bytes)
{
	char size[SIZE_TEXT_LENGTH];

	return strdup(bytes.known ? size_text(bytes.value, true, size) : UNKNOWN);
}

char *page_number(struct sr_u64 number)
{
	return number.known ? page_format("%" PRIu64, number.value) : strdup(UNKNOWN);
}

char *page_offset(struct sr_u64 offset)
{
	return offset.known ? page_format("0x%" PRIx64, offset.value) : strdup(UNKNOWN);
}

char *page_name(struct sr_text name)
{
	if (!name.known)
		return strdup(UNKNOWN);
	return name.value ? markdown_code(name.value) : strdup(NONE);
}

char *page_truth(enum sr_truth truth)
{
	static const char *const words[] = { UNKNOWN, "no", "yes" };

	return strdup(words[truth]);
}

void page_headings(struct markdown_table *table, const char *const headings[])
{
	for (; *headings; headings++) {
		markdown_cell(table, strdup(*headings));
		table->columns++;
	}
}

int page_table(FILE *stream, const struct markdown_table *table, size_t count, const char *nothing)
{
	if (!table->failed && table->cells.count <= table->columns)
		markdown_paragraph(stream, nothing);
	if (markdown_table_print(stream, table))
		return -ENOMEM;
	if (count > PAGE_ROWS)
		fprintf(stream, "%zu more are left out here; the captured files have them.\n\n",
			count - PAGE_ROWS);
	return 0;
}

void page_sentence(FILE *stream, const char *begin, const char *text, enum sr_code code)
{
	sr_auto_free char *line =
		code == SR_CODE_COUNT ? page_format("%s%s.", begin, text)
				      : page_format("%s%s [%s].", begin, text, sr_codes[code].name);

	markdown_item(stream, line ? line : "(out of memory)");
}
