/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Builds snapshots in memory, one line for each thing that a machine has. A new one
 * is a machine with kernel 7.3 whose sources were all read whole. A pointer that is
 * returned is good until the next thing of its kind is added.
 */
#pragma once

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "snapshot/snapshot.h"

#define BLOCK_SIZE 0x8000000ULL /* 128 MiB, the usual size of memory blocks */

static inline struct sr_range span(uint64_t start, uint64_t end)
{
	return (struct sr_range){ .start = start, .end = end };
}

/* A test cannot go on without memory. */
static inline void *build_need(const void *pointer)
{
	if (!pointer)
		abort();
	return (void *)pointer;
}

#define build_add(list) ((__typeof__((list)->items))build_need(sr_list_add(list)))

__attribute__((format(printf, 2, 3))) static inline const char *build_text(
	struct sr_snapshot *snapshot, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = sr_pool_vformat(snapshot->pool, format, arguments);
	va_end(arguments);
	return build_need(text);
}

static inline struct sr_snapshot *build_new(void)
{
	struct sr_snapshot *snapshot = build_need(sr_snapshot_new());

	for (int i = 0; i < SR_SOURCE_COUNT; i++)
		snapshot->notes[i].state = SR_SOURCE_OK;
	snapshot->kernel.release = sr_text_of("7.3.4");
	snapshot->kernel.machine = sr_text_of("x86_64");
	snapshot->kernel.command_line = sr_text_of("root=/dev/vda1 quiet");
	snapshot->memory_block_size = sr_u64_of(BLOCK_SIZE);
	return snapshot;
}

static inline void build_source(struct sr_snapshot *snapshot, enum sr_source_id source,
				enum sr_source_state state)
{
	snapshot->notes[source].state = state;
}

/* A line of /proc/iomem, put where its start and size say. */
static inline void build_iomem(struct sr_snapshot *snapshot, struct sr_range range,
			       enum sr_iomem_kind kind, const char *label)
{
	struct sr_iomem_node *at = build_add(&snapshot->iomem);

	for (; at > snapshot->iomem.items; at--) {
		if (sr_range_compare(at[-1].range, range) <= 0)
			break;
		*at = at[-1];
	}
	*at = (struct sr_iomem_node){ .range = range, .kind = kind, .label = label };
}

static inline void build_map_entry(struct sr_snapshot *snapshot, enum sr_source_id source,
				   struct sr_range range, const char *type)
{
	*build_add(&snapshot->memory_map) = (struct sr_memory_map_entry){
		.range = range,
		.type = type,
		.soft_reserved = strcmp(type, "Soft Reserved") == 0,
		.source = source,
	};
}

/* As all of v7.0 on x86 shows them: in the firmware's map and in the log. */
static inline void build_soft_reserved(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, range, "Soft Reserved");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, range, "Soft Reserved");
}

static inline void build_window_node(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_iomem(snapshot, range, SR_IOMEM_CXL_WINDOW,
		    build_text(snapshot, "CXL Window %zu", snapshot->iomem.count));
}

static inline struct sr_root_decoder *build_root_decoder(struct sr_snapshot *snapshot,
							 struct sr_range range)
{
	size_t index = snapshot->root_decoders.count;
	struct sr_root_decoder *decoder = build_add(&snapshot->root_decoders);

	decoder->name = build_text(snapshot, "decoder0.%zu", index);
	decoder->start = sr_u64_of(range.start);
	decoder->size = sr_u64_of(sr_range_size(range));
	return decoder;
}

/* A window as it should be: the same in /proc/iomem and as root decoder. */
static inline void build_window(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_window_node(snapshot, range);
	build_root_decoder(snapshot, range);
}

/* A region in sysfs, bound to its driver, in ram mode. */
static inline struct sr_region *build_region(struct sr_snapshot *snapshot, struct sr_range range,
					     enum sr_truth committed)
{
	size_t index = snapshot->regions.count;
	struct sr_region *region = build_add(&snapshot->regions);

	region->name = build_text(snapshot, "region%zu", index);
	region->start = sr_u64_of(range.start);
	region->size = sr_u64_of(sr_range_size(range));
	region->has_resource = true;
	region->committed = committed;
	region->mode = sr_text_of("ram");
	region->driver = sr_text_of("cxl_region");
	return region;
}

/* The line that a region has in /proc/iomem. */
static inline void build_region_node(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_iomem(snapshot, range, SR_IOMEM_REGION, "region");
}

