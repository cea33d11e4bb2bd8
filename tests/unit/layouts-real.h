/* SPDX-License-Identifier: GPL-2.0-only */
/* T18 to T31 of the layouts (layouts.h): real machines, as a rule. */
#pragma once

#include "layouts.h"

static const uint64_t genoa = 0x850000000; /* a machine of Smita Koralahalli's */

/* kmem keeps to memory blocks of 2 GiB, so it does not use all of its device. */
static inline struct sr_snapshot *layout_t18(void)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(0x1050000000, 0x304fffffff);

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	soft_reserved_in_iomem(snapshot, range);
	build_window(snapshot, range);
	build_region(snapshot, range, SR_YES);
	build_region_node(snapshot, range);
	build_dax_region(snapshot, CXL, range, "cxl_dax_region");
	build_dax_device(snapshot, CXL, range, "kmem");
	build_system_ram(snapshot, span(0x1080000000, 0x2fffffffff));
	return snapshot;
}

/* One range over three windows; @srat: with a range for each, as AMD says it is. */
static inline struct sr_snapshot *layout_t19(bool srat)
{
	struct sr_snapshot *snapshot = layout_new();

	snapshot->memory_block_size = sr_u64_of(0x10000000);
	soft_reserved_in_iomem(snapshot, span(genoa, 0x684fffffff));
	for (uint64_t at = genoa; at < 0x6850000000; at += 0x2000000000) {
		struct sr_range range = span(at, at + 0x1fffffffff);

		if (srat)
			layout_srat(snapshot, range, 2);
		build_window(snapshot, range);
		build_cxl(snapshot, range);
	}
	return snapshot;
}

/* A range from address 0 on, with an end on no bound of anything. */
static inline struct sr_snapshot *layout_t20(bool srat)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(0x1050000000, 0x304fffffff);

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	soft_reserved_in_iomem(snapshot, span(0, 0x3050000ffd));
	if (srat)
		layout_srat(snapshot, range, 1);
	build_window(snapshot, range);
	build_region(snapshot, range, SR_YES);
	build_region_node(snapshot, range);
	build_dax_region(snapshot, CXL, range, "cxl_dax_region");
	build_dax_device(snapshot, CXL, range, "kmem");
	build_system_ram(snapshot, span(0x1080000000, 0x2fffffffff));
	return snapshot;
}

/* Windows much larger than the ranges in them. */
static inline struct sr_snapshot *layout_t21(void)
{
	struct sr_snapshot *snapshot = layout_new();

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	build_soft_reserved(snapshot, span(0xc080000000, 0xc47fffffff));
	build_soft_reserved(snapshot, span(0x68e80000000, 0x70e7fffffff));
	build_window(snapshot, span(0xc080000000, 0x17dbfffffff));
	build_window(snapshot, span(0x68e80000000, 0x8d37fffffff));
	build_cxl(snapshot, span(0x68e80000000, 0x70e7fffffff));
	build_cxl(snapshot, span(0xc080000000, 0xc47fffffff));
	return snapshot;
}

/*
 * hmem has what region9 contains; @recreated: region9 was destroyed, and the new one
 * found room behind that only.
 */
static inline struct sr_snapshot *layout_t22(bool recreated)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(0x68e80000000, 0x70e7fffffff);

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	soft_reserved_in_iomem(snapshot, range);
	build_window(snapshot, span(0x68e80000000, 0x8d37fffffff));
	build_in_use(snapshot, HMEM, range);
	if (recreated)
		build_cxl(snapshot, span(0x70e80000000, 0x78e7fffffff));
	else
		beaten_region(snapshot, range);
	return snapshot;
}

/* Two windows in one range, and a kernel without regions (CONFIG_CXL_REGION=n). */
static inline struct sr_snapshot *layout_t23(bool srat)
{
	struct sr_snapshot *snapshot = layout_new();

	soft_reserved_in_iomem(snapshot, span(0x5d0000000, 0x7cfffffff));
	build_window(snapshot, span(0x5d0000000, 0x6cfffffff));
	build_window(snapshot, span(0x6d0000000, 0x7cfffffff));
	if (srat) {
		layout_srat(snapshot, span(0x5d0000000, 0x6cfffffff), 1);
		layout_srat(snapshot, span(0x6d0000000, 0x7cfffffff), 2);
	}
	return snapshot;
}

/* One range that hmem has as two, outside all windows; a region made at run time. */
static inline struct sr_snapshot *layout_t24(void)
{
	struct sr_snapshot *snapshot = layout_new();

	soft_reserved_in_iomem(snapshot, span(0x180000000, 0x1ffffffff));
	layout_srat(snapshot, span(0x180000000, 0x1bfffffff), 1);
	layout_srat(snapshot, span(0x1c0000000, 0x1ffffffff), 2);
	build_in_use(snapshot, HMEM, span(0x180000000, 0x1bfffffff));
	build_in_use(snapshot, HMEM, span(0x1c0000000, 0x1ffffffff));
	build_window(snapshot, span(0x5d0000000, 0x64fffffff));
	build_cxl(snapshot, span(0x5d0000000, 0x64fffffff));
	return snapshot;
}

