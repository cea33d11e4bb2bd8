// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The signs one after the other, and what they come to. "Not settled" takes a sign
 * that is pending; a machine that is broken for good has none.
 */
#include "judgement/settled.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judgement/settling.h"

static void settling_done(struct sr_settling *settling)
{
	sr_name_set_free(&settling->with_memdev);
	sr_name_set_free(&settling->functions);
	sr_name_set_free(&settling->with_endpoint);
	sr_name_set_free(&settling->accelerators);
	sr_name_set_free(&settling->with_dax);
	sr_name_set_free(&settling->with_unknown);
}

const char *sr_settle_names(struct sr_settling *settling, const char *first, size_t count)
{
	if (count > 1)
		return sr_pool_format(settling->signs->pool, "%s and %zu more", first, count - 1);
	return sr_pool_text(settling->signs->pool, first);
}

int sr_settle_add(struct sr_settling *settling, struct sr_settle_sign sign, bool hint)
{
	struct sr_settle_sign *item = sr_list_add(&settling->signs->signs);

	if (!item || !sign.text)
		return -ENOMEM;
	*item = sign;
	if (sign.settled == SR_NO)
		settling->incomplete = true;
	if (sign.settled == SR_NO && sign.pending)
		settling->pending = true;
	if (sign.settled == SR_UNKNOWN && hint)
		settling->unknown_hint = true;
	if (sign.settled == SR_UNKNOWN && !hint)
		settling->unknown = true;
	return 0;
}

static int find_functions(struct sr_settling *settling)
{
	const struct sr_pci_function *function;
	const struct sr_memdev *memdev;

	sr_for_each (function, &settling->snapshot->enumeration.functions) {
		if (sr_name_set_add(&settling->functions, function->name))
			return -ENOMEM;
	}
	sr_for_each (memdev, &settling->snapshot->memdevs) {
		if (sr_name_set_add(&settling->functions, memdev->host.value) ||
		    sr_name_set_add(&settling->with_memdev, memdev->host.value))
			return -ENOMEM;
	}
	return 0;
}

/* A memdev's endpoint is told by its link, and by its decoders where a capture lacks that. */
static int find_endpoints(struct sr_settling *settling)
{
	const struct sr_port *port;
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (port, &settling->snapshot->enumeration.ports) {
		if (port->endpoint && sr_name_set_add(&settling->with_endpoint, port->uport.value))
			return -ENOMEM;
	}
	sr_for_each (decoder, &settling->snapshot->endpoint_decoders) {
		bool used = decoder->target_type.value &&
			    strcmp(decoder->target_type.value, "accelerator") == 0;

		if (sr_name_set_add(&settling->with_endpoint, decoder->memdev.value) ||
		    (used && sr_name_set_add(&settling->accelerators, decoder->name)))
			return -ENOMEM;
	}
	return 0;
}

static int find_dax_regions(struct sr_settling *settling)
{
	const struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &settling->snapshot->dax_regions) {
		sr_name_set *set = dax_region->driver.known ? &settling->with_dax
							    : &settling->with_unknown;

		if (dax_region->driver.known && !dax_region->driver.value)
			continue;
		if (sr_name_set_add(set, dax_region->region))
			return -ENOMEM;
	}
	return 0;
}

static int find_all(struct sr_settling *settling)
{
	if (find_functions(settling) || find_endpoints(settling) || find_dax_regions(settling))
		return -ENOMEM;
	sr_name_set_sort(&settling->with_memdev);
	sr_name_set_sort(&settling->functions);
	sr_name_set_sort(&settling->with_endpoint);
	sr_name_set_sort(&settling->accelerators);
	sr_name_set_sort(&settling->with_dax);
	sr_name_set_sort(&settling->with_unknown);
	return 0;
}

static bool has_something(const struct sr_snapshot *snapshot)
{
	enum sr_source_state state = snapshot->notes[SR_SOURCE_CXL].state;

	return sr_snapshot_has_cxl(snapshot) || snapshot->hmem_platforms.count ||
	       snapshot->dax_regions.count || snapshot->regions.count ||
	       snapshot->enumeration.ports.count ||
	       (state != SR_SOURCE_OK && state != SR_SOURCE_ABSENT);
}

static enum sr_truth sum_up(const struct sr_settling *settling)
{
	if (settling->unknown || (settling->unknown_hint && settling->incomplete))
		return SR_UNKNOWN;
	return SR_YES;
}

/* That udev's queue is not known, as in every capture, must not make all of it unknown. */
static int judge(struct sr_settling *settling)
{
	struct sr_settle_signs *signs = settling->signs;

	signs->settled = SR_YES;
	if (!has_something(settling->snapshot))
		return 0;
	if (find_all(settling) || sr_settle_judge_attached(settling) ||
	    sr_settle_judge_pending(settling))
		return -ENOMEM;
	signs->settled = sum_up(settling);
	if (sr_settle_judge_udev(settling))
		return -ENOMEM;
	if (settling->pending)
		signs->settled = SR_NO;
	return 0;
}

int sr_settle_judge(const struct sr_snapshot *snapshot, struct sr_settle_signs **ret_signs)
{
	__attribute__((cleanup(settling_done))) struct sr_settling settling = { 0 };
	sr_auto_settle_signs struct sr_settle_signs *signs = calloc(1, sizeof(*signs));

	if (!signs)
		return -ENOMEM;
	signs->pool = sr_pool_new();
	if (!signs->pool)
		return -ENOMEM;
	settling.snapshot = snapshot;
	settling.signs = signs;
	if (judge(&settling))
		return -ENOMEM;
	*ret_signs = signs;
	signs = NULL;
	return 0;
}

struct sr_settle_signs *sr_settle_signs_free(struct sr_settle_signs *signs)
{
	if (!signs)
		return NULL;
	sr_list_free(&signs->signs);
	sr_pool_free(signs->pool);
	free(signs);
	return NULL;
}
