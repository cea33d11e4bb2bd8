// SPDX-License-Identifier: GPL-2.0-only
/* judgement/windows.c: nodes of /proc/iomem and root decoders, joined. */
#include "judged.h"

/* "1000-1fff=decoder0.0 2000-2fff!decoder0.1 -=decoder0.2": ! where they differ. */
static const char *windows_of(const struct sr_report *report)
{
	static char text[1024];
	const struct sr_window *window;
	char word[128];

	*text = '\0';
	sr_for_each (window, &report->windows) {
		const char *decoder = window->decoder ? window->decoder->name : "";

		if (window->has_range)
			snprintf(word, sizeof(word), "%jx-%jx%s%s", (uintmax_t)window->range.start,
				 (uintmax_t)window->range.end, window->differs ? "!" : "=",
				 decoder);
		else
			snprintf(word, sizeof(word), "-=%s", decoder);
		judged_join(text, sizeof(text), word);
	}
	return text;
}

static void is_joined(const struct sr_snapshot *snapshot, const char *windows, const char *findings,
		      const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_text(windows_of(report), windows, what);
	is_text(findings_of(report), findings, what);
}

static void test_equal(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	is_joined(snapshot, "", "", "no windows");
	build_window(snapshot, span(0x3000, 0x3fff));
	build_window(snapshot, span(0x1000, 0x1fff));
	build_window(snapshot, span(0x2000, 0x2fff));
	is_joined(snapshot, "1000-1fff=decoder0.1 2000-2fff=decoder0.2 3000-3fff=decoder0.0", "",
		  "each window has its root decoder");
}

static void test_ends(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_window(snapshot, span(UINT64_MAX, UINT64_MAX));
	build_window(snapshot, span(0, 0));
	is_joined(snapshot, "0-0=decoder0.1 ffffffffffffffff-ffffffffffffffff=decoder0.0", "",
		  "at both ends");
}

/* add_cxl_resources() widens the first over what it collides with, and cuts the next. */
static void test_widened(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_window_node(snapshot, span(0x1000, 0x27ff));
	build_window_node(snapshot, span(0x2800, 0x2fff));
	build_root_decoder(snapshot, span(0x2000, 0x2fff));
	build_root_decoder(snapshot, span(0x1000, 0x1fff));
	report = judge(snapshot);
	is_text(windows_of(report), "1000-27ff!decoder0.1 2800-2fff!decoder0.0",
		"iomem's range stands, in the order of the addresses");
	is_text(findings_of(report), "WINDOW_DIFFERS WINDOW_DIFFERS", "both differ");
	is_text(report->findings.items[0].text,
		"CXL Window 0 is 0x1000-0x27ff in /proc/iomem, its root decoder decoder0.1 is "
		"0x1000-0x1fff",
		"in words");
}

static void test_one_byte(void)
{
	static const struct {
		uint64_t start, end;
		const char *windows, *findings;
	} cases[] = {
		{ 0x1000, 0x1fff, "1000-1fff=decoder0.0", "" },
		{ 0x1000, 0x1ffe, "1000-1fff!decoder0.0", "WINDOW_DIFFERS" },
		{ 0x0fff, 0x1fff, "1000-1fff!decoder0.0", "WINDOW_DIFFERS" },
		{ 0x1fff, 0x2fff, "1000-1fff!decoder0.0", "WINDOW_DIFFERS" },
		{ 0x2000, 0x2fff, "1000-1fff= 2000-2fff=decoder0.0", "WINDOW_NOT_IN_IOMEM" },
		{ 0x0000, 0x0fff, "0-fff=decoder0.0 1000-1fff=", "WINDOW_NOT_IN_IOMEM" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

		build_window_node(snapshot, span(0x1000, 0x1fff));
		build_root_decoder(snapshot, span(cases[i].start, cases[i].end));
		is_joined(snapshot, cases[i].windows, cases[i].findings, cases[i].windows);
	}
}

static void test_node_alone(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_window_node(snapshot, span(0x1000, 0x1fff));
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	is_joined(snapshot, "1000-1fff=", "", "cxl_acpi is gone, its window is not");
}

/* What iomem does not tell is no finding about iomem. */
static void test_decoder_alone(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_root_decoder(snapshot, span(0x1000, 0x1fff));
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	is_joined(snapshot, "1000-1fff=decoder0.0", "", "iomem is hidden");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_PARTIAL);
	is_joined(snapshot, "1000-1fff=decoder0.0", "", "iomem is not whole");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_OK);
	report = judge(snapshot);
	is_text(findings_of(report), "WINDOW_NOT_IN_IOMEM", "iomem is whole");
	is_text(report->findings.items[0].text,
		"root decoder decoder0.0, 0x1000-0x1fff, has no CXL window in /proc/iomem",
		"in words");
}

