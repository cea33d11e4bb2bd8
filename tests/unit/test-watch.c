// SPDX-License-Identifier: GPL-2.0-only
/* What `watch` makes of one report after the other: which events, of what. */
#include "judged.h"
#include "watch-events.h"

#define MOST_UNITS 6
#define MOST_CODES 4
#define ROUNDS	   20000

/* A report of a few units; what is not set is unknown, or none. */
struct made {
	struct sr_report report;
	struct sr_range_report units[MOST_UNITS];
	enum sr_code codes[MOST_UNITS][MOST_CODES];
	struct sr_finding findings[MOST_CODES];
};

static const struct sr_dax_device kmem = { .driver = { "kmem", true } };
static struct sr_region regions[] = { { .name = "region0" }, { .name = "region1" } };

static struct sr_range_report *add_unit(struct made *made, uint64_t start, uint64_t end)
{
	size_t i = made->report.units.count++;
	struct sr_range_report *unit = &made->units[i];

	made->report.units.items = made->units;
	*unit = (struct sr_range_report){
		.range = { start, end },
		.owner = SR_OWNER_CXL,
		.state = SR_STATE_OK,
		.contained = SR_YES,
		.region = &regions[0],
		.online = sr_u64_of(0x1000),
		.lost = sr_u64_of(0),
	};
	return unit;
}

static void add_code(struct made *made, size_t unit, enum sr_code code)
{
	made->codes[unit][made->units[unit].why.count++] = code;
}

static struct made new_made(void)
{
	return (struct made){ .report = { .soft_reserved_whole = true, .settled = SR_YES } };
}

static struct watch_state *state_of(struct made *made, const struct watch_state *before)
{
	struct watch_state *state = NULL;

	/* Copies of it have pointers to the one that they were copied from. */
	made->report.units.items = made->units;
	for (size_t i = 0; i < made->report.units.count; i++)
		made->units[i].why.items = made->codes[i];
	made->report.findings.items = made->findings;
	if (watch_state_make(&made->report, before, &state))
		abort();
	return build_need(state);
}

static void add_word(char *text, size_t size, const char *before, const char *word)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", before, word);
}

/* "machine changed partial; 1000 changed owner,state"; a static buffer. */
static const char *events_between(const struct watch_state *before, const struct watch_state *after)
{
	static char text[1024];
	watch_event_list events = { 0 };
	const struct watch_event *event;

	if (watch_compare(before, after, &events))
		abort();
	*text = '\0';
	sr_for_each (event, &events) {
		const struct watch_row *row = event->after.row ? event->after.row
							       : event->before.row;
		const char *between = " ";
		char place[32] = "machine";

		if (!event->of_machine)
			snprintf(place, sizeof(place), "%jx", (uintmax_t)row->range.start);
		add_word(text, sizeof(text), *text ? "; " : "", place);
		add_word(text, sizeof(text), " ", watch_kind_name(event->kind));
		for (int i = 0; i < WATCH_MEMBER_COUNT; i++) {
			if (!(event->changed & 1U << i))
				continue;
			add_word(text, sizeof(text), between, watch_member_name(i));
			between = ",";
		}
	}
	sr_list_free(&events);
	return text;
}

/* The events of one report after another. */
static void is_told(struct made *before, struct made *after, const char *wanted, const char *what)
{
	auto_watch_state struct watch_state *first = before ? state_of(before, NULL) : NULL;
	auto_watch_state struct watch_state *second = state_of(after, first);

	is_text(events_between(first, second), wanted, what);
}

static struct made two_units(void)
{
	struct made made = new_made();

	add_unit(&made, 0x1000, 0x1fff);
	add_unit(&made, 0x3000, 0x3fff);
	return made;
}

static void test_first(void)
{
	struct made two = two_units(), none = new_made();

	is_told(NULL, &two, "machine initial; 1000 initial; 3000 initial",
		"the first look: the machine, then ranges by address");
	is_told(NULL, &none, "machine initial", "a machine without any");
	is_told(&two, &two, "", "twice the same");
	is_told(&none, &none, "", "twice nothing");
}

