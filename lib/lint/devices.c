// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What memory endpoint decoders decode, and whether for an expander or an accelerator.
 * A decoder's own addresses may be normalized ones (drivers/cxl/core/atl.c), so where it
 * has a region that one's range counts.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lint/linting.h"

#define CLASS_EXPANDER 0x050210 /* CXL 3.1, 8.1.12.1 */

/* Regions and memdevs by name: many decoders ask for them. */
struct names {
	SR_LIST(const struct sr_region *) regions;
	SR_LIST(const struct sr_memdev *) memdevs;
};

static void names_free(struct names *names)
{
	sr_list_free(&names->regions);
	sr_list_free(&names->memdevs);
}

static int compare_regions(const void *a, const void *b)
{
	return strcmp((*(const struct sr_region *const *)a)->name,
		      (*(const struct sr_region *const *)b)->name);
}

static int compare_memdevs(const void *a, const void *b)
{
	return strcmp((*(const struct sr_memdev *const *)a)->name,
		      (*(const struct sr_memdev *const *)b)->name);
}

static int list_names(const struct sr_snapshot *snapshot, struct names *names)
{
	const struct sr_region *region;
	const struct sr_memdev *memdev;

	sr_for_each (region, &snapshot->regions) {
		const struct sr_region **item = sr_list_add(&names->regions);

		if (!item)
			return -ENOMEM;
		*item = region;
	}
	sr_for_each (memdev, &snapshot->memdevs) {
		const struct sr_memdev **item = sr_list_add(&names->memdevs);

		if (!item)
			return -ENOMEM;
		*item = memdev;
	}
	if (names->regions.count)
		qsort(names->regions.items, names->regions.count, sizeof(*names->regions.items),
		      compare_regions);
	if (names->memdevs.count)
		qsort(names->memdevs.items, names->memdevs.count, sizeof(*names->memdevs.items),
		      compare_memdevs);
	return 0;
}

static const struct sr_region *find_region(const struct names *names, const char *name)
{
	const struct sr_region key = { .name = name }, *wanted = &key;
	const struct sr_region **found = NULL;

	if (name && names->regions.count)
		found = bsearch(&wanted, names->regions.items, names->regions.count,
				sizeof(*names->regions.items), compare_regions);
	return found ? *found : NULL;
}

static const struct sr_memdev *find_memdev(const struct names *names, const char *name)
{
	const struct sr_memdev key = { .name = name }, *wanted = &key;
	const struct sr_memdev **found = NULL;

	if (name && names->memdevs.count)
		found = bsearch(&wanted, names->memdevs.items, names->memdevs.count,
				sizeof(*names->memdevs.items), compare_memdevs);
	return found ? *found : NULL;
}

/* cxl_pci binds to memory expanders only; cxl_test has a driver in its place. */
static bool is_accelerator_device(const struct sr_memdev *memdev)
{
	const char *driver = memdev->host_driver.value;

	if (memdev->host_class.known)
		return memdev->host_class.value != CLASS_EXPANDER;
	return driver && strcmp(driver, "cxl_pci") != 0 && strcmp(driver, "cxl_mock_mem") != 0;
}

static bool is_accelerator(const struct names *names, const struct sr_endpoint_decoder *decoder)
{
	const struct sr_memdev *memdev = find_memdev(names, decoder->memdev.value);
	const char *type = decoder->target_type.value;

	return (type && strcmp(type, "accelerator") == 0) ||
	       (memdev && is_accelerator_device(memdev));
}

/* False: it decodes nothing, or it is not known where. */
static bool find_range(const struct sr_linting *linting, const struct names *names,
		       const struct sr_endpoint_decoder *decoder, struct sr_range *ret_range)
{
	const struct sr_region *region = find_region(names, decoder->region.value);
	struct sr_range range;

	if (!decoder->size.known || !decoder->size.value || !decoder->region.known)
		return false;
	if (decoder->region.value)
		return region && sr_region_range(region, ret_range);
	if (!decoder->start.known ||
	    sr_range_make_sized(decoder->start.value, decoder->size.value, &range) != 0 ||
	    !sr_places_around(&linting->windows, range))
		return false;
	*ret_range = range;
	return true;
}

static int list_decoders(struct sr_linting *linting, const struct names *names)
{
	const struct sr_endpoint_decoder *decoder;
	struct sr_range range;

	sr_for_each (decoder, &linting->snapshot->endpoint_decoders) {
		struct sr_place *place;

		if (!find_range(linting, names, decoder, &range))
			continue;
		place = sr_place_add(is_accelerator(names, decoder) ? &linting->accelerators
								    : &linting->expanders,
				     range);
		if (!place)
			return -ENOMEM;
		place->endpoint = decoder;
	}
	return 0;
}

/* By its PCI functions too: an accelerator may have no driver, and so no memdev. */
static bool has_accelerator(const struct sr_snapshot *snapshot)
{
	const struct sr_pci_function *function;
	const struct sr_memdev *memdev;

	sr_for_each (memdev, &snapshot->memdevs) {
		if (is_accelerator_device(memdev))
			return true;
	}
	sr_for_each (function, &snapshot->enumeration.functions) {
		if (function->class_code != CLASS_EXPANDER)
			return true;
	}
	return false;
}

int sr_lint_look_at_devices(struct sr_linting *linting)
{
	__attribute__((cleanup(names_free))) struct names names = { 0 };

	if (list_names(linting->snapshot, &names) || list_decoders(linting, &names))
		return -ENOMEM;
	sr_places_settle(&linting->expanders);
	sr_places_settle(&linting->accelerators);
	linting->has_accelerator = linting->accelerators.count ||
				   has_accelerator(linting->snapshot);
	return 0;
}