static void test_unknown_range(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_root_decoder(snapshot, span(0x5000, 0x5fff))->start.known = false;
	build_window(snapshot, span(0x1000, 0x1fff));
	build_root_decoder(snapshot, span(0x7000, 0x7fff))->size = sr_u64_of(0);
	build_soft_reserved(snapshot, span(0x5000, 0x5fff));
	is_joined(snapshot, "1000-1fff=decoder0.1 -=decoder0.0 -=decoder0.2", "",
		  "those without a range come last");
	is_verdict(snapshot, "none lost: NO_WINDOW NO_OWNER MISALIGNED", "and touch nothing");
}

/* One node, two decoders: the second one has none in iomem. */
static void test_two_for_one(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_window_node(snapshot, span(0x1000, 0x2fff));
	build_root_decoder(snapshot, span(0x1000, 0x1fff));
	build_root_decoder(snapshot, span(0x2000, 0x2fff));
	is_joined(snapshot, "1000-2fff!decoder0.0 2000-2fff=decoder0.1",
		  "WINDOW_DIFFERS WINDOW_NOT_IN_IOMEM", "each node joins one decoder");
}

/* Other lines of iomem are no windows, whatever they are called. */
static void test_other_nodes(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_iomem(snapshot, span(0x1000, 0x1fff), SR_IOMEM_OTHER, "CXL Window 0");
	build_region_node(snapshot, span(0x2000, 0x2fff));
	is_joined(snapshot, "", "", "by kind, not by name");
}

static void is_limited(const struct sr_snapshot *snapshot, size_t more, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_number(report->windows.count, 4096, what);
	is_number(finding_count(report, SR_CODE_TOO_MANY), more, what);
	is_number(report->windows.items[4095].range.start, 4095 * 0x1000, "the last of them");
}

static void test_too_many(void)
{
	sr_auto_snapshot struct sr_snapshot *nodes = build_new();
	sr_auto_snapshot struct sr_snapshot *decoders = build_new();

	build_source(decoders, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	for (uint64_t i = 0; i < 4096; i++) {
		build_window_node(nodes, span(i * 0x1000, i * 0x1000 + 0x7ff));
		build_root_decoder(decoders, span(i * 0x1000, i * 0x1000 + 0x7ff));
	}
	is_limited(nodes, 0, "as many windows in iomem as there may be");
	is_limited(decoders, 0, "as many root decoders as there may be");
	for (uint64_t i = 4096; i < 4100; i++) {
		build_window_node(nodes, span(i * 0x1000, i * 0x1000 + 0x7ff));
		build_root_decoder(decoders, span(i * 0x1000, i * 0x1000 + 0x7ff));
	}
	is_limited(nodes, 1, "more windows in iomem");
	is_limited(decoders, 1, "more root decoders");
}

int main(void)
{
	test_equal();
	test_ends();
	test_widened();
	test_one_byte();
	test_node_alone();
	test_decoder_alone();
	test_unknown_range();
	test_two_for_one();
	test_other_nodes();
	test_too_many();
	return tap_done();
}
