// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * cxl_acpi makes a root decoder of each CFMWS (cxl_parse_cfmws(), drivers/cxl/acpi.c):
 * each should have its own, with the same range.
 */
#include <errno.h>

#include "lint/linting.h"

#define CEDT_PATH    "/sys/firmware/acpi/tables/CEDT"
#define DEVICES_PATH "/sys/bus/cxl/devices"

static int add_window(struct sr_linting *linting, const struct sr_place *window,
		      const struct sr_place *root)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_WINDOW_NOT_DESCRIBED, &window->range);

	draft.facts[0] = sr_lint_fact_of_place(linting, window);
	if (root) {
		draft.facts[1] = sr_lint_fact_of_place(linting, root);
		return sr_lint_add(linting, &draft,
				   "the CFMWS " SR_RANGE_FORMAT
				   " and the root decoder %s, " SR_RANGE_FORMAT ", differ",
				   SR_RANGE_VALUES(window->range), root->root->name,
				   SR_RANGE_VALUES(root->range));
	}
	draft.facts[1] = sr_lint_fact(linting, DEVICES_PATH, "no root decoder there");
	return sr_lint_add(linting, &draft,
			   "the CFMWS " SR_RANGE_FORMAT
			   " has no root decoder: cxl_acpi refused it, "
			   "and the kernel log says why",
			   SR_RANGE_VALUES(window->range));
}

static int add_root(struct sr_linting *linting, const struct sr_place *root)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_WINDOW_NOT_DESCRIBED, &root->range);

	draft.facts[0] = sr_lint_fact_of_place(linting, root);
	draft.facts[1] = sr_lint_fact(linting, CEDT_PATH, "no CFMWS there");
	return sr_lint_add(linting, &draft,
			   "the root decoder %s, " SR_RANGE_FORMAT ", has no CFMWS in the CEDT",
			   root->root->name, SR_RANGE_VALUES(root->range));
}

static int list_both(const struct sr_snapshot *snapshot, sr_place_list *windows,
		     sr_place_list *roots)
{
	const struct sr_fixed_window *window;
	const struct sr_root_decoder *root;
	struct sr_range range;

	sr_for_each (window, &snapshot->acpi.windows) {
		struct sr_place *place = sr_place_add(windows, window->range);

		if (!place)
			return -ENOMEM;
		place->fixed = window;
	}
	sr_for_each (root, &snapshot->root_decoders) {
		struct sr_place *place;

		if (!sr_root_decoder_range(root, &range))
			continue;
		place = sr_place_add(roots, range);
		if (!place)
			return -ENOMEM;
		place->root = root;
	}
	sr_places_settle(windows);
	sr_places_settle(roots);
	return 0;
}

static bool is_bound(const struct sr_snapshot *snapshot)
{
	const struct sr_platform_device *root;

	sr_for_each (root, &snapshot->cxl_roots) {
		if (root->driver.value)
			return true;
	}
	return false;
}

int sr_lint_described(struct sr_linting *linting)
{
	sr_auto_places sr_place_list windows = { 0 };
	sr_auto_places sr_place_list roots = { 0 };
	const struct sr_place *place;

	if (!is_bound(linting->snapshot))
		return 0;
	if (list_both(linting->snapshot, &windows, &roots))
		return -ENOMEM;
	sr_for_each (place, &windows) {
		const struct sr_place *root = sr_places_in(&roots, place->range);

		if ((!root || !sr_range_equal(root->range, place->range)) &&
		    add_window(linting, place, root))
			return -ENOMEM;
	}
	sr_for_each (place, &roots) {
		if (!sr_places_in(&windows, place->range) && add_root(linting, place))
			return -ENOMEM;
	}
	return 0;
}
