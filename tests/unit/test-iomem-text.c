// SPDX-License-Identifier: GPL-2.0-only
/* sources/iomem-text.h: lines of /proc/iomem. */
#include "sources/iomem-text.h"

#include <stdlib.h>
#include <time.h>

#include "base/cleanup.h"
#include "tap.h"

/* exact@7.3, the part that matters. */
static const char real[] = "00001000-0009fbff : System RAM\n"
			   "b0000000-bfffffff : PCI ECAM 0000 [bus 00-ff]\n"
			   "  b0000000-bfffffff : Reserved\n"
			   "    b0000000-bfffffff : PNP0C01:00\n"
			   "1290000000-138fffffff : CXL Window 0\n"
			   "  1290000000-12afffffff : region0\n"
			   "    1290000000-12afffffff : Soft Reserved\n"
			   "      1290000000-12afffffff : dax0.0\n"
			   "        1290000000-12afffffff : System RAM (kmem)\n"
			   "fd00000000-ffffffffff : Reserved\n";

static struct sr_snapshot *parse_n(const char *text, size_t length,
				   struct sr_iomem_outcome *outcome)
{
	struct sr_snapshot *snapshot = sr_snapshot_new();

	is_number((uint64_t)sr_iomem_parse(snapshot, text, length, outcome), 0, "parsed");
	return snapshot;
}

static struct sr_snapshot *parse(const char *text, struct sr_iomem_outcome *outcome)
{
	return parse_n(text, strlen(text), outcome);
}

static void is_node(const struct sr_snapshot *snapshot, size_t index, uint64_t start, uint64_t end,
		    enum sr_iomem_kind kind, const char *label)
{
	const struct sr_iomem_node *node = &snapshot->iomem.items[index];

	if (!ok(index < snapshot->iomem.count, label))
		return;
	is_number(node->range.start, start, "start");
	is_number(node->range.end, end, "end");
	is_number(node->kind, kind, "kind");
	is_text(node->label, label, "label");
}

