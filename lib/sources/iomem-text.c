// SPDX-License-Identifier: LGPL-2.1-or-later
/* Lines of /proc/iomem to nodes; pure, no I/O. */
#include "sources/iomem-text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/number.h"

#define MOST_LINES  2000000
#define MOST_DIGITS 16

/* Moves *@at behind @word where it stands there. */
static bool take_word(const char **at, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(*at, word, length) != 0)
		return false;
	*at += length;
	return true;
}

static bool take_digits(const char **at)
{
	const char *start = *at;

	while (**at >= '0' && **at <= '9')
		(*at)++;
	return *at > start;
}

/* Whether @label is @word and a decimal number, and nothing else. */
static bool is_numbered(const char *label, const char *word)
{
	return take_word(&label, word) && take_digits(&label) && *label == '\0';
}

static bool is_dax_device(const char *label)
{
	return take_word(&label, "dax") && take_digits(&label) && take_word(&label, ".") &&
	       take_digits(&label) && *label == '\0';
}

enum sr_iomem_kind sr_iomem_kind_of(const char *label)
{
	if (strcmp(label, "Soft Reserved") == 0)
		return SR_IOMEM_SOFT_RESERVED;
	/* add_cxl_resources() of drivers/cxl/acpi.c */
	if (is_numbered(label, "CXL Window "))
		return SR_IOMEM_CXL_WINDOW;
	/* alloc_hpa() and construct_region() of drivers/cxl/core/region.c */
	if (is_numbered(label, "region"))
		return SR_IOMEM_REGION;
	/* hmem_register_device() of drivers/dax/hmem/device.c before v7.0 */
	if (is_numbered(label, "hmem."))
		return SR_IOMEM_HMEM;
	/* dev_dax_kmem_probe() and dev_dax_probe() of drivers/dax */
	if (is_dax_device(label))
		return SR_IOMEM_DAX_DEVICE;
	if (strcmp(label, "System RAM") == 0 || strcmp(label, "System RAM (kmem)") == 0)
		return SR_IOMEM_SYSTEM_RAM;
	return SR_IOMEM_OTHER;
}

static bool take_address(const char **at, uint64_t *ret_address)
{
	const char *start = *at;

	return sr_number_scan(at, 16, ret_address) == 0 && *at - start <= MOST_DIGITS;
}

/* The range at the start of a line; moves *@at to the label. */
static bool take_range(const char **at, struct sr_range *ret_range)
{
	uint64_t start, end;

	while (**at == ' ' || **at == '\t')
		(*at)++;
	return take_address(at, &start) && take_word(at, "-") && take_address(at, &end) &&
	       take_word(at, " :") && sr_range_make(start, end, ret_range) == 0;
}

/*
 * Names of resources are printable; everything else, the NUL included, comes
 * from a damaged file.
 */
static bool is_printable(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}
	return true;
}

static void note_bad_line(struct sr_iomem_outcome *outcome, size_t line_number)
{
	if (outcome->bad_count++ == 0)
		outcome->first_bad_line = line_number;
}

static int add_node(struct sr_snapshot *snapshot, struct sr_range range, const char *label,
		    size_t length, struct sr_iomem_outcome *outcome)
{
	struct sr_iomem_node *node = sr_list_add(&snapshot->iomem);

	if (!node)
		return -ENOMEM;
	node->range = range;
	node->label = sr_pool_text_n(snapshot->pool, label, length);
	if (!node->label)
		return -ENOMEM;
	node->kind = sr_iomem_kind_of(node->label);
	outcome->node_count++;
	outcome->soft_reserved_count += node->kind == SR_IOMEM_SOFT_RESERVED;
	outcome->cxl_window_count += node->kind == SR_IOMEM_CXL_WINDOW;
	return 0;
}

/* The line from @line up to its newline @end. */
static int parse_line(struct sr_snapshot *snapshot, const char *line, const char *end,
		      size_t line_number, struct sr_iomem_outcome *outcome)
{
	struct sr_range range;

	while (end > line && (end[-1] == '\r' || end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (end == line)
		return 0;
	outcome->line_count++;
	if (!take_range(&line, &range)) {
		note_bad_line(outcome, line_number);
		return 0;
	}
	if (line < end && *line == ' ')
		line++;
	if (!is_printable(line, (size_t)(end - line))) {
		note_bad_line(outcome, line_number);
		return 0;
	}
	return add_node(snapshot, range, line, (size_t)(end - line), outcome);
}

static int parse_lines(struct sr_snapshot *snapshot, const char *text, size_t length,
		       struct sr_iomem_outcome *outcome)
{
	const char *line = text, *text_end = text + length;

	for (size_t line_number = 1; line < text_end; line_number++) {
		const char *end = memchr(line, '\n', (size_t)(text_end - line));
		int error;

		if (line_number > MOST_LINES) {
			outcome->too_long = true;
			return 0;
		}
		if (!end) {
			outcome->cut_off = true;
			return 0;
		}
		error = parse_line(snapshot, line, end, line_number, outcome);
		if (error)
			return error;
		line = end + 1;
	}
	return 0;
}

/*
 * r_show() writes zeroes for everybody without CAP_SYS_ADMIN. The parsed nodes
 * are those from @first on.
 */
static bool is_hidden(const struct sr_snapshot *snapshot, size_t first)
{
	for (size_t i = first; i < snapshot->iomem.count; i++) {
		if (snapshot->iomem.items[i].range.start || snapshot->iomem.items[i].range.end)
			return false;
	}
	return snapshot->iomem.count > first;
}

struct placed_node {
	struct sr_iomem_node node;
	size_t place;
};

static int compare_placed_nodes(const void *a, const void *b)
{
	const struct placed_node *one = a, *other = b;
	int order = sr_range_compare(one->node.range, other->node.range);

	if (order)
		return order;
	return one->place < other->place ? -1 : one->place > other->place;
}

/* qsort() promises no stability, so the place in the file decides last. */
static int sort_nodes(struct sr_snapshot *snapshot)
{
	size_t count = snapshot->iomem.count;
	sr_auto_free struct placed_node *placed = NULL;

	if (count < 2)
		return 0;
	placed = calloc(count, sizeof(*placed));
	if (!placed)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		placed[i] = (struct placed_node){ snapshot->iomem.items[i], i };
	qsort(placed, count, sizeof(*placed), compare_placed_nodes);
	for (size_t i = 0; i < count; i++)
		snapshot->iomem.items[i] = placed[i].node;
	return 0;
}

int sr_iomem_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		   struct sr_iomem_outcome *ret_outcome)
{
	struct sr_iomem_outcome outcome = { 0 };
	size_t first = snapshot->iomem.count;
	int error = parse_lines(snapshot, text, length, &outcome);

	if (error)
		return error;
	outcome.hidden = is_hidden(snapshot, first);
	if (outcome.hidden)
		snapshot->iomem.count = first;
	error = sort_nodes(snapshot);
	if (error)
		return error;
	*ret_outcome = outcome;
	return 0;
}
