// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which ranges the kernel decides on: those of the SRAT where it takes the HMAT
 * (judgement/candidates.c), and what it then asks of hmem.
 */
#include <errno.h>

#include "evidence/gathering.h"

#define TABLES "/sys/firmware/acpi/tables"

/* The alignment of dax regions: judgement/decisions.c. */
#define ALIGNMENT (UINT64_C(2) << 20)

/* As acpi_numa_memory_affinity_init() of drivers/acpi/numa/srat.c prints it. */
static void add_logged_memory(struct sr_gathering *gathering,
			      const struct sr_memory_affinity *memory)
{
	const char *path = gathering->snapshot->notes[SR_SOURCE_KERNEL_LOG].path;

	if (path && memory->node.known)
		sr_fact(gathering, path,
			sr_say(gathering, "ACPI: SRAT: Node %jd PXM %u [mem 0x%08jx-0x%08jx]%s%s",
			       (intmax_t)memory->node.value, memory->proximity_domain,
			       (uintmax_t)memory->range.start, (uintmax_t)memory->range.end,
			       memory->hot_pluggable ? " hotplug" : "",
			       memory->non_volatile ? " non-volatile" : ""));
}

static void add_memory(struct sr_gathering *gathering, const struct sr_memory_affinity *memory)
{
	if (memory->source == SR_SOURCE_KERNEL_LOG)
		add_logged_memory(gathering, memory);
	else
		sr_fact(gathering, TABLES "/SRAT",
			sr_say(gathering, "(memory " SR_RANGE_FORMAT ", domain %u%s%s)",
			       SR_RANGE_VALUES(memory->range), memory->proximity_domain,
			       memory->hot_pluggable ? ", hot-pluggable" : "",
			       memory->non_volatile ? ", non-volatile" : ""));
}

/* What it is shadowed by may lie in another part of its range in the map. */
static struct sr_range looked_at(const struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	return unit->has_candidate ? unit->range
				   : gathering->report->ranges.items[unit->parent].range;
}

static size_t add_all_memory(struct sr_gathering *gathering)
{
	struct sr_range range = looked_at(gathering);
	const struct sr_memory_affinity *memory;
	size_t count = 0;

	sr_for_each (memory, &gathering->snapshot->acpi.memory) {
		if (!sr_range_overlaps(memory->range, range))
			continue;
		add_memory(gathering, memory);
		count++;
	}
	return count;
}

/* Where the tables themselves were not read, the log names those that there are. */
static void add_table(struct sr_gathering *gathering, const char *name, enum sr_truth exists,
		      const char *there)
{
	const struct sr_source_note *log = &gathering->snapshot->notes[SR_SOURCE_KERNEL_LOG];
	bool by_log = !sr_source_was_read(gathering->snapshot, SR_SOURCE_ACPI) && log->path;
	const char *path = by_log ? log->path : sr_say(gathering, TABLES "/%s", name);

	/* Why it is not known is told by the source. */
	if (exists == SR_UNKNOWN &&
	    gathering->snapshot->notes[SR_SOURCE_ACPI].state == SR_SOURCE_OK)
		sr_fact(gathering, path, "(unknown)");
	else if (exists == SR_YES)
		sr_fact(gathering, path,
			by_log ? sr_say(gathering, "(names the %s)", name) : there);
	else if (exists == SR_NO)
		sr_fact(gathering, path,
			by_log ? sr_say(gathering, "(names no %s)", name) : "(none)");
}

static void add_tables(struct sr_gathering *gathering)
{
	const struct sr_acpi *acpi = &gathering->snapshot->acpi;

	if (!add_all_memory(gathering))
		add_table(gathering, "SRAT", acpi->has_srat, "(has no memory range here)");
	add_table(gathering, "HMAT", acpi->has_hmat,
		  acpi->hmat_used == SR_NO ? "(there, but the kernel does not take it)"
					   : "(there)");
	sr_fact_options(gathering, "numa=");
	sr_fact_source(gathering, SR_SOURCE_ACPI);
}

static const char *text_of_map(const struct sr_gathering *gathering)
{
	const struct sr_acpi *acpi = &gathering->snapshot->acpi;

	if (acpi->has_srat == SR_NO)
		return "There is no SRAT (firmware's table of which memory belongs to which NUMA "
		       "node), so the kernel decides on the entry of the memory map as it is.";
	if (acpi->hmat_used == SR_NO)
		return "The kernel splits Soft Reserved memory at the ranges of the SRAT "
		       "(firmware's table of which memory belongs to which NUMA node) only where "
		       "it "
		       "takes an HMAT too (how fast it is). Here it does not, so it decides on the "
		       "entry of the memory map as it is.";
	return "The SRAT (firmware's table of which memory belongs to which NUMA node) has no "
	       "range "
	       "here, so the kernel decides on the entry of the memory map as it is.";
}

/* That the kernel takes an HMAT, of which nothing could be read. */
static bool is_taken_for_granted(const struct sr_gathering *gathering)
{
	return gathering->unit->boundary == SR_BOUNDARY_SRAT &&
	       gathering->snapshot->acpi.hmat_used == SR_UNKNOWN;
}

static bool is_by_entry(const struct sr_gathering *gathering)
{
	return gathering->forecast && gathering->forecast->by_entry;
}

