/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Layouts of real and emulated machines as posted to linux-cxl, with their addresses; T1
 * to T17 as they were numbered when they were collected. The HMAT is not used unless a
 * layout says so. Dax devices are as posted, or as v7.1 leaves them.
 */
#pragma once

#include "build.h"

#define CXL  SR_DAX_HOLDER_CXL
#define HMEM SR_DAX_HOLDER_HMEM

static const uint64_t qemu = 0xa90000000;     /* Tomasz Wolski's emulated machine */
static const uint64_t synth = 0x3ff0d0000000; /* Smita Koralahalli's table of rules */

static inline struct sr_snapshot *layout_new(void)
{
	struct sr_snapshot *snapshot = build_new();

	snapshot->acpi.hmat_used = SR_NO;
	snapshot->acpi.memory_known = true;
	return snapshot;
}

/* A memory range of the SRAT, with an HMAT that makes the kernel go by it. */
static inline void layout_srat(struct sr_snapshot *snapshot, struct sr_range range, uint32_t domain)
{
	snapshot->acpi.hmat_used = SR_YES;
	*build_add(&snapshot->acpi.memory) = (struct sr_memory_affinity){
		.range = range,
		.proximity_domain = domain,
		.source = SR_SOURCE_ACPI,
	};
}

static inline void soft_reserved_in_iomem(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_iomem(snapshot, range, SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
	build_soft_reserved(snapshot, range);
}

/* A region in /proc/iomem whose dax region no driver could take. */
static inline void beaten_region(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_region(snapshot, range, SR_YES);
	build_region_node(snapshot, range);
	build_dax_region(snapshot, CXL, range, NULL);
}

/* The four regions of 256 MiB from @synth on. */
static inline void beaten_four(struct sr_snapshot *snapshot)
{
	for (uint64_t at = synth; at < 0x3ff110000000; at += 0x10000000)
		beaten_region(snapshot, span(at, at + 0xfffffff));
}

static inline struct sr_snapshot *layout_t1(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xb8fffffff));
	build_window(snapshot, span(qemu, 0xb8fffffff));
	build_cxl(snapshot, span(qemu, 0xb8fffffff));
	return snapshot;
}

/* T1 without its device; @plugged: that came later, when hmem had the memory. */
static inline struct sr_snapshot *layout_t2(bool plugged)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xb8fffffff));
	build_window(snapshot, span(qemu, 0xb8fffffff));
	build_in_use(snapshot, HMEM, span(qemu, 0xb8fffffff));
	if (plugged) {
		build_region(snapshot, span(qemu, 0xb8fffffff), SR_YES);
		build_region_node(snapshot, span(qemu, 0xb8fffffff));
	}
	return snapshot;
}

/* The range is larger than its region, which T3 as posted had torn down. */
static inline struct sr_snapshot *layout_t3(bool torn_down)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xbcfffffff));
	build_window(snapshot, span(qemu, 0xbcfffffff));
	if (!torn_down)
		beaten_region(snapshot, span(qemu, 0xb8fffffff));
	build_unused(snapshot, HMEM, span(qemu, 0xbcfffffff));
	return snapshot;
}

/* One range, two regions that together are as large. */
static inline struct sr_snapshot *layout_t4(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xc8fffffff));
	build_window(snapshot, span(qemu, 0xc8fffffff));
	beaten_region(snapshot, span(qemu, 0xb8fffffff));
	beaten_region(snapshot, span(0xb90000000, 0xc8fffffff));
	build_unused(snapshot, HMEM, span(qemu, 0xc8fffffff));
	return snapshot;
}

/* The same as it was posted, where regions were counted together. */
static inline struct sr_snapshot *layout_t4_posted(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xc8fffffff));
	build_window(snapshot, span(qemu, 0xc8fffffff));
	build_cxl(snapshot, span(qemu, 0xb8fffffff));
	build_cxl(snapshot, span(0xb90000000, 0xc8fffffff));
	return snapshot;
}

static inline struct sr_snapshot *layout_t5(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xccfffffff));
	build_window(snapshot, span(qemu, 0xccfffffff));
	beaten_region(snapshot, span(qemu, 0xb8fffffff));
	beaten_region(snapshot, span(0xb90000000, 0xc8fffffff));
	build_unused(snapshot, HMEM, span(qemu, 0xccfffffff));
	return snapshot;
}

/* Two windows, a region in each; @merged: firmware made one range of both. */
static inline struct sr_snapshot *layout_t6(bool merged)
{
	struct sr_snapshot *snapshot = layout_new();

	if (merged) {
		build_soft_reserved(snapshot, span(qemu, 0xc8fffffff));
	} else {
		build_soft_reserved(snapshot, span(qemu, 0xb8fffffff));
		build_soft_reserved(snapshot, span(0xb90000000, 0xc8fffffff));
	}
	build_window(snapshot, span(qemu, 0xb8fffffff));
	build_window(snapshot, span(0xb90000000, 0xc8fffffff));
	build_cxl(snapshot, span(qemu, 0xb8fffffff));
	build_cxl(snapshot, span(0xb90000000, 0xc8fffffff));
	return snapshot;
}

