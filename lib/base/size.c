// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/size.h"

#include <stdio.h>
#include <string.h>

const char *sr_size_text(uint64_t bytes, bool long_unit, char buffer[static SR_SIZE_TEXT_LENGTH])
{
	static const char units[] = "BKMGTPE";
	unsigned int unit = 0;
	uint64_t whole = bytes, rest = 0;
	char name[8];

	while (whole >= 1024 && unit < strlen(units) - 1) {
		rest = (rest >> 10) | (whole & 1023) << 54 | (rest & 1023 ? 1 : 0);
		whole >>= 10;
		unit++;
	}
	if (!long_unit)
		snprintf(name, sizeof(name), "%c", units[unit]);
	else
		snprintf(name, sizeof(name), unit ? "%ciB" : "%c", units[unit]);
	if (rest)
		snprintf(buffer, SR_SIZE_TEXT_LENGTH, "%ju.%u%s", (uintmax_t)whole,
			 (unsigned int)((rest >> 54) * 10 / 1024), name);
	else
		snprintf(buffer, SR_SIZE_TEXT_LENGTH, "%ju%s", (uintmax_t)whole, name);
	return buffer;
}
