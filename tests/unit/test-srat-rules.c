// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges of the SRAT that are not those of the map: wider, narrower, over DRAM, in each
 * other's way (hmat_register_targets(), drivers/acpi/numa/hmat.c). Addresses as in
 * tests/captures, where outside@7.3, outside-aligned@7.3 and outside-nohmat@6.12 were
 * seen.
 */
#include "forecasts.h"
#include "layouts.h"

static const struct sr_range window = { 0x1290000000, 0x138fffffff };
static const struct sr_range first = { 0x1290000000, 0x12afffffff };
static const struct sr_range second = { 0x12b0000000, 0x12cfffffff };
static const struct sr_range joint = { 0x1290000000, 0x12cfffffff };

/* "1290000000-12afffffff/1290000000-12cfffffff 12b0...": units, and what is asked for. */
static const char *units_of(const struct sr_snapshot *snapshot)
{
	static char text[512];
	sr_auto_report struct sr_report *report = judge(snapshot);
	const struct sr_range_report *unit;

	*text = '\0';
	sr_for_each (unit, &report->units) {
		size_t used = strlen(text);

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%jx-%jx/",
					 used ? " " : "", (uintmax_t)unit->range.start,
					 (uintmax_t)unit->range.end);
		if (unit->has_candidate)
			snprintf(text + used, sizeof(text) - used, "%jx-%jx",
				 (uintmax_t)unit->candidate.start, (uintmax_t)unit->candidate.end);
	}
	return text;
}

static enum sr_boundary boundary_of(const struct sr_snapshot *snapshot)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	return report->units.items[0].boundary;
}

/* A range in a window, and what the SRAT says of it. */
static struct sr_snapshot *soft_reserved(struct sr_range range, struct sr_range srat)
{
	struct sr_snapshot *snapshot = layout_new();

	build_window(snapshot, window);
	build_soft_reserved(snapshot, range);
	layout_srat(snapshot, srat, 1);
	return snapshot;
}

static void test_wider(void)
{
	sr_auto_snapshot struct sr_snapshot *bare = soft_reserved(first, joint);
	sr_auto_snapshot struct sr_snapshot *equal = soft_reserved(first, joint);
	sr_auto_snapshot struct sr_snapshot *held = soft_reserved(first, joint);

	beaten_region(equal, first);
	build_cxl(held, joint);
	is_text(units_of(bare), "1290000000-12afffffff/1290000000-12cfffffff", "one unit");
	is_number(boundary_of(bare), SR_BOUNDARY_SRAT, "cut by the SRAT");
	merges(bare, "hmem usable", "hmem takes all that the SRAT has");
	ok(has_reason(bare, SR_RULE_PER_RANGE, 0, SR_CODE_DECIDED_AS_WIDER), "which is more");
	merges(equal, "hmem unusable", "a region that contains the unit does not help");
	ok(has_reason(equal, SR_RULE_PER_RANGE, 0, SR_CODE_REGION_CONFLICT), "it is in the way");
	merges(held, "cxl usable", "one that contains what is decided on does");
	foresees(equal, WINDOW, "cxl usable", "v6.3 to v7.0 leave it to CXL");
	foresees(bare, HMEM_ONLY, "hmem unusable",
		 "before v6.3 the Soft Reserved node is in the way of the wider device");
	is_text(verdict_of_all(equal), "REGISTER", "the series asks for what is decided on too");
}

