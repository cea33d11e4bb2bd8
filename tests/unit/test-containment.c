// SPDX-License-Identifier: GPL-2.0-only
/* judgement/containment.c: does one committed region contain a range, and why not. */
#include "judged.h"

/* A window 0x1000-0x8fff around what follows, and one Soft Reserved range. */
static struct sr_snapshot *machine(struct sr_range soft_reserved)
{
	struct sr_snapshot *snapshot = build_new();

	build_window(snapshot, span(0x1000, 0x8fff));
	build_soft_reserved(snapshot, soft_reserved);
	return snapshot;
}

/* Everything is in use by hmem, so that only reasons about regions are left. */
static void tap_contained(struct sr_snapshot *snapshot, const char *wanted, const char *file,
			  int line, const char *what)
{
	sr_auto_report struct sr_report *report = NULL;

	snapshot->dax_regions.count = 0;
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, span(0, UINT64_MAX), "hmem");
	for (size_t i = 0; i < snapshot->dax_devices.count; i++)
		sr_list_free(&snapshot->dax_devices.items[i].ranges);
	snapshot->dax_devices.count = 0;
	build_dax_device(snapshot, SR_DAX_HOLDER_HMEM, span(0, UINT64_MAX), "device_dax");
	report = judge(snapshot);
	if (tap_number(report->ranges.count, 1, file, line, what))
		tap_text(contained_of(report->ranges.items), wanted, file, line, what);
}

#define is_contained(snapshot, wanted, what) \
	tap_contained(snapshot, wanted, __FILE__, __LINE__, what)

