/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A second, slow prediction of what the four rules make of a made machine, in one world:
 * everything that the machine does not tell is decided (slow-worlds.h makes all worlds).
 *
 * hmem-only: drivers/dax/hmem/device.c of v6.1; window: hmem_register_device() of v6.3 to
 * v7.0; per-range: hmem_register_cxl_device() of v7.1; global: the series of v3 to v6.
 */
#pragma once

#include "slow-units.h"

struct slow_region {
	cell_mask mask;
	bool committed, ram, bound, accelerator;
};

/* What a machine leaves open, decided. */
struct slow_world {
	size_t region_count;
	struct slow_region regions[MOST_THINGS + 1];
	bool windows_everywhere; /* where neither /proc/iomem nor root decoders could be read */
	bool windows_widened;	 /* where /proc/iomem could not be read */
	bool other_memory;	 /* the same: next to Soft Reserved memory there is other */
};

struct slow_case {
	const struct made_rules *made;
	const struct slow_units *units;
	const struct slow_world *world;
	enum sr_rule rule;
	bool own; /* it is the rule of the kernel that was captured */
};

struct slow_forecast {
	cell_mask windows[MOST_THINGS];
	size_t window_count;
	enum sr_global_verdict global;
	cell_mask hmem;		   /* all of hmem's dax regions */
	cell_mask cxl;		   /* all of what regions hold */
	cell_mask accelerators;	   /* all of what committed regions of theirs have */
	cell_mask usable, unclear; /* in dax devices that can be bound, or may be */
	size_t asked_count; /* what hmem is asked for by this rule, and whether it takes it */
	struct slow_candidate asked[MOST_CANDIDATES];
	bool taken[MOST_CANDIDATES];
	bool makes_dax[MOST_THINGS + 1];
};

static inline bool is_old_rule(enum sr_rule rule)
{
	return rule == SR_RULE_HMEM_ONLY || rule == SR_RULE_WINDOW;
}

/*
 * The windows as that kernel would have them: as seen where it is the kernel that was
 * captured; else without what Soft Reserved nodes did to them, or with it.
 */
static inline void slow_windows_of(const struct slow_case *at, struct slow_forecast *forecast)
{
	const struct made_rules *made = at->made;
	struct cells windows[MOST_THINGS], ranges[3 * CELLS];
	bool seen = made->sight == MADE_ALL_READ && (at->own || !made->in_iomem);
	bool widen = made->sight == MADE_ALL_READ ? !at->own : at->world->windows_widened;
	size_t count = seen ? made->node_count : made->decoder_count;

	memcpy(windows, seen ? made->nodes : made->decoders, sizeof(windows));
	if (made->sight == MADE_CXL_HIDDEN_TOO) {
		count = at->world->windows_everywhere;
		windows[0] = (struct cells){ 0, CELLS - 1 };
	}
	for (size_t i = 0; i < at->units->report.count; i++)
		ranges[i] = at->units->report.rows[i].cells;
	if (is_old_rule(at->rule) && widen)
		count = widen_windows(windows, count, ranges, at->units->report.count);
	for (size_t i = 0; i < count; i++)
		forecast->windows[i] = mask_of(windows[i]);
	forecast->window_count = count;
}

static inline bool slow_touches(const struct slow_forecast *forecast, cell_mask mask)
{
	for (size_t i = 0; i < forecast->window_count; i++) {
		if (forecast->windows[i] & mask)
			return true;
	}
	return false;
}

/* region_contains_resource(): commit and range, nothing else. */
static inline bool slow_is_contained(const struct slow_world *world, cell_mask mask)
{
	for (size_t i = 0; i < world->region_count; i++) {
		if (world->regions[i].committed && !(mask & ~world->regions[i].mask))
			return true;
	}
	return false;
}

/* region_intersects() against the tree that this kernel keeps Soft Reserved ranges in. */
static inline bool slow_counts(const struct slow_case *at, const struct slow_candidate *candidate)
{
	cell_mask rest = candidate->mask & ~at->units->soft_reserved;
	const struct machine *machine = &at->made->machine;

	if (!(candidate->mask & at->units->soft_reserved))
		return false;
	/* v7.0 has the rule of those before it, and a tree with nothing else in it. */
	if (!is_old_rule(at->rule) || (at->own && !at->made->in_iomem))
		return true;
	if (at->made->sight != MADE_ALL_READ)
		return !(rest && at->world->other_memory);
	for (size_t i = 0; i < machine->node_count; i++) {
		if (mask_of(machine->nodes[i].cells) & rest)
			return false;
	}
	return true;
}

static inline bool slow_is_aligned(const struct grid *grid, struct cells cells)
{
	struct sr_range range = range_of(grid, cells);

	return range.start % DAX_ALIGNMENT == 0 && (range.end + 1) % DAX_ALIGNMENT == 0;
}

static inline bool slow_has_dax_regions(const struct machine *machine, enum sr_dax_holder holder)
{
	for (size_t i = 0; i < machine->dax_region_count; i++) {
		if (machine->dax_regions[i].holder == holder)
			return true;
	}
	return false;
}

