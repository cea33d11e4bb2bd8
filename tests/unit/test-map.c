// SPDX-License-Identifier: GPL-2.0-only
/* The lanes of a map: what is known, all of it, and nothing else. */
#include "mapped.h"

static const struct sr_range window = { 0x1000000000, 0x1fffffffff };
static const struct sr_range lower = { 0x1000000000, 0x10ffffffff };
static const struct sr_range upper = { 0x1100000000, 0x11ffffffff };
static const struct sr_range both = { 0x1000000000, 0x11ffffffff };

/* What @lane is of @snapshot. */
#define is_lane(snapshot, lane, want, what)                                 \
	do {                                                                \
		sr_auto_report struct sr_report *report_ = judge(snapshot); \
		sr_auto_map struct sr_map *map_ = map_of(report_);          \
		is_text(lane_text(map_, lane), want, what);                 \
	} while (0)

static void test_lanes(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, span(0, 0x9ffff), "System RAM");
	build_soft_reserved(snapshot, lower);
	build_window(snapshot, window);
	build_cxl(snapshot, lower);
	*build_add(&snapshot->acpi.memory) = (struct sr_memory_affinity){ .range = lower,
									  .proximity_domain = 2,
									  .hot_pluggable = true };
	snapshot->acpi.memory_known = true;
	is_lane(snapshot, SR_MAP_FIRMWARE,
		"0-9ffff System RAM, 1000000000-10ffffffff Soft Reserved",
		"the firmware's map, each entry once");
	is_lane(snapshot, SR_MAP_SRAT, "1000000000-10ffffffff domain 2 (hot-pluggable)",
		"the SRAT");
	is_lane(snapshot, SR_MAP_WINDOWS, "1000000000-1fffffffff CXL Window 0 (decoder0.0)",
		"a window once, though two sources have it");
	is_lane(snapshot, SR_MAP_REGIONS, "1000000000-10ffffffff region0 (committed)", "regions");
	is_lane(snapshot, SR_MAP_SOFT_RESERVED, "1000000000-10ffffffff ok (owner cxl)",
		"Soft Reserved memory");
	is_lane(snapshot, SR_MAP_DAX, "1000000000-10ffffffff dax0.0 (owner cxl, driver kmem)",
		"a dax device hides the dax region around it");
	is_lane(snapshot, SR_MAP_SYSTEM_RAM, "1000000000-10ffffffff System RAM (kmem)",
		"System RAM");
}

static void test_owners(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, both);
	build_window(snapshot, window);
	is_lane(snapshot, SR_MAP_DAX, "1000000000-11ffffffff nobody (in no dax region)",
		"what nobody has");
	is_lane(snapshot, SR_MAP_SOFT_RESERVED, "1000000000-11ffffffff lost (owner none)",
		"is lost");
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, upper, "hmem");
	is_lane(snapshot, SR_MAP_DAX,
		"1000000000-10ffffffff nobody (in no dax region), "
		"1100000000-11ffffffff hmem.0 (owner hmem, no dax device here)",
		"a part of it, beside a dax region without a device");
	snapshot->dax_regions.items[0].start.known = false;
	snapshot->dax_regions.items[0].driver.known = false;
	is_lane(snapshot, SR_MAP_DAX, "", "nothing is nobody's that somebody may have");
	is_lane(snapshot, SR_MAP_SOFT_RESERVED, "1000000000-11ffffffff unknown (owner unknown)",
		"then that is unknown");
	build_source(snapshot, SR_SOURCE_DAX, SR_SOURCE_HIDDEN);
	build_dax_region(snapshot, SR_DAX_HOLDER_CXL, lower, "cxl_dax_region");
	is_lane(snapshot, SR_MAP_DAX,
		"1000000000-10ffffffff dax_region1 (owner cxl, its dax devices are not known)",
		"no device is denied that could not be read");
}

static void test_shared(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, both);
	build_in_use(snapshot, SR_DAX_HOLDER_HMEM, both);
	build_in_use(snapshot, SR_DAX_HOLDER_CXL, upper);
	is_lane(snapshot, SR_MAP_DAX,
		"1000000000-11ffffffff dax0.0 (owner hmem, driver kmem), "
		"1100000000-11ffffffff dax1.0 (owner cxl, driver kmem)",
		"two that have the same memory are both there");
}

