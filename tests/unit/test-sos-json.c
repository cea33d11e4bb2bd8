// SPDX-License-Identifier: GPL-2.0-only
/* sources/sos-json.h: what programs print as JSON, good and broken. */
#include "sources/sos-json.h"

#include <errno.h>

#include "build.h"
#include "tap.h"

static int parse(const char *text, struct sr_json **ret_json)
{
	return sr_json_parse(text, strlen(text), ret_json);
}

static int status(const char *text)
{
	sr_auto_json struct sr_json *json = NULL;

	return parse(text, &json);
}

static void test_texts(void)
{
	char deep[200] = "";

	is_number(status("[]"), 0, "an empty list");
	is_number(status("[\n]\n\n"), 0, "with lines behind it");
	is_number(status("libcxl: no\n  Warning: none\n[{\"a\":1}]\n"), 0, "behind messages");
	is_number(status(""), -ENODATA, "nothing");
	is_number(status("Warning: no [ here\n"), -ENODATA, "messages alone");
	is_number(status("{\"a\":1}"), -ENODATA, "no list");
	is_number(status("[1,2"), -EINVAL, "cut off");
	is_number(status("[1]x"), -EINVAL, "more behind it");
	is_number(status("[1]\n[2]\n"), -EINVAL, "two");
	is_number(status("[1,]]"), -EINVAL, "no JSON");
	memset(deep, '[', 100);
	memset(deep + 100, ']', 99);
	is_number(status(deep), -EINVAL, "nested too deep");
}

#define is_member(text, want, what)                                               \
	do {                                                                      \
		sr_auto_json struct sr_json *json = NULL;                         \
		struct sr_u64 got;                                                \
		parse("[{\"a\":" text "}]", &json);                               \
		got = sr_json_u64(sr_json_at(json, 0), "a");                      \
		ok(got.known == (want).known && got.value == (want).value, what); \
	} while (0)

#define UNKNOWN ((struct sr_u64){ 0 })

static void test_numbers(void)
{
	is_member("0", sr_u64_of(0), "zero");
	is_member("79725330432", sr_u64_of(0x1290000000), "an address");
	is_member("9223372036854775808", sr_u64_of(UINT64_C(1) << 63), "of more than 63 bits");
	is_member("18446744073709551614", sr_u64_of(UINT64_MAX - 1), "the largest");
	is_member("18446744073709551615", UNKNOWN, "~0 is libcxl's unknown");
	is_member("99999999999999999999999", UNKNOWN, "more than 64 bits");
	is_member("-1", UNKNOWN, "negative");
	is_member("-9223372036854775808", UNKNOWN, "the smallest");
	is_member("1.0", UNKNOWN, "with a fraction");
	is_member("1e3", UNKNOWN, "with an exponent");
	is_member("\"1\"", UNKNOWN, "a text");
	is_member("\"0x1290000000\"", UNKNOWN, "for people");
	is_member("true", UNKNOWN, "a truth");
	is_member("null", UNKNOWN, "null");
	is_member("[1]", UNKNOWN, "a list");
	is_member("{\"a\":1}", UNKNOWN, "an object");
}

static void test_absent(void)
{
	sr_auto_json struct sr_json *json = NULL;

	parse("[{\"b\":1},7]", &json);
	ok(!sr_json_u64(sr_json_at(json, 0), "a").known, "a member that is not there");
	ok(!sr_json_u64(sr_json_at(json, 1), "a").known, "of what is no object");
	ok(!sr_json_u64(sr_json_at(json, 9), "a").known, "of what is not there");
	ok(!sr_json_u64(NULL, "a").known, "of nothing");
	is_number(sr_json_count(sr_json_at(json, 0)), 0, "what is no list has no items");
	is_number(sr_json_count(NULL), 0, "nor has nothing");
}

static bool takes(const char *text)
{
	sr_auto_json struct sr_json *json = NULL;
	char buffer[8];

	parse(text, &json);
	return sr_json_text(sr_json_at(json, 0), "a", buffer, sizeof(buffer));
}

static void test_strings(void)
{
	ok(takes("[{\"a\":\"mem0\"}]"), "a text");
	ok(takes("[{\"a\":\"1234567\"}]"), "as long as there is room");
	ok(!takes("[{\"a\":\"12345678\"}]"), "one that is longer");
	ok(!takes("[{\"a\":\"\\u001b[2J\"}]"), "one that would steer a terminal");
	ok(!takes("[{\"a\":\"m\\u0000m\"}]"), "one with a NUL");
	ok(!takes("[{\"a\":\"\\u00e9\"}]"), "one that is not ASCII");
	ok(!takes("[{\"a\":7}]"), "a number");
}

int main(void)
{
	test_texts();
	test_numbers();
	test_absent();
	test_strings();
	return tap_done();
}
