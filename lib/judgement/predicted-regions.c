// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The regions that a kernel would have. As a rule those that were read; a kernel
 * before v6.3 assembles no ram regions, so what a later one would make there is told
 * by the endpoint decoders that firmware committed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/predicting.h"
#include "judgement/stages.h"

static enum sr_truth is_word(struct sr_text text, const char *word)
{
	if (!text.known)
		return SR_UNKNOWN;
	return text.value && strcmp(text.value, word) == 0 ? SR_YES : SR_NO;
}

static enum sr_truth is_bound(const struct sr_predicting *predicting, struct sr_text driver)
{
	/* On another kernel it would be bound as every region is. */
	if (!predicting->own)
		return SR_YES;
	if (!driver.known)
		return SR_UNKNOWN;
	return driver.value ? SR_YES : SR_NO;
}

static struct sr_predicted_region *add_region(struct sr_predicting *predicting,
					      struct sr_range range)
{
	struct sr_predicted_region *region = sr_list_add(&predicting->regions);

	if (region)
		region->range = range;
	return region;
}

static int add_observed(struct sr_predicting *predicting)
{
	const struct sr_region_report *item;

	sr_for_each (item, &predicting->report->regions) {
		const struct sr_region *from = item->region;
		struct sr_predicted_region *region;

		if (!item->has_range)
			continue;
		region = add_region(predicting, item->range);
		if (!region)
			return -ENOMEM;
		region->committed = from->committed;
		region->ram = is_word(from->mode, "ram");
		region->bound = is_bound(predicting, from->driver);
		region->accelerator = sr_region_is_accelerators(predicting->report, from);
	}
	return 0;
}

typedef SR_LIST(const struct sr_endpoint_decoder *) decoder_list;

static void decoder_list_guard(decoder_list *list)
{
	sr_list_free(list);
}

static bool decoder_range(const struct sr_endpoint_decoder *decoder, struct sr_range *ret_range)
{
	return decoder->start.known && decoder->size.known &&
	       sr_range_make_sized(decoder->start.value, decoder->size.value, ret_range) == 0;
}

static int compare_decoders(const void *a, const void *b)
{
	struct sr_range left = { 0 }, right = { 0 };

	decoder_range(*(const struct sr_endpoint_decoder *const *)a, &left);
	decoder_range(*(const struct sr_endpoint_decoder *const *)b, &right);
	return sr_range_compare(left, right);
}

static int list_decoders(const struct sr_snapshot *snapshot, decoder_list *list)
{
	const struct sr_endpoint_decoder *decoder;
	struct sr_range range;

	sr_for_each (decoder, &snapshot->endpoint_decoders) {
		const struct sr_endpoint_decoder **item;

		if (!decoder_range(decoder, &range))
			continue;
		item = sr_list_add(list);
		if (!item)
			return -ENOMEM;
		*item = decoder;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_decoders);
	return 0;
}

/* All the targets of an interleave set decode the same range. */
static int add_interleave_set(struct sr_predicting *predicting,
			      const struct sr_endpoint_decoder *decoder, struct sr_range range,
			      size_t targets)
{
	struct sr_predicted_region *region = add_region(predicting, range);

	if (!region)
		return -ENOMEM;
	if (decoder->interleave_ways.known)
		region->committed = decoder->interleave_ways.value == targets ? SR_YES : SR_NO;
	region->ram = is_word(decoder->mode, "ram");
	region->bound = SR_YES;
	region->accelerator = is_word(decoder->target_type, "accelerator") == SR_YES;
	return 0;
}

static int add_from_decoders(struct sr_predicting *predicting)
{
	__attribute__((cleanup(decoder_list_guard))) decoder_list decoders = { 0 };

	if (list_decoders(predicting->report->snapshot, &decoders))
		return -ENOMEM;
	for (size_t first = 0, next; first < decoders.count; first = next) {
		struct sr_range range = { 0 }, other = { 0 };

		decoder_range(decoders.items[first], &range);
		for (next = first + 1; next < decoders.count; next++) {
			decoder_range(decoders.items[next], &other);
			if (!sr_range_equal(range, other))
				break;
		}
		if (add_interleave_set(predicting, decoders.items[first], range, next - first))
			return -ENOMEM;
	}
	return 0;
}

/* What was read of a kernel that assembles no ram regions says nothing of another. */
static bool assembles_none(const struct sr_report *report)
{
	return report->rule.certainty != SR_CERTAINTY_NONE &&
	       report->rule.rule == SR_RULE_HMEM_ONLY && report->regions.count == 0;
}

int sr_predict_regions(struct sr_predicting *predicting)
{
	const struct sr_report *report = predicting->report;
	const struct sr_predicted_region *region;
	bool from_decoders = !predicting->own && assembles_none(report);
	int error = from_decoders ? add_from_decoders(predicting) : add_observed(predicting);

	predicting->regions_whole = report->regions_whole;
	if (from_decoders)
		predicting->regions_whole &= sr_source_is_whole(report->snapshot, SR_SOURCE_CXL);
	sr_for_each (region, &predicting->regions) {
		if (!error)
			error = sr_range_list_add(&predicting->region_ranges, region->range);
	}
	return error;
}
