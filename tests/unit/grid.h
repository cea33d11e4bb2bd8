/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A grid of few cells, so that made ranges meet each other often. A set of addresses
 * is a mask with one bit a cell; what is slow and clear with masks is what the
 * library does with ranges. The grid lies at 0, somewhere, or ends at ~0.
 */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "base/range.h"
#include "mutation.h"

#define CELLS 20

typedef uint32_t cell_mask;

/* Cells from @first to @last, both of them included. */
struct cells {
	unsigned int first, last;
};

struct grid {
	uint64_t origin, unit;
};

/* How many cases there are to be: fewer where each takes long. */
static inline size_t case_count(size_t count)
{
#ifdef __SANITIZE_ADDRESS__
	count /= 10;
#endif
	/* valgrind preloads its own; it makes a program twenty to fifty times slower. */
	const char *preload = getenv("LD_PRELOAD");

	return preload && strstr(preload, "vgpreload") ? count / 100 : count;
}

/* The state of the generator, to begin with or to see one failure again. */
static inline uint64_t seed_of_run(void)
{
	const char *seed = getenv("CXL_SR_SEED");
	uint64_t state = seed ? strtoull(seed, NULL, 0) : 0;

	return state ? state : 0x20261123c0ffeeULL;
}

/* Where the choices come from; a fuzzer has them in its input. */
#ifndef PICK_NUMBER
#define PICK_NUMBER(state) (next_random(state) >> 11)
#endif

static inline unsigned int pick(uint64_t *state, unsigned int count)
{
	return (unsigned int)(PICK_NUMBER(state) % count);
}

static inline struct grid random_grid(uint64_t *state)
{
	static const uint64_t units[] = { 1, 2, 0x1000, 0x8000000, 1ULL << 56 };
	struct grid grid = { .unit = units[pick(state, 5)] };
	uint64_t origins[] = { 0, 0 - CELLS * grid.unit, 64 * grid.unit };

	grid.origin = origins[pick(state, 3)];
	return grid;
}

static inline struct cells random_cells(uint64_t *state)
{
	unsigned int first = pick(state, CELLS);
	unsigned int length = 1 + pick(state, pick(state, 4) ? 5 : CELLS);

	return (struct cells){ first, first + length > CELLS ? CELLS - 1 : first + length - 1 };
}

static inline cell_mask mask_of(struct cells cells)
{
	cell_mask mask = 0;

	for (unsigned int i = cells.first; i <= cells.last; i++)
		mask |= 1U << i;
	return mask;
}

static inline uint64_t cell_count(cell_mask mask)
{
	return (uint64_t)__builtin_popcount(mask);
}

static inline struct sr_range range_of(const struct grid *grid, struct cells cells)
{
	return (struct sr_range){
		.start = grid->origin + cells.first * grid->unit,
		.end = grid->origin + cells.last * grid->unit + (grid->unit - 1),
	};
}

static inline struct cells cells_of(const struct grid *grid, struct sr_range range)
{
	return (struct cells){
		.first = (unsigned int)((range.start - grid->origin) / grid->unit),
		.last = (unsigned int)((range.end - grid->origin) / grid->unit),
	};
}

/* The runs of set bits in @mask, by start; returns how many there are. */
static inline size_t runs_of(cell_mask mask, struct cells runs[static CELLS])
{
	size_t count = 0;

	for (unsigned int i = 0; i < CELLS; i++) {
		if (!(mask >> i & 1))
			continue;
		if (i > 0 && (mask >> (i - 1) & 1))
			runs[count - 1].last = i;
		else
			runs[count++] = (struct cells){ i, i };
	}
	return count;
}
