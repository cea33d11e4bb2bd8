// SPDX-License-Identifier: GPL-2.0-only
/* judgement/use.c: drivers, memory blocks, and the heaviest state of the parts. */
#include "judged.h"

#define HMEM SR_DAX_HOLDER_HMEM

/* One Soft Reserved range of sixteen memory blocks, outside all windows. */
static const struct sr_range whole = { 0x100000000, 0x17fffffff };
static const struct sr_range first_half = { 0x100000000, 0x13fffffff };
static const struct sr_range second_half = { 0x140000000, 0x17fffffff };

static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, whole);
	return snapshot;
}

/* hmem's dax region over all of it, without a device. */
static struct sr_snapshot *hmem_machine(void)
{
	struct sr_snapshot *snapshot = machine();

	build_dax_region(snapshot, HMEM, whole, "hmem");
	return snapshot;
}

static void is_online(const struct sr_snapshot *snapshot, struct sr_u64 row, struct sr_u64 device,
		      const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	const struct sr_range_report *first = report->ranges.items;

	is_number(first->online.known, row.known, what);
	is_number(first->online.known ? first->online.value : 0, row.value, "of the range");
	if (!ok(first->devices.count, "there is a device"))
		return;
	is_number(first->devices.items[0].online.known, device.known, what);
	is_number(first->devices.items[0].online.known ? first->devices.items[0].online.value : 0,
		  device.value, "of the device");
}

static void test_drivers(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();
	struct sr_dax_device *device = build_dax_device(snapshot, HMEM, whole, "device_dax");

	is_verdict(snapshot, "hmem ok: NO_WINDOW", "device_dax");
	device->driver = sr_text_of("fs_dax");
	is_verdict(snapshot, "hmem ok: NO_WINDOW", "any other driver");
	device->driver = sr_text_of(NULL);
	is_verdict(snapshot, "hmem idle: NO_WINDOW NO_DRIVER", "no driver");
	device->driver = (struct sr_text){ 0 };
	is_verdict(snapshot, "hmem unknown: NO_WINDOW DRIVER_UNKNOWN", "who knows which");
	device->driver = sr_text_of("kmem");
	is_verdict(snapshot, "hmem idle: NO_WINDOW BLOCKS_OFFLINE", "kmem without blocks");
	build_blocks(snapshot, whole, SR_BLOCK_ONLINE);
	is_verdict(snapshot, "hmem ok: NO_WINDOW", "kmem with its blocks");
}

static void test_blocks(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();
	struct sr_memory_block *last;

	build_dax_device(snapshot, HMEM, whole, "kmem");
	build_blocks(snapshot, whole, SR_BLOCK_ONLINE);
	last = &snapshot->memory_blocks.items[15];
	is_online(snapshot, sr_u64_of(0x80000000), sr_u64_of(0x80000000), "all online");
	last->state = SR_BLOCK_OFFLINE;
	is_verdict(snapshot, "hmem idle: NO_WINDOW BLOCKS_OFFLINE", "one is offline");
	is_online(snapshot, sr_u64_of(0x78000000), sr_u64_of(0x78000000), "one is offline");
	last->state = SR_BLOCK_UNKNOWN;
	is_verdict(snapshot, "hmem unknown: NO_WINDOW BLOCKS_UNKNOWN", "one is unknown");
	is_online(snapshot, (struct sr_u64){ 0 }, (struct sr_u64){ 0 }, "one is unknown");
	snapshot->memory_blocks.count = 15;
	is_verdict(snapshot, "hmem idle: NO_WINDOW BLOCKS_OFFLINE", "one is not there");
	build_block(snapshot, span(whole.end + 1, whole.end + BLOCK_SIZE), SR_BLOCK_UNKNOWN);
	is_verdict(snapshot, "hmem idle: NO_WINDOW BLOCKS_OFFLINE", "an unknown one behind it");
	build_source(snapshot, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_UNREADABLE);
	is_verdict(snapshot, "hmem unknown: NO_WINDOW BLOCKS_UNKNOWN", "blocks not read");
	is_online(snapshot, (struct sr_u64){ 0 }, (struct sr_u64){ 0 }, "blocks not read");
}

static void test_block_size(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();

	build_dax_device(snapshot, HMEM, whole, "kmem");
	build_blocks(snapshot, whole, SR_BLOCK_ONLINE);
	snapshot->memory_block_size.known = false;
	is_verdict(snapshot, "hmem unknown: NO_WINDOW BLOCKS_UNKNOWN", "blocks of unknown size");
}

