// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel logs: as text, and as the records of /dev/kmsg that a capture keeps. Entries of the
 * map are ranges with a type that stands in the log, and bounded; the SRAT's ranges as well.
 */
#include <string.h>

#include "base/cleanup.h"
#include "sources/kernel-log-live.h"
#include "sources/memory-map-text.h"
#include "targets.h"

static bool is_within(struct sr_piece piece, const char *text, size_t length)
{
	return !piece.length || (piece.start >= text && piece.length <= length &&
				 (size_t)(piece.start - text) <= length - piece.length);
}

static void check_map(const struct sr_memory_map_text *map, const char *text, size_t length)
{
	const struct sr_log_map_entry *entry;

	sr_for_each (entry, &map->last.entries) {
		must(entry->range.start <= entry->range.end, "a range ends before it starts");
		must(entry->type.length && is_within(entry->type, text, length), "no type");
		must(entry->soft_reserved == sr_log_type_is_soft_reserved(entry->type),
		     "another type");
		must(entry == map->last.entries.items ||
			     entry[-1].range.start <= entry->range.start,
		     "not sorted");
	}
	must(map->last.entries.count <= 16384 && map->bad_count <= length, "not bounded");
	must(is_within(map->release, text, length) && is_within(map->command_line, text, length) &&
		     is_within(map->kernel_command_line, text, length),
	     "a piece is not of the text");
}

static void check_acpi(const struct sr_memory_map_text *map)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	const struct sr_memory_affinity *memory;

	must(snapshot && !sr_log_acpi_tell(&map->acpi, !map->cut_off, &snapshot->acpi),
	     "no memory");
	sr_for_each (memory, &snapshot->acpi.memory)
		must(memory->range.start <= memory->range.end, "a range ends before it starts");
}

static void parse(const char *text, size_t length)
{
	struct sr_memory_map_text map;

	must(!sr_memory_map_parse(text, length, &map), "no memory");
	check_map(&map, text, length);
	check_acpi(&map);
	sr_memory_map_free(&map);
}

FUZZ_RUN(fuzz_log)
{
	sr_auto_free char *text = fuzz_text(data, size);

	parse(text, size);
}

FUZZ_RUN(fuzz_kmsg)
{
	struct sr_log_copy copy = { 0 };

	if (sr_kmsg_recorded_read(fuzz_file(data, size), &copy))
		return;
	must(copy.length <= size + 1 && copy.text[copy.length] == '\0', "longer than its records");
	parse(copy.text, copy.length);
	free(copy.text);
}

/* What stands before the kernel's words, on a single line. */
FUZZ_RUN(fuzz_log_line)
{
	sr_auto_free char *text = fuzz_text(data, size);
	const struct sr_piece line = { text, size };
	struct sr_piece message = sr_log_message(line);

	must(is_within(message, text, size), "not of its line");
	must(sr_piece_equal(sr_piece_trim(message), message), "blanks around a message");
}
