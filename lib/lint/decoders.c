// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Endpoint decoders that no CXL window contains: no region can be made of them ("no CXL
 * window for range", drivers/cxl/core/region.c). Decoders that have a region are none,
 * whatever their addresses: these may be normalized (drivers/cxl/core/atl.c), and the
 * region may have an extended linear cache in front of them.
 */
#include <errno.h>
#include <stdlib.h>

#include "lint/linting.h"

/*
 * Low memory hole: at address 0 a CFMWS may be smaller than the decoders, which keep to
 * multiples of 256 MiB (Documentation/driver-api/cxl/conventions/cxl-lmh.rst).
 */
static bool has_low_memory_hole(const struct sr_linting *linting, struct sr_range range)
{
	const struct sr_place *window = sr_places_in(&linting->windows, range);

	return window && range.start == 0 && window->range.start == 0;
}

static bool is_outside(const struct sr_linting *linting, const struct sr_endpoint_decoder *decoder,
		       struct sr_range *ret_range)
{
	if (!decoder->region.known || decoder->region.value || !decoder->start.known ||
	    !decoder->size.known ||
	    sr_range_make_sized(decoder->start.value, decoder->size.value, ret_range) != 0)
		return false;
	return !sr_places_around(&linting->windows, *ret_range) &&
	       !has_low_memory_hole(linting, *ret_range);
}

static int compare_places(const void *a, const void *b)
{
	const struct sr_place *left = a, *right = b;
	int order = sr_range_compare(left->range, right->range);

	if (order)
		return order;
	return left->order < right->order ? -1 : left->order > right->order;
}

/* Not disjoint: the decoders of an interleave set have one range. */
static int list_outside(const struct sr_linting *linting, sr_place_list *list)
{
	const struct sr_endpoint_decoder *decoder;
	struct sr_range range;

	sr_for_each (decoder, &linting->snapshot->endpoint_decoders) {
		struct sr_place *place;

		if (!is_outside(linting, decoder, &range))
			continue;
		place = sr_place_add(list, range);
		if (!place)
			return -ENOMEM;
		place->endpoint = decoder;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_places);
	return 0;
}

static int add_finding(struct sr_linting *linting, const struct sr_place *place, size_t count)
{
	struct sr_lint_finding draft =
		sr_lint_draft(SR_CODE_DECODER_OUTSIDE_WINDOWS, &place->range);
	const struct sr_place *window = sr_places_in(&linting->windows, place->range);
	const char *memdev = place->endpoint->memdev.value;
	char more[SR_MORE_SIZE];

	draft.facts[0] = sr_lint_fact_of_place(linting, place);
	draft.facts[1] = window ? sr_lint_fact_of_place(linting, window)
				: sr_lint_fact_of_no_window(linting);
	return sr_lint_add(linting, &draft, "%s of %s%s decodes " SR_RANGE_FORMAT ", which %s",
			   place->endpoint->name, memdev ? memdev : "a memdev",
			   sr_lint_more(count, more), SR_RANGE_VALUES(place->range),
			   window ? "no CXL window contains whole, so no region can be made of it"
				  : "is in no CXL window, so no region can be made of it");
}

int sr_lint_decoders(struct sr_linting *linting)
{
	sr_auto_places sr_place_list outside = { 0 };
	size_t count;

	if (list_outside(linting, &outside))
		return -ENOMEM;
	for (size_t i = 0; i < outside.count; i += count) {
		const struct sr_place *first = &outside.items[i];

		for (count = 1; i + count < outside.count; count++) {
			if (!sr_range_equal(outside.items[i + count].range, first->range))
				break;
		}
		if (add_finding(linting, first, count))
			return -ENOMEM;
	}
	return 0;
}
