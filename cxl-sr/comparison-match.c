// SPDX-License-Identifier: GPL-2.0-only
#include "comparison-match.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

/* One to one; each way of matching takes what the ones before it have left. */
struct matching {
	const compared_list *before, *after;
	const struct compared_item **partners; /* of the items before */
	bool *taken;			       /* of the items after */
};

typedef bool (*is_same)(const struct compared_item *before, const struct compared_item *after);

static void match_by(struct matching *matching, is_same same)
{
	for (size_t i = 0; i < matching->before->count; i++) {
		for (size_t j = 0; j < matching->after->count && !matching->partners[i]; j++) {
			if (matching->taken[j] ||
			    !same(&matching->before->items[i], &matching->after->items[j]))
				continue;
			matching->partners[i] = &matching->after->items[j];
			matching->taken[j] = true;
		}
	}
}

static bool same_name(const struct compared_item *before, const struct compared_item *after)
{
	return before->name && after->name && strcmp(before->name, after->name) == 0;
}

static bool same_member(const struct compared_item *before, const struct compared_item *after,
			const char *path)
{
	struct json_object *a = NULL, *b = NULL;

	json_path_get(before->object, path, &a);
	json_path_get(after->object, path, &b);
	return a && b && json_object_equal(a, b);
}

/* Two holders can have a dax region at one place: hmem, and a region that came too late. */
static bool same_owner(const struct compared_item *before, const struct compared_item *after)
{
	struct json_object *owner;

	return !json_path_get(before->object, "owner", &owner) ||
	       same_member(before, after, "owner");
}

static bool same_range(const struct compared_item *before, const struct compared_item *after)
{
	return before->has_range && after->has_range &&
	       sr_range_equal(before->range, after->range) && same_owner(before, after);
}

static bool overlaps(const struct compared_item *before, const struct compared_item *after)
{
	return before->has_range && after->has_range &&
	       sr_range_overlaps(before->range, after->range) && same_owner(before, after);
}

static bool overlaps_of_any(const struct compared_item *before, const struct compared_item *after)
{
	return before->has_range && after->has_range &&
	       sr_range_overlaps(before->range, after->range);
}

/* What has no range is known by its name alone. */
static bool same_name_somewhere(const struct compared_item *before,
				const struct compared_item *after)
{
	return !(before->has_range && after->has_range) && same_name(before, after);
}

static bool same_serial(const struct compared_item *before, const struct compared_item *after)
{
	return same_member(before, after, "serial");
}

/* Emulated devices and some real ones have the same serial number, or 0. */
static bool same_serial_and_host(const struct compared_item *before,
				 const struct compared_item *after)
{
	return same_serial(before, after) && same_member(before, after, "host");
}

static bool same_host(const struct compared_item *before, const struct compared_item *after)
{
	return same_member(before, after, "host");
}

static int add_pair(pair_list *pairs, const struct compared_item *before,
		    const struct compared_item *after)
{
	struct item_pair *pair = sr_list_add(pairs);

	if (!pair)
		return -ENOMEM;
	*pair = (struct item_pair){ before, after };
	return 0;
}

/* In the order of the items before, then what is new. */
static int add_pairs(const struct matching *matching, pair_list *pairs)
{
	int error = 0;

	for (size_t i = 0; i < matching->before->count && !error; i++)
		error = add_pair(pairs, &matching->before->items[i], matching->partners[i]);
	for (size_t j = 0; j < matching->after->count && !error; j++) {
		if (!matching->taken[j])
			error = add_pair(pairs, NULL, &matching->after->items[j]);
	}
	return error;
}

static int match_one_to_one(const compared_list *before, const compared_list *after,
			    const is_same *ways, pair_list *pairs)
{
	sr_auto_free const struct compared_item **partners =
		calloc(before->count + 1, sizeof(*partners));
	sr_auto_free bool *taken = calloc(after->count + 1, sizeof(*taken));
	struct matching matching = { before, after, partners, taken };

	if (!partners || !taken)
		return -ENOMEM;
	for (; *ways; ways++)
		match_by(&matching, *ways);
	return add_pairs(&matching, pairs);
}

/* Both are sorted and disjoint. An item that overlaps none stands alone. */
static int match_parts(const compared_list *before, const compared_list *after, pair_list *pairs)
{
	const struct compared_item *a = before->items, *b = after->items;
	const struct compared_item *a_end = sr_list_end(before), *b_end = sr_list_end(after);
	bool a_paired = false, b_paired = false;
	int error = 0;

	while ((a < a_end || b < b_end) && !error) {
		bool both = a < a_end && b < b_end;

		if (both && sr_range_overlaps(a->range, b->range)) {
			error = add_pair(pairs, a, b);
			a_paired = b_paired = true;
		}
		/* The one that ends first has met all that it can meet. */
		if (b == b_end || (both && a->range.end <= b->range.end)) {
			if (!a_paired && !error)
				error = add_pair(pairs, a, NULL);
			a++;
			a_paired = false;
		} else {
			if (!b_paired && !error)
				error = add_pair(pairs, NULL, b);
			b++;
			b_paired = false;
		}
	}
	return error;
}

int match_items(const struct model *before, const struct model *after, enum list_id list,
		pair_list *pairs)
{
	static const is_same by_name[] = { same_name, NULL };
	static const is_same by_range[] = { same_range, overlaps, overlaps_of_any,
					    same_name_somewhere, NULL };
	static const is_same by_device[] = { same_serial_and_host, same_serial, same_host,
					     same_name, NULL };
	const compared_list *a = &before->lists[list], *b = &after->lists[list];

	switch (shapes[list].match) {
	case MATCH_NAME:
		return match_one_to_one(a, b, by_name, pairs);
	case MATCH_RANGE:
		return match_one_to_one(a, b, by_range, pairs);
	case MATCH_MEMDEV:
		return match_one_to_one(a, b, by_device, pairs);
	case MATCH_PARTS:
		return match_parts(a, b, pairs);
	case MATCH_ONLY:
		break;
	}
	return add_pair(pairs, a->items, b->items);
}