void sr_gather_srat(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	enum sr_evidence_says says = SR_EVIDENCE_INFO;
	const char *text = text_of_map(gathering);

	if (unit->boundary == SR_BOUNDARY_UNKNOWN) {
		says = SR_EVIDENCE_UNKNOWN;
		text = "Whether the kernel splits this range at those of the SRAT (firmware's "
		       "table "
		       "of which memory belongs to which NUMA node) could not be read. It is taken "
		       "as the memory map has it.";
	} else if (is_by_entry(gathering)) {
		says = SR_EVIDENCE_NO;
		text = "The SRAT (firmware's table of which memory belongs to which NUMA node) has "
		       "a range here, but other memory lies in that too. A kernel from before v6.3 "
		       "passes over such a range, and decides on the entry of the memory map.";
	} else if (!unit->has_candidate) {
		says = SR_EVIDENCE_NO;
		text = "A range of the SRAT (firmware's table of which memory belongs to which "
		       "NUMA "
		       "node) covers another part of the same entry in the memory map. The kernel "
		       "takes the ranges of the SRAT first, and then skips that entry whole.";
	} else if (is_taken_for_granted(gathering)) {
		says = SR_EVIDENCE_UNKNOWN;
		text = "The SRAT (firmware's table of which memory belongs to which NUMA node) has "
		       "a range here. The kernel decides on that only where it takes an HMAT too "
		       "(how fast it is), which could not be read; it is taken that it does.";
	} else if (unit->boundary == SR_BOUNDARY_SRAT) {
		says = SR_EVIDENCE_YES;
		text = "The SRAT (firmware's table of which memory belongs to which NUMA node) has "
		       "a "
		       "range here, and there is an HMAT: so the kernel decides on the range of "
		       "the "
		       "SRAT, not on the entry of the memory map.";
	}
	sr_step(gathering, "SRAT", says, text);
	add_tables(gathering);
}

/* Nodes of /proc/iomem in the candidate that are neither Soft Reserved nor CXL's. */
static void add_other_memory(struct sr_gathering *gathering)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &gathering->snapshot->iomem) {
		bool other = node->kind == SR_IOMEM_OTHER || node->kind == SR_IOMEM_SYSTEM_RAM;

		if (other && sr_range_overlaps(node->range, gathering->unit->candidate) &&
		    !sr_range_contains(gathering->unit->range, node->range))
			sr_fact_node(gathering, node);
	}
}

static void add_platforms(struct sr_gathering *gathering)
{
	const struct sr_platform_device *platform;

	sr_for_each (platform, &gathering->snapshot->hmem_platforms)
		sr_fact_text(gathering,
			     sr_say(gathering, "/sys/devices/platform/%s", platform->name),
			     "driver", platform->driver);
	sr_fact_source(gathering, SR_SOURCE_HMEM);
}

static const char *crooked_end(struct sr_gathering *gathering)
{
	struct sr_range range = gathering->unit->candidate;

	if (range.start % ALIGNMENT)
		return sr_say(gathering, "it begins at 0x%jx", (uintmax_t)range.start);
	return sr_say(gathering, "it ends at 0x%jx", (uintmax_t)range.end);
}

static const char *text_of_candidate(struct sr_gathering *gathering,
				     enum sr_evidence_says *ret_says)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *range = sr_say_range(gathering, unit->candidate);

	*ret_says = SR_EVIDENCE_YES;
	if (is_by_entry(gathering))
		return "The kernel asks dax_hmem, its driver for such memory outside of CXL, for "
		       "the entry of the memory map as it is.";
	*ret_says = SR_EVIDENCE_NO;
	if (!unit->has_candidate)
		return "So the kernel never asks dax_hmem, its driver for such memory outside of "
		       "CXL, for this range.";
	if (sr_forecasts(gathering, SR_CODE_MIXED_MEMORY))
		return sr_say(gathering,
			      "The kernel asks dax_hmem, its driver for such memory outside of "
			      "CXL, for %s. As other memory lies in that too, dax_hmem leaves it "
			      "alone.",
			      range);
	if (sr_forecasts(gathering, SR_CODE_MISALIGNED))
		return sr_say(gathering,
			      "The kernel asks dax_hmem, its driver for such memory outside of "
			      "CXL, for %s as one piece. What dax_hmem makes of it must begin and "
			      "end on multiples of 2 MiB, and this does not: %s.",
			      range, crooked_end(gathering));
	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (unit->boundary == SR_BOUNDARY_UNKNOWN ||
	    (is_taken_for_granted(gathering) && sr_range_equal(unit->candidate, unit->range)))
		return "As far as is known, the kernel puts just this range on its list for "
		       "dax_hmem, "
		       "the driver for such memory outside of CXL.";
	*ret_says = SR_EVIDENCE_YES;
	if (sr_range_equal(unit->candidate, unit->range))
		return "The kernel puts just this range on its list for dax_hmem, the driver for "
		       "such memory outside of CXL.";
	*ret_says = SR_EVIDENCE_INFO;
	return sr_say(gathering,
		      "The kernel puts %s on its list for dax_hmem, the driver for such memory "
		      "outside of CXL: the whole range of the SRAT, of which this is a part.",
		      range);
}

void sr_gather_candidate(struct sr_gathering *gathering)
{
	enum sr_evidence_says says;
	const char *text = text_of_candidate(gathering, &says);

	sr_step(gathering, "candidate", says, text);
	if (sr_forecasts(gathering, SR_CODE_MIXED_MEMORY))
		add_other_memory(gathering);
	add_platforms(gathering);
}
