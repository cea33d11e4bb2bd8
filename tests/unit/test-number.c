// SPDX-License-Identifier: GPL-2.0-only
/* base/number.h: strict numbers. */
#include "base/number.h"

#include <errno.h>

#include "tap.h"

#define UNTOUCHED 77

static void is_value(const char *text, uint64_t want)
{
	uint64_t value = UNTOUCHED;

	is_number((uint64_t)sr_number_parse(text, &value), 0, text);
	is_number(value, want, text);
}

static void is_refused(const char *text, int want)
{
	uint64_t value = UNTOUCHED;

	is_number((uint64_t)sr_number_parse(text, &value), (uint64_t)want, text);
	is_number(value, UNTOUCHED, "a refused number sets nothing");
}

static void is_signed_value(const char *text, int64_t want)
{
	int64_t value = UNTOUCHED;

	is_number((uint64_t)sr_number_parse_signed(text, &value), 0, text);
	is_number((uint64_t)value, (uint64_t)want, text);
}

static void is_signed_refused(const char *text, int want)
{
	int64_t value = UNTOUCHED;

	is_number((uint64_t)sr_number_parse_signed(text, &value), (uint64_t)want, text);
	is_number((uint64_t)value, UNTOUCHED, "a refused signed number sets nothing");
}

static void test_parse(void)
{
	is_value("0", 0);
	is_value("007", 7);
	is_value("0x0", 0);
	is_value("0x1290000000", 0x1290000000);
	is_value("0xABCdef", 0xabcdef);
	is_value("18446744073709551615", UINT64_MAX);
	is_value("0xffffffffffffffff", UINT64_MAX);
	is_value("0x0000000000000000000000010", 16);
}

static void test_refusal(void)
{
	is_refused("", -EINVAL);
	is_refused("0x", -EINVAL);
	is_refused("x1", -EINVAL);
	is_refused("0X10", -EINVAL);
	is_refused("-1", -EINVAL);
	is_refused("+1", -EINVAL);
	is_refused(" 1", -EINVAL);
	is_refused("1 ", -EINVAL);
	is_refused("1\n", -EINVAL);
	is_refused("12a", -EINVAL);
	is_refused("0x12g", -EINVAL);
	is_refused("18446744073709551616", -ERANGE);
	is_refused("0x10000000000000000", -ERANGE);
	is_refused("99999999999999999999999999", -ERANGE);
}

static void test_signed(void)
{
	is_signed_value("0", 0);
	is_signed_value("-0", 0);
	is_signed_value("-1", -1);
	is_signed_value("-0x10", -16);
	is_signed_value("9223372036854775807", INT64_MAX);
	is_signed_value("-9223372036854775808", INT64_MIN);
	is_signed_refused("9223372036854775808", -ERANGE);
	is_signed_refused("-9223372036854775809", -ERANGE);
	is_signed_refused("18446744073709551615", -ERANGE);
	is_signed_refused("--1", -EINVAL);
	is_signed_refused("-", -EINVAL);
	is_signed_refused("- 1", -EINVAL);
}

static void test_scan(void)
{
	const char *text = "12af-rest", *at = text;
	uint64_t value = UNTOUCHED;

	is_number((uint64_t)sr_number_scan(&at, 16, &value), 0, "hexadecimal digits");
	is_number(value, 0x12af, "their value");
	is_text(at, "-rest", "what follows them");
	at = text;
	is_number((uint64_t)sr_number_scan(&at, 10, &value), 0, "decimal digits");
	is_number(value, 12, "end at the first other character");
	is_text(at, "af-rest", "which is left");
	value = UNTOUCHED;
	is_number((uint64_t)sr_number_scan(&at, 10, &value), (uint64_t)-EINVAL, "no digit");
	is_text(at, "af-rest", "moves nothing");
	at = "fffffffffffffffff";
	is_number((uint64_t)sr_number_scan(&at, 16, &value), (uint64_t)-ERANGE, "68 bits");
	is_text(at, "fffffffffffffffff", "move nothing either");
	is_number(value, UNTOUCHED, "and set nothing");
}

int main(void)
{
	test_parse();
	test_refusal();
	test_signed();
	test_scan();
	return tap_done();
}
