// SPDX-License-Identifier: GPL-2.0-only
#include "map-text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "sources/sources.h"
#include "text.h"

const char map_scale_text[] =
	"Not to scale: 16 times the size is twice the width, and CXL is magnified.";

/* Names that are written of what has no place. */
#define MOST_NAMES 8

/* Longer names are hostile or damaged. */
#define NAME_LENGTH 32

static const char *why(enum sr_source_state state)
{
	switch (state) {
	case SR_SOURCE_HIDDEN:
		return "no permission";
	case SR_SOURCE_ABSENT:
		return "not there";
	case SR_SOURCE_NOT_USED:
		return "of another boot";
	case SR_SOURCE_PARTIAL:
	case SR_SOURCE_INCOMPLETE:
		return "not all of it";
	case SR_SOURCE_OK:
		return "does not tell";
	default:
		return "could not be read";
	}
}

/* One reason where all sources have the same, else one for each. */
static void write_why(FILE *stream, const struct sr_map *map, unsigned int sources)
{
	const struct sr_source_note *notes = map->report->snapshot->notes;
	const char *first = NULL, *between = "";
	bool same = true;

	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (!(sources & 1U << i))
			continue;
		if (!first)
			first = why(notes[i].state);
		same &= strcmp(first, why(notes[i].state)) == 0;
	}
	if (same) {
		fputs(first ? first : "not known", stream);
		return;
	}
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (!(sources & 1U << i))
			continue;
		fprintf(stream, "%s%s: %s", between, sr_sources[i].name, why(notes[i].state));
		between = ", ";
	}
}

int map_note(const struct sr_map *map, enum sr_map_lane_id lane, char **ret_text)
{
	const struct sr_map_lane *item = &map->lanes[lane];
	char *text = NULL;
	size_t length;
	FILE *stream;

	*ret_text = NULL;
	if (item->read && item->whole)
		return 0;
	stream = text_open(&text, &length);
	if (!stream)
		return -ENOMEM;
	fprintf(stream, "%s: %s (", item->read ? "only partly read" : "not read",
		sr_map_lane_name(lane));
	write_why(stream, map, item->short_sources);
	fputc(')', stream);
	if (text_close(stream) != 0) {
		free(text);
		return -ENOMEM;
	}
	*ret_text = text;
	return 0;
}

static char *short_copy(const char *text, size_t length)
{
	char *copy = printable_copy(text);

	if (copy && strlen(copy) > length)
		memcpy(copy + length - 2, "..", sizeof(".."));
	return copy;
}

int map_unplaced(const struct sr_map *map, enum sr_map_lane_id lane, char **ret_text)
{
	const struct sr_map_lane *item = &map->lanes[lane];
	size_t length, shown = item->unplaced.count;
	char *text = NULL;
	FILE *stream;

	*ret_text = NULL;
	if (!shown)
		return 0;
	if (shown > MOST_NAMES)
		shown = MOST_NAMES;
	stream = text_open(&text, &length);
	if (!stream)
		return -ENOMEM;
	fprintf(stream, "place not known, or not of all of it: %s:", sr_map_lane_name(lane));
	for (size_t i = 0; i < shown; i++) {
		sr_auto_free char *name = short_copy(item->unplaced.items[i], NAME_LENGTH);

		fprintf(stream, "%s %s", i ? "," : "", name ? name : "?");
	}
	if (shown < item->unplaced.count)
		fprintf(stream, " and %zu more", item->unplaced.count - shown);
	if (text_close(stream) != 0) {
		free(text);
		return -ENOMEM;
	}
	*ret_text = text;
	return 0;
}

char *map_empty(const struct sr_map *map, enum sr_map_lane_id lane)
{
	char *note;

	if (map_note(map, lane, &note))
		return NULL;
	return note ? note : strdup("none");
}

char *map_name(const struct sr_map_segment *segment, size_t length)
{
	return short_copy(segment->name, length);
}

char *map_title(const struct sr_map_segment *segment)
{
	sr_auto_free char *name = map_name(segment, NAME_LENGTH);
	sr_auto_free char *detail = segment->detail ? short_copy(segment->detail, 2 * NAME_LENGTH)
						    : NULL;
	char size[SIZE_TEXT_LENGTH];
	char *text;

	if (!name || (segment->detail && !detail))
		return NULL;
	return text_format(&text, "0x%" PRIx64 "-0x%" PRIx64 " %s %s%s%s", segment->range.start,
			   segment->range.end,
			   size_text(sr_range_size(segment->range), false, size), name,
			   detail ? ", " : "", detail ? detail : "") < 0
		       ? NULL
		       : text;
}

char *map_bar_title(const struct sr_map_bar *bar)
{
	sr_auto_free char *one = map_title(bar->segment);
	char *text;

	if (!one || bar->count == 1)
		return sr_take(one);
	return text_format(&text, "%zu ranges in 0x%" PRIx64 "-0x%" PRIx64 ", one of them: %s",
			   bar->count, bar->range.start, bar->range.end, one) < 0
		       ? NULL
		       : text;
}
