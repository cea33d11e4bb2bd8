/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A second, slow judge of made machines: loops over everything and masks of cells,
 * no order, no sweep, no arithmetic with ends. Written from what the headers say.
 */
#pragma once

#include "judgement/report.h"
#include "made-machine.h"

struct slow_row {
	struct cells cells;
	cell_mask mask;
	unsigned int sources;
	bool touches_window, has_container, lost_known, online_known;
	enum sr_truth contained;
	enum sr_owner owner;
	enum sr_state state;
	uint64_t lost, online; /* cells */
	uint64_t why;	       /* bits 1 << enum sr_code */
	size_t devices;
};

struct slow_report {
	size_t count, overridden, disagreeing, alone_regions;
	struct slow_row rows[3 * CELLS];
};

static inline void slow_why(struct slow_row *row, enum sr_code code)
{
	row->why |= 1ULL << code;
}

static inline bool slow_has_log(const struct machine *machine)
{
	for (size_t i = 0; i < machine->entry_count; i++) {
		if (machine->entries[i].source == SR_SOURCE_KERNEL_LOG)
			return true;
	}
	return false;
}

/* The entries of one source; those that share a cell are one. */
static inline size_t slow_claims(const struct machine *machine, enum sr_source_id source,
				 cell_mask claims[static MOST_ENTRIES])
{
	size_t count = 0;

	for (size_t i = 0; i < machine->entry_count; i++) {
		if (machine->entries[i].source == source)
			claims[count++] = mask_of(machine->entries[i].cells);
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			if (i == j || !(claims[i] & claims[j]))
				continue;
			claims[i] |= claims[j];
			claims[j] = claims[--count];
			i = j = 0; /* from the start, as long as there is anything to do */
		}
	}
	return count;
}

static inline void slow_merge(const struct machine *machine, enum sr_source_id source,
			      struct slow_report *report)
{
	cell_mask claims[MOST_ENTRIES], known = 0;
	size_t count = slow_claims(machine, source, claims), before = report->count;
	bool overridden = source == SR_SOURCE_FIRMWARE_MEMMAP && slow_has_log(machine);

	for (size_t i = 0; i < before; i++)
		known |= report->rows[i].mask;
	for (size_t i = 0; i < count; i++) {
		struct cells runs[CELLS];
		size_t run_count = runs_of(claims[i] & ~known, runs);

		for (size_t j = 0; j < before; j++) {
			if (report->rows[j].mask == claims[i])
				report->rows[j].sources |= 1U << source;
		}
		for (size_t j = 0; j < run_count; j++) {
			if (overridden)
				report->overridden++;
			else
				report->rows[report->count++] = (struct slow_row){
					.cells = runs[j],
					.mask = mask_of(runs[j]),
					.sources = 1U << source,
				};
		}
	}
}

static inline void slow_compare(const struct machine *machine, struct slow_report *report)
{
	unsigned int telling = 1U << SR_SOURCE_FIRMWARE_MEMMAP;

	if (slow_has_log(machine))
		telling |= 1U << SR_SOURCE_KERNEL_LOG;
	for (size_t i = 0; i < report->count; i++)
		telling |= report->rows[i].sources & 1U << SR_SOURCE_IOMEM;
	for (size_t i = 0; i < report->count; i++)
		report->disagreeing += (telling & ~report->rows[i].sources) != 0;
}

static inline void slow_windows(const struct machine *machine, struct slow_row *row)
{
	cell_mask covered = 0;
	size_t count = 0;

	for (size_t i = 0; i < machine->window_count; i++) {
		covered |= mask_of(machine->windows[i]);
		count += (mask_of(machine->windows[i]) & row->mask) != 0;
	}
	row->touches_window = count > 0;
	if (count == 0)
		slow_why(row, SR_CODE_NO_WINDOW);
	if (count == 0 || row->has_container)
		return;
	if (row->mask & ~covered)
		slow_why(row, SR_CODE_BEYOND_WINDOW);
	if (count > 1)
		slow_why(row, SR_CODE_SPANS_WINDOWS);
}

static inline void slow_containment(const struct machine *machine, struct slow_row *row)
{
	size_t committed = 0, uncommitted = 0, unread = 0;
	bool perhaps = false, unplaced = false;

	for (size_t i = 0; i < machine->region_count; i++) {
		const struct made_region *region = &machine->regions[i];
		cell_mask mask = region->placed ? mask_of(region->cells) : 0;
		bool contains = (row->mask & ~mask) == 0;

		perhaps |= !region->placed && region->committed != SR_NO;
		unplaced |= !region->placed;
		if (!(mask & row->mask))
			continue;
		committed += region->committed == SR_YES;
		uncommitted += region->committed == SR_NO;
		unread += region->committed == SR_UNKNOWN;
		row->has_container |= contains && region->committed == SR_YES;
		perhaps |= contains && region->committed == SR_UNKNOWN;
	}
	slow_windows(machine, row);
	if (!row->touches_window)
		return;
	row->contained = row->has_container ? SR_YES : perhaps ? SR_UNKNOWN : SR_NO;
	if (row->has_container)
		return;
	if (perhaps || unread || unplaced)
		slow_why(row, SR_CODE_REGION_UNKNOWN);
	if (uncommitted)
		slow_why(row, SR_CODE_REGION_NOT_COMMITTED);
	if (committed)
		slow_why(row, committed > 1 ? SR_CODE_SPANS_REGIONS : SR_CODE_REGION_SMALLER);
	if (!committed && !uncommitted && !perhaps && !unread && !unplaced)
		slow_why(row, SR_CODE_NO_REGION);
}

