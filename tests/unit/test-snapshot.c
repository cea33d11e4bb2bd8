// SPDX-License-Identifier: GPL-2.0-only
/* snapshot/snapshot.h: values that know whether they are known. */
#include "build.h"
#include "tap.h"

static const struct sr_u64 unknown;

static bool region_range(struct sr_u64 start, struct sr_u64 size, bool has_resource,
			 struct sr_range *ret_range)
{
	struct sr_region region = { .start = start, .size = size, .has_resource = has_resource };

	return sr_region_range(&region, ret_range);
}

static void is_region(uint64_t start, uint64_t size, uint64_t end, const char *what)
{
	struct sr_range range = { 7, 8 };

	ok(region_range(sr_u64_of(start), sr_u64_of(size), true, &range), what);
	is_number(range.start, start, what);
	is_number(range.end, end, what);
}

static void is_no_region(struct sr_u64 start, struct sr_u64 size, bool has_resource,
			 const char *what)
{
	struct sr_range range = { 7, 8 };

	ok(!region_range(start, size, has_resource, &range), what);
	ok(range.start == 7 && range.end == 8, "sets nothing");
}

static void test_region(void)
{
	is_region(0xa90000000, 0x100000000, 0xb8fffffff, "a region");
	is_region(0, 1, 0, "the first byte");
	is_region(UINT64_MAX, 1, UINT64_MAX, "the last byte");
	is_region(1, UINT64_MAX, UINT64_MAX, "all but the first");
	is_no_region(unknown, sr_u64_of(0x1000), true, "its start is unknown");
	is_no_region(sr_u64_of(0x1000), unknown, true, "its size is unknown");
	is_no_region(sr_u64_of(0x1000), sr_u64_of(0), true, "size 0");
	is_no_region(sr_u64_of(2), sr_u64_of(UINT64_MAX), true, "it leaves 64 bits");
	is_no_region(sr_u64_of(UINT64_MAX), sr_u64_of(0), false, "none");
	is_no_region(sr_u64_of(0x1000), sr_u64_of(0x1000), false, "none, whatever it says");
}

static void test_root_decoder(void)
{
	struct sr_root_decoder decoder = { .start = sr_u64_of(0x2000), .size = sr_u64_of(0x1000) };
	struct sr_range range = { 7, 8 };

	ok(sr_root_decoder_range(&decoder, &range), "a root decoder");
	is_number(range.start, 0x2000, "its start");
	is_number(range.end, 0x2fff, "its end");
	decoder.size.known = false;
	ok(!sr_root_decoder_range(&decoder, &range), "its size is unknown");
	decoder.size = sr_u64_of(0);
	ok(!sr_root_decoder_range(&decoder, &range), "size 0");
	decoder.size = sr_u64_of(UINT64_MAX);
	ok(!sr_root_decoder_range(&decoder, &range), "it leaves 64 bits");
	decoder.size = sr_u64_of(1);
	decoder.start.known = false;
	ok(!sr_root_decoder_range(&decoder, &range), "its start is unknown");
	is_number(range.start, 0x2000, "none of these sets anything");
	is_number(range.end, 0x2fff, "none of these sets anything");
}

static void test_sources(void)
{
	static const struct {
		enum sr_source_state state;
		bool read, whole;
		const char *what;
	} cases[] = {
		{ SR_SOURCE_UNREAD, false, false, "unread" },
		{ SR_SOURCE_OK, true, true, "ok" },
		{ SR_SOURCE_PARTIAL, true, false, "partial" },
		{ SR_SOURCE_INCOMPLETE, true, false, "incomplete" },
		{ SR_SOURCE_ABSENT, false, false, "absent" },
		{ SR_SOURCE_HIDDEN, false, false, "hidden" },
		{ SR_SOURCE_UNREADABLE, false, false, "unreadable" },
		{ SR_SOURCE_NOT_USED, false, false, "not used" },
	};
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();

	if (!ok(snapshot, "a snapshot"))
		return;
	ok(!sr_source_was_read(snapshot, SR_SOURCE_DAX), "a new one has read nothing");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snapshot->notes[SR_SOURCE_DAX].state = cases[i].state;
		is_number(sr_source_was_read(snapshot, SR_SOURCE_DAX), cases[i].read,
			  cases[i].what);
		is_number(sr_source_is_whole(snapshot, SR_SOURCE_DAX), cases[i].whole,
			  cases[i].what);
		ok(!sr_source_was_read(snapshot, SR_SOURCE_CXL), "and no other");
	}
}

/* Everything that it owns, for the leak checkers. */
static void test_free(void)
{
	struct sr_snapshot *snapshot = build_new();
	struct sr_module *module = build_add(&snapshot->modules);

	build_add(&module->parameters)->name = "disable";
	build_soft_reserved(snapshot, span(0, BLOCK_SIZE - 1));
	build_window(snapshot, span(0, BLOCK_SIZE - 1));
	build_cxl(snapshot, span(0, BLOCK_SIZE - 1));
	build_add(&snapshot->regions.items[0].targets)->position = 0;
	build_add(&snapshot->endpoint_decoders)->name = "decoder2.0";
	build_add(&snapshot->memdevs)->name = "mem0";
	build_add(&snapshot->hmem_platforms)->name = "hmem_platform.0";
	ok(!sr_snapshot_free(snapshot), "freed");
	ok(!sr_snapshot_free(NULL), "nothing is freed as well");
}

int main(void)
{
	test_region();
	test_root_decoder();
	test_sources();
	test_free();
	return tap_done();
}
