// SPDX-License-Identifier: GPL-2.0-only
#include "watch-events.h"

#include <errno.h>
#include <string.h>

const char *watch_kind_name(enum watch_kind kind)
{
	static const char *const names[WATCH_KIND_COUNT] = {
		[WATCH_INITIAL] = "initial",
		[WATCH_CHANGED] = "changed",
		[WATCH_CAME] = "came",
		[WATCH_WENT] = "went",
	};

	return names[kind];
}

const char *watch_member_name(enum watch_member member)
{
	static const char *const names[WATCH_MEMBER_COUNT] = {
		[WATCH_OWNER] = "owner",	 [WATCH_STATE] = "state",
		[WATCH_CONTAINED] = "contained", [WATCH_REGION] = "region",
		[WATCH_DRIVERS] = "drivers",	 [WATCH_ONLINE] = "online",
		[WATCH_LOST] = "lost",		 [WATCH_WHY] = "why",
		[WATCH_FINDINGS] = "findings",	 [WATCH_PARTIAL] = "partial",
	};

	return names[member];
}

static bool same_text(struct sr_text a, struct sr_text b)
{
	if (!a.known || !b.known || !a.value || !b.value)
		return a.known == b.known && (!a.known || a.value == b.value);
	return strcmp(a.value, b.value) == 0;
}

static bool same_number(struct sr_u64 a, struct sr_u64 b)
{
	return a.known == b.known && (!a.known || a.value == b.value);
}

static bool same_codes(const struct watch_codes *a, const struct watch_codes *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static unsigned int bit_unless(bool same, enum watch_member member)
{
	return same ? 0 : 1U << member;
}

static unsigned int row_difference(const struct watch_row *a, const struct watch_row *b)
{
	return bit_unless(a->owner == b->owner, WATCH_OWNER) |
	       bit_unless(a->state == b->state, WATCH_STATE) |
	       bit_unless(a->contained == b->contained, WATCH_CONTAINED) |
	       bit_unless(same_text(a->region, b->region), WATCH_REGION) |
	       bit_unless(same_text(a->drivers, b->drivers), WATCH_DRIVERS) |
	       bit_unless(same_number(a->online, b->online), WATCH_ONLINE) |
	       bit_unless(same_number(a->lost, b->lost), WATCH_LOST) |
	       bit_unless(a->seen == b->seen && same_codes(&a->why, &b->why), WATCH_WHY);
}

static unsigned int machine_difference(const struct watch_state *a, const struct watch_state *b)
{
	return bit_unless(same_codes(&a->findings, &b->findings), WATCH_FINDINGS) |
	       bit_unless(a->partial == b->partial, WATCH_PARTIAL);
}

/* What a comparison works on. */
struct comparison {
	const struct watch_state *before, *after;
	watch_event_list *events;
};

static int add_event(const struct comparison *comparison, const struct watch_event *wanted)
{
	struct watch_event *event = sr_list_add(comparison->events);

	if (!event)
		return -ENOMEM;
	*event = *wanted;
	event->before.state = comparison->before;
	event->after.state = comparison->after;
	return 0;
}

static int compare_machine(const struct comparison *comparison)
{
	struct watch_event event = { .kind = WATCH_INITIAL, .of_machine = true };

	if (comparison->before) {
		event.kind = WATCH_CHANGED;
		event.changed = machine_difference(comparison->before, comparison->after);
		if (!event.changed)
			return 0;
	}
	return add_event(comparison, &event);
}

/* One of the two rows may be NULL. */
static int compare_row(const struct comparison *comparison, const struct watch_row *before,
		       const struct watch_row *after)
{
	struct watch_event event = { .before.row = before, .after.row = after };

	if (!comparison->before)
		event.kind = WATCH_INITIAL;
	else if (!before)
		event.kind = WATCH_CAME;
	else if (!after)
		event.kind = WATCH_WENT;
	else
		event.kind = WATCH_CHANGED;
	if (event.kind == WATCH_CHANGED) {
		event.changed = row_difference(before, after);
		if (!event.changed)
			return 0;
	}
	return add_event(comparison, &event);
}

/* NULL behind the last one. */
static const struct watch_row *row_at(const struct watch_state *state, size_t i)
{
	return state && i < state->rows.count ? &state->rows.items[i] : NULL;
}

int watch_compare(const struct watch_state *before, const struct watch_state *after,
		  watch_event_list *events)
{
	const struct comparison comparison = { before, after, events };
	size_t old = 0, new = 0;
	int error = compare_machine(&comparison);

	while (!error) {
		const struct watch_row *was = row_at(before, old), *is = row_at(after, new);
		int order = was ? -1 : 1;

		if (!was && !is)
			break;
		if (was && is)
			order = sr_range_compare(was->range, is->range);
		error = compare_row(&comparison, order <= 0 ? was : NULL, order >= 0 ? is : NULL);
		old += order <= 0;
		new += order >= 0;
	}
	return error;
}
