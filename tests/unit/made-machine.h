/* SPDX-License-Identifier: GPL-2.0-only */
/* Made machines: a few things of each kind on a grid (grid.h), and their snapshot. */
#pragma once

#include "build.h"
#include "grid.h"

#define MOST_ENTRIES 12
#define MOST_THINGS  6

struct made_entry {
	struct cells cells;
	enum sr_source_id source;
};

struct made_node {
	struct cells cells;
	enum sr_iomem_kind kind;
};

struct made_region {
	struct cells cells;
	enum sr_truth committed;
	bool placed; /* false: its address is unknown */
};

struct made_dax_region {
	struct cells cells;
	unsigned int region; /* whose it is; behind the last: that is unknown */
	enum sr_dax_holder holder;
	struct sr_text driver;
};

struct made_device {
	struct cells cells[2];
	size_t count; /* of its ranges */
	enum sr_dax_holder holder;
	struct sr_text driver;
	bool whole; /* all its ranges are known */
};

struct made_block {
	struct cells cells;
	enum sr_block_state state;
};

struct machine {
	struct grid grid;
	unsigned int block_cells; /* of a memory block */
	size_t entry_count, window_count, node_count, region_count, dax_region_count, device_count;
	size_t block_count;
	struct made_entry entries[MOST_ENTRIES];
	struct cells windows[MOST_THINGS];
	struct made_node nodes[MOST_THINGS];
	struct made_region regions[MOST_THINGS];
	struct made_dax_region dax_regions[MOST_THINGS];
	struct made_device devices[MOST_THINGS];
	struct made_block blocks[CELLS];
};

/* One that was there before, often: much hangs on equal ranges. */
static inline struct cells made_cells(const struct machine *machine, uint64_t *state)
{
	if (machine->entry_count == 0 || pick(state, 2))
		return random_cells(state);
	return machine->entries[pick(state, (unsigned int)machine->entry_count)].cells;
}

static inline void make_entries(struct machine *machine, uint64_t *state)
{
	static const enum sr_source_id sources[] = {
		SR_SOURCE_IOMEM,
		SR_SOURCE_KERNEL_LOG,
		SR_SOURCE_FIRMWARE_MEMMAP,
	};
	size_t count = pick(state, pick(state, 4) ? 4 : MOST_ENTRIES + 1);
	bool log = pick(state, 2);

	while (machine->entry_count < count) {
		enum sr_source_id source = sources[pick(state, 3)];
		struct made_entry entry = { made_cells(machine, state), source };

		if (source != SR_SOURCE_KERNEL_LOG || log)
			machine->entries[machine->entry_count++] = entry;
		else
			count--;
	}
}

static inline void make_regions(struct machine *machine, uint64_t *state)
{
	static const enum sr_truth truths[] = { SR_YES, SR_YES, SR_YES, SR_NO, SR_NO, SR_UNKNOWN };
	size_t count = pick(state, MOST_THINGS);

	while (count--) {
		struct cells cells = made_cells(machine, state);
		bool is_new = true;

		/* Two that are equal cannot be, and which of them counts is not said. */
		for (size_t i = 0; i < machine->region_count; i++)
			is_new &= mask_of(machine->regions[i].cells) != mask_of(cells);
		if (is_new)
			machine->regions[machine->region_count++] = (struct made_region){
				.cells = cells,
				.committed = truths[pick(state, 6)],
				.placed = pick(state, 16) != 0,
			};
	}
}

static inline struct sr_text made_driver(uint64_t *state, const char *usual)
{
	unsigned int choice = pick(state, 16);

	if (choice == 0)
		return (struct sr_text){ 0 };
	return sr_text_of(choice < 5 ? NULL : usual);
}

static inline enum sr_dax_holder made_holder(uint64_t *state)
{
	static const enum sr_dax_holder holders[] = {
		SR_DAX_HOLDER_CXL,
		SR_DAX_HOLDER_HMEM,
		SR_DAX_HOLDER_PMEM,
		SR_DAX_HOLDER_UNKNOWN,
	};
	unsigned int choice = pick(state, 16);

	return holders[choice < 8 ? 0 : choice < 14 ? 1 : choice - 12];
}