/* The map's entry is skipped whole, so what the SRAT lacks is asked for by nobody. */
static void test_narrower(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = soft_reserved(joint, first);
	sr_auto_snapshot struct sr_snapshot *held = soft_reserved(joint, first);
	sr_auto_report struct sr_report *report = judge(snapshot);

	build_cxl(held, first);
	is_text(units_of(snapshot),
		"1290000000-12afffffff/1290000000-12afffffff 12b0000000-12cfffffff/", "two units");
	merges(snapshot, "hmem usable, none unusable",
	       "the rest is in nobody's shadow but the SRAT's");
	ok(has_reason(snapshot, SR_RULE_PER_RANGE, 1, SR_CODE_SHADOWED), "and that is why");
	ok(!has_reason(snapshot, SR_RULE_PER_RANGE, 0, SR_CODE_SHADOWED), "of the rest only");
	merges(held, "cxl usable, none unusable", "with a region");
	foresees(held, HMEM_ONLY, "hmem usable, none unusable", "before v6.3");
	is_number(report->ranges.items[0].unit_count, 2, "both are of one range");
	is_text(verdict_of_all(held), "DROP", "what nobody asks for does not count for the series");
}

/* 256 MiB of DRAM, made Soft Reserved by memmap=, under one range of the SRAT. */
static struct sr_snapshot *outside(uint64_t srat_start, bool shown)
{
	struct sr_snapshot *snapshot = layout_new();
	struct sr_range range = span(0x60000000, 0x6fffffff);

	build_iomem(snapshot, span(0x1000, 0x9fbff), SR_IOMEM_SYSTEM_RAM, "System RAM");
	build_iomem(snapshot, span(0x100000, 0x5fffffff), SR_IOMEM_SYSTEM_RAM, "System RAM");
	build_iomem(snapshot, span(0x70000000, 0x7ffdffff), SR_IOMEM_SYSTEM_RAM, "System RAM");
	build_iomem(snapshot, span(0x7ffe0000, 0x7fffffff), SR_IOMEM_OTHER, "Reserved");
	build_window(snapshot, window);
	if (shown)
		soft_reserved_in_iomem(snapshot, range);
	else
		build_soft_reserved(snapshot, range);
	if (srat_start)
		layout_srat(snapshot, span(0, 0x9ffff), 0);
	layout_srat(snapshot, span(srat_start, 0x7fffffff), 0);
	layout_srat(snapshot, span(0x100000000, 0x127fffffff), 0);
	return snapshot;
}

static void test_outside(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = outside(0x100000, false);
	sr_auto_snapshot struct sr_snapshot *aligned = outside(0, false);
	sr_auto_snapshot struct sr_snapshot *shown = outside(0x100000, true);
	sr_auto_snapshot struct sr_snapshot *shown_aligned = outside(0, true);

	is_text(units_of(snapshot), "60000000-6fffffff/100000-7fffffff", "asked for with the DRAM");
	merges(snapshot, "none unusable", "outside@7.3: nobody");
	ok(has_reason(snapshot, SR_RULE_PER_RANGE, 0, SR_CODE_MISALIGNED), "as it is misaligned");
	merges(aligned, "hmem unusable", "outside-aligned@7.3: hmem, and System RAM in the way");
	ok(has_reason(aligned, SR_RULE_PER_RANGE, 0, SR_CODE_NOT_CLAIMABLE), "by the trap");
	expects(shown, WINDOW, "none unusable", "on v6.12: nobody");
	expects(shown_aligned, WINDOW, "none unusable", "on v6.12, aligned: nobody either");
	ok(has_reason(shown, SR_RULE_WINDOW, 0, SR_CODE_MIXED_MEMORY), "as DRAM is in it");
	ok(has_reason(shown_aligned, SR_RULE_WINDOW, 0, SR_CODE_MIXED_MEMORY), "and in that one");
	foresees(aligned, WINDOW, "none unusable", "v6.12 as foreseen from v7.3");
	foresees(shown_aligned, PER_RANGE, "hmem unusable", "v7.3 as foreseen from v6.12");
	/* Seen on 6.1 (tests/vm, outside): the range of the SRAT is never listed there. */
	foresees(aligned, HMEM_ONLY, "hmem usable", "before v6.3 the entry is taken as it is");
	foresees(shown, HMEM_ONLY, "hmem usable", "also where it shows what else is there");
}

