// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/number.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return UINT32_MAX;
}

int sr_number_scan(const char **text, unsigned int base, uint64_t *ret_value)
{
	const char *at = *text;
	uint64_t value = 0;

	if (digit_value(*at) >= base)
		return -EINVAL;
	for (; digit_value(*at) < base; at++) {
		if (__builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, digit_value(*at), &value))
			return -ERANGE;
	}
	*text = at;
	*ret_value = value;
	return 0;
}

int sr_number_parse(const char *text, uint64_t *ret_value)
{
	unsigned int base = strncmp(text, "0x", 2) == 0 ? 16 : 10;
	const char *at = base == 16 ? text + 2 : text;
	uint64_t value;
	int error = sr_number_scan(&at, base, &value);

	if (error)
		return error;
	if (*at != '\0')
		return -EINVAL;
	*ret_value = value;
	return 0;
}

int sr_number_parse_signed(const char *text, int64_t *ret_value)
{
	bool negative = *text == '-';
	uint64_t value;
	int error = sr_number_parse(text + negative, &value);

	if (error)
		return error;
	if (value > (uint64_t)INT64_MAX + negative)
		return -ERANGE;
	*ret_value = (int64_t)(negative ? 0 - value : value);
	return 0;
}
