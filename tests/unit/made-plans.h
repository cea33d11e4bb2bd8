/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Made machines to plan for: windows, regions and Soft Reserved ranges on a grid, with what a
 * kernel and its drivers could have made of them, or an administrator since.
 */
#pragma once

#include "grid.h"
#include "judgement/claim.h"
#include "planned.h"

#define PLAN_CELLS 24

struct made_plan {
	struct sr_snapshot *snapshot;
	uint64_t *state;
	uint64_t cell;
	bool per_range;
	bool plain;	  /* nothing odd: locked regions, each with one range */
	unsigned int ids; /* of regions and hmem devices */
	sr_range_list units;
};

/* Never on a plain machine. */
static inline bool one_in(struct made_plan *made, unsigned int count)
{
	return pick(made->state, count) == 0 && !made->plain;
}

static inline struct sr_range cells_at(const struct made_plan *made, unsigned int first,
				       unsigned int count)
{
	uint64_t start = window.start + first * made->cell;

	return span(start, start + count * made->cell - 1);
}

static inline bool plan_is_claimable(const struct sr_snapshot *snapshot, struct sr_range range)
{
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_iomem_node *node;
	struct sr_range trimmed;

	if (sr_claims_new(snapshot->iomem.items, snapshot->iomem.count, &claims))
		abort();
	return sr_claim_trim(range, snapshot->memory_block_size, &trimmed) &&
	       sr_claim_check(claims, trimmed, &node) == SR_CLAIM_POSSIBLE;
}

