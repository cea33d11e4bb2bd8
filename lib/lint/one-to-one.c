// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Soft Reserved memory and committed regions should be equal. The kernel asks only that a
 * region contains the memory (region_contains_resource(), drivers/cxl/core/region.c), but
 * its drivers claim what they get as one piece, and reviewers of that code take one to one
 * for granted. Memory without a region, and a region without such memory, are no mismatch:
 * either may come or go at run time.
 */
#include <errno.h>

#include "lint/linting.h"

/*
 * A region's range holds its extended linear cache, too: DRAM, which firmware may describe
 * apart from the CXL memory behind it (cxl_extended_linear_cache_resize()).
 */
static bool is_equal(const struct sr_place *region, struct sr_range range)
{
	struct sr_u64 cache = region->region->extended_linear_cache;

	if (sr_range_equal(region->range, range))
		return true;
	return cache.known && cache.value && cache.value < sr_range_size(region->range) &&
	       range.start == region->range.start + cache.value && range.end == region->range.end;
}

static const char *way_of(struct sr_range region, struct sr_range range)
{
	if (sr_range_contains(range, region))
		return "is larger than";
	if (sr_range_contains(region, range))
		return "is smaller than";
	return "overlaps, and neither contains the other,";
}

static int add_finding(struct sr_linting *linting, const struct sr_lint_part *part,
		       const struct sr_place *region, size_t count)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_NOT_ONE_TO_ONE, &part->range);

	draft.facts[0] = sr_lint_fact_of_row(linting, part->row);
	draft.facts[1] = sr_lint_fact_of_place(linting, region);
	sr_lint_blame(part->row, &draft);
	if (count > 1)
		return sr_lint_add(linting, &draft,
				   "Soft Reserved memory " SR_RANGE_FORMAT " has several committed "
				   "regions in it: %s, " SR_RANGE_FORMAT ", and %zu more",
				   SR_RANGE_VALUES(part->range), region->region->name,
				   SR_RANGE_VALUES(region->range), count - 1);
	return sr_lint_add(linting, &draft,
			   "Soft Reserved memory " SR_RANGE_FORMAT " %s %s, " SR_RANGE_FORMAT,
			   SR_RANGE_VALUES(part->range), way_of(region->range, part->range),
			   region->region->name, SR_RANGE_VALUES(region->range));
}

static int check_part(struct sr_linting *linting, const struct sr_lint_part *part)
{
	const struct sr_place *region, *first = NULL;
	size_t count = 0;

	sr_for_each_place (region, &linting->regions, part->range) {
		if (count++ == 0)
			first = region;
	}
	if (!first || (count == 1 && is_equal(first, part->range)))
		return 0;
	return add_finding(linting, part, first, count);
}

int sr_lint_one_to_one(struct sr_linting *linting)
{
	const struct sr_lint_part *part;

	sr_for_each (part, &linting->parts) {
		if (check_part(linting, part))
			return -ENOMEM;
	}
	return 0;
}
