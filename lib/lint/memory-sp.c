// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Expanders decode memory, and nothing is Soft Reserved. A region made at run time looks
 * the same, so it is told only where firmware committed the decoder for certain: it is
 * locked, or what it decodes was System RAM at boot.
 */
#include <errno.h>
#include <string.h>

#include "lint/linting.h"
#include "snapshot/command-line.h"

static bool is_pmem(const struct sr_endpoint_decoder *decoder)
{
	return decoder->mode.value && strcmp(decoder->mode.value, "pmem") == 0;
}

/* What the map says there; NULL: nothing is amiss, or another check tells. */
static const char *word_of_map(const struct sr_linting *linting, const struct sr_place *expander)
{
	if (is_pmem(expander->endpoint) || expander->range.start == 0 ||
	    sr_range_list_overlaps(&linting->reserved, expander->range))
		return NULL;
	if (sr_range_list_overlaps(&linting->usable, expander->range))
		return "System RAM";
	return expander->endpoint->locked == SR_YES ? "in no entry" : NULL;
}

static int add_finding(struct sr_linting *linting, const struct sr_place *expander,
		       const char *word, size_t count)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_NO_MEMORY_SP, &expander->range);
	const char *memdev = expander->endpoint->memdev.value;
	char more[SR_MORE_SIZE];

	draft.facts[0] = sr_lint_fact_of_place(linting, expander);
	draft.facts[1] = sr_lint_fact_of_map(linting, word, expander->range);
	return sr_lint_add(linting, &draft,
			   "firmware committed %s of %s to " SR_RANGE_FORMAT "%s, but nothing is "
			   "Soft Reserved: in the memory map that is %s",
			   expander->endpoint->name, memdev ? memdev : "a memdev",
			   SR_RANGE_VALUES(expander->range), sr_lint_more(count, more), word);
}

int sr_lint_no_memory_sp(struct sr_linting *linting)
{
	const struct sr_place *expander, *first = NULL;
	const char *word = NULL;
	size_t count = 0;

	if (linting->report->ranges.count ||
	    sr_kernel_has_word(&linting->snapshot->kernel, "efi=", "nosoftreserve"))
		return 0;
	sr_for_each (expander, &linting->expanders) {
		const char *found = word_of_map(linting, expander);

		if (!found || count++)
			continue;
		first = expander;
		word = found;
	}
	return first ? add_finding(linting, first, word, count) : 0;
}
