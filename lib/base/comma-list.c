// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/comma-list.h"

#include <string.h>

bool sr_comma_list_has(const char *list, size_t length, const char *word)
{
	size_t at = 0;

	while (at < length) {
		size_t size = 0;

		while (at + size < length && list[at + size] != ',')
			size++;
		if (size == strlen(word) && strncmp(list + at, word, size) == 0)
			return true;
		at += size + 1;
	}
	return false;
}
