// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Memory of accelerators (CXL type 2). The kernel's rules do not look at the type, so
 * hmem takes what no region contains, and kmem may bring device memory online; a
 * firmware that wants none of this marks the memory Reserved, and then it is not
 * here at all (the thread on v5 of "dax/hmem: coordinate Soft Reserved handling").
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/name-set.h"
#include "base/range-list.h"
#include "judgement/stages.h"

/* PCI class of a memory expander (CXL 3.1, 8.1.12.1). */
#define CLASS_MEMORY_EXPANDER 0x050210

struct judging {
	struct sr_report *report;
	sr_name_set memdevs;
	sr_range_list memory; /* set */
};

static void judging_done(struct judging *judging)
{
	sr_name_set_free(&judging->memdevs);
	sr_range_list_free(&judging->memory);
}

/* Its own driver, not cxl_pci, has it; the class alone is no proof. */
static bool is_accelerator(const struct sr_memdev *memdev)
{
	return memdev->host_class.known && memdev->host_class.value != CLASS_MEMORY_EXPANDER &&
	       memdev->host_driver.value && strcmp(memdev->host_driver.value, "cxl_pci") != 0;
}

static int list_memdevs(struct judging *judging)
{
	const struct sr_memdev *memdev;

	sr_for_each (memdev, &judging->report->snapshot->memdevs) {
		if (is_accelerator(memdev) && sr_name_set_add(&judging->memdevs, memdev->name))
			return -ENOMEM;
	}
	sr_name_set_sort(&judging->memdevs);
	return 0;
}

static bool decodes_accelerator(const struct judging *judging,
				const struct sr_endpoint_decoder *decoder)
{
	if (decoder->target_type.value && strcmp(decoder->target_type.value, "accelerator") == 0)
		return true;
	return sr_name_set_has(&judging->memdevs, decoder->memdev.value);
}

static int list_regions(struct judging *judging)
{
	struct sr_report *report = judging->report;
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &report->snapshot->endpoint_decoders) {
		if (decodes_accelerator(judging, decoder) &&
		    sr_name_set_add(&report->accelerator_regions, decoder->region.value))
			return -ENOMEM;
	}
	sr_name_set_sort(&report->accelerator_regions);
	return 0;
}

bool sr_region_is_accelerators(const struct sr_report *report, const struct sr_region *region)
{
	return sr_name_set_has(&report->accelerator_regions, region->name);
}

/* The addresses of a decoder in no region mean something only within a window. */
static bool in_window(const struct sr_report *report, struct sr_range range)
{
	const struct sr_window *window;

	sr_for_each (window, &report->windows) {
		if (window->has_range && sr_range_contains(window->range, range))
			return true;
	}
	return false;
}

static int note_reserved(struct sr_report *report, const struct sr_endpoint_decoder *decoder,
			 struct sr_range range)
{
	const struct sr_memory_map_entry *entry;

	sr_for_each (entry, &report->snapshot->memory_map) {
		if (sr_range_contains(entry->range, range) &&
		    (strcmp(entry->type, "Reserved") == 0 ||
		     strcmp(entry->type, "device reserved") == 0 ||
		     strcmp(entry->type, "reserved") == 0))
			return sr_add_finding(report, SR_CODE_ACCELERATOR,
					      SR_RANGE_FORMAT
					      ", memory of an accelerator (%s), is Reserved in "
					      "the map: firmware keeps it for its driver alone",
					      SR_RANGE_VALUES(range), decoder->name);
	}
	return 0;
}

static int list_decoder(struct judging *judging, const struct sr_endpoint_decoder *decoder)
{
	struct sr_range range;

	if (!decoder->start.known || !decoder->size.known ||
	    sr_range_make_sized(decoder->start.value, decoder->size.value, &range) ||
	    !in_window(judging->report, range))
		return 0;
	if (sr_range_list_add(&judging->memory, range))
		return -ENOMEM;
	return note_reserved(judging->report, decoder, range);
}

/* A window whose memory can be nothing else. */
static bool is_for_accelerators(const struct sr_root_decoder *decoder)
{
	return decoder->capable_type2 == SR_YES && decoder->capable_type3 == SR_NO;
}

static int list_memory(struct judging *judging)
{
	const struct sr_snapshot *snapshot = judging->report->snapshot;
	const struct sr_endpoint_decoder *decoder;
	const struct sr_region *region;
	const struct sr_root_decoder *window;
	struct sr_range range;

	sr_for_each (decoder, &snapshot->endpoint_decoders) {
		if (decodes_accelerator(judging, decoder) && list_decoder(judging, decoder))
			return -ENOMEM;
	}
	sr_for_each (region, &snapshot->regions) {
		if (sr_region_range(region, &range) &&
		    sr_region_is_accelerators(judging->report, region) &&
		    sr_range_list_add(&judging->memory, range))
			return -ENOMEM;
	}
	sr_for_each (window, &snapshot->root_decoders) {
		if (is_for_accelerators(window) && sr_root_decoder_range(window, &range) &&
		    sr_range_list_add(&judging->memory, range))
			return -ENOMEM;
	}
	sr_range_list_join(&judging->memory);
	return 0;
}

static void remove_why(struct sr_range_report *unit, enum sr_code code)
{
	size_t kept = 0;

	for (size_t i = 0; i < unit->why.count; i++) {
		if (unit->why.items[i] != code)
			unit->why.items[kept++] = unit->why.items[i];
	}
	unit->why.count = kept;
}

/*
 * A region of an accelerator makes no dax region: its driver uses the memory itself
 * (cxl_memdev_attach_region() since v7.2). So nothing is lost.
 */
static void leave_to_driver(struct sr_range_report *unit)
{
	static const enum sr_code codes[] = { SR_CODE_NO_OWNER, SR_CODE_NO_DAX_REGION,
					      SR_CODE_REGION_NO_DRIVER };

	unit->owner = SR_OWNER_CXL;
	unit->lost = sr_u64_of(0);
	unit->state = SR_STATE_OK;
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		remove_why(unit, codes[i]);
}

static int judge_unit(struct judging *judging, struct sr_range_report *unit)
{
	bool of_region = unit->region && sr_region_is_accelerators(judging->report, unit->region);

	if (!of_region && !sr_range_list_overlaps(&judging->memory, unit->range))
		return 0;
	unit->accelerator = SR_YES;
	if (of_region && unit->owner == SR_OWNER_NONE)
		leave_to_driver(unit);
	if (sr_add_why(unit, SR_CODE_ACCELERATOR))
		return -ENOMEM;
	if (unit->owner != SR_OWNER_HMEM && unit->owner != SR_OWNER_MIXED &&
	    (!unit->online.known || !unit->online.value))
		return 0;
	return sr_add_why(unit, SR_CODE_ACCELERATOR_TAKEN);
}

int sr_judge_accelerators(struct sr_report *report)
{
	__attribute__((cleanup(judging_done))) struct judging judging = { .report = report };
	struct sr_range_report *unit;

	if (list_memdevs(&judging) || list_regions(&judging) || list_memory(&judging))
		return -ENOMEM;
	sr_for_each (unit, &report->units) {
		unit->accelerator = SR_NO;
		if (judging.memory.count && judge_unit(&judging, unit))
			return -ENOMEM;
	}
	return 0;
}