/* Modules come with devices for them: without any, one that is not loaded may come yet. */
static inline bool slow_is_away_here(const struct machine *machine, enum made_module_id id,
				     const struct made_module *module)
{
	if (module->state == SR_MODULE_NOT_LOADED)
		return module->blocked || module->blacklisted ||
		       slow_has_dax_regions(machine, id == MADE_DAX_CXL ? SR_DAX_HOLDER_CXL
									: SR_DAX_HOLDER_HMEM);
	return module->state == SR_MODULE_MISSING;
}

static inline bool slow_is_away(const struct slow_case *at, enum made_module_id id)
{
	const struct made_module *module = &at->made->modules[id];

	if (!module->listed)
		return false;
	if (at->own)
		return slow_is_away_here(&at->made->machine, id, module);
	/* Up to v7.0 nothing asks for it by name, so keeping it from autoload is enough. */
	if (id == MADE_DAX_HMEM && is_old_rule(at->rule) && module->blacklisted)
		return true;
	return module->blocked;
}

static inline enum sr_global_verdict slow_verdict(const struct slow_case *at,
						  const struct slow_forecast *forecast)
{
	enum sr_global_verdict verdict = SR_GLOBAL_NONE;

	for (size_t i = 0; i < at->units->candidate_count; i++) {
		const struct slow_candidate *candidate = &at->units->candidates[i];

		if (!slow_counts(at, candidate) || !slow_touches(forecast, candidate->mask))
			continue;
		if (!slow_is_contained(at->world, candidate->mask))
			return SR_GLOBAL_REGISTER;
		verdict = SR_GLOBAL_DROP;
	}
	return verdict;
}

static inline bool slow_goes_to_hmem(const struct slow_case *at,
				     const struct slow_forecast *forecast, cell_mask mask)
{
	bool touches = slow_touches(forecast, mask);

	switch (at->rule) {
	case SR_RULE_HMEM_ONLY:
		return true;
	case SR_RULE_WINDOW:
		return !touches;
	case SR_RULE_GLOBAL:
		if (forecast->global == SR_GLOBAL_REGISTER)
			return true;
		/* fallthrough */
	default:
		return !touches || !slow_is_contained(at->world, mask);
	}
}

/* hmem_register_device() of v6.1 asks whether a range is Soft Reserved before it lists it. */
static inline bool slow_is_listed(const struct slow_case *at,
				  const struct slow_candidate *candidate)
{
	return candidate->srat && (at->rule != SR_RULE_HMEM_ONLY || slow_counts(at, candidate));
}

static inline void slow_ask_for(const struct slow_case *at, struct slow_forecast *forecast)
{
	cell_mask listed = 0;

	for (size_t i = 0; i < at->units->candidate_count; i++) {
		if (slow_is_listed(at, &at->units->candidates[i])) {
			forecast->asked[forecast->asked_count++] = at->units->candidates[i];
			listed |= at->units->candidates[i].mask;
		}
	}
	for (size_t i = 0; i < at->units->report.count; i++) {
		const struct slow_row *row = &at->units->report.rows[i];

		if (!(row->mask & listed))
			forecast->asked[forecast->asked_count++] = (struct slow_candidate){
				.cells = row->cells,
				.mask = row->mask,
			};
	}
}

static inline void slow_hmem(const struct slow_case *at, struct slow_forecast *forecast)
{
	slow_ask_for(at, forecast);
	if (at->made->hmem_option || at->made->hmem_parameter || slow_is_away(at, MADE_DAX_HMEM))
		return;
	for (size_t i = 0; i < forecast->asked_count; i++) {
		const struct slow_candidate *candidate = &forecast->asked[i];

		forecast->taken[i] = slow_counts(at, candidate) &&
				     slow_is_aligned(&at->made->machine.grid, candidate->cells) &&
				     slow_goes_to_hmem(at, forecast, candidate->mask);
		if (forecast->taken[i])
			forecast->hmem |= candidate->mask;
	}
}

static inline void slow_cxl(const struct slow_case *at, struct slow_forecast *forecast)
{
	bool dax_cxl = !slow_is_away(at, MADE_DAX_CXL) &&
		       (is_old_rule(at->rule) || !slow_is_away(at, MADE_DAX_HMEM));

	if (at->rule == SR_RULE_HMEM_ONLY || forecast->global == SR_GLOBAL_REGISTER)
		return;
	for (size_t i = 0; i < at->world->region_count; i++) {
		const struct slow_region *region = &at->world->regions[i];

		if (region->committed && region->accelerator)
			forecast->accelerators |= region->mask;
		if (!region->committed || region->accelerator || (region->mask & forecast->hmem))
			continue;
		forecast->makes_dax[i] = dax_cxl && region->ram && region->bound;
		if (forecast->makes_dax[i])
			forecast->cxl |= region->mask;
	}
}

static inline enum sr_owner slow_owner_of(const struct slow_forecast *forecast, cell_mask mask)
{
	bool hmem = mask & forecast->hmem, cxl = mask & forecast->cxl;

	if (hmem && cxl)
		return SR_OWNER_MIXED;
	/* An accelerator's driver has its region, whatever hmem has besides. */
	cxl |= (mask & forecast->accelerators) != 0;
	return hmem ? SR_OWNER_HMEM : cxl ? SR_OWNER_CXL : SR_OWNER_NONE;
}
