// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page from its head to its end: what machine it is, what its firmware describes, what of
 * that does not fit together, what came of it. For readers who need not know Linux.
 */
#include "render-page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "page-parts.h"
#include "sources/sources.h"
#include "text.h"
#include "verdict.h"

/* Names of SMBIOS, joined by blanks; those that are not known are left out. */
static char *dmi_cell(const struct sr_snapshot *snapshot, const enum sr_dmi_id *ids, size_t count)
{
	sr_auto_free char *joined = strdup("");
	bool known = true;

	for (size_t i = 0; i < count && joined; i++) {
		const char *value = snapshot->dmi[ids[i]].value;
		char *before = joined;

		known &= snapshot->dmi[ids[i]].known;
		if (!value)
			continue;
		joined = page_format("%s%s%s", before, *before ? " " : "", value);
		free(before);
	}
	if (!joined)
		return NULL;
	if (*joined)
		return markdown_code(joined);
	return strdup(known ? "-" : "?");
}

static void add_row(struct markdown_table *table, const char *name, char *cell)
{
	markdown_cell(table, strdup(name));
	markdown_cell(table, cell);
}

static char *kernel_cell(const struct sr_kernel *kernel)
{
	sr_auto_free char *release = page_name(kernel->release);
	sr_auto_free char *machine = page_name(kernel->machine);

	return release && machine ? page_format("Linux %s on %s", release, machine) : NULL;
}

/* Those of the command line that change who gets the memory. */
static char *options_cell(const struct sr_report *report)
{
	sr_auto_free char *joined = strdup("");
	const char **option;

	if (!report->snapshot->kernel.command_line.known)
		return strdup("?");
	sr_for_each (option, &report->options) {
		char *before = joined;

		if (!before)
			return NULL;
		joined = page_format("%s%s%s", before, *before ? " " : "", *option);
		free(before);
	}
	return joined ? markdown_code(joined) : NULL;
}

/* "NOT_ONE_TO_ONE, REGION_SMALLER" */
static char *faults_cell(const struct page *page)
{
	char *joined = strdup("");

	for (int code = 0; code < SR_CODE_COUNT && joined; code++) {
		char *before = joined;

		if (!page_is_fault(page, code))
			continue;
		joined = page_format("%s%s%s", before, *before ? ", " : "", sr_codes[code].name);
		free(before);
	}
	if (!joined || *joined)
		return joined;
	free(joined);
	return strdup("nothing was found");
}

static int print_machine(FILE *stream, const struct page *page)
{
	static const char *const headings[] = { "What", "Which", NULL };
	static const enum sr_dmi_id system[] = { SR_DMI_SYS_VENDOR, SR_DMI_PRODUCT_NAME,
						 SR_DMI_PRODUCT_VERSION };
	static const enum sr_dmi_id board[] = { SR_DMI_BOARD_VENDOR, SR_DMI_BOARD_NAME,
						SR_DMI_BOARD_VERSION };
	static const enum sr_dmi_id bios[] = { SR_DMI_BIOS_VENDOR, SR_DMI_BIOS_VERSION };
	static const enum sr_dmi_id date[] = { SR_DMI_BIOS_DATE };
	const struct sr_snapshot *snapshot = page->report->snapshot;
	auto_markdown_table struct markdown_table table = { 0 };

	page_headings(&table, headings);
	add_row(&table, "System", dmi_cell(snapshot, system, 3));
	add_row(&table, "Board", dmi_cell(snapshot, board, 3));
	add_row(&table, "Firmware", dmi_cell(snapshot, bios, 2));
	add_row(&table, "Firmware date", dmi_cell(snapshot, date, 1));
	add_row(&table, "Operating system", kernel_cell(&snapshot->kernel));
	add_row(&table, "Kernel options that matter", options_cell(page->report));
	add_row(&table, "For firmware to mend", faults_cell(page));
	return markdown_table_print(stream, &table);
}

static int print_head(FILE *stream, const struct page *page)
{
	fputs("# CXL memory that firmware marks Soft Reserved\n\n", stream);
	markdown_paragraph(stream,
			   "cxl-sr made this page from what one machine's firmware and devices "
			   "describe and what its operating system, Linux, made of that. Serial "
			   "numbers, host names and ids are left out.");
	print_verdict(stream, page->report);
	fputc('\n', stream);
	return print_machine(stream, page);
}

