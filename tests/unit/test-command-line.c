// SPDX-License-Identifier: GPL-2.0-only
/* snapshot/command-line.h: options as next_arg() of lib/cmdline.c takes them. */
#include "snapshot/command-line.h"

#include "tap.h"

/* "a|b c|d": the options of @line, in a static buffer. */
static const char *options_of(const char *line)
{
	static char text[512];
	struct sr_kernel_option option;
	size_t used = 0;

	*text = '\0';
	while (sr_kernel_option_next(&line, &option))
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%.*s",
					 used ? "|" : "", (int)option.length, option.text);
	return text;
}

static bool has_word(const char *line, const char *prefix, const char *word)
{
	struct sr_kernel kernel = { .command_line = sr_text_of(line) };

	return sr_kernel_has_word(&kernel, prefix, word);
}

static bool starts_with(const char *line, const char *prefix)
{
	struct sr_kernel_option option;

	return sr_kernel_option_next(&line, &option) && sr_kernel_option_is(option, prefix);
}

static void test_options(void)
{
	is_text(options_of(""), "", "no option");
	is_text(options_of(" \t\n "), "", "blanks");
	is_text(options_of("quiet"), "quiet", "one");
	is_text(options_of("  a b=1\tc\nd  "), "a|b=1|c|d", "blanks of all kinds");
	is_text(options_of(NULL), "", "an unknown command line has none");
}

static void test_quotes(void)
{
	is_text(options_of("a=\"1 2\" b"), "a=\"1 2\"|b", "a quoted value");
	is_text(options_of("\"a=1 2\" b"), "\"a=1 2\"|b", "a quoted option");
	is_text(options_of("a=1\" \"2 b"), "a=1\" \"2|b", "quotes inside");
	is_text(options_of("a=\"1 2 b"), "a=\"1 2 b", "quotes that do not end");
	is_text(options_of("a=\"\" b"), "a=\"\"|b", "empty quotes");
}

static void test_prefix(void)
{
	ok(starts_with("memmap=4G!4G", "memmap="), "an option");
	ok(starts_with("memmap=", "memmap="), "an option without a value");
	ok(!starts_with("memmap", "memmap="), "the beginning of a prefix");
	ok(!starts_with("nomemmap=4G!4G", "memmap="), "not at the start");
	ok(!starts_with("memm ap=", "memmap="), "not across blanks");
	ok(starts_with("\"memmap=4G!4G\"", "memmap="), "a quoted option");
	ok(!starts_with("\"", "memmap="), "a quote alone");
	ok(starts_with("quiet", ""), "nothing starts everything");
}

static void test_word(void)
{
	ok(has_word("efi=nosoftreserve", "efi=", "nosoftreserve"), "the only word");
	ok(has_word("quiet efi=debug,nosoftreserve", "efi=", "nosoftreserve"), "the last word");
	ok(has_word("efi=nosoftreserve,debug quiet", "efi=", "nosoftreserve"), "the first word");
	ok(has_word("efi=a,,nosoftreserve,", "efi=", "nosoftreserve"), "with empty words");
	ok(has_word("efi=debug efi=nosoftreserve", "efi=", "nosoftreserve"), "a second option");
	ok(!has_word("efi=nosoftreserved", "efi=", "nosoftreserve"), "a longer word");
	ok(!has_word("efi=nosoftreserv", "efi=", "nosoftreserve"), "a shorter word");
	ok(!has_word("efi= nosoftreserve", "efi=", "nosoftreserve"), "an option of its own");
	ok(!has_word("xefi=nosoftreserve", "efi=", "nosoftreserve"), "another option");
	ok(!has_word("efi", "efi=", "nosoftreserve"), "no value");
	ok(!has_word("efi=", "efi=", "nosoftreserve"), "an empty value");
	ok(!has_word("", "efi=", "nosoftreserve"), "no option");
	ok(!has_word(NULL, "efi=", "nosoftreserve"), "an unknown command line");
}

/* next_arg() takes the quotes off a value, and off an option as a whole. */
static void test_quoted_word(void)
{
	ok(has_word("efi=\"nosoftreserve\"", "efi=", "nosoftreserve"), "a quoted value");
	ok(has_word("efi=\"debug,nosoftreserve\"", "efi=", "nosoftreserve"), "a quoted list");
	ok(has_word("\"efi=nosoftreserve\" quiet", "efi=", "nosoftreserve"), "a quoted option");
	ok(has_word("module_blacklist=\"cxl_acpi,dax_hmem\"", "module_blacklist=", "cxl_acpi"),
	   "the first of a quoted list");
	ok(!has_word("efi=\"\"", "efi=", "nosoftreserve"), "nothing quoted");
	ok(!has_word("efi=\"", "efi=", "nosoftreserve"), "a quote alone");
	ok(!has_word("\"", "", "x"), "a quote alone");
}

int main(void)
{
	test_options();
	test_quotes();
	test_prefix();
	test_word();
	test_quoted_word();
	return tap_done();
}