static void test_regions(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_map struct sr_map *map = NULL;

	build_region(snapshot, lower, SR_NO)->driver = sr_text_of(NULL);
	build_region(snapshot, upper, SR_UNKNOWN)->driver.known = false;
	build_region(snapshot, both, SR_YES)->start.known = false;
	build_region(snapshot, both, SR_NO)->has_resource = false;
	snapshot->regions.items[3].size = sr_u64_of(0);
	report = judge(snapshot);
	map = map_of(report);
	is_text(lane_text(map, SR_MAP_REGIONS),
		"1000000000-10ffffffff region0 (not committed, no driver), "
		"1100000000-11ffffffff region1 (not known whether committed, driver unknown)",
		"what is known of regions");
	is_number(map->lanes[SR_MAP_REGIONS].unplaced.count, 1, "one is somewhere");
	is_text(map->lanes[SR_MAP_REGIONS].unplaced.items[0], "region2",
		"but not one that nobody has set up");
}

static void test_offline(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_iomem(snapshot, lower, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	build_blocks(snapshot, span(0x1000000000, 0x100fffffff), SR_BLOCK_OFFLINE);
	build_blocks(snapshot, span(0x1010000000, 0x101fffffff), SR_BLOCK_UNKNOWN);
	build_blocks(snapshot, span(0x10f0000000, 0x10ffffffff), SR_BLOCK_OFFLINE);
	is_lane(snapshot, SR_MAP_SYSTEM_RAM,
		"1000000000-100fffffff offline (System RAM (kmem)), "
		"1010000000-10efffffff System RAM (kmem), "
		"10f0000000-10ffffffff offline (System RAM (kmem))",
		"blocks that are known to be offline are told from the rest");
}

/* A log stands in where sysfs has no map, as on arm64. */
static void test_log(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, lower, "soft reserved");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	is_lane(snapshot, SR_MAP_FIRMWARE,
		"1000000000-10ffffffff soft reserved (as the kernel log has it)",
		"the map of the kernel log");
}

static void check_read(const struct sr_snapshot *snapshot, enum sr_map_lane_id lane, bool read,
		       bool whole, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_map struct sr_map *map = map_of(report);

	ok(map->lanes[lane].read == read && map->lanes[lane].whole == whole &&
		   (whole ? !map->lanes[lane].short_sources : map->lanes[lane].short_sources != 0),
	   what);
}

static void test_sources(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	for (int i = 0; i < SR_SOURCE_COUNT; i++)
		build_source(snapshot, i, SR_SOURCE_HIDDEN);
	for (int i = 0; i < SR_MAP_LANE_COUNT; i++)
		check_read(snapshot, i, false, false, sr_map_lane_name(i));
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_OK);
	check_read(snapshot, SR_MAP_WINDOWS, true, true, "windows are read, by one of two");
	check_read(snapshot, SR_MAP_REGIONS, true, true, "regions are read");
	check_read(snapshot, SR_MAP_SYSTEM_RAM, false, false, "System RAM is not");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_PARTIAL);
	check_read(snapshot, SR_MAP_SYSTEM_RAM, true, false, "now a part of it is");
	snapshot->acpi.memory_known = true;
	check_read(snapshot, SR_MAP_SRAT, true, true, "a SRAT that the kernel log told");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_PARTIAL);
	check_read(snapshot, SR_MAP_FIRMWARE, false, false, "a map without an entry is none");
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, lower, "Reserved");
	check_read(snapshot, SR_MAP_FIRMWARE, true, false, "a part of the firmware's map");
}

static void test_words(void)
{
	bool short_names = true, named = true;

	for (int i = 0; i < SR_MAP_LANE_COUNT; i++)
		short_names &= strlen(sr_map_lane_name(i)) <= SR_MAP_LANE_NAME;
	for (int i = 0; i < SR_MAP_KIND_COUNT; i++)
		named &= sr_map_kind_name(i) != NULL;
	ok(short_names, "names of lanes fit");
	ok(named, "each kind has a name");
	ok(sr_map_kind_alarms(SR_MAP_KIND_LOST) && sr_map_kind_alarms(SR_MAP_KIND_UNUSABLE) &&
		   sr_map_kind_alarms(SR_MAP_KIND_NOBODY) && !sr_map_kind_alarms(SR_MAP_KIND_IDLE),
	   "what is lost, unusable or nobody's alarms");
}

int main(void)
{
	test_lanes();
	test_owners();
	test_shared();
	test_regions();
	test_offline();
	test_log();
	test_sources();
	test_words();
	return tap_done();
}