/* A device over the dax region made last, and perhaps kmem or device_dax with it. */
static inline void make_device(struct made_plan *made)
{
	struct sr_snapshot *snapshot = made->snapshot;
	struct sr_dax_device *device = plan_device(snapshot, NULL);
	struct sr_range range = device->ranges.items[0], trimmed;
	unsigned int choice = pick(made->state, 6);

	if (choice == 0 || !plan_is_claimable(snapshot, range))
		return;
	device->driver = sr_text_of(choice == 1 ? "device_dax" : "kmem");
	if (choice == 1) {
		build_iomem(snapshot, range, SR_IOMEM_DAX_DEVICE, device->name);
		return;
	}
	sr_claim_trim(range, snapshot->memory_block_size, &trimmed);
	build_iomem(snapshot, trimmed, SR_IOMEM_DAX_DEVICE, device->name);
	build_iomem(snapshot, trimmed, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	build_blocks(snapshot, trimmed, choice == 2 ? SR_BLOCK_OFFLINE : SR_BLOCK_ONLINE);
	/* kmem was unbound while it was online. */
	if (one_in(made, 24))
		device->driver = sr_text_of(NULL);
}

static inline void make_plan_regions(struct made_plan *made)
{
	bool locked = made->plain || (made->per_range && one_in(made, 2));
	unsigned int at = pick(made->state, 3);

	while (at < PLAN_CELLS - 4) {
		unsigned int count = 1 + pick(made->state, 6);
		enum sr_truth lock = !made->per_range	? SR_UNKNOWN
				     : one_in(made, 12) ? SR_NO
				     : locked		? SR_YES
							: SR_NO;
		struct sr_region *region =
			plan_region(made->snapshot, cells_at(made, at, count), lock);

		if (one_in(made, 8)) {
			region->committed = SR_NO;
			region->driver = sr_text_of(NULL);
		}
		if (one_in(made, 14))
			region->mode = sr_text_of("pmem");
		if (one_in(made, 8))
			region->driver = sr_text_of(NULL);
		if (one_in(made, 20))
			made->snapshot->endpoint_decoders
				.items[made->snapshot->endpoint_decoders.count - 1]
				.target_type = sr_text_of("accelerator");
		at += count + (one_in(made, 2) ? 0 : pick(made->state, 4));
		if (one_in(made, 3))
			break;
	}
	made->ids = (unsigned int)made->snapshot->regions.count;
}

/* Ranges that regions have, some that two of them have, and some that none has. */
static inline void make_plan_units(struct made_plan *made)
{
	const struct sr_region *each;
	unsigned int at = made->plain ? PLAN_CELLS : 0;

	sr_for_each (each, &made->snapshot->regions) {
		struct sr_range range;

		if (!made->plain || !sr_region_range(each, &range))
			break;
		plan_soft_reserved(made->snapshot, range, made->per_range);
		*build_add(&made->units) = range;
	}
	while (at < PLAN_CELLS) {
		unsigned int count = 1 + pick(made->state, 7);
		struct sr_range range = cells_at(made, at, count);
		const struct sr_region *region;
		struct sr_range other;

		sr_for_each (region, &made->snapshot->regions) {
			if (!sr_region_range(region, &other) || !sr_range_overlaps(other, range) ||
			    one_in(made, 4))
				continue;
			range = other;
			count = 1 + (unsigned int)((range.end - window.start) / made->cell) - at;
			break;
		}
		if (range.start >= window.start + at * made->cell && !one_in(made, 4)) {
			plan_soft_reserved(made->snapshot, range, made->per_range);
			*build_add(&made->units) = range;
		}
		at += count + pick(made->state, 2);
	}
	if (one_in(made, 4)) {
		struct sr_range outside = span(0x2000000000, 0x200fffffff);

		plan_soft_reserved(made->snapshot, outside, made->per_range);
		*build_add(&made->units) = outside;
	}
}

static inline bool is_contained_in_region(const struct made_plan *made, struct sr_range unit)
{
	const struct sr_region *region;
	struct sr_range range;

	sr_for_each (region, &made->snapshot->regions) {
		if (region->committed == SR_YES && sr_region_range(region, &range) &&
		    sr_range_contains(range, unit))
			return true;
	}
	return false;
}

static inline void make_hmem(struct made_plan *made)
{
	const struct sr_range *unit;

	sr_for_each (unit, &made->units) {
		bool by_rule = !sr_range_overlaps(*unit, window) ||
			       (made->per_range && !is_contained_in_region(made, *unit));

		if (by_rule == one_in(made, 6))
			continue;
		plan_dax_region(made->snapshot, HMEM, made->ids++, *unit, true);
		if (!one_in(made, 16))
			make_device(made);
	}
}

static inline bool is_hmems(const struct made_plan *made, struct sr_range range)
{
	const struct sr_dax_region *dax_region;
	struct sr_range other;

	sr_for_each (dax_region, &made->snapshot->dax_regions) {
		if (dax_region->holder == HMEM && sr_dax_region_range(dax_region, &other) &&
		    sr_range_overlaps(other, range))
			return true;
	}
	return false;
}

static inline void make_cxl(struct made_plan *made)
{
	for (unsigned int i = 0; i < made->snapshot->regions.count; i++) {
		const struct sr_region *region = &made->snapshot->regions.items[i];
		struct sr_range range;
		bool held, driver;

		if (!region->driver.value || region->committed != SR_YES ||
		    strcmp(region->mode.value, "ram") != 0 || !sr_region_range(region, &range) ||
		    one_in(made, 10))
			continue;
		held = is_hmems(made, range);
		driver = !(held && made->per_range) && !one_in(made, 6);
		plan_dax_region(made->snapshot, CXL, i, range, driver);
		if (driver && !one_in(made, 24))
			make_device(made);
	}
}

/* A module that drives something is loaded. */
static inline bool is_at_work(const struct made_plan *made, const char *module)
{
	const struct sr_dax_device *device;
	const struct sr_dax_region *dax_region;

	sr_for_each (device, &made->snapshot->dax_devices) {
		if (device->driver.value && strcmp(device->driver.value, module) == 0)
			return true;
	}
	sr_for_each (dax_region, &made->snapshot->dax_regions) {
		if (dax_region->driver.value &&
		    strcmp(dax_region->holder == HMEM ? "dax_hmem" : "dax_cxl", module) == 0)
			return true;
	}
	return false;
}

static inline void make_state(struct made_plan *made)
{
	static const char *const modules[] = { "kmem", "dax_cxl", "dax_hmem", "cxl_pci" };
	struct sr_module *module = module_named(made->snapshot, modules[pick(made->state, 4)]);

	if (one_in(made, 4))
		made->snapshot->auto_online = sr_text_of("offline");
	if (one_in(made, 24))
		made->snapshot->auto_online.known = false;
	if (one_in(made, 24))
		made->snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	if (!one_in(made, 5) || is_at_work(made, module->name))
		return;
	module->state = one_in(made, 6) ? SR_MODULE_BUILT_IN : SR_MODULE_NOT_LOADED;
	module->blacklisted = module->state == SR_MODULE_NOT_LOADED && one_in(made, 3);
}

/* One thing that is not known. */
static inline void make_unknown(struct made_plan *made)
{
	struct sr_snapshot *snapshot = made->snapshot;

	switch (pick(made->state, 5)) {
	case 0:
		build_source(snapshot, pick(made->state, SR_SOURCE_COUNT), SR_SOURCE_PARTIAL);
		break;
	case 1:
		if (snapshot->dax_devices.count)
			snapshot->dax_devices.items[0].driver.known = false;
		break;
	case 2:
		if (snapshot->regions.count)
			snapshot->regions.items[0].committed = SR_UNKNOWN;
		break;
	case 3:
		if (snapshot->memory_blocks.count)
			snapshot->memory_blocks.items[0].state = SR_BLOCK_UNKNOWN;
		break;
	default:
		if (snapshot->dax_regions.count)
			snapshot->dax_regions.items[0].driver.known = false;
	}
}

/* To be freed. */
static inline struct sr_snapshot *made_plan_snapshot(uint64_t *state)
{
	static const uint64_t cells[] = { BLOCK_SIZE, BLOCK_SIZE, BLOCK_SIZE / 2, 2 * BLOCK_SIZE,
					  0x100000 };
	struct made_plan made = { .state = state, .cell = cells[pick(state, 5)] };

	made.per_range = pick(state, 2);
	made.plain = made.per_range && made.cell >= BLOCK_SIZE / 2 && pick(state, 4) == 0;
	made.snapshot = plan_machine(made.per_range);
	make_plan_regions(&made);
	make_plan_units(&made);
	make_hmem(&made);
	make_cxl(&made);
	make_state(&made);
	if (!made.plain && pick(state, 10) == 0)
		make_unknown(&made);
	sr_list_free(&made.units);
	return made.snapshot;
}
