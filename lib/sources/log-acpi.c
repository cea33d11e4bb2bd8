// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/log-acpi.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

/* As acpi-srat.c: more than any kernel has room for. */
#define MOST_MEMORY 4096

void sr_log_acpi_free(struct sr_log_acpi *log)
{
	sr_list_free(&log->memory);
}

/* "SRAT 0x000000007FFE3447 0000F0 (v01 ...": acpi_tb_print_table_header() of ACPICA. */
static bool take_table(struct sr_log_acpi *log, struct sr_piece message)
{
	static const size_t name_length = 4;
	struct sr_piece rest = message;

	if (message.length <= name_length)
		return false;
	rest.start += name_length;
	rest.length -= name_length;
	if (!sr_piece_take(&rest, " 0x"))
		return false;
	log->names_tables = true;
	log->names_srat |= sr_piece_take(&message, "SRAT");
	log->names_hmat |= sr_piece_take(&message, "HMAT");
	log->names_cedt |= sr_piece_take(&message, "CEDT");
	return true;
}

/* "0 PXM 0 [mem 0x00000000-0x0009ffff]"; the addresses are not yet a range. */
static bool take_memory(struct sr_piece *piece, uint64_t *node, uint64_t *domain, uint64_t *start,
			uint64_t *end)
{
	return sr_piece_take_number(piece, 10, node) && sr_piece_take(piece, " PXM ") &&
	       sr_piece_take_number(piece, 10, domain) && sr_piece_take(piece, " [mem ") &&
	       sr_piece_take_address(piece, start) && sr_piece_take(piece, "-") &&
	       sr_piece_take_address(piece, end) && sr_piece_take(piece, "]") && *node <= INT_MAX &&
	       *domain <= UINT32_MAX;
}

/* What acpi_numa_memory_affinity_init() of drivers/acpi/numa/srat.c prints, of "SRAT: Node ". */
static int read_memory(struct sr_log_acpi *log, struct sr_piece rest)
{
	uint64_t node, domain, start, end;
	struct sr_memory_affinity *memory;
	struct sr_range range;

	if (!take_memory(&rest, &node, &domain, &start, &end)) {
		log->memory_lost = true;
		return 0;
	}
	/* Of size 0, or beyond 64 bits: printed, but not used. */
	if (sr_range_make(start, end, &range) != 0)
		return 0;
	if (log->memory.count >= MOST_MEMORY) {
		log->memory_lost = true;
		return 0;
	}
	memory = sr_list_add(&log->memory);
	if (!memory)
		return -ENOMEM;
	*memory = (struct sr_memory_affinity){
		.range = range,
		.proximity_domain = (uint32_t)domain,
		.node = { .value = (int64_t)node, .known = true },
		.source = SR_SOURCE_KERNEL_LOG,
	};
	memory->hot_pluggable = sr_piece_take(&rest, " hotplug");
	memory->non_volatile = sr_piece_take(&rest, " non-volatile");
	return 0;
}

static int read_acpi(struct sr_log_acpi *log, struct sr_piece message, bool cut_off)
{
	if (take_table(log, message) || !sr_piece_take(&message, "SRAT: "))
		return 0;
	if (sr_piece_take(&message, "SRAT not used"))
		log->srat_refused = true; /* bad_srat() */
	if (!sr_piece_take(&message, "Node "))
		return 0;
	if (!cut_off)
		return read_memory(log, message);
	log->memory_lost = true;
	return 0;
}

int sr_log_acpi_read(struct sr_log_acpi *log, struct sr_piece message, bool cut_off)
{
	if (sr_piece_take(&message, "ACPI: "))
		return read_acpi(log, message, cut_off);
	if (sr_piece_take(&message, "acpi/hmat: ")) {
		log->hmat_read = true;
		log->hmat_ignored |= sr_piece_take(&message, "Ignoring");
	}
	/* free_initmem(), called by kernel_init() behind all initcalls; hmat_init() is one. */
	if (sr_piece_take(&message, "Freeing unused kernel"))
		log->has_started = true;
	return 0;
}

/* Tables are printed where the kernel finds them, all at once. */
static enum sr_truth is_named(const struct sr_log_acpi *log, bool has_maps, bool named)
{
	if (named)
		return SR_YES;
	return has_maps && log->names_tables ? SR_NO : SR_UNKNOWN;
}

/* The kernel's own word: it read the table and did not say that it ignores it. */
static enum sr_truth is_hmat_used(const struct sr_log_acpi *log)
{
	if (log->srat_refused || log->hmat_ignored)
		return SR_NO;
	return log->hmat_read && log->has_started ? SR_YES : SR_UNKNOWN;
}

static enum sr_truth is_hmat_logged(const struct sr_log_acpi *log)
{
	if (log->hmat_read)
		return SR_YES;
	return log->has_started ? SR_NO : SR_UNKNOWN;
}

int sr_log_acpi_tell(const struct sr_log_acpi *log, bool has_maps, struct sr_acpi *acpi)
{
	const struct sr_memory_affinity *from;
	bool told = log->memory.count || (log->names_tables && !log->names_srat);

	acpi->has_srat = is_named(log, has_maps, log->names_srat || log->memory.count);
	acpi->has_hmat = is_named(log, has_maps, log->names_hmat);
	acpi->has_cedt = is_named(log, has_maps, log->names_cedt);
	acpi->hmat_used = is_hmat_used(log);
	acpi->hmat_logged = is_hmat_logged(log);
	acpi->memory_known = has_maps && told && !log->memory_lost && !log->srat_refused;
	sr_for_each (from, &log->memory) {
		struct sr_memory_affinity *memory = sr_list_add(&acpi->memory);

		if (!memory)
			return -ENOMEM;
		*memory = *from;
	}
	return 0;
}
