/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A second, slow answer to: what does the kernel ask of hmem, and what are the units
 * that it decides on. hmat_register_targets() (drivers/acpi/numa/hmat.c) asks for the
 * ranges of the SRAT, hmem_init() (drivers/dax/hmem/device.c) for those of the map, and
 * what overlaps a range that was asked for is dropped whole.
 */
#pragma once

#include "rules-snapshot.h"
#include "slow-use.h"

#define MOST_CANDIDATES (MOST_THINGS + 3 * CELLS)
#define NO_CANDIDATE	MOST_CANDIDATES

struct slow_candidate {
	struct cells cells;
	cell_mask mask;
	bool srat;
};

struct slow_unit {
	struct cells cells;
	cell_mask mask;
	size_t candidate; /* index; NO_CANDIDATE: none */
	struct slow_row row;
};

struct slow_units {
	struct slow_report report; /* its rows: the Soft Reserved ranges, here by start */
	cell_mask soft_reserved;
	bool tables_unknown; /* where the kernel cuts is not known */
	size_t candidate_count, count;
	struct slow_candidate candidates[MOST_CANDIDATES];
	struct slow_unit units[CELLS];
};

static inline void slow_ranges(const struct machine *machine, struct slow_units *units)
{
	struct slow_report unsorted = { 0 };

	slow_merge(machine, SR_SOURCE_IOMEM, &unsorted);
	slow_merge(machine, SR_SOURCE_KERNEL_LOG, &unsorted);
	slow_merge(machine, SR_SOURCE_FIRMWARE_MEMMAP, &unsorted);
	for (unsigned int cell = 0; cell < CELLS; cell++) {
		for (size_t i = 0; i < unsorted.count; i++) {
			if (unsorted.rows[i].cells.first != cell)
				continue;
			units->report.rows[units->report.count++] = unsorted.rows[i];
			units->soft_reserved |= unsorted.rows[i].mask;
		}
	}
}

/* Whether one of the same domain that stands before it in the table overlaps it. */
static inline bool slow_is_refused(const struct made_rules *made, size_t index)
{
	const struct made_affinity *affinity = &made->affinities[index];

	for (size_t i = 0; i < index; i++) {
		const struct made_affinity *before = &made->affinities[i];

		if (before->domain == affinity->domain && !slow_is_refused(made, i) &&
		    (mask_of(before->cells) & mask_of(affinity->cells)))
			return true;
	}
	return false;
}

static inline void slow_ask(struct slow_units *units, struct cells cells, bool srat)
{
	for (size_t i = 0; i < units->candidate_count; i++) {
		if (units->candidates[i].mask & mask_of(cells))
			return;
	}
	units->candidates[units->candidate_count++] = (struct slow_candidate){
		.cells = cells,
		.mask = mask_of(cells),
		.srat = srat,
	};
}

/* All of a domain by address, where its first range stands in the table. */
static inline void slow_ask_domain(const struct made_rules *made, unsigned int domain,
				   struct slow_units *units)
{
	for (unsigned int cell = 0; cell < CELLS; cell++) {
		for (size_t i = 0; i < made->affinity_count; i++) {
			const struct made_affinity *affinity = &made->affinities[i];

			if (affinity->domain == domain && affinity->cells.first == cell &&
			    !slow_is_refused(made, i))
				slow_ask(units, affinity->cells, true);
		}
	}
}

static inline void slow_candidates(const struct made_rules *made, struct slow_units *units)
{
	unsigned int done = 0;

	units->tables_unknown = made->hmat_used != SR_NO && !made->memory_known;
	for (size_t i = 0; i < made->affinity_count; i++) {
		unsigned int domain = made->affinities[i].domain;

		if (made->hmat_used != SR_NO && made->memory_known && !(done >> domain & 1))
			slow_ask_domain(made, domain, units);
		done |= 1U << domain;
	}
	for (size_t i = 0; i < units->report.count; i++)
		slow_ask(units, units->report.rows[i].cells, false);
}

static inline size_t slow_candidate_at(const struct slow_units *units, unsigned int cell)
{
	for (size_t i = 0; i < units->candidate_count; i++) {
		if (units->candidates[i].mask >> cell & 1)
			return i;
	}
	return NO_CANDIDATE;
}

/* Cell by cell: another range or another candidate begins another unit. */
static inline void slow_cut(struct slow_units *units)
{
	for (size_t i = 0; i < units->report.count; i++) {
		const struct slow_row *row = &units->report.rows[i];

		for (unsigned int cell = row->cells.first; cell <= row->cells.last; cell++) {
			size_t candidate = slow_candidate_at(units, cell);
			struct slow_unit *last = &units->units[units->count - 1];

			if (cell > row->cells.first && last->candidate == candidate) {
				last->cells.last = cell;
				last->mask |= 1U << cell;
				continue;
			}
			units->units[units->count++] = (struct slow_unit){
				.cells = { cell, cell },
				.mask = 1U << cell,
				.candidate = candidate,
			};
		}
	}
}

/* The memory of an accelerator in its region is its driver's, without a dax region. */
static inline void slow_leave_to_driver(const struct made_rules *made, struct slow_row *row)
{
	size_t region = slow_container(&made->machine, row->mask);

	if (made->sight == MADE_CXL_HIDDEN_TOO || region == MOST_THINGS ||
	    !made->settings[region].accelerator || row->owner != SR_OWNER_NONE)
		return;
	row->owner = SR_OWNER_CXL;
	row->lost = 0;
	row->state = SR_STATE_OK;
}

/* Units, and what a report says of each: the same as of a range of its own. */
static inline void slow_units_make(const struct made_rules *made, struct slow_units *units)
{
	struct machine machine = made->machine;

	*units = (struct slow_units){ 0 };
	slow_ranges(&made->machine, units);
	slow_candidates(made, units);
	slow_cut(units);
	if (made->sight == MADE_CXL_HIDDEN_TOO)
		machine.region_count = 0;
	for (size_t i = 0; i < units->count; i++) {
		struct slow_row *row = &units->units[i].row;

		row->cells = units->units[i].cells;
		row->mask = units->units[i].mask;
		slow_containment(&machine, row);
		slow_ownership(&machine, row);
		slow_use(&machine, row);
		slow_leave_to_driver(made, row);
	}
}
