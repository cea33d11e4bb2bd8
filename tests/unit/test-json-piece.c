// SPDX-License-Identifier: GPL-2.0-only
/* base/json-piece.h: JSON that is handed to json-c a piece at a time. */
#include "base/json-piece.h"

#include <stdio.h>
#include <string.h>

#include "tap.h"

/* The pieces with a bar between them. */
static const char *pieces(const char *text)
{
	static char joined[256];
	size_t left = strlen(text), length;
	char *end = joined;

	*joined = '\0';
	for (; left; text += length, left -= length) {
		length = sr_json_piece(text, left);
		if (!length || length > left)
			return "no piece";
		end += snprintf(end, sizeof(joined) - (size_t)(end - joined), "%.*s|", (int)length,
				text);
	}
	return joined;
}

int main(void)
{
	is_number(sr_json_piece("", 0), 0, "of nothing there is no piece");
	is_text(pieces("7"), "7|", "a number");
	is_text(pieces("{\"a\":[1,{}],\"b\":null}"), "{\"a\"|:[1|,{|}|]|,\"b\"|:null|}|",
		"a name and its value are in two pieces, and so are two values");
	is_text(pieces("\"a,b:c\""), "\"a|,b|:c\"|", "a string may be in several");
	is_number(sr_json_piece("12345,", 3), 3, "no piece goes beyond the end");
	return tap_done();
}
