// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a map lies in a picture, on made machines. CXL_SR_SEED=... in the environment begins
 * with the machine that failed.
 */
#include <time.h>

#include "made-machine.h"
#include "mapped.h"

static struct sr_map_size size_of(unsigned int columns, uint64_t *state)
{
	return (struct sr_map_size){ columns, 1 + pick(state, 3), 1 + pick(state, 4) };
}

static const char *check_widths(const struct sr_map *map, uint64_t *state, unsigned int step)
{
	for (unsigned int columns = SR_MAP_COLUMNS_MIN; columns <= 300; columns += step) {
		struct sr_map_size size = size_of(columns, state);
		sr_auto_map_layout struct sr_map_layout *layout = layout_of(map, size);
		const char *fault = fault_of(layout, size);

		if (fault) {
			printf("# %u columns, least %u, gap %u\n", columns, size.least, size.gap);
			return fault;
		}
	}
	return NULL;
}

static void add_affinities(struct sr_snapshot *snapshot, const struct machine *machine,
			   uint64_t *state)
{
	for (unsigned int i = pick(state, 5); i; i--)
		*build_add(&snapshot->acpi.memory) = (struct sr_memory_affinity){
			.range = range_of(&machine->grid, random_cells(state))
		};
	snapshot->acpi.memory_known = true;
}

static void test_made(void)
{
	uint64_t state = seed_of_run();
	size_t count = case_count(3000);

	for (size_t i = 0; i < count; i++) {
		uint64_t seed = state;
		struct machine machine;
		const char *fault;

		machine_make(&machine, &state);
		{
			sr_auto_snapshot struct sr_snapshot *snapshot = machine_snapshot(&machine);
			sr_auto_report struct sr_report *report = NULL;
			sr_auto_map struct sr_map *map = NULL;

			add_affinities(snapshot, &machine, &state);
			report = judge(snapshot);
			map = map_of(report);
			fault = check_widths(map, &state, 1 + pick(&state, 140));
		}
		if (fault) {
			printf("# CXL_SR_SEED=%#" PRIx64 ": %s\n", seed, fault);
			ok(false, "a made machine");
			return;
		}
	}
	ok(count > 0, "layouts of made machines");
}

/* Sizes from a byte to exbibytes, far from each other or side by side. */
static struct sr_snapshot *scattered(uint64_t *state, size_t count)
{
	struct sr_snapshot *snapshot = build_new();
	const char *types[] = { build_text(snapshot, "Reserved"),
				build_text(snapshot, "System RAM") };

	for (size_t i = 0; i < count; i++) {
		uint64_t start = next_random(state) >> pick(state, 40);
		uint64_t size = next_random(state) >> (24 + pick(state, 40));
		uint64_t end = size > UINT64_MAX - start ? UINT64_MAX : start + size;

		if (pick(state, 2))
			build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, span(start, end),
					types[pick(state, 2)]);
		else
			*build_add(&snapshot->acpi.memory) =
				(struct sr_memory_affinity){ .range = span(start, end) };
	}
	return snapshot;
}

static void test_scattered(void)
{
	uint64_t state = seed_of_run();
	size_t count = case_count(300);
	const char *fault = NULL;

	for (size_t i = 0; i < count && !fault; i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot =
			scattered(&state, 1 + pick(&state, 60));
		sr_auto_report struct sr_report *report = judge(snapshot);
		sr_auto_map struct sr_map *map = map_of(report);

		fault = check_widths(map, &state, 1 + pick(&state, 140));
	}
	is_text(fault, NULL, "layouts of ranges of all sizes");
}

/* More ranges than any picture can show: bounded, and soon done. */
static void test_many(void)
{
	uint64_t state = seed_of_run();
	sr_auto_snapshot struct sr_snapshot *snapshot = scattered(&state, 2 * case_count(50000));
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct sr_map_size size = { 260, 2, 4 };
	clock_t before = clock();
	sr_auto_map struct sr_map *map = map_of(report);
	sr_auto_map_layout struct sr_map_layout *layout = layout_of(map, size);
	double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
	size_t bars = 0;

	for (int i = 0; i < SR_MAP_LANE_COUNT; i++)
		bars += layout->lanes[i].bars.count;
	printf("# %zu ranges: %zu cells, %zu bars, %.3f s\n",
	       map->lanes[SR_MAP_FIRMWARE].segments.count + map->lanes[SR_MAP_SRAT].segments.count,
	       layout->cells.count, bars, seconds);
	ok(cells_hold(layout, size) && bars_hold(layout) && columns_hold(layout),
	   "a picture of 100000 ranges");
	ok(bars <= 2 * SR_MAP_ROWS * 260, "has no more bars than columns, times its rows");
	ok(seconds < 10, "and is soon made");
}

/* Small ranges of CXL keep columns of their own beside huge ones of others. */
static void test_important(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_map struct sr_map *map = NULL;
	const char *reserved = build_text(snapshot, "Reserved");
	const struct sr_map_bar *bars;

	for (uint64_t i = 0; i < 400; i++)
		build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP,
				span(i << 40, (i << 40) + (1ULL << (20 + i % 19))), reserved);
	for (uint64_t i = 0; i < 4; i++)
		build_region(snapshot, span((i + 8) << 36, ((i + 8) << 36) + 0xfffffff), SR_YES);
	report = judge(snapshot);
	map = map_of(report);
	{
		sr_auto_map_layout struct sr_map_layout *layout =
			layout_of(map, (struct sr_map_size){ 66, 1, 1 });

		bars = layout->lanes[SR_MAP_REGIONS].bars.items;
		ok(layout->lanes[SR_MAP_REGIONS].bars.count == 4 && bars[0].count == 1 &&
			   bars[3].count == 1 && bars[0].last - bars[0].first > 3,
		   "four regions of 256 MiB among 400 reserved ranges, in 66 columns");
		is_text(fault_of(layout, (struct sr_map_size){ 66, 1, 1 }), NULL,
			"and all else is right");
	}
}

static void test_edges(void)
{
	static const struct sr_range ranges[][2] = {
		{ { 0, UINT64_MAX }, { 5, 5 } },
		{ { UINT64_MAX, UINT64_MAX }, { 0, 0 } },
		{ { 0x8000000000000000, UINT64_MAX }, { UINT64_MAX - 1, UINT64_MAX } },
		{ { 0, 0 }, { 0, 0 } },
		{ { 1, 1 }, { 2, 2 } },
	};
	uint64_t state = seed_of_run();

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
		sr_auto_report struct sr_report *report = NULL;
		sr_auto_map struct sr_map *map = NULL;

		build_region(snapshot, ranges[i][0], SR_YES)->size =
			sr_u64_of(sr_range_size(ranges[i][0]));
		build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, ranges[i][0], "Reserved");
		build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, ranges[i][1], "System RAM");
		report = judge(snapshot);
		map = map_of(report);
		is_text(check_widths(map, &state, 1), NULL, "ranges at the edges of 64 bits");
	}
}

static void test_nothing(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_map struct sr_map *map = map_of(report);
	struct sr_map_size size = { 66, 1, 1 };
	sr_auto_map_layout struct sr_map_layout *layout = layout_of(map, size);

	is_number(layout->cells.count, 0, "a machine with nothing has no scale");
	is_text(fault_of(layout, size), NULL, "and nothing in its lanes");
	is_number(sr_map_column(layout, 0x1000), 0, "whatever is asked");
}

int main(void)
{
	test_made();
	test_scattered();
	test_many();
	test_important();
	test_edges();
	test_nothing();
	return tap_done();
}
