// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * CXL windows stand twice: as a node in /proc/iomem, which the kernel's "touches a
 * window" test uses, and as a root decoder. cxl_acpi widens the node over what it
 * collides with and cuts the next (add_cxl_resources(), drivers/cxl/acpi.c), so
 * the two can differ.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/range-list.h"
#include "base/sweep.h"
#include "judgement/stages.h"

static int compare_windows(const void *a, const void *b)
{
	const struct sr_window *left = a, *right = b;

	if (left->has_range != right->has_range)
		return left->has_range ? -1 : 1;
	return sr_range_compare(left->range, right->range);
}

static void sort_windows(struct sr_report *report)
{
	if (report->windows.count)
		qsort(report->windows.items, report->windows.count, sizeof(struct sr_window),
		      compare_windows);
}

static struct sr_window *add_window(struct sr_report *report)
{
	return sr_list_add(&report->windows);
}

/* One more than there may be is kept until the end, for the finding. */
static bool has_too_many(const struct sr_report *report)
{
	return report->windows.count > SR_WINDOW_LIMIT;
}

static int add_nodes(struct sr_report *report)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &report->snapshot->iomem) {
		struct sr_window *window;

		if (node->kind != SR_IOMEM_CXL_WINDOW || has_too_many(report))
			continue;
		window = add_window(report);
		if (!window)
			return -ENOMEM;
		window->has_range = true;
		window->range = node->range;
		window->node = node;
	}
	sort_windows(report);
	return 0;
}

static int note_difference(struct sr_report *report, struct sr_window *window,
			   struct sr_range decoder)
{
	window->differs = true;
	return sr_add_finding(report, SR_CODE_WINDOW_DIFFERS,
			      "%s is " SR_RANGE_FORMAT " in /proc/iomem, its root decoder %s "
			      "is " SR_RANGE_FORMAT,
			      window->node->label, SR_RANGE_VALUES(window->range),
			      window->decoder->name, SR_RANGE_VALUES(decoder));
}

static int add_decoder_alone(struct sr_report *report, const struct sr_root_decoder *decoder,
			     const struct sr_range *range)
{
	struct sr_window *window;

	if (has_too_many(report))
		return 0;
	window = add_window(report);
	if (!window)
		return -ENOMEM;
	window->decoder = decoder;
	window->has_range = range;
	if (range)
		window->range = *range;
	if (range && sr_source_is_whole(report->snapshot, SR_SOURCE_IOMEM))
		return sr_add_finding(report, SR_CODE_WINDOW_NOT_IN_IOMEM,
				      "root decoder %s, " SR_RANGE_FORMAT
				      ", has no CXL window in /proc/iomem",
				      decoder->name, SR_RANGE_VALUES(*range));
	return 0;
}

/* The first window of iomem that overlaps the decoder and has none yet is its own. */
static int join_decoder(struct sr_report *report, const struct sr_root_decoder *decoder,
			struct sr_range range, const struct sr_sweep *nodes)
{
	const size_t *index;

	sr_for_each (index, &nodes->active) {
		struct sr_window *window = &report->windows.items[*index];

		if (window->decoder || !sr_range_overlaps(window->range, range))
			continue;
		window->decoder = decoder;
		if (sr_range_equal(window->range, range))
			return 0;
		return note_difference(report, window, range);
	}
	return add_decoder_alone(report, decoder, &range);
}

static int compare_decoders(const void *a, const void *b)
{
	const struct sr_root_decoder *left = *(const struct sr_root_decoder *const *)a;
	const struct sr_root_decoder *right = *(const struct sr_root_decoder *const *)b;

	return sr_range_compare((struct sr_range){ left->start.value, UINT64_MAX },
				(struct sr_range){ right->start.value, UINT64_MAX });
}

typedef SR_LIST(const struct sr_root_decoder *) decoder_list;

static void decoder_list_guard(decoder_list *list)
{
	sr_list_free(list);
}

/* Decoders by start; those without a range become windows without one at once. */
static int sort_decoders(struct sr_report *report, decoder_list *list)
{
	const struct sr_root_decoder *decoder;
	struct sr_range range;

	sr_for_each (decoder, &report->snapshot->root_decoders) {
		const struct sr_root_decoder **item;

		if (!sr_root_decoder_range(decoder, &range)) {
			if (add_decoder_alone(report, decoder, NULL))
				return -ENOMEM;
			continue;
		}
		item = sr_list_add(list);
		if (!item)
			return -ENOMEM;
		*item = decoder;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_decoders);
	return 0;
}

static int join_decoders(struct sr_report *report, const decoder_list *decoders)
{
	sr_auto_range_list sr_range_list nodes = { 0 };
	sr_auto_sweep struct sr_sweep sweep = { 0 };
	const struct sr_root_decoder **decoder;
	const struct sr_window *window;

	sr_for_each (window, &report->windows) {
		if (window->node && sr_range_list_add(&nodes, window->range))
			return -ENOMEM;
	}
	if (sr_sweep_start(&sweep, nodes.items, nodes.count))
		return -ENOMEM;
	sr_for_each (decoder, decoders) {
		struct sr_range range;

		if (!sr_root_decoder_range(*decoder, &range))
			continue;
		if (sr_sweep_to(&sweep, range) || join_decoder(report, *decoder, range, &sweep))
			return -ENOMEM;
	}
	return 0;
}

int sr_join_windows(struct sr_report *report)
{
	__attribute__((cleanup(decoder_list_guard))) decoder_list decoders = { 0 };
	int error = add_nodes(report);

	if (!error)
		error = sort_decoders(report, &decoders);
	if (!error)
		error = join_decoders(report, &decoders);
	sort_windows(report);
	if (error || !has_too_many(report))
		return error;
	report->windows.count = SR_WINDOW_LIMIT;
	return sr_add_finding(report, SR_CODE_TOO_MANY, "more than %d CXL windows",
			      SR_WINDOW_LIMIT);
}
