// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whole reports on made machines, against a second, slow judge (slow-report.h).
 * CXL_SR_SEED=... in the environment begins with the machine that failed.
 */
#include "judged.h"
#include "slow-use.h"

/* What was seen at least once, so that the cases do not grow dull unnoticed. */
struct seen {
	size_t rows;
	uint64_t why;
	unsigned int owners, states, truths, findings;
};

/* Reasons by this kernel's rule: test-rules-made.c has a judge for those. */
static uint64_t without_decisions(uint64_t mask)
{
	static const enum sr_code codes[] = {
		SR_CODE_DECIDED_AS_WIDER,    SR_CODE_SHADOWED,		SR_CODE_MIXED_MEMORY,
		SR_CODE_MISALIGNED,	     SR_CODE_LEFT_TO_CXL,	SR_CODE_REGION_CONFLICT,
		SR_CODE_HMEM_BEFORE_WINDOWS, SR_CODE_DECIDED_OTHERWISE, SR_CODE_BOUNDARIES_UNKNOWN,
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		mask &= ~(1ULL << codes[i]);
	return mask;
}

/* All bits where a reason stands there twice. */
static uint64_t why_mask(const struct sr_range_report *row)
{
	const enum sr_code *why;
	uint64_t mask = 0;

	sr_for_each (why, &row->why)
		mask |= 1ULL << *why;
	if ((size_t)__builtin_popcountll(mask) != row->why.count)
		return UINT64_MAX;
	return without_decisions(mask);
}

static bool is_same_use(const struct grid *grid, const struct sr_range_report *row,
			const struct slow_row *slow)
{
	return row->lost.known == slow->lost_known && row->online.known == slow->online_known &&
	       (!row->lost.known || row->lost.value == slow->lost * grid->unit) &&
	       (!row->online.known || row->online.value == slow->online * grid->unit) &&
	       row->devices.count == slow->devices;
}

static bool is_same_row(const struct grid *grid, const struct sr_range_report *row,
			const struct slow_row *slow)
{
	return row->sources == slow->sources && row->touches_window == slow->touches_window &&
	       row->contained == slow->contained && row->owner == slow->owner &&
	       (row->region != NULL) == (slow->has_container && slow->touches_window) &&
	       row->state == slow->state && why_mask(row) == slow->why &&
	       is_same_use(grid, row, slow);
}

static const struct slow_row *find_slow(const struct slow_report *slow, const struct grid *grid,
					struct sr_range range)
{
	for (size_t i = 0; i < slow->count; i++) {
		if (sr_range_equal(range_of(grid, slow->rows[i].cells), range))
			return &slow->rows[i];
	}
	return NULL;
}

static bool has_hmem_without_driver(const struct machine *machine)
{
	for (size_t i = 0; i < machine->dax_region_count; i++) {
		if (machine->dax_regions[i].holder == SR_DAX_HOLDER_HMEM &&
		    machine->dax_regions[i].driver.known && !machine->dax_regions[i].driver.value)
			return true;
	}
	return false;
}

static bool are_findings_same(const struct sr_report *report, const struct slow_report *slow,
			      const struct machine *machine)
{
	size_t driverless = has_hmem_without_driver(machine); /* one finding for all */

	return finding_count(report, SR_CODE_SOURCES_DISAGREE) == slow->disagreeing &&
	       finding_count(report, SR_CODE_OVERRIDDEN) == slow->overridden &&
	       finding_count(report, SR_CODE_REGION_WITHOUT_SOFT_RESERVED) == slow->alone_regions &&
	       finding_count(report, SR_CODE_HMEM_NO_DRIVER) == driverless &&
	       report->findings.count ==
		       slow->disagreeing + slow->overridden + slow->alone_regions + driverless;
}

static bool are_totals_right(const struct sr_report *report)
{
	const struct sr_range_report *row;
	uint64_t lost = 0, bytes = 0;
	size_t states[SR_STATE_LOST + 1] = { 0 }, contained = 0;

	sr_for_each (row, &report->ranges) {
		lost += row->lost.known ? row->lost.value : 0;
		bytes += sr_range_size(row->range);
		states[row->state]++;
		contained += row->contained == SR_YES;
	}
	return report->totals.ranges == report->ranges.count && report->totals.bytes == bytes &&
	       report->totals.lost_bytes == lost && report->totals.contained == contained &&
	       report->totals.lost == states[SR_STATE_LOST] &&
	       report->totals.unusable == states[SR_STATE_UNUSABLE] &&
	       report->totals.unknown == states[SR_STATE_UNKNOWN] &&
	       report->totals.idle == states[SR_STATE_IDLE];
}

static void look_at(struct seen *seen, const struct slow_report *slow)
{
	for (size_t i = 0; i < slow->count; i++) {
		seen->rows++;
		seen->why |= slow->rows[i].why;
		seen->owners |= 1U << slow->rows[i].owner;
		seen->states |= 1U << slow->rows[i].state;
		if (slow->rows[i].touches_window)
			seen->truths |= 1U << slow->rows[i].contained;
	}
	seen->findings |= (slow->disagreeing > 0) | (slow->overridden > 0) << 1 |
			  (slow->alone_regions > 0) << 2;
}

static void tell(const struct sr_range_report *row, const struct slow_row *slow)
{
	printf("# row %#jx-%#jx: %s, contained %s, lost %ju, online %ju\n",
	       (uintmax_t)row->range.start, (uintmax_t)row->range.end, verdict_of(row),
	       truth_name(row->contained), (uintmax_t)row->lost.value,
	       (uintmax_t)row->online.value);
	if (!slow) {
		printf("# is not expected\n");
		return;
	}
	printf("# expected: %s %s, contained %s, lost %ju, online %ju cells:",
	       sr_owner_name(slow->owner), sr_state_name(slow->state), truth_name(slow->contained),
	       (uintmax_t)slow->lost, (uintmax_t)slow->online);
	for (int code = 0; code < SR_CODE_COUNT; code++) {
		if (slow->why >> code & 1)
			printf(" %s", sr_codes[code].name);
	}
	printf("\n");
}

static bool is_report_right(uint64_t *state, struct seen *seen)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	sr_auto_report struct sr_report *report = NULL;
	static struct machine machine;
	static struct slow_report slow;
	const struct sr_range_report *row;

	machine_make(&machine, state);
	snapshot = machine_snapshot(&machine);
	report = judge(snapshot);
	slow_judge(&machine, &slow);
	look_at(seen, &slow);
	sr_for_each (row, &report->ranges) {
		const struct slow_row *expected = find_slow(&slow, &machine.grid, row->range);

		if (expected && is_same_row(&machine.grid, row, expected) &&
		    (row == report->ranges.items || row[-1].range.end < row->range.start))
			continue;
		tell(row, expected);
		return false;
	}
	return report->ranges.count == slow.count && are_findings_same(report, &slow, &machine) &&
	       are_totals_right(report);
}

