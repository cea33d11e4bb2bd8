// SPDX-License-Identifier: GPL-2.0-only
/* lint: endpoint decoders against windows; accelerators; what is legal of both. */
#include "linted.h"

/* A decoder of no region, as where assembly failed. */
static struct sr_endpoint_decoder *build_stray(struct sr_snapshot *snapshot, struct sr_range range)
{
	struct sr_endpoint_decoder *decoder = build_endpoint(snapshot, range);

	decoder->region = sr_text_of(NULL);
	return decoder;
}

static void test_outside(void)
{
	static const struct {
		uint64_t start, end;
		const char *codes;
	} cases[] = {
		{ 0x1000000000, 0x1fffffffff, "" },
		{ 0x1f00000000, 0x1fffffffff, "" },
		{ 0x1f00000000, 0x2000000000, "DECODER_OUTSIDE_WINDOWS" },
		{ 0x0fffffffff, 0x1fffffffff, "DECODER_OUTSIDE_WINDOWS" },
		{ 0x2000000000, 0x20ffffffff, "DECODER_OUTSIDE_WINDOWS" },
		{ 0, 0xffffffff, "DECODER_OUTSIDE_WINDOWS" },
		{ UINT64_MAX, UINT64_MAX, "DECODER_OUTSIDE_WINDOWS" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

		build_stray(snapshot, span(cases[i].start, cases[i].end));
		is_linted(snapshot, cases[i].codes, "a decoder that has no region");
	}
}

static void test_outside_words(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_stray(snapshot, span(0x2000000000, 0x20ffffffff));
	build_stray(snapshot, span(0x2000000000, 0x20ffffffff));
	is_finding(
		snapshot, SR_CODE_DECODER_OUTSIDE_WINDOWS,
		"decoder2.0 of mem0 and 1 more decodes 0x2000000000-0x20ffffffff, which is in no "
		"CXL window, so no region can be made of it | "
		"/sys/bus/cxl/devices/decoder2.0: 0x2000000000-0x20ffffffff decoded | "
		"/sys/firmware/acpi/tables/CEDT: no CFMWS there | firmware");
	snapshot->endpoint_decoders.items[1].start = sr_u64_of(0x1fff000000);
	is_linted(snapshot, "DECODER_OUTSIDE_WINDOWS DECODER_OUTSIDE_WINDOWS", "another range");
	is_finding(snapshot, SR_CODE_DECODER_OUTSIDE_WINDOWS,
		   "decoder3.0 of mem1 decodes 0x1fff000000-0x20feffffff, which no CXL window "
		   "contains whole, so no region can be made of it | "
		   "/sys/bus/cxl/devices/decoder3.0: 0x1fff000000-0x20feffffff decoded | "
		   "/sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
	snapshot->acpi.windows_known = false;
	snapshot->acpi.windows.count = 0;
	snapshot->endpoint_decoders.count = 1;
	is_finding(
		snapshot, SR_CODE_DECODER_OUTSIDE_WINDOWS,
		"decoder2.0 of mem0 decodes 0x2000000000-0x20ffffffff, which is in no CXL "
		"window, so no region can be made of it | /sys/bus/cxl/devices/decoder2.0: "
		"0x2000000000-0x20ffffffff decoded | /sys/bus/cxl/devices: no root decoder there "
		"| firmware");
}

/* Address translation (drivers/cxl/core/atl.c): the decoders begin at 0, the region does not. */
static void test_normalized(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_endpoint_decoder *decoder = &snapshot->endpoint_decoders.items[0];

	decoder->start = sr_u64_of(0);
	is_linted(snapshot, "", "normalized addresses");
	decoder->region = sr_text_of(NULL);
	is_linted(snapshot, "DECODER_OUTSIDE_WINDOWS", "of which no region was made");
	decoder->region.known = false;
	is_linted(snapshot, "", "or who knows");
	decoder->region = sr_text_of(NULL);
	decoder->start.known = false;
	is_linted(snapshot, "", "an address that could not be read");
	decoder->start.known = true;
	decoder->size = sr_u64_of(0);
	is_linted(snapshot, "", "a decoder that decodes nothing");
}

/* cxl-lmh.rst: a window of 2 GiB at address 0, decoders of 3 GiB. */
static void test_low_memory_hole(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();
	struct sr_range window = span(0, 0x7fffffff), decoder = span(0, 0xbfffffff);

	build_described(snapshot, window, WINDOW_OF_EXPANDERS);
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0, 0x9ffff), "usable");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0xa0000, 0xfffff), "reserved");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0x100000, 0x7fffffff), "usable");
	build_stray(snapshot, decoder);
	is_linted(snapshot, "", "without a region");
	build_region(snapshot, window, SR_YES);
	snapshot->endpoint_decoders.items[0].region = sr_text_of("region0");
	is_linted(snapshot, "", "with the region that the kernel makes of it");
	snapshot->memory_map.items[3].range = LOW; /* the one that is reserved */
	is_linted(snapshot, "", "and System RAM alone in it");
	snapshot->endpoint_decoders.items[0].region = sr_text_of(NULL);
	snapshot->endpoint_decoders.items[0].start = sr_u64_of(0x10000000);
	is_linted(snapshot, "DECODER_OUTSIDE_WINDOWS", "only at address 0");
}

