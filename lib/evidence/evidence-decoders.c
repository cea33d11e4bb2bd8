// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which CXL devices have address decoders that are set up for the unit. */
#include <string.h>

#include "evidence/gathering.h"

/* Regions whose decoders are looked for: more share no range on any machine. */
#define REGION_LIMIT 16

enum place {
	PLACE_ELSEWHERE,
	PLACE_USED,   /* by a region that overlaps the unit */
	PLACE_IDLE,   /* here, and in no region */
	PLACE_UNREAD, /* here, or maybe here, and nobody knows in which region */
	PLACE_COUNT,
};

struct decoders {
	const char *regions[REGION_LIMIT]; /* names of those that overlap the unit */
	size_t region_count;
	struct sr_name_list memdevs[PLACE_COUNT];
};

static void list_regions(const struct sr_gathering *gathering, struct decoders *decoders)
{
	const struct sr_region_report *item;
	size_t index = 0;

	while (decoders->region_count < REGION_LIMIT && (item = sr_next_region(gathering, &index)))
		decoders->regions[decoders->region_count++] = item->region->name;
}

static bool is_used_here(const struct decoders *decoders, const struct sr_endpoint_decoder *decoder)
{
	for (size_t i = 0; i < decoders->region_count; i++) {
		if (decoder->region.value &&
		    strcmp(decoder->region.value, decoders->regions[i]) == 0)
			return true;
	}
	return false;
}

/* A decoder that is switched off has size 0, and nothing else of it is read. */
static enum sr_truth reaches_here(const struct sr_gathering *gathering,
				  const struct sr_endpoint_decoder *decoder)
{
	struct sr_range range;

	if (decoder->size.known && decoder->size.value == 0)
		return SR_NO;
	if (!decoder->start.known || !decoder->size.known)
		return SR_UNKNOWN;
	if (sr_range_make_sized(decoder->start.value, decoder->size.value, &range))
		return SR_NO;
	return sr_range_overlaps(range, gathering->unit->range) ? SR_YES : SR_NO;
}

/*
 * Its own addresses may be normalized ones (drivers/cxl/core/atl.c), so those of a
 * decoder that is in a region elsewhere say nothing.
 */
static enum place place_of(const struct sr_gathering *gathering, const struct decoders *decoders,
			   const struct sr_endpoint_decoder *decoder)
{
	enum sr_truth here;

	if (decoder->region.value)
		return is_used_here(decoders, decoder) ? PLACE_USED : PLACE_ELSEWHERE;
	here = reaches_here(gathering, decoder);
	if (here == SR_NO)
		return PLACE_ELSEWHERE;
	return here == SR_YES && decoder->region.known ? PLACE_IDLE : PLACE_UNREAD;
}

static void add_decoder(struct sr_gathering *gathering, const struct sr_endpoint_decoder *decoder)
{
	const char *folder = sr_cxl_folder(gathering, decoder->name);

	sr_fact_hex(gathering, folder, "start", decoder->start);
	sr_fact_hex(gathering, folder, "size", decoder->size);
	sr_fact_text(gathering, folder, "region", decoder->region);
	if (decoder->port && decoder->memdev.value)
		sr_fact_text(gathering, sr_cxl_folder(gathering, decoder->port), "uport",
			     decoder->memdev);
}

static const char *device_of(const struct sr_endpoint_decoder *decoder)
{
	return decoder->memdev.value ? decoder->memdev.value : decoder->name;
}

static void find_decoders(const struct sr_gathering *gathering, struct decoders *decoders)
{
	const struct sr_endpoint_decoder *decoder;

	list_regions(gathering, decoders);
	sr_for_each (decoder, &gathering->snapshot->endpoint_decoders) {
		enum place place = place_of(gathering, decoders, decoder);

		sr_name_list_add(&decoders->memdevs[place], device_of(decoder));
	}
}

static void add_decoders(struct sr_gathering *gathering, const struct decoders *decoders)
{
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &gathering->snapshot->endpoint_decoders) {
		if (place_of(gathering, decoders, decoder) != PLACE_ELSEWHERE)
			add_decoder(gathering, decoder);
	}
}

static const char *text_without_decoders(const struct sr_gathering *gathering,
					 enum sr_evidence_says *ret_says)
{
	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (!sr_source_is_whole(gathering->snapshot, SR_SOURCE_CXL) &&
	    gathering->snapshot->notes[SR_SOURCE_CXL].state != SR_SOURCE_ABSENT)
		return "Which CXL devices answer to these addresses could not be read.";
	*ret_says = gathering->unit->touches_window ? SR_EVIDENCE_NO : SR_EVIDENCE_INFO;
	if (!gathering->unit->touches_window)
		return "No CXL device answers to these addresses.";
	return "No CXL device is set up to answer to these addresses: its address decoder would be "
	       "programmed (committed) for them, by firmware as a rule.";
}

static const char *text_of_decoders(struct sr_gathering *gathering, const struct decoders *decoders,
				    enum sr_evidence_says *ret_says)
{
	const struct sr_name_list *lists = decoders->memdevs;
	const char *text;

	*ret_says = SR_EVIDENCE_NO;
	if (lists[PLACE_IDLE].count)
		return sr_say(
			gathering,
			"Address decoders of %s are set up for addresses in this range, but are "
			"in no region: the kernel did not make one of them, or it was taken "
			"apart.",
			sr_say_names(gathering, &lists[PLACE_IDLE]));
	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (lists[PLACE_UNREAD].count)
		return sr_say(gathering,
			      "Which addresses decoders of %s are set up for, or which region they "
			      "are in, could not be read.",
			      sr_say_names(gathering, &lists[PLACE_UNREAD]));
	*ret_says = SR_EVIDENCE_YES;
	if (lists[PLACE_USED].count)
		return sr_say(
			gathering,
			"Address decoders of %s are set up for addresses in this range, and in "
			"use by a region.",
			sr_say_names(gathering, &lists[PLACE_USED]));
	text = text_without_decoders(gathering, ret_says);
	gathering->without_decoder = *ret_says == SR_EVIDENCE_NO;
	return text;
}

void sr_gather_decoders(struct sr_gathering *gathering)
{
	struct decoders decoders = { 0 };
	enum sr_evidence_says says;
	const char *text;

	find_decoders(gathering, &decoders);
	text = text_of_decoders(gathering, &decoders, &says);
	sr_step(gathering, "endpoint decoders", says, text);
	add_decoders(gathering, &decoders);
	if (sr_fact_count(gathering) == 0 && says != SR_EVIDENCE_UNKNOWN &&
	    sr_source_was_read(gathering->snapshot, SR_SOURCE_CXL))
		sr_fact(gathering, "/sys/bus/cxl/devices", "(no endpoint decoder for this range)");
	sr_fact_source(gathering, SR_SOURCE_CXL);
}