/* The region that has just this range, as the path of its dax region tells; or NULL. */
static inline const char *build_region_of(const struct sr_snapshot *snapshot, struct sr_range range)
{
	const struct sr_region *region;
	struct sr_range other;

	sr_for_each (region, &snapshot->regions) {
		if (sr_region_range(region, &other) && sr_range_equal(other, range))
			return region->name;
	}
	return NULL;
}

/* @driver may be NULL: then nobody holds the range. */
static inline struct sr_dax_region *build_dax_region(struct sr_snapshot *snapshot,
						     enum sr_dax_holder holder,
						     struct sr_range range, const char *driver)
{
	size_t index = snapshot->dax_regions.count;
	struct sr_dax_region *region = build_add(&snapshot->dax_regions);

	region->name = build_text(
		snapshot, holder == SR_DAX_HOLDER_HMEM ? "hmem.%zu" : "dax_region%zu", index);
	region->holder = holder;
	region->region = holder == SR_DAX_HOLDER_CXL ? build_region_of(snapshot, range) : NULL;
	region->driver = sr_text_of(driver);
	region->start = sr_u64_of(range.start);
	region->size = sr_u64_of(sr_range_size(range));
	return region;
}

/* @driver may be NULL. The device has one range; more can be added to its list. */
static inline struct sr_dax_device *build_dax_device(struct sr_snapshot *snapshot,
						     enum sr_dax_holder holder,
						     struct sr_range range, const char *driver)
{
	size_t index = snapshot->dax_devices.count;
	struct sr_dax_device *device = build_add(&snapshot->dax_devices);

	device->name = build_text(snapshot, "dax%zu.0", index);
	device->holder = holder;
	device->driver = sr_text_of(driver);
	device->size = sr_u64_of(sr_range_size(range));
	device->ranges_known = true;
	*build_add(&device->ranges) = range;
	return device;
}

/* Takes the one that there is away again. */
static inline void build_no_dax_device(struct sr_snapshot *snapshot)
{
	if (snapshot->dax_devices.count != 1)
		abort();
	sr_list_free(&snapshot->dax_devices.items->ranges);
	snapshot->dax_devices.count = 0;
}

static inline void build_block(struct sr_snapshot *snapshot, struct sr_range range,
			       enum sr_block_state state)
{
	*build_add(&snapshot->memory_blocks) = (struct sr_memory_block){
		.id = range.start / snapshot->memory_block_size.value,
		.range = range,
		.state = state,
		.zone = sr_text_of(state == SR_BLOCK_ONLINE ? "Movable" : NULL),
		.node = { .value = 1, .known = true },
	};
}

/* The whole blocks of @range, both ends on the bounds of a block. */
static inline void build_blocks(struct sr_snapshot *snapshot, struct sr_range range,
				enum sr_block_state state)
{
	uint64_t size = snapshot->memory_block_size.value;
	uint64_t at = range.start;

	if (range.start % size || (range.end + 1) % size)
		abort();
	for (uint64_t left = (range.end - range.start) / size + 1; left; left--, at += size)
		build_block(snapshot, span(at, at + (size - 1)), state);
}

/* What kmem leaves behind in /proc/iomem, and its blocks, which are online. */
static inline void build_system_ram(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_iomem(snapshot, range, SR_IOMEM_DAX_DEVICE, "dax");
	build_iomem(snapshot, range, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	build_blocks(snapshot, range, SR_BLOCK_ONLINE);
}

/* Memory that works: a bound dax region and its device, online as System RAM. */
static inline void build_in_use(struct sr_snapshot *snapshot, enum sr_dax_holder holder,
				struct sr_range range)
{
	build_dax_region(snapshot, holder, range,
			 holder == SR_DAX_HOLDER_HMEM ? "hmem" : "cxl_dax_region");
	build_dax_device(snapshot, holder, range, "kmem");
	build_system_ram(snapshot, range);
}

/* A committed region, in /proc/iomem too, whose memory works. */
static inline void build_cxl(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_region(snapshot, range, SR_YES);
	build_region_node(snapshot, range);
	build_in_use(snapshot, SR_DAX_HOLDER_CXL, range);
}

/* A dax region and its device that no driver has. */
static inline void build_unused(struct sr_snapshot *snapshot, enum sr_dax_holder holder,
				struct sr_range range)
{
	build_dax_region(snapshot, holder, range,
			 holder == SR_DAX_HOLDER_HMEM ? "hmem" : "cxl_dax_region");
	build_dax_device(snapshot, holder, range, NULL);
}
