// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/json-piece.h"

#include <stdbool.h>

static bool ends_value(char c)
{
	return c == ',' || c == ':' || c == ']' || c == '}';
}

size_t sr_json_piece(const char *text, size_t length)
{
	size_t end = length > 0;

	while (end < length && !ends_value(text[end]))
		end++;
	return end;
}
