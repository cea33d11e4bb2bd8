// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr/markdown.h: hostile texts stay texts, and tables are tables. */
#include "markdown.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "tap.h"

static void is_escaped(const char *text, const char *wanted)
{
	sr_auto_free char *escaped = markdown_text(text);

	is_text(escaped, wanted, wanted);
}

static void is_code(const char *text, const char *wanted)
{
	sr_auto_free char *code = markdown_code(text);

	is_text(code, wanted, wanted);
}

static void test_text(void)
{
	is_escaped("", "");
	is_escaped("0x1290000000-0x12b7ffffff is larger than region0, by 128MiB.",
		   "0x1290000000-0x12b7ffffff is larger than region0, by 128MiB.");
	is_escaped("dax_hmem and device_hmem.disable=1", "dax_hmem and device_hmem.disable=1");
	is_escaped("_no_ emphasis_", "\\_no\\_ emphasis\\_");
	is_escaped("*a* **b** ~~c~~ `d` $e$",
		   "\\*a\\* \\*\\*b\\*\\* \\~\\~c\\~\\~ \\`d\\` \\$e\\$");
	is_escaped("<script>&amp;</script>", "\\<script\\>\\&amp;\\</script\\>");
	is_escaped("![x](y)", "!\\[x\\](y)");
	is_escaped("a|b\\|c", "a\\|b\\\\\\|c");
	is_escaped("see https://x.y", "see https\\://x.y");
	is_escaped("(www.x.y) WWW.x", "(www\\.x.y) WWW\\.x");
	is_escaped("mail a@b.c", "mail a?b.c");
	is_escaped("# a - b + c = d --- ===", "\\# a \\- b \\+ c \\= d \\--- \\===");
	is_escaped("1. a 23) b 1.2 v1.", "1\\. a 23\\) b 1.2 v1.");
	is_escaped("a\x1b[2J\nb\xc3\xa4", "a?\\[2J?b??");
}

static void test_code(void)
{
	is_code("CXL Window 0", "`CXL Window 0`");
	is_code("a`b|c\\d", "`a?b?c?d`");
	is_code("<b>&*_[x](y)", "`<b>&*_[x](y)`");
	is_code("", "-");
	is_code("   ", "-");
	is_code("a\nb\x7f", "`a?b?`");
}

static void is_table(const struct markdown_table *table, int result, const char *wanted)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = open_memstream(&text, &length);

	if (!stream)
		abort();
	is_number((uint64_t)-markdown_table_print(stream, table), (uint64_t)-result, "printed");
	fclose(stream);
	is_text(text, wanted, "as it should be");
}

static void test_table(void)
{
	auto_markdown_table struct markdown_table table = { .columns = 2 };

	markdown_cell(&table, strdup("Name"));
	markdown_cell(&table, strdup("N"));
	is_table(&table, 0, "");
	markdown_cell(&table, strdup("region0"));
	markdown_cell(&table, strdup("1"));
	is_table(&table, 0,
		 "| Name    | N   |\n"
		 "|---------|-----|\n"
		 "| region0 | 1   |\n\n");
	markdown_cell(&table, NULL);
	is_table(&table, -ENOMEM, "");
}

static void test_paragraphs(void)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = open_memstream(&text, &length);

	if (!stream)
		abort();
	markdown_paragraph(stream, "One.");
	markdown_item(stream, "a line that is longer than the eighty columns that a line of text "
			      "has goes on below");
	fclose(stream);
	is_text(text,
		"One.\n\n"
		"- a line that is longer than the eighty columns that a line of text has goes on\n"
		"  below\n",
		"a paragraph and an item");
}

int main(void)
{
	test_text();
	test_code();
	test_table();
	test_paragraphs();
	return tap_done();
}
