// SPDX-License-Identifier: LGPL-2.1-or-later
/* Why CXL, and why hmem, makes no dax region of the unit: clauses for what happened. */
#include "evidence/gathering.h"

static bool is_away(const struct sr_module *module)
{
	return module &&
	       (module->state == SR_MODULE_NOT_LOADED || module->state == SR_MODULE_MISSING);
}

/* What keeps a module away: "is not loaded". */
static const char *away_words(const struct sr_module *module)
{
	if (module->blocked)
		return "is kept from loading by module_blacklist= or an install command";
	if (module->state == SR_MODULE_MISSING)
		return "is not part of this kernel";
	return module->blacklisted ? "is blacklisted, and so not loaded" : "is not loaded";
}

/* A dax region without a driver: dax_cxl is missing, or was too late. */
static const char *driverless_words(struct sr_gathering *gathering, const char *name)
{
	const struct sr_module *cxl = sr_snapshot_module(gathering->snapshot, "dax_cxl");
	const struct sr_module *hmem = sr_snapshot_module(gathering->snapshot, "dax_hmem");

	if (!is_away(cxl))
		return sr_say(gathering,
			      "%s contains it, but what it made for dax has no driver, as where "
			      "another has the range already",
			      name);
	if (!is_away(hmem) || !cxl->depends.value)
		return sr_say(gathering, "%s contains it, but dax_cxl, which would take it, %s",
			      name, away_words(cxl));
	return sr_say(gathering,
		      "%s contains it, but dax_cxl, which would take it, is not loaded: it needs "
		      "dax_hmem, and that %s",
		      name, away_words(hmem));
}

static const char *container_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *name = unit->region->name;

	if (sr_has_why(unit, SR_CODE_REGION_NOT_RAM))
		return sr_say(gathering,
			      "%s contains it, but is in %s mode, and only of ram regions does CXL "
			      "make memory",
			      name, unit->region->mode.value);
	if (sr_has_why(unit, SR_CODE_REGION_NO_DRIVER))
		return sr_say(gathering, "%s contains it, but is not bound to its driver", name);
	if (sr_has_why(unit, SR_CODE_DAX_REGION_NO_DRIVER))
		return driverless_words(gathering, name);
	return sr_say(gathering,
		      "%s contains it, but made nothing of it, as where the memory is in use "
		      "already",
		      name);
}

static const char *missing_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *names = sr_say_regions(gathering);

	if (sr_has_why(unit, SR_CODE_SPANS_WINDOWS))
		return "the range reaches over several CXL windows (addresses that the platform "
		       "routes to CXL devices), and no region can";
	if (sr_has_why(unit, SR_CODE_BEYOND_WINDOW))
		return "the range reaches beyond its CXL window (addresses that the platform "
		       "routes "
		       "to CXL devices), and no region can";
	if (sr_has_why(unit, SR_CODE_SPANS_REGIONS))
		return sr_say(gathering, "%s share it, and one region must contain all of it",
			      names);
	if (sr_has_why(unit, SR_CODE_REGION_SMALLER))
		return sr_say(gathering, "%s covers only a part of it, and must contain all of it",
			      names);
	if (sr_has_why(unit, SR_CODE_REGION_NOT_COMMITTED))
		return sr_say(gathering,
			      "%s is there but not committed: its assembly failed, or is not "
			      "finished",
			      names);
	if (sr_has_why(unit, SR_CODE_REGION_UNKNOWN))
		return "which region is there could not be read";
	return "no region was made there";
}

const char *sr_clause_of_cxl(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	if (unit->region)
		return container_words(gathering);
	if (sr_has_why(unit, SR_CODE_NO_WINDOW_PUBLISHED))
		return "cxl_acpi is not bound to the CXL root device, so the kernel knows of no "
		       "CXL "
		       "memory";
	if (!unit->touches_window)
		return gathering->report->windows_whole
			       ? "it lies in no CXL window (addresses that the platform routes to "
				 "CXL devices)"
			       : "whether it lies in a CXL window could not be read";
	return missing_words(gathering);
}

/* Of what the kernel lists for hmem: that it cannot be taken as it is. */
static const char *candidate_words(struct sr_gathering *gathering)
{
	const char *range = sr_say_range(gathering, gathering->unit->candidate);

	if (!gathering->unit->is_decided)
		return "the kernel never asks it for this range, as a range of the SRAT covers "
		       "another part of the same entry in the memory map";
	if (gathering->unit->decided_vaguely)
		return sr_say(
			gathering,
			"the kernel decides on %s as one piece, or, if other memory lies in "
			"it, on what is Soft Reserved; /proc/iomem, which tells, was not read",
			range);
	if (sr_forecasts(gathering, SR_CODE_MIXED_MEMORY))
		return sr_say(gathering,
			      "the kernel decides on %s as one piece, in which other memory lies "
			      "too",
			      range);
	if (sr_forecasts(gathering, SR_CODE_MISALIGNED))
		return sr_say(gathering,
			      "the kernel decides on %s as one piece, and dax_hmem can take only "
			      "what begins and ends on multiples of 2 MiB",
			      range);
	return NULL;
}

const char *sr_clause_of_hmem(struct sr_gathering *gathering)
{
	const struct sr_module *module = sr_snapshot_module(gathering->snapshot, "dax_hmem");
	const char *words = candidate_words(gathering);

	if (words)
		return words;
	if (sr_hmem_is_disabled(gathering->snapshot))
		return "device_hmem.disable keeps it from taking anything";
	if (is_away(module))
		return sr_say(gathering, "it %s", away_words(module));
	if (sr_forecasts(gathering, SR_CODE_LEFT_TO_CXL))
		return "by the rule of this kernel it leaves what touches a CXL window to CXL, "
		       "also "
		       "where CXL makes no region of it";
	if (gathering->unit->contained == SR_YES)
		return "by the rule of this kernel it leaves to CXL what a committed region "
		       "contains, and does not ask what CXL makes of that";
	if (sr_has_unbound_platform(gathering->snapshot))
		return "it is not bound to hmem_platform.0, the device by which the kernel gives "
		       "it "
		       "such ranges; as a rule because somebody unbound it";
	if (!gathering->forecast)
		return "why not is not known, as the rule of this kernel is not";
	return "by the rule of this kernel it should have taken it; something changed since it "
	       "decided, which it does when it is loaded, or its probe failed";
}
