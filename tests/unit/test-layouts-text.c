// SPDX-License-Identifier: GPL-2.0-only
/*
 * Texts of /proc/iomem as they stand in mails, with the errors that they have there:
 * T23 with ends that lost a digit, T26 with a child that is larger than its parent.
 */
#include "judged.h"
#include "sources/iomem-text.h"

static struct sr_snapshot *parse(const char *text, struct sr_iomem_outcome *outcome)
{
	struct sr_snapshot *snapshot = build_new();

	is_number((uint64_t)sr_iomem_parse(snapshot, text, strlen(text), outcome), 0, "parsed");
	return snapshot;
}

/* 0x5d0000000-0x7cffffff ends before it begins; no line of it can be believed. */
static void test_t23(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot =
		parse("180000000-1ffffffff : Soft Reserved\n"
		      "5d0000000-7cffffff : Soft Reserved\n"
		      "  5d0000000-6cffffff : CXL Window 0\n"
		      "  6d0000000-7cffffff : CXL Window 1\n",
		      &outcome);

	is_number(outcome.line_count, 4, "T23: four lines");
	is_number(outcome.bad_count, 3, "T23: three that end before they begin");
	is_number(outcome.first_bad_line, 2, "T23: from the second on");
	is_number(snapshot->iomem.count, 1, "T23: and one node");
	ok(!outcome.hidden, "T23: nothing is hidden");
}

static void test_t23_success(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_snapshot struct sr_snapshot *snapshot =
		parse("5d0000000-7cfffffff : dax0.0\n"
		      "  5d0000000-7cfffffff : System RAM (kmem)\n"
		      "    5d0000000-6cfffffff : CXL Window 0\n"
		      "    6d0000000-7cfffffff : CXL Window 1\n",
		      &outcome);

	is_number(outcome.bad_count, 0, "T23, real ends: all lines");
	is_number(outcome.cxl_window_count, 2, "T23: windows below System RAM are windows");
	is_number(snapshot->iomem.items[0].kind, SR_IOMEM_DAX_DEVICE, "T23: the parent first");
}

static void test_t26(void)
{
	struct sr_iomem_outcome outcome;
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_snapshot struct sr_snapshot *snapshot =
		parse("850000000-284fffffff : Soft Reserved\n"
		      "  850000000-284fffffff : CXL Window 0\n"
		      "    850000000-280fffffff : region0\n"
		      "      850000000-284fffffff : dax6.0\n"
		      "        850000000-284fffffff : System RAM (kmem)\n",
		      &outcome);

	is_number(outcome.node_count, 5, "T26: all lines");
	is_number(snapshot->iomem.items[4].kind, SR_IOMEM_REGION, "T26: by range, not by indent");
	report = judge(snapshot);
	is_text(ranges_of(report), "850000000-284fffffff", "T26: and a report can be made");
}

int main(void)
{
	test_t23();
	test_t23_success();
	test_t26();
	return tap_done();
}