/* All that this generator can bring about; the rest is in the tests by example. */
static void check_seen(const struct seen *seen)
{
	static const enum sr_code codes[] = {
		SR_CODE_NO_WINDOW,
		SR_CODE_BEYOND_WINDOW,
		SR_CODE_SPANS_WINDOWS,
		SR_CODE_NO_REGION,
		SR_CODE_REGION_NOT_COMMITTED,
		SR_CODE_REGION_SMALLER,
		SR_CODE_SPANS_REGIONS,
		SR_CODE_REGION_UNKNOWN,
		SR_CODE_NO_OWNER,
		SR_CODE_PARTLY_WITHOUT_OWNER,
		SR_CODE_OWNER_UNKNOWN,
		SR_CODE_HMEM_THOUGH_CONTAINED,
		SR_CODE_DAX_REGION_NO_DRIVER,
		SR_CODE_NO_DAX_DEVICE,
		SR_CODE_NO_DRIVER,
		SR_CODE_NOT_CLAIMABLE,
		SR_CODE_CLAIMED_BY_OTHER,
		SR_CODE_BLOCKS_OFFLINE,
		SR_CODE_DRIVER_UNKNOWN,
		SR_CODE_BLOCKS_UNKNOWN,
		SR_CODE_NO_DAX_REGION,
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		ok(seen->why >> codes[i] & 1, sr_codes[codes[i]].name);
	is_number(seen->owners, (1U << (SR_OWNER_MIXED + 1)) - 1, "every owner");
	is_number(seen->states, (1U << (SR_STATE_LOST + 1)) - 1, "every state");
	is_number(seen->truths, 7, "contained, not contained and unknown");
	is_number(seen->findings, 7, "every finding");
	ok(seen->rows > 1000, "and many rows");
}

int main(void)
{
	uint64_t state = seed_of_run();
	size_t count = case_count(200000), right = 0;
	struct seen seen = { 0 };

	while (right < count) {
		uint64_t seed = state;

		if (!is_report_right(&state, &seen)) {
			printf("# machine %zu failed; see it again with CXL_SR_SEED=%#" PRIx64 "\n",
			       right, seed);
			break;
		}
		right++;
	}
	is_number(right, count, "reports on made machines");
	printf("# %zu machines, %zu rows\n", right, seen.rows);
	check_seen(&seen);
	return tap_done();
}