static void set_member(struct made *made, enum watch_member member)
{
	struct sr_range_report *unit = &made->units[1];

	switch (member) {
	case WATCH_OWNER:
		unit->owner = SR_OWNER_HMEM;
		break;
	case WATCH_STATE:
		unit->state = SR_STATE_LOST;
		break;
	case WATCH_CONTAINED:
		unit->contained = SR_NO;
		break;
	case WATCH_REGION:
		unit->region = &regions[1];
		break;
	case WATCH_DRIVERS:
		build_add(&unit->devices)->device = &kmem;
		break;
	case WATCH_ONLINE:
		unit->online = sr_u64_of(0x800);
		break;
	case WATCH_LOST:
		unit->lost = sr_u64_of(1);
		break;
	case WATCH_WHY:
		add_code(made, 1, SR_CODE_BLOCKS_OFFLINE);
		break;
	case WATCH_FINDINGS:
		made->findings[made->report.findings.count++].code = SR_CODE_MODULE_AWAY;
		break;
	case WATCH_PARTIAL:
		made->report.short_sources = 1U << SR_SOURCE_IOMEM;
		break;
	case WATCH_MEMBER_COUNT:
		break;
	}
}

/* Nothing that may differ goes unseen, and nothing drags another one along. */
static void test_each_member(void)
{
	for (int i = 0; i < WATCH_MEMBER_COUNT; i++) {
		struct made before = two_units(), after = two_units();
		char wanted[64];

		set_member(&after, i);
		snprintf(wanted, sizeof(wanted), "%s changed %s",
			 WATCH_MEMBERS_OF_MACHINE & 1U << i ? "machine" : "3000",
			 watch_member_name(i));
		is_told(&before, &after, wanted, watch_member_name(i));
		is_told(&after, &before, wanted, "and back");
		sr_list_free(&after.units[1].devices);
	}
}

static void test_not_verdicts(void)
{
	struct made before = two_units(), after = two_units();

	before.report.settled = SR_NO;
	is_told(&before, &after, "", "that it has settled is no verdict");
	add_code(&before, 0, SR_CODE_NO_REGION);
	add_code(&before, 0, SR_CODE_NO_OWNER);
	add_code(&after, 0, SR_CODE_NO_OWNER);
	add_code(&after, 0, SR_CODE_NO_REGION);
	is_told(&before, &after, "", "nor the order of codes");
}

static void test_unknown(void)
{
	struct made known = two_units(), unknown = two_units(), other = two_units();

	known.units[0].online = sr_u64_of(0);
	unknown.units[0].online = (struct sr_u64){ .value = 0 };
	other.units[0].online = (struct sr_u64){ .value = 7 };
	is_told(&known, &unknown, "1000 changed online", "0 becomes unknown");
	is_told(&unknown, &known, "1000 changed online", "unknown becomes 0");
	is_told(&unknown, &other, "", "unknown stays unknown, whatever is in it");
}

static void test_ranges(void)
{
	struct made two = two_units(), one = new_made(), cut = new_made();

	add_unit(&one, 0x3000, 0x3fff);
	add_unit(&cut, 0x1000, 0x17ff);
	add_unit(&cut, 0x1800, 0x1fff);
	add_unit(&cut, 0x3000, 0x3fff);
	is_told(&two, &one, "1000 went", "a range goes");
	is_told(&one, &two, "1000 came", "a range comes");
	is_told(&two, &cut, "1000 went; 1000 came; 1800 came",
		"a range on whose parts the kernel decides");
}

#define ALL_OF_RANGE "owner,state,contained,region,drivers,online,lost,why"

/* A range that is not there, as not all could be read that would show it. */
static void test_unseen(void)
{
	struct made two = two_units(), part = new_made(), whole = new_made(), cut = new_made();
	auto_watch_state struct watch_state *first = state_of(&two, NULL);
	auto_watch_state struct watch_state *second = NULL, *third = NULL, *fourth = NULL;
	auto_watch_state struct watch_state *back = NULL, *gone = NULL;

	add_unit(&part, 0x3000, 0x3fff);
	part.report.soft_reserved_whole = false;
	part.report.short_sources = 1U << SR_SOURCE_IOMEM;
	second = state_of(&part, first);
	is_text(events_between(first, second),
		"machine changed partial; 1000 changed " ALL_OF_RANGE,
		"it has not gone, it is unknown");
	third = state_of(&part, second);
	is_text(events_between(second, third), "", "and stays so");
	is_number(third->rows.count, 2, "and is not forgotten");
	back = state_of(&two, third);
	is_text(events_between(third, back), "machine changed partial; 1000 changed " ALL_OF_RANGE,
		"until it is seen again");
	add_unit(&whole, 0x3000, 0x3fff);
	gone = state_of(&whole, third);
	is_text(events_between(third, gone), "machine changed partial; 1000 went",
		"or all can be read, and it has gone");
	add_unit(&cut, 0x1800, 0x3fff);
	cut.report.soft_reserved_whole = false;
	fourth = state_of(&cut, first);
	is_text(events_between(first, fourth), "1000 went; 1800 came; 3000 went",
		"one in whose place another is has gone");
}