/* The lost-memory case: two windows in one range, and a region in none of them alone. */
static inline struct sr_snapshot *layout_t7(void)
{
	struct sr_snapshot *snapshot = layout_new();

	soft_reserved_in_iomem(snapshot, span(qemu, 0xccfffffff));
	build_window(snapshot, span(qemu, 0xbcfffffff));
	build_window(snapshot, span(0xbd0000000, 0xccfffffff));
	build_region(snapshot, span(qemu, 0xb8fffffff), SR_NO);
	build_unused(snapshot, HMEM, span(qemu, 0xccfffffff));
	return snapshot;
}

/* A real machine, where the SRAT made two ranges of the one of e820, both of node 2. */
static inline struct sr_snapshot *layout_t8(bool srat)
{
	struct sr_snapshot *snapshot = layout_new();

	snapshot->memory_block_size = sr_u64_of(0x10000000);
	build_soft_reserved(snapshot, span(0x2070000000, 0xa06fffffff));
	if (srat) {
		layout_srat(snapshot, span(0x2070000000, 0x606fffffff), 2);
		layout_srat(snapshot, span(0x6070000000, 0xa06fffffff), 2);
	}
	build_window(snapshot, span(0x2070000000, 0x606fffffff));
	build_window(snapshot, span(0x6070000000, 0xa06fffffff));
	build_cxl(snapshot, span(0x2070000000, 0x606fffffff));
	build_cxl(snapshot, span(0x6070000000, 0xa06fffffff));
	return snapshot;
}

static inline struct sr_snapshot *layout_t9(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(qemu, 0xb4fffffff));
	build_window(snapshot, span(qemu, 0xb4fffffff));
	build_in_use(snapshot, HMEM, span(qemu, 0xb4fffffff));
	return snapshot;
}

/* The tail behind the region, which a series took for CXL's. */
static inline struct sr_snapshot *layout_t10(void)
{
	struct sr_snapshot *snapshot = layout_new();

	soft_reserved_in_iomem(snapshot, span(qemu, 0xbcfffffff));
	build_window(snapshot, span(qemu, 0xbcfffffff));
	build_cxl(snapshot, span(qemu, 0xb8fffffff));
	return snapshot;
}

/* T11 to T17, but for T12 and T14: one range of hmem's from @synth on. */
static inline struct sr_snapshot *layout_synth(uint64_t range_end, uint64_t window_end)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(synth, range_end));
	build_window(snapshot, span(synth, window_end));
	build_unused(snapshot, HMEM, span(synth, range_end));
	return snapshot;
}

static inline struct sr_snapshot *layout_t11(void)
{
	struct sr_snapshot *snapshot = layout_synth(0x3ff10fffffff, 0x3ff10fffffff);

	beaten_four(snapshot);
	return snapshot;
}

static inline struct sr_snapshot *layout_t12(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_window(snapshot, span(synth, 0x3ff10fffffff));
	for (uint64_t at = synth; at < 0x3ff110000000; at += 0x10000000) {
		build_soft_reserved(snapshot, span(at, at + 0xfffffff));
		build_cxl(snapshot, span(at, at + 0xfffffff));
	}
	return snapshot;
}

static inline struct sr_snapshot *layout_t13(void)
{
	struct sr_snapshot *snapshot = layout_synth(0x3ff10fffffff, 0x3ff20fffffff);

	beaten_four(snapshot);
	return snapshot;
}

static inline struct sr_snapshot *layout_t14(void)
{
	struct sr_snapshot *snapshot = layout_new();

	build_soft_reserved(snapshot, span(synth, 0x3ff10fffffff));
	build_window(snapshot, span(synth, 0x3ff10fffffff));
	build_cxl(snapshot, span(synth, 0x3ff10fffffff));
	return snapshot;
}

static inline struct sr_snapshot *layout_t15(void)
{
	struct sr_snapshot *snapshot = layout_synth(0x3ff20fffffff, 0x3ff20fffffff);

	beaten_region(snapshot, span(synth, 0x3ff10fffffff));
	return snapshot;
}

/* The range reaches beyond the window. */
static inline struct sr_snapshot *layout_t16(void)
{
	struct sr_snapshot *snapshot = layout_synth(0x3ff20fffffff, 0x3ff10fffffff);

	beaten_four(snapshot);
	return snapshot;
}

/* The second region's assembly failed. */
static inline struct sr_snapshot *layout_t17(void)
{
	struct sr_snapshot *snapshot = layout_synth(0x3ff10fffffff, 0x3ff10fffffff);

	beaten_region(snapshot, span(synth, 0x3ff0dfffffff));
	beaten_region(snapshot, span(0x3ff0f0000000, 0x3ff0ffffffff));
	beaten_region(snapshot, span(0x3ff100000000, 0x3ff10fffffff));
	return snapshot;
}
