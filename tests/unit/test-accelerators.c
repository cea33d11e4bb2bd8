// SPDX-License-Identifier: GPL-2.0-only
/* judgement/accelerators.c: whose memory, who took it, and what firmware kept away. */
#include "judged.h"

static const struct sr_range window = { 0x1000000000, 0x1fffffffff };
static const struct sr_range memory = { 0x1000000000, 0x101fffffff };

static struct sr_endpoint_decoder *add_decoder(struct sr_snapshot *snapshot, const char *type)
{
	struct sr_endpoint_decoder *decoder = build_add(&snapshot->endpoint_decoders);

	*decoder = (struct sr_endpoint_decoder){
		.name = "decoder3.0",
		.memdev = sr_text_of("mem0"),
		.region = sr_text_of(snapshot->regions.count ? "region0" : NULL),
		.target_type = sr_text_of(type),
		.start = sr_u64_of(memory.start),
		.size = sr_u64_of(sr_range_size(memory)),
	};
	return decoder;
}

static struct sr_snapshot *machine(enum sr_truth committed)
{
	struct sr_snapshot *snapshot = build_new();

	build_window(snapshot, window);
	if (committed != SR_UNKNOWN)
		build_region(snapshot, memory, committed);
	return snapshot;
}

static void test_region(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(SR_YES);
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(snapshot, memory);
	add_decoder(snapshot, "accelerator");
	is_verdict(snapshot, "cxl ok: ACCELERATOR", "its region has it, nothing is lost");
	report = judge(snapshot);
	is_number(report->units.items->accelerator, SR_YES, "it is known for what it is");
	is_number(report->units.items->expected, SR_OWNER_CXL, "and expected to be CXL's");
	is_number(report->units.items->agrees, SR_YES, "so they agree");
	snapshot->endpoint_decoders.items->target_type = sr_text_of("expander");
	is_verdict(snapshot, "none lost: NO_DAX_REGION NO_OWNER", "an expander's would be lost");
}

/* hmem does not look at the type (drivers/dax/hmem/hmem.c). */
static void test_taken(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(SR_NO);

	build_soft_reserved(snapshot, memory);
	build_in_use(snapshot, SR_DAX_HOLDER_HMEM, memory);
	is_verdict(snapshot, "hmem ok: REGION_NOT_COMMITTED", "an expander's");
	add_decoder(snapshot, "accelerator");
	is_verdict(snapshot, "hmem ok: REGION_NOT_COMMITTED ACCELERATOR ACCELERATOR_TAKEN",
		   "an accelerator's");
}

static void test_signs(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(SR_UNKNOWN);
	struct sr_memdev *memdev = build_add(&snapshot->memdevs);

	*memdev = (struct sr_memdev){
		.name = "mem0",
		.host_class = sr_u64_of(0x020000),
		.host_driver = sr_text_of("sfc"),
	};
	build_soft_reserved(snapshot, memory);
	add_decoder(snapshot, "expander");
	is_verdict(snapshot, "none lost: NO_REGION NO_OWNER ACCELERATOR", "class and driver");
	memdev->host_driver = sr_text_of("cxl_pci");
	is_verdict(snapshot, "none lost: NO_REGION NO_OWNER", "cxl_pci drives expanders");
	memdev->host_driver = sr_text_of("sfc");
	memdev->host_class = sr_u64_of(0x050210);
	is_verdict(snapshot, "none lost: NO_REGION NO_OWNER", "and so does the class say");
	snapshot->root_decoders.items->capable_type2 = SR_YES;
	is_verdict(snapshot, "none lost: NO_REGION NO_OWNER", "a window for both says nothing");
	snapshot->root_decoders.items->capable_type3 = SR_NO;
	is_verdict(snapshot, "none lost: NO_REGION NO_OWNER ACCELERATOR",
		   "one for accelerators alone does");
}

/* The opt-out that the maintainers prefer: then it is not Soft Reserved at all. */
static void test_reserved(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine(SR_UNKNOWN);
	sr_auto_report struct sr_report *report = NULL, *outside = NULL;

	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, memory, "Reserved");
	add_decoder(snapshot, "accelerator");
	report = judge(snapshot);
	is_number(finding_count(report, SR_CODE_ACCELERATOR), 1, "it is told as what it is");
	snapshot->endpoint_decoders.items->start = sr_u64_of(0);
	outside = judge(snapshot);
	is_number(finding_count(outside, SR_CODE_ACCELERATOR), 0,
		  "addresses outside every window are the device's own");
}

int main(void)
{
	test_region();
	test_taken();
	test_signs();
	test_reserved();
	return tap_done();
}