/* dax_kmem_range(): kmem keeps to whole memory blocks, what is left over is not asked for. */
static void test_trimmed(void)
{
	static const struct {
		uint64_t start, end;
		const char *wanted, *what;
	} cases[] = {
		{ 0x100000000, 0x117ffffff, "idle: NO_WINDOW BLOCKS_OFFLINE", "three blocks" },
		{ 0x0f8000001, 0x117ffffff, "idle: NO_WINDOW BLOCKS_OFFLINE", "and a part before" },
		{ 0x100000000, 0x117fffffe, "ok: NO_WINDOW", "a byte less at the end" },
		{ 0x100000001, 0x117ffffff, "ok: NO_WINDOW", "a byte less at the start" },
		{ 0x0f8000001, 0x117fffffe, "ok: NO_WINDOW", "two and a part on both sides" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
		struct sr_range range = span(cases[i].start, cases[i].end);
		char wanted[64];

		snprintf(wanted, sizeof(wanted), "hmem %s", cases[i].wanted);
		build_soft_reserved(snapshot, range);
		build_dax_device(snapshot, HMEM, range, "kmem");
		if (cases[i].start == 0x100000001)
			build_blocks(snapshot, span(0x108000000, 0x117ffffff), SR_BLOCK_ONLINE);
		else
			build_blocks(snapshot, span(0x100000000, 0x10fffffff), SR_BLOCK_ONLINE);
		is_verdict(snapshot, wanted, cases[i].what);
	}
}

static void test_top(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range top = span(UINT64_MAX - (2 * BLOCK_SIZE - 1), UINT64_MAX);
	struct sr_range bottom = span(0, 2 * BLOCK_SIZE - 1);
	sr_auto_snapshot struct sr_snapshot *low = build_new();

	build_soft_reserved(snapshot, top);
	build_dax_device(snapshot, HMEM, top, "kmem");
	is_verdict(snapshot, "hmem idle: NO_WINDOW BLOCKS_OFFLINE", "two blocks up to ~0");
	build_blocks(snapshot, top, SR_BLOCK_ONLINE);
	is_verdict(snapshot, "hmem ok: NO_WINDOW", "and both online");
	build_soft_reserved(low, bottom);
	build_dax_device(low, HMEM, bottom, "kmem");
	is_verdict(low, "hmem idle: NO_WINDOW BLOCKS_OFFLINE", "two blocks at 0");
	build_blocks(low, bottom, SR_BLOCK_ONLINE);
	is_verdict(low, "hmem ok: NO_WINDOW", "and both online");
}

static void test_claims(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();

	build_dax_device(snapshot, HMEM, whole, NULL);
	build_window_node(snapshot, span(0, UINT64_MAX));
	build_region_node(snapshot, whole);
	is_verdict(snapshot, "hmem idle: NO_REGION NO_DRIVER", "nodes that contain it");
	build_region_node(snapshot, first_half);
	is_verdict(snapshot, "hmem unusable: NO_REGION NOT_CLAIMABLE", "and one that does not");
	build_iomem(snapshot, second_half, SR_IOMEM_SYSTEM_RAM, "System RAM");
	is_verdict(snapshot, "hmem unusable: NO_REGION NOT_CLAIMABLE", "and one that is RAM");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_PARTIAL);
	is_verdict(snapshot, "hmem unusable: NO_REGION NOT_CLAIMABLE", "what is seen is there");
	snapshot->iomem.count = 0;
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	is_verdict(snapshot, "hmem unknown: NO_WINDOW CLAIM_UNKNOWN", "what is not, may be");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	is_verdict(snapshot, "hmem unknown: NO_WINDOW CLAIM_UNKNOWN", "nothing is seen");
}

