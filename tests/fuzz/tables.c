// SPDX-License-Identifier: GPL-2.0-only
/* ACPI tables of firmware: ranges are ranges, counts bounded by the bytes, faults texts. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "sources/acpi-cedt.h"
#include "sources/acpi-hmat.h"
#include "sources/acpi-merge.h"
#include "sources/acpi-srat.h"
#include "sources/acpi-table.h"
#include "targets.h"

/* Most mutations break the length in the header; every second input has it made right. */
static uint8_t *table_of(const uint8_t *data, size_t size)
{
	uint8_t *table = (uint8_t *)fuzz_text(data, size);

	if (size >= SR_TABLE_HEADER && size & 1) {
		for (int i = 0; i < 4; i++)
			table[4 + i] = (uint8_t)(size >> 8 * i);
	}
	return table;
}

static void check_faults(const struct sr_acpi *acpi)
{
	const struct sr_table_fault *fault;

	must(acpi->faults.count <= 2 * 65, "%zu faults", acpi->faults.count);
	sr_for_each (fault, &acpi->faults) {
		must(fault->table && fault->text, "a fault without words");
		fuzz_must_be_printable(fault->text, strlen(fault->text), false);
	}
}

static void check_memory(const struct sr_acpi *acpi, size_t size)
{
	const struct sr_memory_affinity *memory;

	sr_for_each (memory, &acpi->memory) {
		must(memory->range.start <= memory->range.end, "a range ends before it starts");
		must(!memory->offset.known || memory->offset.value < size, "behind the table");
	}
	must(acpi->memory.count <= size / 40, "more structures than have room");
}

FUZZ_RUN(fuzz_cedt)
{
	sr_auto_free uint8_t *table = table_of(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	const struct sr_fixed_window *window;

	must(!sr_cedt_parse(&snapshot->acpi, snapshot->pool, table, size), "no memory");
	sr_for_each (window, &snapshot->acpi.windows) {
		must(window->range.start <= window->range.end, "a range ends before it starts");
		must(!window->interleave_ways.known || (window->interleave_ways.value >= 1 &&
							window->interleave_ways.value <= 16),
		     "interleaved by %ju", (uintmax_t)window->interleave_ways.value);
		must(window->targets.count <= size / 4, "more targets than have room");
	}
	check_faults(&snapshot->acpi);
}

static bool is_sorted(const sr_domain_list *domains)
{
	for (size_t i = 1; i < domains->count; i++) {
		if (domains->items[i - 1] > domains->items[i])
			return false;
	}
	return true;
}

FUZZ_RUN(fuzz_srat)
{
	sr_auto_free uint8_t *table = table_of(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct sr_srat srat = { 0 };

	must(!sr_srat_parse(&snapshot->acpi, snapshot->pool, table, size, &srat), "no memory");
	check_memory(&snapshot->acpi, size);
	check_faults(&snapshot->acpi);
	must(is_sorted(&srat.memory) && is_sorted(&srat.nodes), "domains are not sorted");
	sr_srat_free(&srat);
	must(!sr_acpi_merge_memory(&snapshot->acpi, snapshot->pool, snapshot->acpi.memory.count / 2,
				   size & 2, size & 4),
	     "no memory");
	check_memory(&snapshot->acpi, size);
}

/* The first half is the SRAT that it refers to. */
FUZZ_RUN(fuzz_hmat)
{
	size_t first = size < 2 ? 0 : (size_t)(data[0] | data[1] << 8) % (size - 1);
	sr_auto_free uint8_t *before = size < 2 ? NULL : table_of(data + 2, first);
	sr_auto_free uint8_t *table = size < 2 ? NULL
					       : table_of(data + 2 + first, size - 2 - first);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct sr_srat srat = { 0 };
	struct sr_hmat hmat;

	if (!table)
		return;
	must(!sr_srat_parse(&snapshot->acpi, snapshot->pool, before, first, &srat), "no memory");
	must(!sr_hmat_parse(&snapshot->acpi, snapshot->pool, table, size - 2 - first,
			    first ? &srat : NULL, size & 8, &hmat),
	     "no memory");
	check_faults(&snapshot->acpi);
	sr_srat_free(&srat);
}
