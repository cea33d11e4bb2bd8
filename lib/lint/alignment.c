// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Soft Reserved memory on odd bounds: alloc_dax_region() (drivers/dax/bus.c) wants both
 * ends on bounds of PMD_SIZE. Bounds of memory blocks are no more than desirable: kmem
 * leaves out what fills no whole block (dax_kmem_range(), drivers/dax/kmem.c).
 */
#include <errno.h>

#include "lint/linting.h"

#define PMD_SIZE ((uint64_t)2 << 20)

static bool is_aligned(struct sr_range range)
{
	/* An end at ~0 is on every bound. */
	return range.start % PMD_SIZE == 0 && (range.end + 1) % PMD_SIZE == 0;
}

static int add_finding(struct sr_linting *linting, const struct sr_lint_part *part)
{
	struct sr_lint_finding draft =
		sr_lint_draft(SR_CODE_SOFT_RESERVED_MISALIGNED, &part->range);
	struct sr_u64 block = linting->snapshot->memory_block_size;
	const char *blocks = "";

	draft.facts[0] = sr_lint_fact_of_row(linting, part->row);
	if (block.known) {
		draft.facts[1] = sr_lint_fact(linting,
					      "/sys/devices/system/memory/block_size_bytes",
					      "0x%jx", (uintmax_t)block.value);
		blocks = ", let alone of memory blocks";
	}
	sr_lint_blame(part->row, &draft);
	return sr_lint_add(linting, &draft,
			   "Soft Reserved memory " SR_RANGE_FORMAT " does not begin and end on "
			   "bounds of 2 MiB%s, so no dax region can be made of it",
			   SR_RANGE_VALUES(part->range), blocks);
}

int sr_lint_alignment(struct sr_linting *linting)
{
	const struct sr_lint_part *part;

	sr_for_each (part, &linting->parts) {
		/* The kernel takes the whole range of the SRAT where there is one. */
		if (is_aligned(part->range) || (part->memory && is_aligned(part->memory->range)))
			continue;
		if (add_finding(linting, part))
			return -ENOMEM;
	}
	return 0;
}
