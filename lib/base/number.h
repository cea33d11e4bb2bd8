/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strict numbers: no sign, no blanks inside, no overflow, nothing left over. */
#pragma once

#include <stdint.h>

/*
 * Reads the digits of @base (10 or 16) at *@text and moves *@text behind them.
 * -EINVAL where there is no digit, -ERANGE where 64 bits are too few; *@text and
 * @ret_value are set only on success.
 */
int sr_number_scan(const char **text, unsigned int base, uint64_t *ret_value);

/* The whole of @text: decimal, or hexadecimal behind 0x. -EINVAL or -ERANGE. */
int sr_number_parse(const char *text, uint64_t *ret_value);

/* As sr_number_parse(), with an optional minus; the range of int64_t. */
int sr_number_parse_signed(const char *text, int64_t *ret_value);
