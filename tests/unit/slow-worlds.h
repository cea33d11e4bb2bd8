/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a made machine leaves open is tried out: every way in which it can be makes a
 * world, and a prediction may only say what holds in all of them.
 */
#pragma once

#include "slow-trap.h"

#define MOST_CHOICES (4 * MOST_THINGS + 3)

enum slow_question {
	SLOW_COMMITTED,
	SLOW_MODE,
	SLOW_DRIVER,
	SLOW_PLACE,
	SLOW_WIDENED,
	SLOW_OTHER_MEMORY,
	SLOW_WINDOWS, /* none; everywhere; and a region, too */
};

struct slow_choice {
	enum slow_question question;
	size_t region, count, answer;
};

struct slow_choices {
	size_t count;
	struct slow_choice items[MOST_CHOICES];
};

/* What all worlds say of one unit, as bits 1 << value. */
struct slow_seen {
	unsigned int owners, usables;
	uint64_t least_bytes, most_bytes;
	bool bytes_unclear;
};

struct slow_outlook {
	bool open; /* there was something to try out */
	unsigned int globals;
	struct slow_seen units[CELLS];
};

static inline void slow_open(struct slow_choices *choices, enum slow_question question,
			     size_t region, size_t count)
{
	if (count > 1)
		choices->items[choices->count++] = (struct slow_choice){
			.question = question,
			.region = region,
			.count = count,
		};
}

static inline bool has_unplaced(const struct made_rules *made)
{
	for (size_t i = 0; i < made->machine.region_count; i++) {
		if (!made->machine.regions[i].placed)
			return true;
	}
	return false;
}

/* Where a region of known size and unknown start can lie; returns how many such places. */
static inline size_t slow_places(const struct made_rules *made, size_t index,
				 struct cells places[static CELLS])
{
	const struct machine *machine = &made->machine;
	struct cells cells = machine->regions[index].cells;
	unsigned int length = cells.last - cells.first;
	size_t count = 0;

	for (unsigned int first = 0; first + length < CELLS; first += made->step) {
		struct cells place = { first, first + length };
		bool inside = false, free = true;

		for (size_t i = 0; i < made->decoder_count; i++)
			inside |= is_wider(made->decoders[i], place);
		for (size_t i = 0; i < machine->region_count; i++)
			free &= !machine->regions[i].placed ||
				!(mask_of(machine->regions[i].cells) & mask_of(place));
		if (inside && free)
			places[count++] = place;
	}
	return count;
}

static inline void slow_find_choices(const struct made_rules *made, bool own, enum sr_rule rule,
				     struct slow_choices *choices)
{
	struct cells places[CELLS];

	choices->count = 0;
	if (made->sight == MADE_IOMEM_HIDDEN)
		slow_open(choices, SLOW_WIDENED, 0, own && is_old_rule(rule) ? 2 : 1);
	if (made->sight != MADE_ALL_READ)
		slow_open(choices, SLOW_OTHER_MEMORY, 0, 2);
	if (made->sight == MADE_CXL_HIDDEN_TOO) {
		slow_open(choices, SLOW_WINDOWS, 0, 3);
		return;
	}
	for (size_t i = 0; i < made->machine.region_count; i++) {
		const struct made_region *region = &made->machine.regions[i];

		slow_open(choices, SLOW_COMMITTED, i, region->committed == SR_UNKNOWN ? 2 : 1);
		slow_open(choices, SLOW_MODE, i, made->settings[i].mode.known ? 1 : 2);
		slow_open(choices, SLOW_DRIVER, i, !own || made->settings[i].driver.known ? 1 : 2);
		if (!region->placed)
			slow_open(choices, SLOW_PLACE, i, slow_places(made, i, places));
	}
}

static inline struct slow_world slow_world_start(const struct made_rules *made, bool own)
{
	struct slow_world world = { .windows_widened = true };

	if (made->sight == MADE_CXL_HIDDEN_TOO)
		return world;
	for (size_t i = 0; i < made->machine.region_count; i++) {
		const struct made_settings *settings = &made->settings[i];

		world.regions[world.region_count++] = (struct slow_region){
			.mask = mask_of(made->machine.regions[i].cells),
			.committed = made->machine.regions[i].committed == SR_YES,
			.ram = settings->mode.value && strcmp(settings->mode.value, "ram") == 0,
			/* Another kernel would bind it as it does every region. */
			.bound = !own || settings->driver.value,
			.accelerator = settings->accelerator,
		};
	}
	return world;
}

static inline void slow_answer(const struct made_rules *made, const struct slow_choice *choice,
			       struct slow_world *world)
{
	struct slow_region *region = &world->regions[choice->region];
	struct cells places[CELLS];

	switch (choice->question) {
	case SLOW_COMMITTED:
		region->committed = choice->answer;
		break;
	case SLOW_MODE:
		region->ram = choice->answer;
		break;
	case SLOW_DRIVER:
		region->bound = choice->answer;
		break;
	case SLOW_PLACE:
		slow_places(made, choice->region, places);
		region->mask = mask_of(places[choice->answer]);
		break;
	case SLOW_WIDENED:
		world->windows_widened = choice->answer;
		break;
	case SLOW_OTHER_MEMORY:
		world->other_memory = choice->answer;
		break;
	case SLOW_WINDOWS:
		world->windows_everywhere = choice->answer > 0;
		world->regions[0] = (struct slow_region){ (1U << CELLS) - 1, 1, 1, 1, 0 };
		world->region_count = choice->answer == 2;
		break;
	}
}

static inline void slow_see(const struct slow_forecast *forecast, const struct slow_units *units,
			    struct slow_outlook *outlook)
{
	outlook->globals |= 1U << forecast->global;
	for (size_t i = 0; i < units->count; i++) {
		struct slow_seen *seen = &outlook->units[i];
		cell_mask mask = units->units[i].mask;
		uint64_t bytes = cell_count(mask & forecast->usable);

		seen->owners |= 1U << slow_owner_of(forecast, mask);
		seen->usables |= 1U << slow_is_usable(forecast, mask);
		seen->bytes_unclear |= (mask & forecast->unclear) != 0;
		if (bytes < seen->least_bytes)
			seen->least_bytes = bytes;
		if (bytes > seen->most_bytes)
			seen->most_bytes = bytes;
	}
}

/* The next world; false behind the last. */
static inline bool slow_next(struct slow_choices *choices)
{
	for (size_t i = 0; i < choices->count; i++) {
		if (++choices->items[i].answer < choices->items[i].count)
			return true;
		choices->items[i].answer = 0;
	}
	return false;
}

/* @at: without a world. */
static inline void slow_look(struct slow_case at, struct slow_outlook *outlook)
{
	struct slow_choices choices;
	struct slow_forecast forecast;

	slow_find_choices(at.made, at.own, at.rule, &choices);
	*outlook = (struct slow_outlook){ .open = choices.count > 0 || has_unplaced(at.made) };
	for (size_t i = 0; i < at.units->count; i++)
		outlook->units[i].least_bytes = UINT64_MAX;
	do {
		struct slow_world world = slow_world_start(at.made, at.own);

		for (size_t i = 0; i < choices.count; i++)
			slow_answer(at.made, &choices.items[i], &world);
		at.world = &world;
		slow_predict(&at, &forecast);
		slow_see(&forecast, at.units, outlook);
	} while (slow_next(&choices));
}