/* The region has the cache before the memory that its decoders decode. */
static void test_extended_linear_cache(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();

	snapshot->regions.items[0].extended_linear_cache = sr_u64_of(sr_range_size(FIRST));
	snapshot->endpoint_decoders.items[0].start = sr_u64_of(SECOND.start);
	snapshot->endpoint_decoders.items[0].size = sr_u64_of(sr_range_size(SECOND));
	is_linted(snapshot, "", "cache and memory are Soft Reserved");
	for (size_t i = 2; i < 4; i++)
		snapshot->memory_map.items[i].range = SECOND;
	snapshot->acpi.memory.items[1].range = SECOND;
	is_linted(snapshot, "", "only the memory is");
	snapshot->regions.items[0].extended_linear_cache.value /= 2;
	is_linted(snapshot, "NOT_ONE_TO_ONE", "neither");
	snapshot->regions.items[0].extended_linear_cache = sr_u64_of(sr_range_size(MEMORY));
	is_linted(snapshot, "NOT_ONE_TO_ONE", "a cache as large as the region");
}

/* Two-way: two decoders with the range of their region. */
static void test_interleaved(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();

	build_endpoint(snapshot, MEMORY);
	build_memdev(snapshot);
	is_linted(snapshot, "", "interleaved");
}

static void is_accelerator(const struct sr_snapshot *snapshot, bool is_one, const char *what)
{
	is_linted(snapshot, is_one ? "ACCELERATOR_SOFT_RESERVED" : "", what);
}

static void test_accelerator(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_endpoint_decoder *decoder = &snapshot->endpoint_decoders.items[0];
	struct sr_memdev *memdev = &snapshot->memdevs.items[0];

	decoder->target_type = sr_text_of("accelerator");
	is_accelerator(snapshot, true, "by the type of its decoder");
	is_finding(snapshot, SR_CODE_ACCELERATOR_SOFT_RESERVED,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is an accelerator's: decoder2.0 "
		   "of mem0 decodes 0x1000000000-0x11ffffffff | /sys/firmware/memmap: "
		   "0x1000000000-0x11ffffffff Soft Reserved | /sys/bus/cxl/devices/decoder2.0: "
		   "0x1000000000-0x11ffffffff decoded | firmware");
	decoder->target_type = sr_text_of("expander");
	memdev->host_class = sr_u64_of(0x020000);
	is_accelerator(snapshot, true, "by the class of its device");
	memdev->host_class.known = false;
	is_accelerator(snapshot, false, "not by a class that is not known");
	memdev->host_driver = sr_text_of("sfc");
	is_accelerator(snapshot, true, "by the driver of its device");
	memdev->host_driver = sr_text_of("cxl_mock_mem");
	is_accelerator(snapshot, false, "cxl_test mocks expanders");
	memdev->host_driver = sr_text_of(NULL);
	is_accelerator(snapshot, false, "no driver");
}

