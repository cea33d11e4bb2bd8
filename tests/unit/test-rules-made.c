// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decision units and the four rules on made machines, each captured under every kernel
 * that can look like it, against a second, slow judge (slow-units.h, slow-rules.h).
 * CXL_SR_SEED=... in the environment begins with the machine that failed.
 */
#include "judgement/prediction.h"
#include "rules-dump.h"
#include "rules-units.h"

/*
 * Whether @value may be said where the worlds have the bits @worlds. @loose: how the
 * machine is where it could not be read is nowhere written down.
 */
static bool may_say(unsigned int value, unsigned int worlds, bool open, bool loose)
{
	return worlds == 1U << value || (open && (value == 0 || (loose && (worlds >> value & 1))));
}

/* Unknown, where all worlds say the same, is right and not worth much. */
static void note_caution(const struct slow_case *at, unsigned int value, unsigned int worlds)
{
	if (value == 0 && worlds != 1 && (worlds & (worlds - 1)) == 0 &&
	    at->made->sight == MADE_ALL_READ && !has_unplaced(at->made))
		seen.cautious++;
}

/* Where a node of the tree is not known, or is one that this rule would have taken away. */
static bool is_tree_unknown(const struct slow_case *at, const struct slow_outlook *outlook)
{
	return has_unplaced(at->made) || at->made->sight != MADE_ALL_READ ||
	       (at->own && at->made->machine.region_count &&
		(outlook->globals >> SR_GLOBAL_REGISTER & 1));
}

static bool is_forecast_right(const struct slow_case *at, const struct slow_outlook *outlook,
			      size_t index, const struct sr_forecast *forecast)
{
	const struct slow_seen *worlds = &outlook->units[index];
	struct cells cells = at->units->units[index].cells;
	uint64_t unit = at->made->machine.grid.unit;
	bool loose = at->made->sight != MADE_ALL_READ;
	bool bytes_open = worlds->bytes_unclear || worlds->least_bytes != worlds->most_bytes;

	seen.owners[at->rule] |= worlds->owners;
	if (!may_say(forecast->owner, worlds->owners, outlook->open, loose))
		return fails("unit %u-%u: owner %s, not %#x", cells.first, cells.last,
			     sr_owner_name(forecast->owner), worlds->owners);
	note_caution(at, forecast->owner, worlds->owners);
	if (is_tree_unknown(at, outlook))
		return true;
	seen.usables[at->rule] |= worlds->usables;
	if (!may_say(forecast->usable, worlds->usables, outlook->open, false))
		return fails("unit %u-%u: usable %s, not %#x", cells.first, cells.last,
			     truth_name(forecast->usable), worlds->usables);
	if (forecast->usable_bytes.known
		    ? bytes_open || forecast->usable_bytes.value != worlds->least_bytes * unit
		    : !bytes_open && !outlook->open)
		return fails("unit %u-%u: usable bytes %#jx (known %d), not %ju to %ju cells",
			     cells.first, cells.last, (uintmax_t)forecast->usable_bytes.value,
			     forecast->usable_bytes.known, (uintmax_t)worlds->least_bytes,
			     (uintmax_t)worlds->most_bytes);
	return true;
}

static bool is_total_right(const struct sr_prediction *prediction)
{
	const struct sr_forecast *forecast;
	struct sr_u64 sum = sr_u64_of(0);

	sr_for_each (forecast, &prediction->units) {
		sum.known &= forecast->usable_bytes.known;
		sum.value += forecast->usable_bytes.value;
	}
	return prediction->usable_bytes.known == sum.known &&
	       (!sum.known || prediction->usable_bytes.value == sum.value);
}

/* Where all worlds have one verdict, it is said: one unit that is not contained is enough. */
static bool is_verdict_right(const struct slow_case *at, const struct slow_outlook *outlook,
			     enum sr_global_verdict verdict)
{
	bool told = at->made->sight == MADE_ALL_READ && !has_unplaced(at->made);
	bool one = (outlook->globals & (outlook->globals - 1)) == 0;

	return may_say(verdict, outlook->globals, outlook->open && !(told && one),
		       at->made->sight != MADE_ALL_READ);
}

static bool is_prediction_right(const struct slow_case *at, const struct sr_report *report)
{
	sr_auto_prediction struct sr_prediction *prediction = NULL;
	struct slow_outlook outlook;

	if (sr_predict(report, at->rule, &prediction) != 0 || !prediction)
		return fails("no prediction");
	slow_look(*at, &outlook);
	seen.cases++;
	seen.units += at->units->count;
	seen.open += outlook.open;
	if (prediction->rule != at->rule || prediction->of_this_kernel != at->own)
		return fails("of this kernel: %d", prediction->of_this_kernel);
	if (prediction->units.count != at->units->count)
		return fails("%zu forecasts", prediction->units.count);
	for (size_t i = 0; i < at->units->count; i++) {
		if (!is_forecast_right(at, &outlook, i, &prediction->units.items[i]))
			return false;
	}
	if (at->rule == SR_RULE_GLOBAL)
		seen.globals |= outlook.globals;
	if (at->rule == SR_RULE_GLOBAL && !is_verdict_right(at, &outlook, prediction->global))
		return fails("verdict %s, not %#x", sr_global_verdict_name(prediction->global),
			     outlook.globals);
	return is_total_right(prediction) || fails("sum of the usable bytes");
}

/* Whether a kernel with that rule can have shown this machine so. */
static bool can_be_captured(const struct made_rules *made, int captured)
{
	switch (captured) {
	case SR_RULE_COUNT: /* not known */
		return !made->wider && !made->lost;
	case SR_RULE_HMEM_ONLY:
		return made->in_iomem || made->sight != MADE_ALL_READ;
	case SR_RULE_WINDOW: /* v7.0 does not show them */
		return !made->wider;
	default:
		return !made->in_iomem;
	}
}

