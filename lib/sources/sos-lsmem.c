// SPDX-License-Identifier: LGPL-2.1-or-later
/* Columns as print_add_line() of sys-utils/lsmem.c in util-linux fills them. */
#include "sources/sos-lsmem.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/number.h"

static const char *const columns[] = {
	"RANGE", "SIZE", "STATE", "REMOVABLE", "ZONES", "NODE", "BLOCK",
};

enum column {
	RANGE,
	SIZE,
	STATE,
	REMOVABLE,
	ZONES,
	NODE,
	BLOCK,
	COLUMN_COUNT
};

#define SUM_PREFIX "Memory block size:"

struct word {
	const char *start;
	size_t length;
};

struct parsing {
	struct sr_snapshot *snapshot;
	const sr_range_list *wanted;
	uint64_t block_size; /* 0: not known yet */
	uint64_t next;	     /* where the next block may begin */
	size_t unreadable;
};

static bool is_word(struct word word, const char *text)
{
	return word.length == strlen(text) && memcmp(word.start, text, word.length) == 0;
}

/* How many words the line has; more than there is room for counts as one more. */
static size_t split(const char *line, const char *end, struct word words[COLUMN_COUNT])
{
	size_t count = 0;

	for (;;) {
		const char *start;

		while (line < end && *line == ' ')
			line++;
		if (line == end)
			return count;
		start = line;
		while (line < end && *line != ' ')
			line++;
		if (count == COLUMN_COUNT)
			return COLUMN_COUNT + 1;
		words[count++] = (struct word){ start, (size_t)(line - start) };
	}
}

/* "0x0000000008000000-0x000000000fffffff" */
static int parse_range(struct word word, struct sr_range *ret_range)
{
	const char *at = word.start, *end = word.start + word.length;
	uint64_t first, last;

	if (word.length < 7 || memcmp(at, "0x", 2) != 0)
		return -EINVAL;
	at += 2;
	if (sr_number_scan(&at, 16, &first) || end - at < 4 || memcmp(at, "-0x", 3) != 0)
		return -EINVAL;
	at += 3;
	if (sr_number_scan(&at, 16, &last) || at != end)
		return -EINVAL;
	return sr_range_make(first, last, ret_range);
}

static enum sr_block_state parse_state(struct word word)
{
	if (is_word(word, "online"))
		return SR_BLOCK_ONLINE;
	return is_word(word, "offline") ? SR_BLOCK_OFFLINE : SR_BLOCK_UNKNOWN;
}

/* The zone of an online block is the first of "Normal/Movable"; None is valid_zones' "none". */
static int parse_zone(struct sr_pool *pool, struct sr_memory_block *block, struct word word)
{
	const char *slash = memchr(word.start, '/', word.length);
	size_t length = slash ? (size_t)(slash - word.start) : word.length;

	if (is_word(word, "None"))
		block->zone = sr_text_of(sr_pool_text(pool, "none"));
	else if (!is_word(word, "Unknown") && length && length < 32)
		block->zone = sr_text_of(sr_pool_text_n(pool, word.start, length));
	return block->zone.known && !block->zone.value ? -ENOMEM : 0;
}

/*
 * lsmem tells one node also of a block that belongs to two; only a block that is all of what
 * is wanted was added at once, to one node.
 */
static void parse_node(const struct parsing *parsing, struct sr_memory_block *block,
		       struct word word)
{
	const char *at = word.start;
	uint64_t node;

	if (sr_range_list_bytes_in(parsing->wanted, block->range) == parsing->block_size &&
	    sr_number_scan(&at, 10, &node) == 0 && at == word.start + word.length &&
	    node <= INT_MAX)
		block->node = (struct sr_s64){ .value = (int64_t)node, .known = true };
}

static int add_block(struct parsing *parsing, struct sr_range range, const struct word *words,
		     size_t count)
{
	struct sr_memory_block *block;
	int error = 0;

	if (!sr_range_list_overlaps(parsing->wanted, range))
		return 0;
	block = sr_list_add(&parsing->snapshot->memory_blocks);
	if (!block)
		return -ENOMEM;
	block->id = range.start / parsing->block_size;
	block->range = range;
	block->state = parse_state(words[STATE]);
	parsing->unreadable += block->state == SR_BLOCK_UNKNOWN;
	if (block->state == SR_BLOCK_OFFLINE)
		block->zone = sr_text_of(NULL);
	/* An empty column makes the others slip. */
	if (count != COLUMN_COUNT)
		return 0;
	if (block->state == SR_BLOCK_ONLINE)
		error = parse_zone(parsing->snapshot->pool, block, words[ZONES]);
	parse_node(parsing, block, words[NODE]);
	return error;
}

/* Blocks are equal, each begins at a multiple of its size, and they ascend. */
static int parse_block(struct parsing *parsing, const char *line, const char *end)
{
	struct word words[COLUMN_COUNT];
	size_t count = split(line, end, words);
	struct sr_range range;
	uint64_t size;

	if (count <= STATE || count > COLUMN_COUNT || parse_range(words[RANGE], &range))
		return -EINVAL;
	size = sr_range_size(range);
	if (!parsing->block_size)
		parsing->block_size = size;
	if (size != parsing->block_size || size & (size - 1) || range.start % size ||
	    range.start < parsing->next)
		return -EINVAL;
	parsing->next = range.end == UINT64_MAX ? UINT64_MAX : range.end + 1;
	return add_block(parsing, range, words, count);
}

static bool is_header(const char *line, const char *end)
{
	struct word words[COLUMN_COUNT];

	if (split(line, end, words) != COLUMN_COUNT)
		return false;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (!is_word(words[i], columns[i]))
			return false;
	return true;
}

/* A line without its newline; NULL at the end, or where it has none. */
static const char *next_line(const char **at, const char *end, const char **ret_end)
{
	const char *line = *at,
		   *newline = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;

	if (!newline)
		return NULL;
	*ret_end = newline;
	*at = newline + 1;
	return line;
}

static int parse_lines(struct parsing *parsing, const char *text, const char *end)
{
	const char *line, *stop;
	bool begun = false;

	while ((line = next_line(&text, end, &stop))) {
		int error;

		if (!begun) {
			begun = is_header(line, stop);
			continue;
		}
		if (line == stop)
			break;
		error = parse_block(parsing, line, stop);
		if (error)
			return error;
	}
	/* The sums come last: with them the list was printed whole. */
	line = next_line(&text, end, &stop);
	if (!begun || !line || (size_t)(stop - line) < strlen(SUM_PREFIX) ||
	    memcmp(line, SUM_PREFIX, strlen(SUM_PREFIX)) != 0 || !parsing->block_size)
		return -EINVAL;
	return 0;
}

int sr_lsmem_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		   const sr_range_list *wanted, size_t *ret_unreadable)
{
	struct parsing parsing = { .snapshot = snapshot, .wanted = wanted };
	int error = parse_lines(&parsing, text, text + length);

	if (error) {
		snapshot->memory_blocks.count = 0;
		return error;
	}
	snapshot->memory_block_size = sr_u64_of(parsing.block_size);
	*ret_unreadable = parsing.unreadable;
	return 0;
}
