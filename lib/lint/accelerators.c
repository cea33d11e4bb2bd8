// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Memory of accelerators (CXL type 2) that is Soft Reserved: hmem does not look whose it
 * is, so it takes it where no region holds it yet as dax_hmem decides.
 */
#include <errno.h>

#include "lint/linting.h"

static int add_finding(struct sr_linting *linting, const struct sr_lint_part *part,
		       const struct sr_place *place)
{
	struct sr_lint_finding draft =
		sr_lint_draft(SR_CODE_ACCELERATOR_SOFT_RESERVED, &part->range);
	const char *memdev = place->endpoint ? place->endpoint->memdev.value : NULL;

	draft.facts[0] = sr_lint_fact_of_row(linting, part->row);
	draft.facts[1] = sr_lint_fact_of_place(linting, place);
	sr_lint_blame(part->row, &draft);
	if (!place->endpoint)
		return sr_lint_add(linting, &draft,
				   "Soft Reserved memory " SR_RANGE_FORMAT
				   " is in the CXL window " SR_RANGE_FORMAT
				   ", which only accelerators (type 2) may use",
				   SR_RANGE_VALUES(part->range), SR_RANGE_VALUES(place->range));
	return sr_lint_add(linting, &draft,
			   "Soft Reserved memory " SR_RANGE_FORMAT " is an accelerator's: %s of %s "
			   "decodes " SR_RANGE_FORMAT,
			   SR_RANGE_VALUES(part->range), place->endpoint->name,
			   memdev ? memdev : "a memdev", SR_RANGE_VALUES(place->range));
}

static int check_part(struct sr_linting *linting, const struct sr_lint_part *part)
{
	const struct sr_place *place = sr_places_in(&linting->accelerators, part->range);

	if (place)
		return add_finding(linting, part, place);
	sr_for_each_place (place, &linting->windows, part->range) {
		if (sr_lint_is_type2_only(place) == SR_YES)
			return add_finding(linting, part, place);
	}
	return 0;
}

int sr_lint_accelerators(struct sr_linting *linting)
{
	const struct sr_lint_part *part;

	sr_for_each (part, &linting->parts) {
		if (check_part(linting, part))
			return -ENOMEM;
	}
	return 0;
}