static inline void make_dax(struct machine *machine, uint64_t *state)
{
	size_t regions = pick(state, MOST_THINGS), devices = pick(state, MOST_THINGS);

	while (machine->dax_region_count < regions)
		machine->dax_regions[machine->dax_region_count++] = (struct made_dax_region){
			.cells = made_cells(machine, state),
			.region = pick(state, MOST_THINGS + 2),
			.holder = pick(state, 2) ? SR_DAX_HOLDER_CXL : SR_DAX_HOLDER_HMEM,
			.driver = made_driver(state, "driver"),
		};
	while (machine->device_count < devices)
		machine->devices[machine->device_count++] = (struct made_device){
			.cells = { made_cells(machine, state), random_cells(state) },
			.count = 1 + !pick(state, 4),
			.holder = made_holder(state),
			.driver = made_driver(state, pick(state, 2) ? "kmem" : "device_dax"),
			.whole = pick(state, 16) != 0,
		};
}

static inline void make_nodes(struct machine *machine, uint64_t *state)
{
	static const enum sr_iomem_kind kinds[] = { SR_IOMEM_REGION, SR_IOMEM_OTHER,
						    SR_IOMEM_SYSTEM_RAM, SR_IOMEM_DAX_DEVICE };
	size_t windows = pick(state, 4), nodes = pick(state, MOST_THINGS);

	while (machine->window_count < windows)
		machine->windows[machine->window_count++] = random_cells(state);
	while (machine->node_count < nodes)
		machine->nodes[machine->node_count++] =
			(struct made_node){ made_cells(machine, state), kinds[pick(state, 4)] };
}

static inline void make_blocks(struct machine *machine, uint64_t *state)
{
	bool some = pick(state, 8);

	machine->block_cells = 1 + pick(state, 2);
	for (unsigned int i = 0; some && i < CELLS; i += machine->block_cells) {
		unsigned int choice = pick(state, 32);

		if (choice < 10)
			continue;
		machine->blocks[machine->block_count++] = (struct made_block){
			.cells = { i, i + machine->block_cells - 1 },
			.state = choice == 10  ? SR_BLOCK_UNKNOWN
				 : choice < 14 ? SR_BLOCK_OFFLINE
					       : SR_BLOCK_ONLINE,
		};
	}
}

static inline void machine_make(struct machine *machine, uint64_t *state)
{
	*machine = (struct machine){ .grid = random_grid(state) };
	make_entries(machine, state);
	make_regions(machine, state);
	make_dax(machine, state);
	make_nodes(machine, state);
	make_blocks(machine, state);
}

static inline void snapshot_memory(struct sr_snapshot *snapshot, const struct machine *machine)
{
	const struct grid *grid = &machine->grid;

	snapshot->memory_block_size = sr_u64_of(machine->block_cells * grid->unit);
	for (size_t i = 0; i < machine->entry_count; i++) {
		struct sr_range range = range_of(grid, machine->entries[i].cells);

		if (machine->entries[i].source == SR_SOURCE_IOMEM)
			build_iomem(snapshot, range, SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
		else
			build_map_entry(snapshot, machine->entries[i].source, range,
					"Soft Reserved");
	}
	for (size_t i = 0; i < machine->window_count; i++)
		build_iomem(snapshot, range_of(grid, machine->windows[i]), SR_IOMEM_CXL_WINDOW,
			    "window");
	for (size_t i = 0; i < machine->node_count; i++)
		build_iomem(snapshot, range_of(grid, machine->nodes[i].cells),
			    machine->nodes[i].kind, "node");
	for (size_t i = 0; i < machine->block_count; i++)
		build_block(snapshot, range_of(grid, machine->blocks[i].cells),
			    machine->blocks[i].state);
}

static inline struct sr_snapshot *machine_snapshot(const struct machine *machine)
{
	struct sr_snapshot *snapshot = build_new();
	const struct grid *grid = &machine->grid;

	snapshot_memory(snapshot, machine);
	for (size_t i = 0; i < machine->region_count; i++)
		build_region(snapshot, range_of(grid, machine->regions[i].cells),
			     machine->regions[i].committed)
			->start.known = machine->regions[i].placed;
	for (size_t i = 0; i < machine->dax_region_count; i++) {
		const struct made_dax_region *made = &machine->dax_regions[i];
		struct sr_dax_region *dax_region =
			build_dax_region(snapshot, made->holder, range_of(grid, made->cells), NULL);

		dax_region->driver = made->driver;
		dax_region->region = made->region < MOST_THINGS && made->holder == SR_DAX_HOLDER_CXL
					     ? build_text(snapshot, "region%u", made->region)
					     : NULL;
	}
	for (size_t i = 0; i < machine->device_count; i++) {
		const struct made_device *made = &machine->devices[i];
		struct sr_dax_device *device = build_dax_device(
			snapshot, made->holder, range_of(grid, made->cells[0]), NULL);

		device->driver = made->driver;
		device->ranges_known = made->whole;
		if (made->count == 2)
			*build_add(&device->ranges) = range_of(grid, made->cells[1]);
	}
	return snapshot;
}
