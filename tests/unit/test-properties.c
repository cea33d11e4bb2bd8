// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges, sets, sweeps and claims against masks of cells (grid.h): a million made
 * cases. CXL_SR_SEED=... in the environment begins with the case that failed.
 */
#include "base/sweep.h"
#include "build.h"
#include "grid.h"
#include "judgement/claim.h"
#include "tap.h"

#define MOST 12

struct made {
	struct grid grid;
	size_t count;
	struct cells cells[MOST];
	cell_mask masks[MOST];
	struct sr_range ranges[MOST];
	cell_mask all;
};

static struct made make(uint64_t *state, unsigned int most)
{
	struct made made = { .grid = random_grid(state), .count = pick(state, most + 1) };

	for (size_t i = 0; i < made.count; i++) {
		made.cells[i] = random_cells(state);
		made.masks[i] = mask_of(made.cells[i]);
		made.ranges[i] = range_of(&made.grid, made.cells[i]);
		made.all |= made.masks[i];
	}
	return made;
}

static bool is_join_right(uint64_t *state)
{
	struct made made = make(state, MOST);
	struct cells runs[CELLS];
	size_t count = runs_of(made.all, runs);

	if (sr_range_join(made.ranges, made.count) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!sr_range_equal(made.ranges[i], range_of(&made.grid, runs[i])))
			return false;
	}
	return true;
}

static bool is_set_right(uint64_t *state)
{
	sr_auto_range_list sr_range_list set = { 0 };
	struct made made = make(state, MOST);
	bool right = true;

	for (size_t i = 0; i < made.count; i++)
		right &= sr_range_list_add(&set, made.ranges[i]) == 0;
	sr_range_list_join(&set);
	for (int i = 0; i < 4; i++) {
		struct cells query = random_cells(state);
		struct sr_range range = range_of(&made.grid, query);
		cell_mask common = made.all & mask_of(query);

		right &= sr_range_list_overlaps(&set, range) == (common != 0);
		right &= sr_range_list_bytes_in(&set, range) == cell_count(common) * made.grid.unit;
	}
	return right;
}

/* How many ranges of @made overlap @query, all of which must be active, by start. */
static bool is_sweep_at(const struct made *made, const struct sr_sweep *sweep, cell_mask query,
			bool exactly)
{
	size_t overlapping = 0, active = 0;

	for (size_t i = 0; i < made->count; i++)
		overlapping += (made->masks[i] & query) != 0;
	for (size_t i = 0; i < sweep->active.count; i++) {
		size_t index = sweep->active.items[i];

		if (index >= made->count)
			return false;
		active += (made->masks[index] & query) != 0;
		if (i && sr_range_compare(made->ranges[sweep->active.items[i - 1]],
					  made->ranges[index]) > 0)
			return false;
		for (size_t j = 0; j < i; j++) {
			if (sweep->active.items[j] == index)
				return false;
		}
	}
	return active == overlapping && (!exactly || sweep->active.count == active);
}

/* Queries that do not overlap find just what they overlap; others may find more. */
static bool is_sweep_right(uint64_t *state)
{
	sr_auto_sweep struct sr_sweep sweep = { 0 };
	struct made made = make(state, MOST);
	bool disjoint = pick(state, 2), right = true;
	unsigned int at = pick(state, 4);

	if (sr_sweep_start(&sweep, made.ranges, made.count) != 0)
		return false;
	while (at < CELLS && right) {
		struct cells query = { at, at + pick(state, CELLS - at) };

		right = sr_sweep_to(&sweep, range_of(&made.grid, query)) == 0 &&
			is_sweep_at(&made, &sweep, mask_of(query), disjoint);
		at = (disjoint ? query.last + 1 : at) + pick(state, 3);
		if (!disjoint && pick(state, 4) == 0)
			break;
	}
	return right;
}

static const enum sr_iomem_kind kinds[] = {
	SR_IOMEM_CXL_WINDOW, SR_IOMEM_REGION,	  SR_IOMEM_OTHER,
	SR_IOMEM_SYSTEM_RAM, SR_IOMEM_DAX_DEVICE,
};

static bool is_taken(enum sr_iomem_kind kind)
{
	return kind == SR_IOMEM_SYSTEM_RAM || kind == SR_IOMEM_DAX_DEVICE;
}

/* Every node that overlaps must contain, and of those that do none may be claimed. */
static enum sr_claim slow_claim(const struct made *made, const struct sr_snapshot *snapshot,
				cell_mask query)
{
	const struct sr_iomem_node *node;
	enum sr_claim claim = SR_CLAIM_POSSIBLE;

	sr_for_each (node, &snapshot->iomem) {
		cell_mask mask = mask_of(cells_of(&made->grid, node->range));

		if (!(mask & query))
			continue;
		if (query & ~mask)
			return SR_CLAIM_NARROWER_NODE;
		if (is_taken(node->kind))
			claim = SR_CLAIM_TAKEN;
	}
	return claim;
}

/* The node that is named is one that is in the way. */
static bool is_blocker(const struct made *made, const struct sr_iomem_node *node,
		       enum sr_claim claim, cell_mask query)
{
	cell_mask mask;

	if (!node)
		return false;
	mask = mask_of(cells_of(&made->grid, node->range));
	return (mask & query) && (claim == SR_CLAIM_TAKEN ? is_taken(node->kind) : query & ~mask);
}

static bool is_claim_right(uint64_t *state)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_claims struct sr_claims *claims = NULL;
	struct made made = make(state, 6);
	bool right = true;

	for (size_t i = 0; i < made.count; i++)
		build_iomem(snapshot, made.ranges[i], kinds[pick(state, pick(state, 2) ? 3 : 5)],
			    "node");
	if (sr_claims_new(snapshot->iomem.items, snapshot->iomem.count, &claims) != 0)
		return false;
	for (int i = 0; i < 4; i++) {
		struct cells query = random_cells(state);
		enum sr_claim wanted = slow_claim(&made, snapshot, mask_of(query));
		const struct sr_iomem_node *node = NULL;

		right &= sr_claim_check(claims, range_of(&made.grid, query), &node) == wanted;
		right &= wanted == SR_CLAIM_POSSIBLE ||
			 is_blocker(&made, node, wanted, mask_of(query));
	}
	return right;
}

static void check_cases(bool (*is_right)(uint64_t *), size_t count, const char *what)
{
	uint64_t state = seed_of_run();
	size_t right = 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t seed = state;

		if (!is_right(&state)) {
			printf("# case %zu failed; see it again with CXL_SR_SEED=%#" PRIx64 "\n", i,
			       seed);
			break;
		}
		right++;
	}
	is_number(right, count, what);
	printf("# %zu cases: %s\n", right, what);
}

int main(void)
{
	size_t each = case_count(300000);

	check_cases(is_join_right, each, "ranges are joined");
	check_cases(is_set_right, each, "bytes and overlaps of a set");
	check_cases(is_sweep_right, each, "what a sweep finds");
	check_cases(is_claim_right, each, "what can be claimed");
	ok(each >= 3000, "there were cases");
#if !defined(__SANITIZE_ADDRESS__)
	ok(4 * each >= 1000000 || case_count(100) < 100, "a million, but under valgrind");
#endif
	return tap_done();
}
