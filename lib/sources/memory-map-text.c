// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finds the last memory map in the text of a kernel log; pure, no I/O. */
#include "sources/memory-map-text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"

/* More than any kernel prints; bounds the time that applying them takes. */
#define MOST_CHANGES 4096

/*
 * All that e820__print_table() and its predecessors were given as `who`:
 * e820.c and setup.c of arch/x86/kernel, and arch/x86/xen/setup.c.
 */
static const char *const map_names[] = {
	"BIOS-e820", "BIOS-88",	 "BIOS-e801",	       "Xen",	  "xen",      "user",
	"modified",  "extended", "reserve setup_data", "reserve", "bad_ppro",
};

struct parser {
	struct sr_memory_map_text map;
	const char *map_name;  /* of the map that is being read; NULL: none yet */
	bool header_pending;   /* a header was read, its first entry not yet */
	bool has_banner;       /* "Linux version " */
	bool has_firmware_map; /* the first map is the firmware's */
	bool has_end;	       /* "Kernel command line: " */
	bool was_cut_off;      /* this message ends with the text, without a newline */
	size_t change_count;   /* since the last map began */
};

/* "0x...-0x...]"; what is left of @piece is trimmed. */
static bool take_range(struct sr_piece *piece, struct sr_range *ret_range)
{
	uint64_t start, end;

	if (!sr_piece_take_address(piece, &start) || !sr_piece_take(piece, "-") ||
	    !sr_piece_take_address(piece, &end) || !sr_piece_take(piece, "]"))
		return false;
	*piece = sr_piece_trim(*piece);
	return sr_range_make(start, end, ret_range) == 0;
}

/* What cannot be used is counted; only -ENOMEM goes on. */
static int count_bad(struct parser *parser, int error)
{
	if (error == -ENOMEM)
		return error;
	parser->map.bad_count += error != 0;
	return 0;
}

/* A header, or another name where the header was lost, begins a new map. */
static void begin_map_where_due(struct parser *parser, const char *name)
{
	bool first = parser->map.map_count == 0;

	if (!parser->header_pending && parser->map_name == name)
		return;
	if (first)
		parser->has_firmware_map = strncmp(name, "BIOS-", strlen("BIOS-")) == 0 ||
					   strcasecmp(name, "xen") == 0;
	parser->map_name = name;
	parser->header_pending = false;
	parser->map.map_count++;
	parser->map.last.entries.count = 0;
	parser->map.bad_count = 0;
	parser->change_count = 0;
}

/* "BIOS-e820: [mem 0x0-0xfff] usable"; the name and ": [" are taken already. */
static int read_entry(struct parser *parser, const char *name, struct sr_piece rest)
{
	bool is_memory = sr_piece_take(&rest, "mem");
	struct sr_range range;

	/* v7.0 began to print the gaps between the entries, too. */
	if (!is_memory && !sr_piece_take(&rest, "gap"))
		return 0;
	rest = sr_piece_trim(rest);
	begin_map_where_due(parser, name);
	if (!is_memory)
		return 0;
	if (!take_range(&rest, &range) || !rest.length || !sr_piece_is_printable(rest) ||
	    parser->was_cut_off)
		return count_bad(parser, -EINVAL);
	return count_bad(parser, sr_log_map_add(&parser->map.last, range, rest));
}

/* Splits "System RAM ==> soft reserved". */
static bool split_update(struct sr_piece rest, struct sr_piece *ret_from, struct sr_piece *ret_to)
{
	const char *arrow = memmem(rest.start, rest.length, "==>", strlen("==>"));
	size_t before;

	if (!arrow)
		return false;
	before = (size_t)(arrow - rest.start);
	*ret_from = sr_piece_trim((struct sr_piece){ rest.start, before });
	*ret_to = sr_piece_trim(
		(struct sr_piece){ arrow + strlen("==>"), rest.length - before - strlen("==>") });
	return ret_from->length && ret_to->length;
}

/*
 * "e820: update [mem 0x0-0xfff] usable ==> reserved" and
 * "e820: remove [mem 0x0-0xfff] usable". Before any map is seen there is nothing
 * to look at, and what becomes soft reserved is taken as it is.
 */
