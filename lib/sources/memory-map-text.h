/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The x86 memory maps in the text of a kernel log. Each map replaces the one
 * before it (e820__print_table() of arch/x86/kernel/e820.c prints the whole
 * table), so the last one counts, and what the kernel changed after it.
 */
#pragma once

#include "sources/log-acpi.h"
#include "sources/log-line.h"
#include "sources/log-map.h"

struct sr_memory_map_text {
	struct sr_log_map last; /* with the changes printed after it, sorted by address */
	size_t map_count;
	size_t bad_count; /* of its entries and changes: not understood, left out */
	bool cut_off;	  /* the text ends before the kernel prints no more maps */
	/*
	 * Whether nothing is missing before the first map: "Linux version " and the
	 * firmware's map are there, or this kernel prints no maps (arm64).
	 */
	bool has_beginning;
	/* Empty (length 0) where the log does not tell. */
	struct sr_piece release;
	struct sr_piece command_line;	     /* "Command line: ", x86 only */
	struct sr_piece kernel_command_line; /* "Kernel command line: ", its first line */
	struct sr_log_acpi acpi;
};

/*
 * Only -ENOMEM, with nothing to free. The pieces point into @text, behind whose
 * @length bytes there must be a NUL, as sr_file_read() puts it. Where the text
 * holds several boots (a serial console's log), the last one is told.
 */
int sr_memory_map_parse(const char *text, size_t length, struct sr_memory_map_text *ret_map);
void sr_memory_map_free(struct sr_memory_map_text *map);
