// SPDX-License-Identifier: LGPL-2.1-or-later
/* The regions that CXL makes of decoders, and whether one contains the unit. */
#include "evidence/gathering.h"

static void add_targets(struct sr_gathering *gathering, const struct sr_region *region,
			const char *folder)
{
	const struct sr_region_target *target;

	sr_for_each (target, &region->targets) {
		if (!target->decoder.value)
			sr_fact_text(gathering, folder,
				     sr_say(gathering, "target%u", target->position),
				     target->decoder);
	}
}

static void add_region(struct sr_gathering *gathering, const struct sr_region *region)
{
	const char *folder = sr_cxl_folder(gathering, region->name);

	sr_fact_truth(gathering, folder, "commit", region->committed);
	sr_fact_hex(gathering, folder, "resource", region->start);
	sr_fact_hex(gathering, folder, "size", region->size);
	sr_fact_text(gathering, folder, "mode", region->mode);
	sr_fact_text(gathering, folder, "driver", region->driver);
	if (region->committed != SR_YES)
		add_targets(gathering, region, folder);
}

static enum sr_evidence_says says_of_region(const struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	if (unit->contained == SR_YES)
		return sr_has_why(unit, SR_CODE_REGION_NOT_RAM) ||
				       sr_has_why(unit, SR_CODE_REGION_NO_DRIVER)
			       ? SR_EVIDENCE_NO
			       : SR_EVIDENCE_YES;
	if (!unit->touches_window && gathering->report->windows_whole)
		return SR_EVIDENCE_INFO;
	return unit->contained == SR_NO ? SR_EVIDENCE_NO : SR_EVIDENCE_UNKNOWN;
}

static const char *text_of_container(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *name = unit->region->name;

	if (sr_has_why(unit, SR_CODE_REGION_NOT_RAM))
		return sr_say(
			gathering,
			"%s is committed and contains it whole, but its mode is %s, not ram: "
			"CXL makes no dax region of it. The kernel's test of containment does "
			"not look at the mode.",
			name, unit->region->mode.value);
	if (sr_has_why(unit, SR_CODE_REGION_NO_DRIVER))
		return sr_say(
			gathering,
			"%s is committed and contains it whole, but is not bound to its driver "
			"cxl_region, so that CXL makes no dax region of it. The kernel's test "
			"of containment does not look at the driver.",
			name);
	return sr_say(gathering, "%s is committed and contains it whole.", name);
}

/* Why none contains it, by the heaviest of the reasons. */
static const char *text_without_container(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *names = sr_say_regions(gathering);

	if (sr_has_why(unit, SR_CODE_SPANS_REGIONS))
		return sr_say(gathering,
			      "%s share it. One committed region must contain all of it; several "
			      "together do not count.",
			      names);
	if (sr_has_why(unit, SR_CODE_REGION_SMALLER))
		return sr_say(gathering, "%s covers only a part of it, and must contain all of it.",
			      names);
	if (sr_has_why(unit, SR_CODE_REGION_NOT_COMMITTED))
		return sr_say(gathering,
			      "%s is there but not committed: its assembly failed, or is not "
			      "finished.",
			      names);
	if (sr_has_why(unit, SR_CODE_REGION_UNKNOWN))
		return "Which region is here, and whether it is committed, could not be read.";
	return unit->touches_window ? "There is none here."
				    : "There is none here, as it lies in no CXL window.";
}

void sr_gather_region(struct sr_gathering *gathering)
{
	const struct sr_region_report *item;
	const char *text = gathering->unit->region ? text_of_container(gathering)
						   : text_without_container(gathering);
	size_t index = 0;

	sr_step(gathering, "region", says_of_region(gathering),
		sr_say(gathering,
		       "A region is what CXL makes of decoders: a range of addresses that devices "
		       "answer to. %s",
		       text));
	while ((item = sr_next_region(gathering, &index)))
		add_region(gathering, item->region);
	if (sr_fact_count(gathering) == 0 && sr_source_was_read(gathering->snapshot, SR_SOURCE_CXL))
		sr_fact(gathering, "/sys/bus/cxl/devices", "(no region overlaps it)");
	sr_fact_source(gathering, SR_SOURCE_CXL);
}
