// SPDX-License-Identifier: GPL-2.0-only
/*
 * What firmware has to mend: what lint found, and the causes of memory that is lost or cannot
 * be used. For each code what disagrees, where that stands, what came of it, what to change.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "judgement/cause.h"
#include "page-parts.h"
#include "text.h"

/* Of one code; the rest is counted. */
#define SHOWN 8

/* Where a fact stands, in words of who makes firmware; by the beginning of its path. */
static const struct {
	const char *path, *words;
	const char *structure; /* of a table, where its offset is known */
} places[] = {
	{ "/sys/firmware/acpi/tables/SRAT", "ACPI table SRAT",
	  "Memory Affinity Structure, Base Address and Length" },
	{ "/sys/firmware/acpi/tables/CEDT", "ACPI table CEDT", "CFMWS, Base HPA and Window Size" },
	{ "/sys/firmware/acpi/tables/HMAT", "ACPI table HMAT", NULL },
	{ "/sys/firmware/acpi/tables/", "ACPI table", NULL },
	{ "/sys/firmware/memmap", "UEFI memory map, as handed to the system", NULL },
	{ "/sys/bus/cxl/devices/decoder", "CXL decoder, as the system has it", NULL },
	{ "/sys/bus/cxl/devices/region", "Committed HDM decoders, as one region", NULL },
	{ "/sys/bus/cxl/devices", "CXL devices, as the system has them", NULL },
	{ "/proc/cmdline", "Kernel command line", NULL },
	{ "/proc/iomem", "The system's map of addresses", NULL },
	{ "/proc/sys/kernel/bootloader_type", "What the boot loader said of itself", NULL },
	{ "", "The system's log of this boot", NULL },
};

static bool begins_with(const char *text, const char *begin)
{
	return strncmp(text, begin, strlen(begin)) == 0;
}

/* "ACPI table SRAT (/sys/firmware/acpi/tables/SRAT)" */
static char *place_of(const struct sr_lint_fact *fact)
{
	sr_auto_free char *path = markdown_text(fact->path);
	size_t i = 0;

	while (!begins_with(fact->path, places[i].path))
		i++;
	if (!path)
		return NULL;
	if (places[i].structure && fact->offset.known)
		return page_format("%s, at offset 0x%" PRIx64 ": %s (%s)", places[i].words,
				   fact->offset.value, places[i].structure, path);
	return page_format("%s (%s)", places[i].words, path);
}

static int print_facts(FILE *stream, const struct sr_lint_finding *finding)
{
	for (size_t i = 0; i < sizeof(finding->facts) / sizeof(*finding->facts); i++) {
		const struct sr_lint_fact *fact = &finding->facts[i];
		sr_auto_free char *place = NULL, *value = NULL, *line = NULL;

		if (!fact->path)
			continue;
		place = place_of(fact);
		value = markdown_text(fact->value);
		line = place && value ? page_format("%s: %s.", place, value) : NULL;
		if (!line)
			return -ENOMEM;
		markdown_item(stream, line);
	}
	return 0;
}

static char *state_of(const struct sr_range_report *unit)
{
	static const char *const words[] = {
		[SR_STATE_OK] = "is in use",
		[SR_STATE_IDLE] = "can be used, but is not",
		[SR_STATE_UNKNOWN] = "is in a state that is not known",
		[SR_STATE_UNUSABLE] = "is unusable: no driver can take it",
		[SR_STATE_LOST] = "is lost: how much of it belongs to no driver is not known",
	};
	char size[SIZE_TEXT_LENGTH];

	if (unit->state == SR_STATE_LOST && unit->lost.known)
		return page_format("is lost: %s of it belong to no driver",
				   size_text(unit->lost.value, true, size));
	return strdup(words[unit->state]);
}

static int print_outcome_of(FILE *stream, const struct sr_range_report *unit)
{
	sr_auto_free char *state = state_of(unit);
	sr_auto_free char *line = NULL;
	char size[SIZE_TEXT_LENGTH];

	if (state)
		line = page_format("What came of it: 0x%" PRIx64 "-0x%" PRIx64 ", %s, %s.",
				   unit->range.start, unit->range.end,
				   size_text(sr_range_size(unit->range), true, size), state);
	if (!line)
		return -ENOMEM;
	markdown_item(stream, line);
	return 0;
}

/* Of each unit that it is about. */
static int print_outcomes(FILE *stream, const struct sr_report *report,
			  const struct sr_lint_finding *finding)
{
	const struct sr_range_report *unit;
	size_t count = 0;

	sr_for_each (unit, &report->units) {
		if (!finding->has_range || !sr_range_overlaps(unit->range, finding->range))
			continue;
		if (count++ < SHOWN && print_outcome_of(stream, unit))
			return -ENOMEM;
	}
	if (count > SHOWN)
		fprintf(stream, "- %zu more Soft Reserved ranges, see below.\n", count - SHOWN);
	if (!count && finding->has_range)
		markdown_item(stream,
			      report->soft_reserved_whole
				      ? "What came of it: no Soft Reserved memory lies there."
				      : "What came of it: not known, as what is Soft Reserved "
					"could not be read.");
	return 0;
}

static int print_finding(FILE *stream, const struct page *page,
			 const struct sr_lint_finding *finding)
{
	sr_auto_free char *text = markdown_text(finding->text);
	sr_auto_free char *line =
		text ? page_format("%s: %s.", finding->severity == SR_LINT_NOTE ? "Note" : "Wrong",
				   text)
		     : NULL;

	if (!line)
		return -ENOMEM;
	markdown_paragraph(stream, line);
	if (print_facts(stream, finding))
		return -ENOMEM;
	if (print_outcomes(stream, page->report, finding))
		return -ENOMEM;
	page_sentence(stream, "Specification: ", finding->specification, SR_CODE_COUNT);
	fputc('\n', stream);
	return 0;
}

