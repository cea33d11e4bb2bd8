// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Windows in the memory map: what lies in them should be Soft Reserved, or in no entry.
 * A window at address 0 has the memory in it that the machine boots from, with a low
 * memory hole behind it (Documentation/driver-api/cxl/conventions/cxl-lmh.rst).
 */
#include <errno.h>

#include "lint/linting.h"
#include "snapshot/command-line.h"

static bool holds_boot_memory(const struct sr_place *window)
{
	return window->range.start == 0;
}

/* The memory behind an extended linear cache is System RAM by design, cache and all. */
static bool is_cached(const struct sr_linting *linting, struct sr_range range)
{
	const struct sr_place *region;

	sr_for_each_place (region, &linting->regions, range) {
		struct sr_u64 cache = region->region->extended_linear_cache;

		if (cache.known && cache.value)
			return true;
	}
	return false;
}

/* The first piece of @set in the window that is to be told of, and how many there are. */
static size_t find_pieces(const struct sr_linting *linting, const sr_range_list *set,
			  const struct sr_place *window,
			  bool (*is_legal)(const struct sr_linting *, const struct sr_place *,
					   struct sr_range),
			  struct sr_range *ret_first)
{
	size_t count = 0;

	for (size_t i = sr_range_list_first(set, window->range); i < set->count; i++) {
		struct sr_range piece;

		if (!sr_range_intersect(set->items[i], window->range, &piece))
			break;
		if (!is_legal(linting, window, piece) && count++ == 0)
			*ret_first = piece;
	}
	return count;
}

static bool is_usable_legal(const struct sr_linting *linting, const struct sr_place *window,
			    struct sr_range piece)
{
	return holds_boot_memory(window) || is_cached(linting, piece);
}

static int check_usable(struct sr_linting *linting, const struct sr_place *window)
{
	char more[SR_MORE_SIZE];
	struct sr_range piece;
	struct sr_lint_finding draft;
	size_t count = find_pieces(linting, &linting->usable, window, is_usable_legal, &piece);

	if (!count)
		return 0;
	draft = sr_lint_draft(SR_CODE_WINDOW_USABLE, &piece);
	draft.facts[0] = sr_lint_fact_of_map(linting, "System RAM", piece);
	draft.facts[1] = sr_lint_fact_of_place(linting, window);
	if (sr_kernel_has_word(&linting->snapshot->kernel, "efi=", "nosoftreserve"))
		draft.advice = SR_CODE_SOFT_RESERVE_OFF;
	return sr_lint_add(
		linting, &draft,
		"memory in the CXL window " SR_RANGE_FORMAT " is System RAM in the memory "
		"map: " SR_RANGE_FORMAT "%s",
		SR_RANGE_VALUES(window->range), SR_RANGE_VALUES(piece), sr_lint_more(count, more));
}

int sr_lint_usable(struct sr_linting *linting)
{
	const struct sr_place *window;

	sr_for_each (window, &linting->windows) {
		if (check_usable(linting, window))
			return -ENOMEM;
	}
	return 0;
}

/*
 * Reserved is how firmware keeps an accelerator's memory for the accelerator's driver.
 * Where the window allows that and no expander has the piece, it is no fault as long as
 * the machine has an accelerator, or might have one.
 */
static bool is_reserved_legal(const struct sr_linting *linting, const struct sr_place *window,
			      struct sr_range piece)
{
	if (holds_boot_memory(window) || sr_places_in(&linting->accelerators, piece) ||
	    sr_lint_is_type2_only(window) == SR_YES)
		return true;
	if (sr_lint_allows_type2(window) == SR_NO || sr_places_in(&linting->expanders, piece))
		return false;
	return linting->has_accelerator || !(linting->given & SR_GIVEN_CXL);
}

/*
 * kexec_load(2) with kexec-tools: it knows no Soft Reserved in /sys/firmware/memmap and
 * hands it on as Reserved (kexec/firmware_memmap.c); nothing is Soft Reserved then.
 */
