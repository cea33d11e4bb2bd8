/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Made machines (made-machine.h) with all that a kernel's rule asks for: SRAT ranges,
 * root decoders, modes and drivers of regions, nodes from boot, modules and options.
 * Regions keep to bounds of 2 MiB, as the kernel makes them; nothing else does.
 */
#pragma once

#include "made-machine.h"

#define DAX_ALIGNMENT 0x200000ULL /* PMD_SIZE, to which dax regions are aligned */

enum made_module_id {
	MADE_DAX_HMEM,
	MADE_DAX_CXL,
	MADE_CXL_ACPI,
	MADE_KMEM,
	MADE_MODULE_COUNT,
};

struct made_module {
	bool listed; /* false: the snapshot does not have it */
	enum sr_module_state state;
	bool blacklisted, blocked;
};

struct made_affinity {
	struct cells cells;
	unsigned int domain;
};

/* What struct made_region lacks. */
struct made_settings {
	struct sr_text mode, driver;
	bool accelerator;
};

/* Which of the sources that show windows and regions can be read. */
enum made_sight {
	MADE_ALL_READ,
	MADE_IOMEM_HIDDEN,
	MADE_CXL_HIDDEN_TOO,
};

struct made_rules {
	struct machine machine; /* its windows: those that a report has; its nodes: of boot */
	unsigned int step;	/* cells in 2 MiB, at least one */
	enum made_sight sight;
	bool in_iomem; /* this kernel shows Soft Reserved ranges in /proc/iomem */
	bool wider;    /* a window's node is wider than its root decoder for another reason */
	bool lost;     /* a root decoder has no node in a /proc/iomem that was read */
	size_t decoder_count, node_count, affinity_count;
	struct cells decoders[MOST_THINGS]; /* root decoders, by start, disjoint */
	struct cells nodes[MOST_THINGS];    /* windows in /proc/iomem */
	struct made_settings settings[MOST_THINGS];
	struct made_affinity affinities[MOST_THINGS];
	enum sr_truth hmat_used;
	bool memory_known;
	struct made_module modules[MADE_MODULE_COUNT];
	const char *hmem_option; /* on the command line; NULL: none */
	bool hmem_parameter;	 /* the same, as /sys/module shows it */
};

static inline bool is_wider(struct cells outer, struct cells inner)
{
	return (mask_of(inner) & ~mask_of(outer)) == 0;
}

static inline struct grid rules_grid(uint64_t *state)
{
	static const uint64_t units[] = {
		DAX_ALIGNMENT,	   DAX_ALIGNMENT, DAX_ALIGNMENT / 2,
		DAX_ALIGNMENT / 4, 0x8000000,	  1ULL << 56,
	};
	struct grid grid = { .unit = units[pick(state, 6)] };
	uint64_t origins[] = { 0, 0 - CELLS * grid.unit, 64 * grid.unit };

	grid.origin = origins[pick(state, 3)];
	return grid;
}

static inline void make_decoders(struct made_rules *made, uint64_t *state)
{
	unsigned int at = pick(state, 5) * made->step, step = made->step;
	size_t count = pick(state, 8) ? 1 + pick(state, 2) : pick(state, 4);

	while (made->decoder_count < count && at < CELLS) {
		unsigned int last = at + (1 + pick(state, CELLS / 2)) * step - 1;

		if (last >= CELLS)
			last = CELLS - 1;
		made->decoders[made->decoder_count++] = (struct cells){ at, last };
		at = last + 1 + pick(state, 3) * step;
	}
}

static inline struct made_settings made_settings(uint64_t *state, bool told)
{
	unsigned int mode = pick(state, 24), driver = pick(state, 24);
	struct made_settings settings = {
		.mode = sr_text_of(mode == 0   ? "pmem"
				   : mode == 1 ? NULL
					       : "ram"),
		.driver = sr_text_of(driver == 0 ? NULL : "cxl_region"),
	};

	settings.mode.known = mode != 2;
	settings.driver.known = driver != 1;
	settings.accelerator = mode > 2 && driver > 1 && told && pick(state, 12) == 0;
	return settings;
}

static inline void make_window_regions(struct made_rules *made, struct cells window,
				       uint64_t *state)
{
	static const enum sr_truth truths[] = { SR_NO, SR_NO, SR_NO, SR_UNKNOWN };
	struct machine *machine = &made->machine;
	unsigned int at = window.first;

	while (machine->region_count < MOST_THINGS && at <= window.last) {
		unsigned int last = at + (1 + pick(state, 4)) * made->step - 1;
		enum sr_truth committed = pick(state, 5) ? SR_YES : truths[pick(state, 4)];
		size_t index = machine->region_count;

		if (last > window.last || pick(state, 3) == 0)
			last = window.last;
		if (pick(state, 4)) {
			made->settings[index] = made_settings(state, committed != SR_UNKNOWN);
			machine->regions[machine->region_count++] = (struct made_region){
				.cells = { at, last },
				.committed = committed,
				.placed = pick(state, 32) != 0,
			};
		}
		at = last + 1 + (pick(state, 3) == 0) * made->step;
	}
}