static void test_drivers(void)
{
	static const struct sr_dax_device devdax = { .driver = { "device_dax", true } };
	static const struct sr_dax_device none = { .driver = { NULL, true } };
	static const struct sr_dax_device unknown = { .driver = { NULL, false } };
	struct sr_range_device items[] = { { .device = &kmem },
					   { .device = &none },
					   { .device = &devdax },
					   { .device = &kmem },
					   { .device = &unknown } };
	struct made made = two_units();
	auto_watch_state struct watch_state *some = NULL, *partly = NULL, *owned = NULL;

	made.units[0].devices.items = items;
	made.units[0].devices.count = 4;
	some = state_of(&made, NULL);
	is_text(some->rows.items[0].drivers.value, "kmem,device_dax", "each driver once");
	ok(some->rows.items[1].drivers.known && !some->rows.items[1].drivers.value,
	   "no device: no driver");
	made.units[0].devices.count = 5;
	made.units[1].owner = SR_OWNER_UNKNOWN;
	partly = state_of(&made, NULL);
	ok(!partly->rows.items[0].drivers.known, "one that is unknown makes them unknown");
	ok(!partly->rows.items[1].drivers.known, "and so does an owner that is");
	made.units[0].devices.count = 4;
	made.report.short_sources = 1U << SR_SOURCE_DAX;
	owned = state_of(&made, NULL);
	ok(!owned->rows.items[0].drivers.known, "and devices that could not all be read");
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

static struct made random_made(uint64_t *random)
{
	struct made made = new_made();

	made.report.soft_reserved_whole = next_random(random) % 2;
	for (uint64_t i = 0; i < MOST_UNITS; i++) {
		if (next_random(random) % 2)
			add_unit(&made, i << 12, (i << 12) + 0x800 + next_random(random) % 2)
				->owner = (enum sr_owner)(next_random(random) % 5);
	}
	return made;
}

/* What each event says of the rows before and after is so, and what has none is the same. */
static bool adds_up(const struct watch_state *before, const struct watch_state *after)
{
	watch_event_list events = { 0 };
	const struct watch_event *event;
	size_t came = 0, went = 0, changed = 0;

	if (watch_compare(before, after, &events))
		abort();
	sr_for_each (event, &events) {
		came += event->kind == WATCH_CAME;
		went += event->kind == WATCH_WENT;
		changed += event->kind == WATCH_CHANGED;
		if (event->kind == WATCH_CHANGED &&
		    !sr_range_equal(event->before.row->range, event->after.row->range))
			return false;
	}
	for (size_t i = 0; i < after->rows.count; i++) {
		const struct watch_row *row = &after->rows.items[i];

		if (i && row[-1].range.end >= row->range.start)
			return false;
		for (size_t j = 0; j < before->rows.count; j++)
			changed += sr_range_equal(before->rows.items[j].range, row->range) &&
				   before->rows.items[j].owner == row->owner &&
				   before->rows.items[j].seen == row->seen;
	}
	sr_list_free(&events);
	return changed + came == after->rows.count && changed + went == before->rows.count;
}

static void test_random(void)
{
	auto_watch_state struct watch_state *before = NULL;
	uint64_t random = 20260307;
	struct made made = random_made(&random);
	size_t good = 0, most = 0;

	before = state_of(&made, NULL);
	for (int round = 0; round < ROUNDS; round++) {
		struct watch_state *after;

		made = random_made(&random);
		after = state_of(&made, before);
		good += adds_up(before, after);
		if (after->rows.count > most)
			most = after->rows.count;
		watch_state_free(before);
		before = after;
	}
	is_number(good, ROUNDS, "random reports, one after the other");
	ok(most <= 2 * MOST_UNITS, "what is unseen does not pile up");
}

int main(void)
{
	test_first();
	test_each_member();
	test_not_verdicts();
	test_unknown();
	test_ranges();
	test_unseen();
	test_drivers();
	test_random();
	return tap_done();
}