/* outside-nohmat@6.12: without an HMAT the map's entry is what is decided on. */
static void test_no_hmat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = outside(0x100000, true);

	snapshot->acpi.hmat_used = SR_NO;
	is_text(units_of(snapshot), "60000000-6fffffff/60000000-6fffffff", "as the map has it");
	is_number(boundary_of(snapshot), SR_BOUNDARY_MAP, "and that is said");
	expects(snapshot, WINDOW, "hmem usable", "outside-nohmat@6.12");
	merges(snapshot, "hmem usable", "the same on v7.1");
}

static void test_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *no_table = soft_reserved(joint, first);
	sr_auto_snapshot struct sr_snapshot *no_ranges = soft_reserved(joint, first);
	sr_auto_snapshot struct sr_snapshot *unused = soft_reserved(joint, first);

	no_table->acpi.hmat_used = SR_UNKNOWN;
	no_ranges->acpi.memory_known = false;
	unused->acpi.hmat_used = SR_NO;
	unused->acpi.memory_known = false;
	is_number(boundary_of(no_table), SR_BOUNDARY_SRAT,
		  "ranges of the SRAT count unless it is known that there is no HMAT");
	is_text(units_of(no_ranges), "1290000000-12cfffffff/1290000000-12cfffffff",
		"as the map has it where ranges are missing");
	is_number(boundary_of(no_ranges), SR_BOUNDARY_UNKNOWN, "which may be wrong");
	is_number(boundary_of(unused), SR_BOUNDARY_MAP, "an HMAT that is not used is none");
}

/* Across domains the first in the table wins, whatever its address. */
static void test_domains(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_new();
	sr_auto_snapshot struct sr_snapshot *other = layout_new();

	build_soft_reserved(snapshot, joint);
	layout_srat(snapshot, second, 7);
	layout_srat(snapshot, joint, 3);
	is_text(units_of(snapshot),
		"1290000000-12afffffff/ 12b0000000-12cfffffff/12b0000000-12cfffffff",
		"domain 7 stands first: the range of domain 3 is skipped whole");
	build_soft_reserved(other, joint);
	layout_srat(other, joint, 3);
	layout_srat(other, second, 7);
	is_text(units_of(other), "1290000000-12cfffffff/1290000000-12cfffffff",
		"and the other way round");
}

/* Within a domain what overlaps an earlier one is refused, and the rest goes by address. */
static void test_one_domain(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_new();
	sr_auto_snapshot struct sr_snapshot *late = layout_new();

	build_soft_reserved(snapshot, joint);
	layout_srat(snapshot, second, 3);
	layout_srat(snapshot, joint, 3);
	layout_srat(snapshot, first, 3);
	is_text(units_of(snapshot),
		"1290000000-12afffffff/1290000000-12afffffff "
		"12b0000000-12cfffffff/12b0000000-12cfffffff",
		"the joint range is refused, so both halves stay");
	/* Domain 3 stands first with its second range, and takes its turn with both. */
	build_soft_reserved(late, joint);
	layout_srat(late, span(0x100000000, 0x1ffffffff), 3);
	layout_srat(late, joint, 5);
	layout_srat(late, first, 3);
	is_text(units_of(late),
		"1290000000-12afffffff/1290000000-12afffffff 12b0000000-12cfffffff/",
		"a domain's later range goes before the next domain");
}

/* Two entries of the map under one range of the SRAT: two units, one decision. */
static void test_shared_candidate(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = layout_new();

	build_window(snapshot, window);
	build_soft_reserved(snapshot, first);
	build_soft_reserved(snapshot, second);
	layout_srat(snapshot, joint, 1);
	beaten_region(snapshot, first);
	is_text(units_of(snapshot),
		"1290000000-12afffffff/1290000000-12cfffffff "
		"12b0000000-12cfffffff/1290000000-12cfffffff",
		"two units");
	merges(snapshot, "hmem unusable, hmem unusable",
	       "one region contains the first unit, none what is decided on");
}

int main(void)
{
	test_wider();
	test_narrower();
	test_outside();
	test_no_hmat();
	test_unknown();
	test_domains();
	test_one_domain();
	test_shared_candidate();
	return tap_done();
}