static void test_one_region(void)
{
	static const struct {
		uint64_t start, end;
		enum sr_truth committed;
		const char *wanted, *what;
	} cases[] = {
		{ 0x2000, 0x3fff, SR_YES, "yes: HMEM_THOUGH_CONTAINED NO_DAX_REGION",
		  "equal counts" },
		{ 0x1fff, 0x4000, SR_YES, "yes: HMEM_THOUGH_CONTAINED NO_DAX_REGION",
		  "a byte more on each side" },
		{ 0x2001, 0x3fff, SR_YES, "no: REGION_SMALLER", "a byte less at its start" },
		{ 0x2000, 0x3ffe, SR_YES, "no: REGION_SMALLER", "a byte less at its end" },
		{ 0x3fff, 0x4fff, SR_YES, "no: REGION_SMALLER", "only the last byte" },
		{ 0x1000, 0x2000, SR_YES, "no: REGION_SMALLER", "only the first byte" },
		{ 0x4000, 0x4fff, SR_YES, "no: NO_REGION", "the byte behind" },
		{ 0x1000, 0x1fff, SR_YES, "no: NO_REGION", "the byte before" },
		{ 0x2000, 0x3fff, SR_NO, "no: REGION_NOT_COMMITTED", "equal, not committed" },
		{ 0x3fff, 0x3fff, SR_NO, "no: REGION_NOT_COMMITTED", "one byte, not committed" },
		{ 0x4000, 0x4fff, SR_NO, "no: NO_REGION", "not committed and elsewhere" },
		{ 0x2000, 0x3fff, SR_UNKNOWN, "unknown: REGION_UNKNOWN", "equal, commit unknown" },
		{ 0x2000, 0x3ffe, SR_UNKNOWN, "no: REGION_UNKNOWN", "smaller, commit unknown" },
		{ 0x4000, 0x4fff, SR_UNKNOWN, "no: NO_REGION", "commit unknown, elsewhere" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = machine(span(0x2000, 0x3fff));

		build_region(snapshot, span(cases[i].start, cases[i].end), cases[i].committed);
		is_contained(snapshot, cases[i].wanted, cases[i].what);
	}
}

/* region_contains_resource() asks each region by itself. */
static void test_union(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(span(0x2000, 0x3fff));

	build_region(snapshot, span(0x2000, 0x2fff), SR_YES);
	build_region(snapshot, span(0x3000, 0x3fff), SR_YES);
	is_contained(snapshot, "no: SPANS_REGIONS", "two regions together do not count");
	build_region(snapshot, span(0x2000, 0x3fff), SR_NO);
	is_contained(snapshot, "no: REGION_NOT_COMMITTED SPANS_REGIONS", "nor an uncommitted one");
	build_region(snapshot, span(0x1000, 0x8fff), SR_YES);
	is_contained(snapshot, "yes: HMEM_THOUGH_CONTAINED NO_DAX_REGION",
		     "one that contains it does");
}

static void test_which_region(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(span(0x2000, 0x3fff));
	sr_auto_report struct sr_report *report = NULL;

	build_region(snapshot, span(0x2000, 0x2fff), SR_YES);
	build_region(snapshot, span(0x1000, 0x8fff), SR_NO);
	build_region(snapshot, span(0x2000, 0x4fff), SR_YES);
	report = judge(snapshot);
	is_text(report->ranges.items[0].region ? report->ranges.items[0].region->name : NULL,
		"region2", "the one that is committed and contains it");
	is_text(report->regions.items[0].region->name, "region1", "regions stand by start");
	is_number(report->regions.items[0].soft_reserved, SR_YES, "it touches the range as well");
}

/* A region whose place cannot be read may be the one; one without a place is not. */
static void test_unknown_region(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(span(0x2000, 0x3fff));
	struct sr_region *region = build_region(snapshot, span(0x2000, 0x3fff), SR_YES);

	region->start.known = false;
	is_contained(snapshot, "unknown: REGION_UNKNOWN", "its start is unknown");
	region->start.known = true;
	region->size.known = false;
	is_contained(snapshot, "unknown: REGION_UNKNOWN", "its size is unknown");
	region->committed = SR_NO;
	is_contained(snapshot, "no: REGION_UNKNOWN", "but it is not committed, be it here or not");
	region->committed = SR_UNKNOWN;
	is_contained(snapshot, "unknown: REGION_UNKNOWN", "that is unknown as well");
	region->has_resource = false;
	is_contained(snapshot, "no: NO_REGION", "it is known to have none");
	build_region(snapshot, span(0x2000, 0x2fff), SR_YES);
	region = &snapshot->regions.items[0];
	region->has_resource = true;
	is_contained(snapshot, "unknown: REGION_UNKNOWN REGION_SMALLER", "and one that is there");
	build_region(snapshot, span(0x2000, 0x3fff), SR_YES);
	is_contained(snapshot, "yes: HMEM_THOUGH_CONTAINED NO_DAX_REGION",
		     "one that contains it decides");
}

/* Windows are published where cxl_acpi is bound, or could be for all that is known. */
static void test_unbound_root(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_platform_device *root = build_add(&snapshot->cxl_roots);

	build_soft_reserved(snapshot, span(0x2000, 0x3fff));
	*root = (struct sr_platform_device){ .name = "ACPI0017:00", .driver = sr_text_of(NULL) };
	is_contained(snapshot, "-: NO_WINDOW_PUBLISHED", "the CXL root has no driver");
	root->driver = sr_text_of("cxl_acpi");
	is_contained(snapshot, "-: NO_WINDOW", "it has one");
	root->driver = (struct sr_text){ 0 };
	is_contained(snapshot, "-: NO_WINDOW", "that is unknown");
}

static void test_sources(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(span(0x2000, 0x3fff));

	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE);
	is_contained(snapshot, "unknown: REGION_UNKNOWN", "regions could not be read");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	is_contained(snapshot, "no: NO_REGION", "there is no CXL bus");
	snapshot->iomem.count = snapshot->root_decoders.count = 0;
	is_contained(snapshot, "-: NO_WINDOW", "no window");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	is_contained(snapshot, "-: NO_WINDOW", "iomem is hidden, and there is no CXL bus");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_HIDDEN);
	is_contained(snapshot, "-: WINDOWS_UNKNOWN", "windows could not be read");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_PARTIAL);
	is_contained(snapshot, "-: WINDOWS_UNKNOWN", "nor all of them");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_OK);
	is_contained(snapshot, "-: NO_WINDOW", "there are no root decoders");
	build_root_decoder(snapshot, span(0x1000, 0x8fff));
	is_contained(snapshot, "no: NO_REGION", "there is one, iomem is hidden");
}