static bool has_lost_all(const struct sr_linting *linting, struct sr_range piece)
{
	return !linting->report->ranges.count && linting->report->soft_reserved_whole &&
	       (sr_places_in(&linting->expanders, piece) || sr_places_in(&linting->regions, piece));
}

/* The firmware's own map has it otherwise: then memmap= made it so. */
static bool is_overridden(const struct sr_linting *linting, struct sr_range piece)
{
	const struct sr_memory_map_entry *entry;

	if (linting->map_source == SR_SOURCE_FIRMWARE_MEMMAP)
		return false;
	sr_for_each (entry, &linting->snapshot->memory_map) {
		if (entry->source == SR_SOURCE_FIRMWARE_MEMMAP && entry->soft_reserved &&
		    sr_range_overlaps(entry->range, piece))
			return true;
	}
	return false;
}

enum cause {
	CAUSE_FIRMWARE,
	CAUSE_FIRMWARE_OR_ACCELERATOR, /* no expander has the piece, and type 2 may be there */
	CAUSE_FIRMWARE_OR_KEXEC,
	CAUSE_KEXEC,
	CAUSE_COMMAND_LINE,
};

static enum cause find_cause(const struct sr_linting *linting, const struct sr_place *window,
			     struct sr_range piece)
{
	bool is_lost = has_lost_all(linting, piece);

	if (is_overridden(linting, piece))
		return CAUSE_COMMAND_LINE;
	if (is_lost && linting->snapshot->kernel.kexec == SR_YES)
		return CAUSE_KEXEC;
	if (is_lost && linting->snapshot->kernel.kexec == SR_UNKNOWN)
		return CAUSE_FIRMWARE_OR_KEXEC;
	if (sr_lint_allows_type2(window) != SR_NO && !sr_places_in(&linting->expanders, piece))
		return CAUSE_FIRMWARE_OR_ACCELERATOR;
	return CAUSE_FIRMWARE;
}

static int add_reserved(struct sr_linting *linting, const struct sr_place *window,
			struct sr_range piece, size_t count)
{
	static const char *const endings[] = {
		[CAUSE_FIRMWARE] = "",
		[CAUSE_FIRMWARE_OR_ACCELERATOR] =
			"; that is right for an accelerator's memory only",
		[CAUSE_FIRMWARE_OR_KEXEC] =
			"; nothing is Soft Reserved, so a kexec may have made it so",
		[CAUSE_KEXEC] = "; nothing is Soft Reserved, as after a kexec by kexec_load(2)",
		[CAUSE_COMMAND_LINE] = "",
	};
	enum cause cause = find_cause(linting, window, piece);
	struct sr_lint_finding draft = sr_lint_draft(
		cause == CAUSE_KEXEC ? SR_CODE_LOST_BY_KEXEC : SR_CODE_WINDOW_RESERVED, &piece);
	char more[SR_MORE_SIZE];

	draft.facts[0] = sr_lint_fact_of_map(linting, "Reserved", piece);
	draft.facts[1] = cause == CAUSE_KEXEC
				 ? sr_lint_fact(linting, "/proc/sys/kernel/bootloader_type",
						"kexec loaded this kernel")
				 : sr_lint_fact_of_place(linting, window);
	if (cause == CAUSE_COMMAND_LINE)
		draft.advice = SR_CODE_OVERRIDDEN;
	return sr_lint_add(linting, &draft,
			   "memory in the CXL window " SR_RANGE_FORMAT " is Reserved in the memory "
			   "map: " SR_RANGE_FORMAT "%s%s",
			   SR_RANGE_VALUES(window->range), SR_RANGE_VALUES(piece),
			   sr_lint_more(count, more), endings[cause]);
}

int sr_lint_reserved(struct sr_linting *linting)
{
	const struct sr_place *window;

	sr_for_each (window, &linting->windows) {
		struct sr_range piece;
		size_t count =
			find_pieces(linting, &linting->reserved, window, is_reserved_legal, &piece);

		if (count && add_reserved(linting, window, piece, count))
			return -ENOMEM;
	}
	return 0;
}
