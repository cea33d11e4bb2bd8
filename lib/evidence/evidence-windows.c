// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * CXL windows: as the kernel has them (nodes of /proc/iomem and root decoders), and as
 * firmware describes them (the fixed memory window structures of the CEDT).
 */
#include "evidence/gathering.h"

#define CEDT_PATH "/sys/firmware/acpi/tables/CEDT"

static void add_decoder(struct sr_gathering *gathering, const struct sr_root_decoder *decoder)
{
	const char *folder = sr_cxl_folder(gathering, decoder->name);

	sr_fact_hex(gathering, folder, "start", decoder->start);
	sr_fact_hex(gathering, folder, "size", decoder->size);
}

static void add_windows(struct sr_gathering *gathering)
{
	const struct sr_window **window;

	sr_for_each (window, &gathering->unit->windows) {
		if ((*window)->node)
			sr_fact_node(gathering, (*window)->node);
		if ((*window)->decoder)
			add_decoder(gathering, (*window)->decoder);
	}
}

static void add_roots(struct sr_gathering *gathering)
{
	const struct sr_platform_device *root;

	sr_for_each (root, &gathering->snapshot->cxl_roots)
		sr_fact_text(gathering, sr_say(gathering, "/sys/devices/platform/%s", root->name),
			     "driver", root->driver);
}

static const char *text_without_window(struct sr_gathering *gathering,
				       enum sr_evidence_says *ret_says)
{
	const struct sr_range_report *unit = gathering->unit;

	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (sr_has_why(unit, SR_CODE_NO_WINDOW_PUBLISHED)) {
		*ret_says = SR_EVIDENCE_NO;
		return "No CXL window (addresses that the platform routes to CXL devices) is "
		       "there: "
		       "cxl_acpi, which makes them known to the kernel, is not bound to the CXL "
		       "root "
		       "device.";
	}
	if (!gathering->report->windows_whole)
		return "Whether it lies in a CXL window (addresses that the platform routes to CXL "
		       "devices) could not be read.";
	*ret_says = SR_EVIDENCE_INFO;
	return "It lies in no CXL window (addresses that the platform routes to CXL devices), so "
	       "it "
	       "is no CXL memory for the kernel, as high bandwidth memory is not. CXL has no part "
	       "in it; it is for dax_hmem.";
}

static const char *names_of_windows(struct sr_gathering *gathering)
{
	struct sr_name_list names = { 0 };
	const struct sr_window **window;

	sr_for_each (window, &gathering->unit->windows)
		sr_name_list_add(&names, sr_window_name(*window));
	return sr_say_names(gathering, &names);
}

static const char *text_of_windows(struct sr_gathering *gathering, enum sr_evidence_says *ret_says)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *names;

	if (!unit->touches_window)
		return text_without_window(gathering, ret_says);
	names = names_of_windows(gathering);
	*ret_says = SR_EVIDENCE_NO;
	if (unit->windows.count > 1)
		return sr_say(gathering,
			      "It reaches over %zu CXL windows (addresses that the platform routes "
			      "to CXL devices): %s. No region can reach from one window into the "
			      "next.",
			      unit->windows.count, names);
	if (sr_has_why(unit, SR_CODE_BEYOND_WINDOW))
		return sr_say(gathering,
			      "It begins or ends outside of %s (addresses that the platform routes "
			      "to CXL devices). No region can reach beyond its window.",
			      names);
	*ret_says = SR_EVIDENCE_YES;
	return sr_say(gathering,
		      "It lies in %s: addresses that the platform routes to CXL devices.", names);
}

void sr_gather_window(struct sr_gathering *gathering)
{
	enum sr_evidence_says says;
	const char *text = text_of_windows(gathering, &says);

	sr_step(gathering, "CXL window", says, text);
	add_windows(gathering);
	if (!gathering->unit->touches_window) {
		if (sr_source_is_whole(gathering->snapshot, SR_SOURCE_IOMEM))
			sr_fact(gathering, "/proc/iomem", "(no CXL Window overlaps it)");
		add_roots(gathering);
	}
	sr_fact_source(gathering, SR_SOURCE_IOMEM);
}

/* "(CFMWS 0x..-0x.., ram, pmem, type 3)": the restrictions of CXL 3.1, 9.18.1.3. */
static void add_fixed(struct sr_gathering *gathering, const struct sr_fixed_window *window)
{
	uint16_t allowed = window->restrictions;

	sr_fact(gathering, CEDT_PATH,
		sr_say(gathering, "(CFMWS " SR_RANGE_FORMAT "%s%s%s%s)",
		       SR_RANGE_VALUES(window->range),
		       allowed & SR_WINDOW_VOLATILE ? ", volatile" : "",
		       allowed & SR_WINDOW_PERSISTENT ? ", persistent" : "",
		       allowed & SR_WINDOW_TYPE2 ? ", accelerators" : "",
		       allowed & SR_WINDOW_TYPE3 ? ", expanders" : ""));
}

/* How many fixed windows overlap the unit, and whether one contains it. */
static size_t add_all_fixed(struct sr_gathering *gathering, bool *ret_contained, bool add)
{
	const struct sr_fixed_window *window;
	struct sr_range range = gathering->unit->range;
	size_t count = 0;

	*ret_contained = false;
	sr_for_each (window, &gathering->snapshot->acpi.windows) {
		if (!sr_range_overlaps(window->range, range))
			continue;
		*ret_contained |= sr_range_contains(window->range, range);
		count++;
		if (add)
			add_fixed(gathering, window);
	}
	return count;
}

static const char *text_without_fixed(const struct sr_gathering *gathering,
				      enum sr_evidence_says *ret_says)
{
	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (!gathering->snapshot->acpi.windows_known)
		return "Which windows firmware describes in the CEDT could not be read.";
	*ret_says = gathering->unit->touches_window ? SR_EVIDENCE_NO : SR_EVIDENCE_INFO;
	if (gathering->snapshot->acpi.has_cedt == SR_NO)
		return "There is no CEDT, the table in which firmware describes CXL windows.";
	return "Firmware describes no window (CFMWS) here in the CEDT.";
}

static const char *text_of_fixed(const struct sr_gathering *gathering, size_t count, bool contained,
				 enum sr_evidence_says *ret_says)
{
	if (!count)
		return text_without_fixed(gathering, ret_says);
	*ret_says = contained ? SR_EVIDENCE_YES : SR_EVIDENCE_NO;
	if (contained)
		return "Firmware describes such a window (a CFMWS of the CEDT), and the range lies "
		       "wholly in it.";
	if (count > 1)
		return "Firmware describes several such windows (CFMWS of the CEDT) here; the "
		       "range "
		       "does not lie in one of them alone.";
	return "Firmware describes such a window (a CFMWS of the CEDT), but a part of the range "
	       "lies outside of it: the memory map and the CEDT do not fit together.";
}

void sr_gather_fixed_window(struct sr_gathering *gathering)
{
	enum sr_evidence_says says;
	bool contained;
	size_t count = add_all_fixed(gathering, &contained, false);
	const char *text = text_of_fixed(gathering, count, contained, &says);

	sr_step(gathering, "fixed window (CEDT)", says, text);
	add_all_fixed(gathering, &contained, true);
	if (count)
		return;
	if (!gathering->snapshot->acpi.windows_known)
		sr_fact_source(gathering, SR_SOURCE_ACPI);
	else
		sr_fact(gathering, CEDT_PATH,
			gathering->snapshot->acpi.has_cedt == SR_NO ? "(none)"
								    : "(has no CFMWS here)");
}