/* One end moved by one cell, so that two just do not match. */
static inline struct cells nudged(struct cells cells, uint64_t *state)
{
	switch (pick(state, 6)) {
	case 0:
		cells.first -= cells.first > 0;
		break;
	case 1:
		cells.last += cells.last < CELLS - 1;
		break;
	case 2:
		cells.first += cells.first < cells.last;
		break;
	case 3:
		cells.last -= cells.first < cells.last;
		break;
	}
	return cells;
}

/* Cells that something else has, as a rule: much hangs on ranges being equal. */
static inline struct cells rules_cells(const struct made_rules *made, uint64_t *state)
{
	const struct machine *machine = &made->machine;
	struct cells cells = random_cells(state);
	unsigned int choice = pick(state, 8);

	if (choice < 4 && machine->region_count)
		cells = machine->regions[pick(state, (unsigned int)machine->region_count)].cells;
	else if (choice < 5 && made->decoder_count)
		cells = made->decoders[pick(state, (unsigned int)made->decoder_count)];
	else if (choice < 7 && machine->entry_count)
		cells = machine->entries[pick(state, (unsigned int)machine->entry_count)].cells;
	if (pick(state, 6) == 0 && machine->region_count > 1)
		cells = (struct cells){ machine->regions[0].cells.first,
					machine->regions[machine->region_count - 1].cells.last };
	return pick(state, 3) ? cells : nudged(cells, state);
}

static inline void add_entry(struct machine *machine, struct cells cells, enum sr_source_id source)
{
	machine->entries[machine->entry_count++] =
		(struct made_entry){ .cells = cells, .source = source };
}

/* Disjoint ranges, which all sources show alike. */
static inline void make_ranges(struct made_rules *made, uint64_t *state)
{
	unsigned int count = 1 + pick(state, 4);
	cell_mask all = 0;

	for (unsigned int i = 0; i < count; i++) {
		struct cells cells = rules_cells(made, state);

		if (mask_of(cells) & all)
			continue;
		all |= mask_of(cells);
		add_entry(&made->machine, cells, SR_SOURCE_KERNEL_LOG);
		add_entry(&made->machine, cells, SR_SOURCE_FIRMWARE_MEMMAP);
		if (made->in_iomem)
			add_entry(&made->machine, cells, SR_SOURCE_IOMEM);
	}
}

/* Entries that contradict each other; what is in /proc/iomem is there or not. */
static inline void make_wild_ranges(struct made_rules *made, uint64_t *state)
{
	struct machine *machine = &made->machine;

	make_entries(machine, state);
	for (size_t i = machine->entry_count; i-- > 0;) {
		if (machine->entries[i].source == SR_SOURCE_IOMEM && !made->in_iomem)
			machine->entries[i] = machine->entries[--machine->entry_count];
	}
}

static inline void make_srat(struct made_rules *made, uint64_t *state)
{
	unsigned int choice = pick(state, 16);
	size_t count = pick(state, MOST_THINGS);

	made->hmat_used = choice < 11 ? SR_YES : choice < 14 ? SR_NO : SR_UNKNOWN;
	made->memory_known = pick(state, 16) != 0;
	while (made->affinity_count < count)
		made->affinities[made->affinity_count++] = (struct made_affinity){
			.cells = rules_cells(made, state),
			.domain = pick(state, 3),
		};
}

/* Nodes that were there before any driver, but for Soft Reserved ones. */
static inline void make_boot_nodes(struct made_rules *made, uint64_t *state)
{
	struct machine *machine = &made->machine;
	size_t count = pick(state, 2) ? 0 : pick(state, 4);

	while (machine->node_count < count)
		machine->nodes[machine->node_count++] = (struct made_node){
			.cells = random_cells(state),
			.kind = pick(state, 2) ? SR_IOMEM_OTHER : SR_IOMEM_SYSTEM_RAM,
		};
}

static inline struct made_module made_module(uint64_t *state)
{
	static const enum sr_module_state states[] = {
		SR_MODULE_UNKNOWN,    SR_MODULE_MISSING, SR_MODULE_NOT_LOADED,
		SR_MODULE_NOT_LOADED, SR_MODULE_LOADED,	 SR_MODULE_BUILT_IN,
	};
	struct made_module module = {
		.listed = pick(state, 8) != 0,
		.state = states[pick(state, 6)],
	};
	bool away = module.state == SR_MODULE_MISSING || module.state == SR_MODULE_NOT_LOADED;

	module.blocked = away && pick(state, 3) == 0;
	module.blacklisted = away && pick(state, 3) == 0;
	return module;
}

static inline void make_modules(struct made_rules *made, uint64_t *state)
{
	static const char *const options[] = { "device_hmem.disable=1", "device_hmem.disable=Y" };
	bool usual = pick(state, 3);

	for (size_t i = 0; i < MADE_MODULE_COUNT; i++)
		made->modules[i] = usual ? (struct made_module){ true, SR_MODULE_LOADED, 0, 0 }
					 : made_module(state);
	if (pick(state, 24) == 0)
		made->hmem_option = options[pick(state, 2)];
	made->hmem_parameter = pick(state, 32) == 0;
}