static int print_words(FILE *stream, const struct page *page)
{
	static const char *const words[] = {
		"Soft Reserved: memory that the UEFI memory map has with the attribute "
		"EFI_MEMORY_SP. The system leaves it alone until a driver takes it.",
		"CXL window: a CXL Fixed Memory Window Structure (CFMWS) of the CEDT, and the "
		"decoder in the host that the system has for it.",
		"Region: one range of host addresses that committed HDM decoders of devices map "
		"together. The system finds these decoders at boot.",
		"Contained: one committed region covers all of a Soft Reserved range.",
		"Owner: `cxl`, the system's CXL drivers, or `hmem`, its fallback driver for Soft "
		"Reserved memory, which knows nothing of CXL; or nobody.",
		"Lost: memory that no driver owns. Unusable: its owner has it, but can give it "
		"to no program. Idle: it can be used, but is not.",
	};

	(void)page;
	markdown_paragraph(stream, "Addresses are host physical addresses, ends are inclusive, "
				   "offsets count from the start of a table. A ? is a value that "
				   "could not be read, which is not the same as 0 or none.");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		markdown_item(stream, words[i]);
	fputc('\n', stream);
	return 0;
}

/* A source that was not read whole, in one line. */
static int print_source(FILE *stream, int source, const struct sr_source_note *note)
{
	sr_auto_free char *detail = markdown_text(note->detail ? note->detail : "not there");
	sr_auto_free char *line = detail ? page_format("%s (%s): %s", sr_sources[source].name,
						       sr_sources[source].help, detail)
					 : NULL;

	if (!line)
		return -ENOMEM;
	page_sentence(stream, "", line, SR_CODE_COUNT);
	return 0;
}

static int print_sources(FILE *stream, const struct sr_snapshot *snapshot, bool *ret_any)
{
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		const struct sr_source_note *note = &snapshot->notes[i];

		if (note->state == SR_SOURCE_OK)
			continue;
		*ret_any = true;
		if (print_source(stream, i, note))
			return -ENOMEM;
	}
	return 0;
}

static int print_skipped(FILE *stream, const struct sr_lint *lint)
{
	const struct sr_lint_skip *skip;
	sr_auto_free char *joined = strdup("Not checked, or not wholly:");

	sr_for_each (skip, &lint->skipped) {
		char *before = joined;

		if (!before)
			return -ENOMEM;
		joined = page_format("%s%s %s", before, skip == lint->skipped.items ? "" : ",",
				     sr_codes[skip->code].name);
		free(before);
	}
	if (!joined)
		return -ENOMEM;
	if (lint->skipped.count)
		page_sentence(stream, "", joined, SR_CODE_COUNT);
	return 0;
}

static int print_unknown(FILE *stream, const struct page *page)
{
	const struct sr_report *report = page->report;
	bool any = page->barred || page->lint->skipped.count || report->settled == SR_NO;

	if (print_sources(stream, report->snapshot, &any) || print_skipped(stream, page->lint))
		return -ENOMEM;
	if (page->barred)
		fprintf(stream, "- %zu file%s could not be read for lack of permission.\n",
			page->barred, page->barred == 1 ? "" : "s");
	if (report->settled == SR_NO)
		markdown_item(stream, "The devices were still being enumerated, so what is shown "
				      "may have changed since.");
	fputs(any ? "\n" : "All that is looked at could be read.\n\n", stream);
	return 0;
}

static int print_files(FILE *stream, const struct page *page)
{
	static const char *const files[] = {
		"`report.txt`, `report.json`: each Soft Reserved range, and who owns it",
		"`lint.txt`, `lint.json`: where the tables of firmware do not fit together",
		"`predict.txt`: what other versions of Linux would make of them",
		"all else: the files of the machine that this was made from, ACPI tables among "
		"them in `sys/firmware/acpi/tables`; `cxl-sr report --sysroot` reads the archive "
		"as it is",
	};

	(void)page;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		page_sentence(stream, "", files[i], SR_CODE_COUNT);
	return 0;
}

static const struct section {
	const char *heading;
	int (*print)(FILE *stream, const struct page *page);
} sections[] = {
	{ NULL, print_head },
	{ "## Words", print_words },
	{ "## What firmware has to mend", page_faults },
	{ "## What firmware and devices describe\n\n### UEFI memory map", page_memory_map },
	{ "### SRAT", page_srat },
	{ "### CXL windows", page_windows },
	{ "### HDM decoders of devices", page_decoders },
	{ "### Regions", page_regions },
	{ "## What the operating system made of it", page_outcome },
	{ "## What is not for firmware to mend", page_others },
	{ "## What is not known", print_unknown },
	{ "## Files beside this page", print_files },
};

int render_page(FILE *stream, const struct page *page)
{
	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
		if (sections[i].heading)
			fprintf(stream, "%s\n\n", sections[i].heading);
		if (sections[i].print(stream, page))
			return -ENOMEM;
	}
	return ferror(stream) ? -EIO : 0;
}