/* What it decodes is told by its region, or not known. */
static void test_accelerator_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_endpoint_decoder *decoder = &snapshot->endpoint_decoders.items[0];

	decoder->target_type = sr_text_of("accelerator");
	decoder->start = sr_u64_of(0);
	is_finding(snapshot, SR_CODE_ACCELERATOR_SOFT_RESERVED,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is an accelerator's: decoder2.0 "
		   "of mem0 decodes 0x1000000000-0x11ffffffff | /sys/firmware/memmap: "
		   "0x1000000000-0x11ffffffff Soft Reserved | /sys/bus/cxl/devices/decoder2.0: "
		   "0x0-0x1ffffffff decoded | firmware");
	decoder->start.known = false;
	is_finding(snapshot, SR_CODE_ACCELERATOR_SOFT_RESERVED,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is an accelerator's: decoder2.0 "
		   "of mem0 decodes 0x1000000000-0x11ffffffff | /sys/firmware/memmap: "
		   "0x1000000000-0x11ffffffff Soft Reserved | /sys/bus/cxl/devices/decoder2.0: "
		   "0x1000000000-0x11ffffffff decoded | firmware");
	decoder->region.known = false;
	is_accelerator(snapshot, false, "whether it has a region is not known");
	decoder->region = sr_text_of("region7");
	is_accelerator(snapshot, false, "its region is not known");
	decoder->region = sr_text_of("region0");
	decoder->size = sr_u64_of(0);
	is_accelerator(snapshot, false, "it decodes nothing");
	decoder->size.known = false;
	decoder->size.value = 1;
	is_accelerator(snapshot, false, "what it decodes is not known");
}

static void test_accelerator_elsewhere(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();

	build_stray(snapshot, BEHIND)->target_type = sr_text_of("accelerator");
	is_accelerator(snapshot, false, "its memory is not the one that is Soft Reserved");
	build_soft_reserved(snapshot, BEHIND);
	is_accelerator(snapshot, true, "now it is");
	snapshot->endpoint_decoders.items[1].start = sr_u64_of(0);
	is_linted(snapshot, "DECODER_OUTSIDE_WINDOWS", "addresses that are none of the system's");
}

static void test_type2_window(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_fixed_window *window = &snapshot->acpi.windows.items[0];

	window->restrictions = WINDOW_OF_ALL_TYPES;
	is_accelerator(snapshot, false, "a window for all types");
	window->restrictions = SR_WINDOW_TYPE2 | SR_WINDOW_VOLATILE;
	is_accelerator(snapshot, true, "a window for type 2 only");
	is_finding(snapshot, SR_CODE_ACCELERATOR_SOFT_RESERVED,
		   "Soft Reserved memory 0x1000000000-0x11ffffffff is in the CXL window "
		   "0x1000000000-0x1fffffffff, which only accelerators (type 2) may use | "
		   "/sys/firmware/memmap: 0x1000000000-0x11ffffffff Soft Reserved | "
		   "/sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
}

/* Without tables the root decoder tells. */
static void test_type2_root(void)
{
	static const struct {
		enum sr_truth type2, type3;
		const char *codes;
	} cases[] = {
		{ SR_YES, SR_NO, "ACCELERATOR_SOFT_RESERVED" },
		{ SR_YES, SR_YES, "" },
		{ SR_YES, SR_UNKNOWN, "" },
		{ SR_UNKNOWN, SR_NO, "" },
		{ SR_NO, SR_NO, "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
		sr_auto_report struct sr_report *report = NULL;
		sr_auto_lint struct sr_lint *lint = NULL;

		snapshot->acpi.windows.count = 0;
		snapshot->acpi.windows_known = false;
		snapshot->root_decoders.items[0].capable_type2 = cases[i].type2;
		snapshot->root_decoders.items[0].capable_type3 = cases[i].type3;
		report = judge(snapshot);
		lint = lint_of(report);
		is_text(codes_of(lint), cases[i].codes, "what a root decoder is capable of");
	}
}

int main(void)
{
	test_outside();
	test_outside_words();
	test_normalized();
	test_low_memory_hole();
	test_extended_linear_cache();
	test_interleaved();
	test_accelerator();
	test_accelerator_unknown();
	test_accelerator_elsewhere();
	test_type2_window();
	test_type2_root();
	return tap_done();
}