static bool is_expectation_right(const struct sr_range_report *unit, const struct slow_seen *worlds,
				 bool open, bool loose)
{
	enum sr_truth agrees = unit->owner == unit->expected ? SR_YES : SR_NO;

	if (!may_say(unit->expected, worlds->owners, open, loose))
		return fails("unit at %#jx: expected owner %s, not %#x",
			     (uintmax_t)unit->range.start, sr_owner_name(unit->expected),
			     worlds->owners);
	if (unit->owner == SR_OWNER_UNKNOWN || unit->expected == SR_OWNER_UNKNOWN)
		agrees = SR_UNKNOWN;
	return unit->agrees == agrees ||
	       fails("unit at %#jx: agrees %s", (uintmax_t)unit->range.start,
		     truth_name(unit->agrees));
}

/* What the report itself expects, by the rule that it found for this kernel. */
static bool are_expectations_right(const struct made_rules *made, const struct slow_units *units,
				   const struct sr_report *report)
{
	struct slow_case at = { made, units, NULL, report->rule.rule, true };
	struct slow_outlook outlook;

	if (report->rule.certainty == SR_CERTAINTY_NONE)
		return fails("no rule was found");
	if (!can_be_captured(made, (int)at.rule))
		return true;
	slow_look(at, &outlook);
	seen.expected++;
	for (size_t i = 0; i < units->count; i++) {
		if (!is_expectation_right(&report->units.items[i], &outlook.units[i], outlook.open,
					  made->sight != MADE_ALL_READ))
			return false;
	}
	return true;
}

static bool is_machine_right(const struct made_rules *made)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = rules_snapshot(made);
	sr_auto_report struct sr_report *report = judge(snapshot);
	static struct slow_units units;

	slow_units_make(made, &units);
	if (!are_units_right(made, &units, report) || !are_sums_right(report) ||
	    !are_expectations_right(made, &units, report))
		return false;
	for (int i = 0; i < (SR_RULE_COUNT + 1) * SR_RULE_COUNT; i++) {
		enum sr_rule captured = i / SR_RULE_COUNT;
		struct slow_case at = { made, &units, NULL, i % SR_RULE_COUNT, false };

		at.own = captured == at.rule;
		if (!can_be_captured(made, (int)captured) || (made->lost && !at.own))
			continue;
		report->rule = (struct sr_kernel_rule){
			.rule = captured,
			.certainty = captured == SR_RULE_COUNT ? SR_CERTAINTY_NONE
							       : SR_CERTAINTY_SURE,
		};
		if (captured == SR_RULE_COUNT)
			report->rule.rule = SR_RULE_HMEM_ONLY;
		if (is_prediction_right(&at, report))
			continue;
		return fails_under(captured, at.rule);
	}
	return true;
}

static void tell(uint64_t seed, const struct made_rules *made)
{
	struct made_rules smaller = *made;

	printf("# see it again with CXL_SR_SEED=%#" PRIx64 "\n# %s\n", seed, failure);
	rules_shrink(&smaller, is_machine_right);
	is_machine_right(&smaller);
	printf("# as small as it gets: %s\n", failure);
	dump_rules(&smaller);
}

static void check_seen(void)
{
	static const unsigned int owners[SR_RULE_COUNT] = {
		[SR_RULE_HMEM_ONLY] = 1U << SR_OWNER_NONE | 1U << SR_OWNER_HMEM,
		[SR_RULE_WINDOW] = 1U << SR_OWNER_NONE | 1U << SR_OWNER_HMEM | 1U << SR_OWNER_CXL,
		[SR_RULE_PER_RANGE] = 1U << SR_OWNER_NONE | 1U << SR_OWNER_HMEM |
				      1U << SR_OWNER_CXL,
		[SR_RULE_GLOBAL] = 1U << SR_OWNER_NONE | 1U << SR_OWNER_HMEM | 1U << SR_OWNER_CXL,
	};

	for (int i = 0; i < SR_RULE_COUNT; i++) {
		ok((seen.owners[i] & owners[i]) == owners[i], sr_rule_name((enum sr_rule)i));
		is_number(seen.usables[i] & 6, 6, "usable and not");
	}
	ok(seen.usables[SR_RULE_HMEM_ONLY] & 1, "and by the order of events");
	is_number(seen.globals, 14, "none, DROP and REGISTER");
	is_number(seen.boundaries, 7, "boundaries of the map, of the SRAT and unknown ones");
	is_number(seen.observed, (1U << (SR_OWNER_MIXED + 1)) - 1, "every owner was observed");
	ok(seen.expected > 1000, "the report's own expectation");
	ok(seen.shadowed, "units that nobody asks for");
	ok(seen.wider, "units that are asked for with more");
	ok(seen.cautious * 100 <= seen.units, "what is the same in all worlds is said, mostly");
#if !defined(__SANITIZE_ADDRESS__)
	ok(seen.cases >= 1000000 || case_count(100) < 100, "a million cases, but under valgrind");
#endif
}

int main(void)
{
	uint64_t state = seed_of_run();
	size_t count = case_count(200000), right = 0;

	while (right < count) {
		static struct made_rules made;
		uint64_t seed = state;

		rules_make(&made, &state);
		if (!is_machine_right(&made)) {
			tell(seed, &made);
			break;
		}
		right++;
	}
	is_number(right, count, "rules on made machines");
	printf("# %zu machines, %zu cases, %zu units; %zu cases leave something open\n", right,
	       seen.cases, seen.units, seen.open);
	printf("# %zu times the owner was unknown where all worlds agree\n", seen.cautious);
	check_seen();
	return tap_done();
}