static bool is_for_firmware(const struct sr_lint_finding *finding)
{
	return sr_codes[finding->advice].owner == SR_PROBLEM_OF_FIRMWARE;
}

static int print_lint_of(FILE *stream, const struct page *page, enum sr_code code)
{
	const struct sr_lint_finding *finding;
	size_t count = 0;

	sr_for_each (finding, &page->lint->findings) {
		if (finding->code != code || !is_for_firmware(finding))
			continue;
		if (count++ < SHOWN && print_finding(stream, page, finding))
			return -ENOMEM;
	}
	if (count > SHOWN)
		fprintf(stream, "%zu more of this kind are in `lint.txt`.\n\n", count - SHOWN);
	return 0;
}

static bool is_caused_by(const struct sr_range_report *unit, enum sr_code code)
{
	const enum sr_code *cause = sr_cause(unit);

	return cause && *cause == code && sr_problem_owner_of(unit, code) == SR_PROBLEM_OF_FIRMWARE;
}

/* The windows and regions that the unit touches, which is what disagrees. */
static int print_neighbours(FILE *stream, const struct sr_report *report,
			    const struct sr_range_report *unit)
{
	static const char *const headings[] = { "What meets here", "Addresses", "Size", NULL };
	auto_markdown_table struct markdown_table table = { 0 };
	const struct sr_window **window;
	const struct sr_region_report *item;

	page_headings(&table, headings);
	markdown_cell(&table, strdup("Soft Reserved range"));
	markdown_cell(&table, page_range(unit->range));
	markdown_cell(&table, page_size(sr_u64_of(sr_range_size(unit->range))));
	sr_for_each (window, &unit->windows) {
		markdown_cell(&table, strdup("CXL window of the system"));
		markdown_cell(&table, page_range((*window)->range));
		markdown_cell(&table, page_size(sr_u64_of(sr_range_size((*window)->range))));
	}
	sr_for_each (item, &report->regions) {
		sr_auto_free char *name = NULL;

		if (!item->has_range || !sr_range_overlaps(item->range, unit->range))
			continue;
		name = markdown_code(item->region->name);
		markdown_cell(&table, name ? page_format("region %s", name) : NULL);
		markdown_cell(&table, page_range(item->range));
		markdown_cell(&table, page_size(sr_u64_of(sr_range_size(item->range))));
	}
	return markdown_table_print(stream, &table);
}

static int print_units_of(FILE *stream, const struct page *page, enum sr_code code)
{
	const struct sr_range_report *unit;
	size_t count = 0;

	sr_for_each (unit, &page->report->units) {
		if (!is_caused_by(unit, code) || count++ >= SHOWN)
			continue;
		if (print_neighbours(stream, page->report, unit) || print_outcome_of(stream, unit))
			return -ENOMEM;
		fputc('\n', stream);
	}
	if (count > SHOWN)
		fprintf(stream, "%zu more Soft Reserved ranges are so, see below.\n\n",
			count - SHOWN);
	return 0;
}

static int print_notes_of(FILE *stream, const struct page *page, enum sr_code code)
{
	const struct sr_finding *finding;

	sr_for_each (finding, &page->report->findings) {
		sr_auto_free char *text = NULL;

		if (finding->code != code)
			continue;
		text = markdown_text(finding->text);
		if (!text)
			return -ENOMEM;
		markdown_item(stream, text);
		fputc('\n', stream);
	}
	return 0;
}

bool page_is_fault(const struct page *page, enum sr_code code)
{
	const struct sr_lint_finding *lint;
	const struct sr_range_report *unit;
	const struct sr_finding *finding;

	sr_for_each (lint, &page->lint->findings) {
		if (lint->code == code && is_for_firmware(lint))
			return true;
	}
	sr_for_each (unit, &page->report->units) {
		if (is_caused_by(unit, code))
			return true;
	}
	sr_for_each (finding, &page->report->findings) {
		if (finding->code == code && sr_codes[code].owner == SR_PROBLEM_OF_FIRMWARE)
			return true;
	}
	return false;
}

static int print_fault(FILE *stream, const struct page *page, enum sr_code code)
{
	sr_auto_free char *sentence = page_format("%s.", sr_codes[code].sentence);
	sr_auto_free char *action = page_format(
		"What to change, as the machine's owner is told: %s.", sr_codes[code].action);

	if (!sentence || !action)
		return -ENOMEM;
	*sentence = (char)toupper((unsigned char)*sentence);
	fprintf(stream, "### %s\n\n", sr_codes[code].name);
	markdown_paragraph(stream, sentence);
	if (print_lint_of(stream, page, code) || print_units_of(stream, page, code) ||
	    print_notes_of(stream, page, code))
		return -ENOMEM;
	markdown_paragraph(stream, action);
	return 0;
}

int page_faults(FILE *stream, const struct page *page)
{
	bool found = false;

	/* The codes of lint are the last ones, and say most to who makes firmware. */
	for (int i = 0; i < SR_CODE_COUNT; i++) {
		enum sr_code code = (SR_CODE_TABLE_BROKEN + i) % SR_CODE_COUNT;

		if (!page_is_fault(page, code))
			continue;
		found = true;
		if (print_fault(stream, page, code))
			return -ENOMEM;
	}
	if (!found)
		markdown_paragraph(stream, page->report->short_sources || page->lint->skipped.count
						   ? "Nothing was found, but not all could be "
						     "looked at: see the last section."
						   : "Nothing was found.");
	return 0;
}