/* Whether anything holds memory of which nobody can say where it is. */
static inline bool slow_unplaced(const struct machine *machine)
{
	size_t count = 0;

	for (size_t i = 0; i < machine->device_count; i++)
		count += !machine->devices[i].whole;
	for (size_t i = 0; i < machine->dax_region_count; i++)
		count += !machine->dax_regions[i].driver.known;
	return count > 0;
}

static inline cell_mask slow_device_mask(const struct made_device *device)
{
	return mask_of(device->cells[0]) | (device->count > 1 ? mask_of(device->cells[1]) : 0);
}

/* Which cells are held by @holder. */
static inline cell_mask slow_held(const struct machine *machine, enum sr_dax_holder holder)
{
	cell_mask held = 0;

	for (size_t i = 0; i < machine->device_count; i++) {
		if (machine->devices[i].holder == holder)
			held |= slow_device_mask(&machine->devices[i]);
	}
	for (size_t i = 0; i < machine->dax_region_count; i++) {
		if (machine->dax_regions[i].holder == holder &&
		    machine->dax_regions[i].driver.value)
			held |= mask_of(machine->dax_regions[i].cells);
	}
	return held;
}

static inline bool slow_is_driverless(const struct machine *machine, cell_mask mask)
{
	for (size_t i = 0; i < machine->dax_region_count; i++) {
		const struct made_dax_region *region = &machine->dax_regions[i];

		if (region->holder == SR_DAX_HOLDER_CXL && region->driver.known &&
		    !region->driver.value && (mask_of(region->cells) & mask))
			return true;
	}
	return false;
}

/* The first that is committed and contains the row: by start, then the wider. */
static inline size_t slow_container(const struct machine *machine, cell_mask mask)
{
	size_t found = MOST_THINGS;

	for (size_t i = 0; i < machine->region_count; i++) {
		const struct made_region *region = &machine->regions[i];
		const struct cells *best = found < MOST_THINGS ? &machine->regions[found].cells
							       : NULL;

		if (!region->placed || region->committed != SR_YES ||
		    (mask & ~mask_of(region->cells)))
			continue;
		if (!best || region->cells.first < best->first ||
		    (region->cells.first == best->first && region->cells.last > best->last))
			found = i;
	}
	return found;
}

/* Whether some dax region is that of @region, or may be. */
static inline bool slow_may_have_dax_region(const struct machine *machine, size_t region)
{
	for (size_t i = 0; i < machine->dax_region_count; i++) {
		if (machine->dax_regions[i].holder == SR_DAX_HOLDER_CXL &&
		    (machine->dax_regions[i].region >= MOST_THINGS ||
		     machine->dax_regions[i].region == region))
			return true;
	}
	return false;
}

static inline void slow_explain_owner(const struct machine *machine, struct slow_row *row)
{
	bool hmem = row->owner == SR_OWNER_HMEM || row->owner == SR_OWNER_MIXED;

	if (row->touches_window && row->has_container && hmem)
		slow_why(row, SR_CODE_HMEM_THOUGH_CONTAINED);
	if (row->owner != SR_OWNER_CXL && row->touches_window && row->has_container &&
	    !slow_may_have_dax_region(machine, slow_container(machine, row->mask)))
		slow_why(row, SR_CODE_NO_DAX_REGION);
	if (row->owner != SR_OWNER_CXL && slow_is_driverless(machine, row->mask))
		slow_why(row, SR_CODE_DAX_REGION_NO_DRIVER);
	if (row->lost)
		slow_why(row, row->owner == SR_OWNER_NONE ? SR_CODE_NO_OWNER
							  : SR_CODE_PARTLY_WITHOUT_OWNER);
}

static inline void slow_ownership(const struct machine *machine, struct slow_row *row)
{
	cell_mask cxl =
		(slow_held(machine, SR_DAX_HOLDER_CXL) | slow_held(machine, SR_DAX_HOLDER_PMEM)) &
		row->mask;
	cell_mask hmem = slow_held(machine, SR_DAX_HOLDER_HMEM) & row->mask;
	cell_mask other = slow_held(machine, SR_DAX_HOLDER_UNKNOWN) & row->mask;
	cell_mask missing = row->mask & ~cxl & ~hmem & ~other;
	bool unplaced = slow_unplaced(machine);

	if (other || (!cxl && !hmem && unplaced))
		row->owner = SR_OWNER_UNKNOWN;
	else if (cxl && hmem)
		row->owner = SR_OWNER_MIXED;
	else
		row->owner = cxl ? SR_OWNER_CXL : hmem ? SR_OWNER_HMEM : SR_OWNER_NONE;
	row->lost_known = row->owner != SR_OWNER_UNKNOWN && !(missing && unplaced);
	if (!row->lost_known) {
		slow_why(row, SR_CODE_OWNER_UNKNOWN);
		return;
	}
	row->lost = cell_count(missing);
	slow_explain_owner(machine, row);
}
