/* SPDX-License-Identifier: GPL-2.0-only */
/* The other half of slow-report.h: who can use a range, and who does. */
#pragma once

#include "slow-report.h"

static inline cell_mask slow_blocks(const struct machine *machine, enum sr_block_state state)
{
	cell_mask mask = 0;

	for (size_t i = 0; i < machine->block_count; i++) {
		if (machine->blocks[i].state == state)
			mask |= mask_of(machine->blocks[i].cells);
	}
	return mask;
}

/* The cells of those memory blocks that lie in @mask whole. */
static inline cell_mask slow_trimmed(const struct machine *machine, cell_mask mask)
{
	cell_mask trimmed = 0;

	for (unsigned int i = 0; i < CELLS; i += machine->block_cells) {
		cell_mask block = mask_of((struct cells){ i, i + machine->block_cells - 1 });

		if ((block & ~mask) == 0)
			trimmed |= block;
	}
	return trimmed;
}

enum slow_claim {
	SLOW_FREE,
	SLOW_NARROWER,
	SLOW_TAKEN
};

static inline enum slow_claim slow_claim_node(cell_mask node, bool taken, cell_mask mask,
					      enum slow_claim claim)
{
	if (!(node & mask) || claim == SLOW_NARROWER)
		return claim;
	if (mask & ~node)
		return SLOW_NARROWER;
	return taken ? SLOW_TAKEN : claim;
}

static inline enum slow_claim slow_claim(const struct machine *machine, cell_mask mask)
{
	enum slow_claim claim = SLOW_FREE;

	for (size_t i = 0; i < machine->window_count; i++)
		claim = slow_claim_node(mask_of(machine->windows[i]), false, mask, claim);
	for (size_t i = 0; i < machine->entry_count; i++) {
		if (machine->entries[i].source == SR_SOURCE_IOMEM)
			claim = slow_claim_node(mask_of(machine->entries[i].cells), false, mask,
						claim);
	}
	for (size_t i = 0; i < machine->node_count; i++)
		claim = slow_claim_node(mask_of(machine->nodes[i].cells),
					machine->nodes[i].kind == SR_IOMEM_SYSTEM_RAM ||
						machine->nodes[i].kind == SR_IOMEM_DAX_DEVICE,
					mask, claim);
	return claim;
}

static inline void slow_weigh(struct slow_row *row, enum sr_state state, enum sr_code code)
{
	if (state > row->state)
		row->state = state;
	if (state != SR_STATE_OK)
		slow_why(row, code);
}

static inline void slow_driverless(const struct machine *machine, struct slow_row *row,
				   const struct made_device *device)
{
	for (size_t i = 0; i < device->count; i++) {
		cell_mask mask = mask_of(device->cells[i]), trimmed = slow_trimmed(machine, mask);
		enum slow_claim claim = slow_claim(machine, mask);

		if (claim == SLOW_FREE || (trimmed && slow_claim(machine, trimmed) == SLOW_FREE))
			continue;
		slow_weigh(row, SR_STATE_UNUSABLE,
			   claim == SLOW_TAKEN ? SR_CODE_CLAIMED_BY_OTHER : SR_CODE_NOT_CLAIMABLE);
		return;
	}
	slow_weigh(row, SR_STATE_IDLE, SR_CODE_NO_DRIVER);
}

static inline void slow_kmem(const struct machine *machine, struct slow_row *row,
			     const struct made_device *device)
{
	uint64_t online = 0, expected = 0;

	if (slow_blocks(machine, SR_BLOCK_UNKNOWN) & slow_device_mask(device)) {
		slow_weigh(row, SR_STATE_UNKNOWN, SR_CODE_BLOCKS_UNKNOWN);
		return;
	}
	for (size_t i = 0; i < device->count; i++) {
		cell_mask mask = mask_of(device->cells[i]);

		online += cell_count(slow_blocks(machine, SR_BLOCK_ONLINE) & mask);
		expected += cell_count(slow_trimmed(machine, mask));
	}
	if (online < expected)
		slow_weigh(row, SR_STATE_IDLE, SR_CODE_BLOCKS_OFFLINE);
}

static inline void slow_device(const struct machine *machine, struct slow_row *row,
			       const struct made_device *device)
{
	if (!device->driver.known)
		slow_weigh(row, SR_STATE_UNKNOWN, SR_CODE_DRIVER_UNKNOWN);
	else if (!device->driver.value)
		slow_driverless(machine, row, device);
	else if (strcmp(device->driver.value, "kmem") == 0)
		slow_kmem(machine, row, device);
}

static inline void slow_use(const struct machine *machine, struct slow_row *row)
{
	cell_mask covered = 0;

	row->state = SR_STATE_OK;
	row->online_known = !(slow_blocks(machine, SR_BLOCK_UNKNOWN) & row->mask);
	row->online = cell_count(slow_blocks(machine, SR_BLOCK_ONLINE) & row->mask);
	for (size_t i = 0; i < machine->device_count; i++) {
		const struct made_device *device = &machine->devices[i];

		if (!(slow_device_mask(device) & row->mask))
			continue;
		row->devices++;
		covered |= slow_device_mask(device) & row->mask;
		slow_device(machine, row, device);
	}
	if (!row->lost_known)
		slow_weigh(row, SR_STATE_UNKNOWN, SR_CODE_OWNER_UNKNOWN);
	else if (row->owner != SR_OWNER_NONE &&
		 cell_count(covered) + row->lost < cell_count(row->mask))
		slow_weigh(row, SR_STATE_IDLE, SR_CODE_NO_DAX_DEVICE);
	if (row->lost)
		row->state = SR_STATE_LOST;
}

/* How many regions that have a place meet no row. */
static inline size_t slow_alone_regions(const struct machine *machine,
					const struct slow_report *report)
{
	cell_mask rows = 0;
	size_t alone = 0;

	for (size_t i = 0; i < report->count; i++)
		rows |= report->rows[i].mask;
	for (size_t i = 0; i < machine->region_count; i++)
		alone += machine->regions[i].placed && !(mask_of(machine->regions[i].cells) & rows);
	return alone;
}

static inline void slow_judge(const struct machine *machine, struct slow_report *report)
{
	*report = (struct slow_report){ 0 };
	slow_merge(machine, SR_SOURCE_IOMEM, report);
	slow_merge(machine, SR_SOURCE_KERNEL_LOG, report);
	slow_merge(machine, SR_SOURCE_FIRMWARE_MEMMAP, report);
	slow_compare(machine, report);
	for (size_t i = 0; i < report->count; i++) {
		slow_containment(machine, &report->rows[i]);
		slow_ownership(machine, &report->rows[i]);
		slow_use(machine, &report->rows[i]);
	}
	report->alone_regions = slow_alone_regions(machine, report);
}