static void test_taken(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();

	build_dax_device(snapshot, HMEM, whole, NULL);
	snapshot->dax_devices.items[0].name = "dax7.0";
	build_window_node(snapshot, span(0, UINT64_MAX));
	build_iomem(snapshot, whole, SR_IOMEM_DAX_DEVICE, "dax8.0");
	is_verdict(snapshot, "hmem unusable: NO_REGION CLAIMED_BY_OTHER", "another device has it");
	snapshot->dax_devices.items[0].name = "dax8.0";
	is_verdict(snapshot, "hmem unusable: NO_REGION LEAKED", "it has it itself, without driver");
	build_iomem(snapshot, first_half, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	is_verdict(snapshot, "hmem unusable: NO_REGION LEAKED", "also where a part is still RAM");
}

/* A node in the part that kmem leaves out is in nobody's way. */
static void test_claim_trimmed(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range range = span(0x107ffffff, 0x117ffffff);
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(snapshot, range);
	build_dax_device(snapshot, HMEM, range, NULL);
	build_iomem(snapshot, span(0, 0x107ffffff), SR_IOMEM_SYSTEM_RAM, "System RAM");
	is_verdict(snapshot, "hmem idle: NO_WINDOW NO_DRIVER", "kmem can be bound");
	build_iomem(snapshot, span(0x108000000, 0x108000000), SR_IOMEM_OTHER, "a byte");
	is_verdict(snapshot, "hmem unusable: NO_WINDOW NOT_CLAIMABLE", "now it cannot");
	report = judge(snapshot);
	is_text(report->ranges.items[0].devices.items[0].blocker->label, "a byte",
		"and what is in the way is named");
	is_number(report->totals.unusable_bytes, 0x10000001, "and how much it is");
}

static void test_no_device(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();

	is_verdict(snapshot, "hmem idle: NO_WINDOW NO_DAX_DEVICE", "no device at all");
	build_dax_device(snapshot, HMEM, first_half, "device_dax");
	is_verdict(snapshot, "hmem idle: NO_WINDOW NO_DAX_DEVICE", "room beside it");
	*build_add(&snapshot->dax_devices.items[0].ranges) = second_half;
	is_verdict(snapshot, "hmem ok: NO_WINDOW", "a device with two ranges");
	snapshot->dax_devices.items[0].ranges.items[1].end--;
	is_verdict(snapshot, "hmem idle: NO_WINDOW NO_DAX_DEVICE", "a byte less");
}

/* Each pair of neighbours in lost > unusable > unknown > idle > ok. */
static void test_weights(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();
	struct sr_range quarter = span(0x140000000, 0x15fffffff);

	build_dax_device(snapshot, HMEM, first_half, "device_dax");
	is_verdict(snapshot, "hmem idle: NO_WINDOW NO_DAX_DEVICE", "ok and idle");
	build_dax_device(snapshot, HMEM, quarter, "kmem")->driver.known = false;
	is_verdict(snapshot, "hmem unknown: NO_WINDOW DRIVER_UNKNOWN NO_DAX_DEVICE",
		   "idle and unknown");
	build_dax_device(snapshot, HMEM, span(0x160000000, 0x167ffffff), NULL);
	build_region_node(snapshot, span(0x160000000, 0x160000fff));
	is_verdict(snapshot, "hmem unusable: NO_WINDOW DRIVER_UNKNOWN NOT_CLAIMABLE NO_DAX_DEVICE",
		   "unknown and unusable");
	snapshot->dax_regions.items[0].size.value -= BLOCK_SIZE;
	is_verdict(snapshot,
		   "hmem lost: NO_WINDOW PARTLY_WITHOUT_OWNER DRIVER_UNKNOWN NOT_CLAIMABLE "
		   "NO_DAX_DEVICE",
		   "unusable and lost");
	snapshot->dax_regions.items[0].size.known = false;
	is_verdict(snapshot, "hmem unusable: NO_WINDOW OWNER_UNKNOWN DRIVER_UNKNOWN NOT_CLAIMABLE",
		   "nobody knows whether it is lost");
}

/* One device that a second range has too counts for both. */
static void test_shared_device(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(snapshot, first_half);
	build_soft_reserved(snapshot, second_half);
	build_dax_device(snapshot, HMEM, whole, "kmem");
	build_blocks(snapshot, first_half, SR_BLOCK_ONLINE);
	report = judge(snapshot);
	is_text(verdict_of(&report->ranges.items[0]), "hmem idle: NO_WINDOW BLOCKS_OFFLINE",
		"the range whose blocks are online");
	is_number(report->ranges.items[0].online.value, 0x40000000, "all of them");
	is_text(verdict_of(&report->ranges.items[1]), "hmem idle: NO_WINDOW BLOCKS_OFFLINE",
		"the range whose blocks are not");
	is_number(report->ranges.items[1].online.value, 0, "none of them");
	is_number(report->ranges.items[1].devices.items[0].online.value, 0x40000000, "the device");
}

static void test_zones(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = hmem_machine();
	sr_auto_report struct sr_report *report = NULL;
	struct sr_memory_block *blocks;

	build_dax_device(snapshot, HMEM, whole, "kmem");
	build_blocks(snapshot, whole, SR_BLOCK_ONLINE);
	blocks = snapshot->memory_blocks.items;
	blocks[0].zone = sr_text_of("Normal");
	blocks[1].node.value = 12;
	blocks[2].node.value = 2;
	blocks[3].node.known = false;
	blocks[4].zone = sr_text_of("Mov");
	blocks[5].zone.known = false;
	blocks[6].state = SR_BLOCK_OFFLINE;
	blocks[6].zone = sr_text_of("Device");
	report = judge(snapshot);
	is_text(report->ranges.items[0].zones.value, "Normal,Movable,Mov", "each zone once");
	is_text(report->ranges.items[0].nodes.value, "1,12,2", "each node once");
	ok(report->ranges.items[0].zones.known && report->ranges.items[0].nodes.known, "known");
}

/* No machine has so many nodes; each new one would copy all those before it. */
static void test_too_many_nodes(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_report struct sr_report *report = NULL;
	const uint64_t count = 16384, size = sr_range_size(whole) / count;

	for (uint64_t i = 0; i < count; i++) {
		struct sr_memory_block *block = build_add(&snapshot->memory_blocks);

		block->range = span(whole.start + i * size, whole.start + (i + 1) * size - 1);
		block->state = SR_BLOCK_ONLINE;
		block->zone = sr_text_of("Normal");
		block->node = (struct sr_s64){ .value = (int64_t)i, .known = true };
	}
	report = judge(snapshot);
	ok(!report->ranges.items[0].nodes.known, "too many nodes are not listed");
	is_text(report->ranges.items[0].zones.value, "Normal", "the zones are");
}

int main(void)
{
	test_drivers();
	test_blocks();
	test_block_size();
	test_trimmed();
	test_top();
	test_claims();
	test_taken();
	test_claim_trimmed();
	test_no_device();
	test_weights();
	test_shared_device();
	test_zones();
	test_too_many_nodes();
	return tap_done();
}