/* No region; whether hmem had it hung on whether it saw a window below the range. */
static inline struct sr_snapshot *layout_t25(bool lost)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(0x4050000000, 0x604fffffff);

	snapshot->memory_block_size = sr_u64_of(0x80000000);
	soft_reserved_in_iomem(snapshot, range);
	build_window(snapshot, range);
	if (lost)
		return snapshot;
	build_dax_region(snapshot, HMEM, range, "hmem");
	build_dax_device(snapshot, HMEM, range, "kmem");
	build_system_ram(snapshot, span(0x4080000000, 0x5fffffffff));
	return snapshot;
}

/* Its twin of cxl_test: the range is larger than its region on both sides. */
static inline struct sr_snapshot *layout_t25_twin(void)
{
	struct sr_snapshot *snapshot = layout_new();

	soft_reserved_in_iomem(snapshot, span(0xf010000000, 0xf04fffffff));
	build_window(snapshot, span(0xf010000000, 0xf04fffffff));
	build_cxl(snapshot, span(0xf020000000, 0xf03fffffff));
	return snapshot;
}

/* A forced tree that no kernel makes: the dax device is larger than the region above it. */
static inline struct sr_snapshot *layout_t26(void)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(genoa, 0x284fffffff);

	soft_reserved_in_iomem(snapshot, range);
	build_window(snapshot, range);
	beaten_region(snapshot, span(genoa, 0x280fffffff));
	build_in_use(snapshot, HMEM, range);
	return snapshot;
}

/* Assembly failed, and the region keeps its line. */
static inline struct sr_snapshot *layout_t27(void)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(genoa, 0x284fffffff);

	build_soft_reserved(snapshot, range);
	build_window(snapshot, range);
	build_region(snapshot, range, SR_NO);
	build_region_node(snapshot, range);
	build_in_use(snapshot, HMEM, range);
	return snapshot;
}

/* dax_hmem built in, CXL as modules: hmem's, although it stands below the regions. */
static inline struct sr_snapshot *layout_t28(void)
{
	struct sr_snapshot *snapshot = layout_new();

	snapshot->memory_block_size = sr_u64_of(0x10000000);
	for (uint64_t at = genoa; at < 0x6850000000; at += 0x2000000000) {
		struct sr_range range = span(at, at + 0x1fffffffff);

		soft_reserved_in_iomem(snapshot, range);
		build_window(snapshot, range);
		beaten_region(snapshot, range);
		build_in_use(snapshot, HMEM, range);
	}
	return snapshot;
}

/* The commit messages of era A; @split: one range, two of the SRAT. */
static inline struct sr_snapshot *layout_t29(bool split)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range low = span(0x240000000, 0x33fffffff), high = span(0x340000000, 0x43fffffff);

	soft_reserved_in_iomem(snapshot, split ? span(low.start, high.end) : high);
	build_iomem(snapshot, high, SR_IOMEM_HMEM, split ? "hmem.1" : "hmem.0");
	build_unused(snapshot, HMEM, high);
	if (!split)
		return snapshot;
	build_iomem(snapshot, low, SR_IOMEM_HMEM, "hmem.0");
	build_unused(snapshot, HMEM, low);
	layout_srat(snapshot, low, 2);
	layout_srat(snapshot, high, 3);
	return snapshot;
}

/* Persistent memory without any Soft Reserved range, on two machines. */
static inline struct sr_snapshot *layout_t30(bool other)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range window = other ? span(0xa80000000, 0xb7fffffff) : span(qemu, 0xc8fffffff);
	struct sr_range region = other ? span(0xa80000000, 0xaffffffff) : span(qemu, 0xb8fffffff);
	struct sr_range used = other ? span(0xa81200000, 0xabfffffff) : span(qemu, 0xa97ffffff);

	build_window(snapshot, window);
	build_iomem(snapshot, region, SR_IOMEM_OTHER, "Persistent Memory");
	build_region(snapshot, region, SR_YES)->mode = sr_text_of("pmem");
	build_region_node(snapshot, region);
	if (other)
		build_dax_device(snapshot, SR_DAX_HOLDER_PMEM, used, "device_dax");
	else
		build_iomem(snapshot, used, SR_IOMEM_OTHER, "namespace0.0");
	return snapshot;
}

/* Two regions in one window; their order in sysfs is not that of their addresses. */
static inline struct sr_snapshot *layout_t31(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_window(snapshot, span(0x490000000, 0x52fffffff));
	build_cxl(snapshot, span(0x490000000, 0x50fffffff));
	build_cxl(snapshot, span(0x510000000, 0x52fffffff));
	return snapshot;
}