static void test_windows(void)
{
	static const struct {
		uint64_t start, end;
		const char *wanted, *what;
	} cases[] = {
		{ 0x1000, 0x8fff, "no: NO_REGION", "the whole window" },
		{ 0x0fff, 0x8fff, "no: BEYOND_WINDOW NO_REGION", "a byte before it" },
		{ 0x1000, 0x9000, "no: BEYOND_WINDOW NO_REGION", "a byte behind it" },
		{ 0x8fff, 0x9fff, "no: BEYOND_WINDOW NO_REGION", "only its last byte" },
		{ 0x0000, 0x1000, "no: BEYOND_WINDOW NO_REGION", "only its first byte" },
		{ 0x0000, 0x0fff, "-: NO_WINDOW", "up to it" },
		{ 0x9000, 0x9fff, "-: NO_WINDOW", "behind it" },
		{ 0x8000, 0xafff, "no: BEYOND_WINDOW SPANS_WINDOWS NO_REGION", "two and a gap" },
		{ 0xa000, 0xcfff, "no: SPANS_WINDOWS NO_REGION", "two without a gap" },
		{ 0x0000, UINT64_MAX, "no: BEYOND_WINDOW SPANS_WINDOWS NO_REGION", "all" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot =
			machine(span(cases[i].start, cases[i].end));

		build_window(snapshot, span(0xa000, 0xafff));
		build_window(snapshot, span(0xb000, 0xcfff));
		is_contained(snapshot, cases[i].wanted, cases[i].what);
	}
}

/* The node is wider than its root decoder, and regions keep to that. */
static void test_beyond_decoder(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_root_decoder *decoder = build_root_decoder(snapshot, span(0x1000, 0x7fff));

	build_window_node(snapshot, span(0x1000, 0x8fff));
	build_soft_reserved(snapshot, span(0x1000, 0x8fff));
	is_contained(snapshot, "no: BEYOND_WINDOW NO_REGION", "beyond the root decoder");
	decoder->size = sr_u64_of(0x8000);
	is_contained(snapshot, "no: NO_REGION", "a root decoder like its node");
}

/* Outside all windows the kernel does not ask for regions. */
static void test_region_outside(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(span(0xa000, 0xafff));
	sr_auto_report struct sr_report *report = NULL;

	build_region(snapshot, span(0xa000, 0xafff), SR_YES);
	is_contained(snapshot, "-: NO_WINDOW", "a region, but no window");
	report = judge(snapshot);
	ok(!report->ranges.items[0].region, "and no region is named");
	is_number(report->totals.contained, 0, "nor counted");
	is_number(report->regions.items[0].soft_reserved, SR_YES, "the region touches it");
}

static void test_top(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_window(snapshot, span(UINT64_MAX - 0xfff, UINT64_MAX));
	build_soft_reserved(snapshot, span(UINT64_MAX - 0xfff, UINT64_MAX));
	build_region(snapshot, span(UINT64_MAX - 0xfff, UINT64_MAX - 1), SR_YES);
	is_contained(snapshot, "no: REGION_SMALLER", "all but the last byte of 64 bits");
	build_region(snapshot, span(UINT64_MAX - 0xfff, UINT64_MAX), SR_YES);
	is_contained(snapshot, "yes: HMEM_THOUGH_CONTAINED NO_DAX_REGION", "with it");
}

int main(void)
{
	test_one_region();
	test_union();
	test_which_region();
	test_unknown_region();
	test_unbound_root();
	test_sources();
	test_windows();
	test_beyond_decoder();
	test_region_outside();
	test_top();
	return tap_done();
}