static int read_change(struct parser *parser, struct sr_piece rest)
{
	bool is_update = sr_piece_take(&rest, "update [mem ");
	struct sr_piece from, to = { 0 };
	struct sr_range range;

	if (!is_update && !sr_piece_take(&rest, "remove [mem "))
		return 0;
	if (parser->change_count++ >= MOST_CHANGES || !take_range(&rest, &range) ||
	    !sr_piece_is_printable(rest) || parser->was_cut_off)
		return count_bad(parser, -EINVAL);
	from = rest;
	if (is_update && !split_update(rest, &from, &to))
		return count_bad(parser, -EINVAL);
	if (!parser->map.map_count && sr_log_type_is_soft_reserved(to))
		return count_bad(parser, sr_log_map_add(&parser->map.last, range, to));
	return count_bad(parser, sr_log_map_change(&parser->map.last, range, from, to));
}

/* "Linux version 6.12.1 (builder@host) (gcc ...": init/version.c, the first line of a boot. */
static int read_banner(struct parser *parser, struct sr_piece rest)
{
	const char *blank = memchr(rest.start, ' ', rest.length);
	struct sr_piece release = { rest.start, blank ? (size_t)(blank - rest.start) : 0 };

	if (!release.length || !sr_piece_is_printable(release) || blank[1] != '(')
		return 0;
	sr_memory_map_free(&parser->map);
	*parser = (struct parser){ .has_banner = true, .map.release = release };
	return 0;
}

static void keep_first(struct sr_piece *kept, struct sr_piece piece)
{
	if (!kept->length)
		*kept = sr_piece_trim(piece);
}

/*
 * "BIOS-provided physical RAM map:", from v4.0 to v4.10 behind "e820: ". A
 * header counts only with its first entry: other architectures have such headers, too.
 */
static bool is_header(struct sr_piece message)
{
	static const char words[] = " physical RAM map:";
	size_t length = strlen(words);

	return message.length > length &&
	       memcmp(message.start + message.length - length, words, length) == 0;
}

static int read_message(struct parser *parser, struct sr_piece message)
{
	if (is_header(message)) {
		parser->header_pending = true;
		return 0;
	}
	for (size_t i = 0; i < sizeof(map_names) / sizeof(*map_names); i++) {
		struct sr_piece rest = message;

		if (sr_piece_take(&rest, map_names[i]) && sr_piece_take(&rest, ": ["))
			return read_entry(parser, map_names[i], rest);
	}
	if (sr_piece_take(&message, "e820: "))
		return read_change(parser, message);
	if (sr_piece_take(&message, "Linux version "))
		return read_banner(parser, message);
	if (sr_piece_take(&message, "Command line: "))
		keep_first(&parser->map.command_line, message);
	if (sr_piece_take(&message, "Kernel command line:")) {
		keep_first(&parser->map.kernel_command_line, message);
		parser->has_end = true;
	}
	return sr_log_acpi_read(&parser->map.acpi, message, parser->was_cut_off);
}

static int read_lines(struct parser *parser, const char *text, size_t length)
{
	const char *line = text, *text_end = text + length;

	while (line < text_end) {
		const char *end = memchr(line, '\n', (size_t)(text_end - line));
		struct sr_piece piece = { line, (size_t)((end ? end : text_end) - line) };
		struct sr_piece message = sr_log_message(piece);
		int error;

		parser->was_cut_off = !end;
		error = read_message(parser, message);
		if (error)
			return error;
		line += piece.length + 1;
	}
	return 0;
}

void sr_memory_map_free(struct sr_memory_map_text *map)
{
	sr_list_free(&map->last.entries);
	sr_log_acpi_free(&map->acpi);
}

int sr_memory_map_parse(const char *text, size_t length, struct sr_memory_map_text *ret_map)
{
	struct parser parser = { 0 };
	int error = read_lines(&parser, text, length);

	if (error) {
		sr_memory_map_free(&parser.map);
		return error;
	}
	sr_log_map_sort(&parser.map.last);
	/* start_kernel() of init/main.c prints it behind setup_arch(), which prints the maps. */
	parser.map.cut_off = !parser.has_end || (parser.map.map_count && parser.header_pending);
	/* Only x86 prints "Command line: " (setup_arch() of arch/x86/kernel/setup.c). */
	parser.map.has_beginning = parser.has_banner &&
				   (parser.has_firmware_map ||
				    (!parser.map.map_count && !parser.map.command_line.length));
	*ret_map = parser.map;
	return 0;
}