static void test_real(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot = parse(real, &outcome);

	is_number(snapshot->iomem.count, 10, "all lines");
	is_number(outcome.line_count, 10, "line_count");
	is_number(outcome.node_count, 10, "node_count");
	is_number(outcome.bad_count, 0, "bad_count");
	is_number(outcome.soft_reserved_count, 1, "soft_reserved_count");
	is_number(outcome.cxl_window_count, 1, "cxl_window_count");
	ok(!outcome.hidden && !outcome.cut_off && !outcome.too_long, "nothing is wrong");
	is_node(snapshot, 0, 0x1000, 0x9fbff, SR_IOMEM_SYSTEM_RAM, "System RAM");
	is_node(snapshot, 1, 0xb0000000, 0xbfffffff, SR_IOMEM_OTHER, "PCI ECAM 0000 [bus 00-ff]");
	is_node(snapshot, 4, 0x1290000000, 0x138fffffff, SR_IOMEM_CXL_WINDOW, "CXL Window 0");
	is_node(snapshot, 5, 0x1290000000, 0x12afffffff, SR_IOMEM_REGION, "region0");
	is_node(snapshot, 6, 0x1290000000, 0x12afffffff, SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
	is_node(snapshot, 7, 0x1290000000, 0x12afffffff, SR_IOMEM_DAX_DEVICE, "dax0.0");
	is_node(snapshot, 8, 0x1290000000, 0x12afffffff, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	is_node(snapshot, 9, 0xfd00000000, 0xffffffffff, SR_IOMEM_OTHER, "Reserved");
}

static void test_kinds(void)
{
	static const struct {
		const char *label;
		enum sr_iomem_kind kind;
	} rows[] = {
		{ "Soft Reserved", SR_IOMEM_SOFT_RESERVED },
		{ "soft reserved", SR_IOMEM_OTHER },
		{ "Soft Reserved 0", SR_IOMEM_OTHER },
		{ "CXL Window 0", SR_IOMEM_CXL_WINDOW },
		{ "CXL Window 12", SR_IOMEM_CXL_WINDOW },
		{ "CXL Window", SR_IOMEM_OTHER },
		{ "CXL Window ", SR_IOMEM_OTHER },
		{ "CXL Window 0x", SR_IOMEM_OTHER },
		{ "CXL Window -1", SR_IOMEM_OTHER },
		{ "region0", SR_IOMEM_REGION },
		{ "region10", SR_IOMEM_REGION },
		{ "region0x", SR_IOMEM_OTHER },
		{ "region", SR_IOMEM_OTHER },
		{ "region 0", SR_IOMEM_OTHER },
		{ "dax_region0", SR_IOMEM_OTHER },
		{ "hmem.3", SR_IOMEM_HMEM },
		{ "hmem.", SR_IOMEM_OTHER },
		{ "hmem", SR_IOMEM_OTHER },
		{ "hmem.3.1", SR_IOMEM_OTHER },
		{ "dax0.0", SR_IOMEM_DAX_DEVICE },
		{ "dax10.11", SR_IOMEM_DAX_DEVICE },
		{ "dax0", SR_IOMEM_OTHER },
		{ "dax0.", SR_IOMEM_OTHER },
		{ "dax.0", SR_IOMEM_OTHER },
		{ "dax0.0.0", SR_IOMEM_OTHER },
		{ "System RAM", SR_IOMEM_SYSTEM_RAM },
		{ "System RAM (kmem)", SR_IOMEM_SYSTEM_RAM },
		{ "System RAM (virtio_mem)", SR_IOMEM_OTHER },
		{ "", SR_IOMEM_OTHER },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		is_number(sr_iomem_kind_of(rows[i].label), rows[i].kind, rows[i].label);
}

/* A child wider than its parent, as in a posted dump: nothing is left out or trimmed. */
static void test_order(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot = parse("2000-2fff : parent\n"
							      "  2000-5fff : wider child\n"
							      "  1000-1fff : earlier\n"
							      "2000-2fff : equal\n"
							      "2000-2fff : equal again\n",
							      &outcome);

	is_number(snapshot->iomem.count, 5, "all lines");
	is_node(snapshot, 0, 0x1000, 0x1fff, SR_IOMEM_OTHER, "earlier");
	is_node(snapshot, 1, 0x2000, 0x5fff, SR_IOMEM_OTHER, "wider child");
	is_node(snapshot, 2, 0x2000, 0x2fff, SR_IOMEM_OTHER, "parent");
	is_node(snapshot, 3, 0x2000, 0x2fff, SR_IOMEM_OTHER, "equal");
	is_node(snapshot, 4, 0x2000, 0x2fff, SR_IOMEM_OTHER, "equal again");
}

static void test_forms(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot =
		parse("0-ffffffffffffffff : all\r\n"
		      "\n"
		      " \t \n"
		      "1-A : upper and short\n"
		      "\t0000000000000002-00000000000000ff : a tab \n"
		      "3-4 : \n"
		      "0000000000000000-0000000000000000 : zero\n",
		      &outcome);

	is_number(snapshot->iomem.count, 5, "all but the blank lines");
	is_number(outcome.line_count, 5, "blank lines do not count");
	is_number(outcome.bad_count, 0, "and are not bad");
	ok(!outcome.hidden, "one range of zeroes hides nothing");
	is_node(snapshot, 0, 0, UINT64_MAX, SR_IOMEM_OTHER, "all");
	is_node(snapshot, 1, 0, 0, SR_IOMEM_OTHER, "zero");
	is_node(snapshot, 2, 1, 10, SR_IOMEM_OTHER, "upper and short");
	is_node(snapshot, 3, 2, 0xff, SR_IOMEM_OTHER, "a tab");
	is_node(snapshot, 4, 3, 4, SR_IOMEM_OTHER, "");
}

static void test_bad_lines(void)
{
	static const char *const lines[] = {
		"1000-0fff : start behind end\n",
		"0-10000000000000000 : 68 bits\n",
		"00000000000000000-1 : 17 digits\n",
		"0x1000-0x1fff : prefixed\n",
		"1000 - 1fff : blanks\n",
		"1000-1fff name\n",
		"1000-1fff: name\n",
		"1000-1fff\n",
		"1000- : name\n",
		"-1fff : name\n",
		"hello\n",
		"1000-1fff : a\x01label\n",
		"1000-1fff : \xff\xfe\n",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct sr_iomem_outcome outcome;
		sr_auto_snapshot struct sr_snapshot *snapshot = parse(lines[i], &outcome);

		is_number(snapshot->iomem.count, 0, lines[i]);
		is_number(outcome.bad_count, 1, "bad_count");
		is_number(outcome.first_bad_line, 1, "first_bad_line");
	}
}

static void test_damage(void)
{
	static const char text[] = "1000-1fff : one\n"
				   "\n"
				   "bad\n"
				   "2000-2fff : t\0o\n"
				   "\0\0\0\n"
				   "3000-3fff : three\n"
				   "4000-4fff : cut o";
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot = parse_n(text, sizeof(text) - 1, &outcome);

	is_number(snapshot->iomem.count, 2, "what can be understood");
	is_node(snapshot, 0, 0x1000, 0x1fff, SR_IOMEM_OTHER, "one");
	is_node(snapshot, 1, 0x3000, 0x3fff, SR_IOMEM_OTHER, "three");
	is_number(outcome.bad_count, 3, "bad_count");
	is_number(outcome.first_bad_line, 3, "blank lines count in line numbers");
	ok(outcome.cut_off, "the last line lacks its newline");
}

static void test_hidden(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot = parse("00000000-00000000 : Soft Reserved\n"
							      "  00000000-00000000 : CXL Window 0\n"
							      "00000000-00000000 : Soft Reserved\n"
							      "00000000-00000000 : Reserved\n",
							      &outcome);

	ok(outcome.hidden, "hidden");
	is_number(snapshot->iomem.count, 0, "no nodes");
	is_number(outcome.node_count, 4, "understood all the same");
	is_number(outcome.soft_reserved_count, 2, "soft_reserved_count");
	is_number(outcome.cxl_window_count, 1, "cxl_window_count");
}

static void test_empty(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot = parse("", &outcome);
	sr_auto_snapshot struct sr_snapshot *cut = NULL;

	is_number(snapshot->iomem.count, 0, "nothing");
	is_number(outcome.line_count, 0, "no lines");
	ok(!outcome.hidden && !outcome.cut_off, "not hidden, not cut off");
	cut = parse("1000-1fff : System RAM", &outcome);
	is_number(cut->iomem.count, 0, "a line without newline is not trusted");
	ok(outcome.cut_off, "cut off");
}

static void fill_lines(char *text, size_t count, size_t *ret_length)
{
	size_t length = 0;

	for (size_t i = 0; i < count; i++)
		length += (size_t)sprintf(text + length, "%012zx-%012zx : PCI Bus 0000:00\n",
					  (count - i) << 12, ((count - i) << 12) + 0xfff);
	*ret_length = length;
}

/* In falling order, so that sorting has something to do. */
static void test_many_lines(void)
{
	sr_auto_free char *text = malloc((size_t)2000001 * 48);
	struct sr_iomem_outcome outcome;
	size_t length;
	clock_t begin;

	fill_lines(text, 1000000, &length);
	begin = clock();
	{
		sr_auto_snapshot struct sr_snapshot *snapshot = parse_n(text, length, &outcome);

		printf("# 1000000 lines: %ld ms\n", (clock() - begin) / (CLOCKS_PER_SEC / 1000));
		is_number(snapshot->iomem.count, 1000000, "a million lines");
		is_node(snapshot, 0, 0x1000, 0x1fff, SR_IOMEM_OTHER, "PCI Bus 0000:00");
		is_node(snapshot, 999999, 0xf4240000, 0xf4240fff, SR_IOMEM_OTHER,
			"PCI Bus 0000:00");
		ok(!outcome.too_long, "are not too many");
	}
	fill_lines(text, 2000001, &length);
	{
		sr_auto_snapshot struct sr_snapshot *snapshot = parse_n(text, length, &outcome);

		is_number(snapshot->iomem.count, 2000000, "two million lines are read");
		ok(outcome.too_long, "one more is too many");
	}
}

int main(void)
{
	test_real();
	test_kinds();
	test_order();
	test_forms();
	test_bad_lines();
	test_damage();
	test_hidden();
	test_empty();
	test_many_lines();
	return tap_done();
}
