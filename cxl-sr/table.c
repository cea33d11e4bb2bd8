// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

int table_put_cell(struct libscols_line *line, size_t column, char *cell)
{
	if (cell && scols_line_refer_data(line, column, cell) == 0)
		return 0;
	free(cell);
	return -ENOMEM;
}

char *table_range_cell(struct sr_range range)
{
	char *cell;

	return text_format(&cell, "0x%" PRIx64 "-0x%" PRIx64, range.start, range.end) < 0 ? NULL
											  : cell;
}

char *table_size_cell(struct sr_u64 bytes)
{
	char size[SIZE_TEXT_LENGTH];

	return strdup(bytes.known ? size_text(bytes.value, false, size) : "?");
}
