// SPDX-License-Identifier: GPL-2.0-only
/* judgement/ownership.c: whose dax region a range is in, or nobody's. */
#include "judged.h"

#define CXL  SR_DAX_HOLDER_CXL
#define HMEM SR_DAX_HOLDER_HMEM

/* One Soft Reserved range of sixteen memory blocks, outside all windows. */
static const struct sr_range whole = { 0x100000000, 0x17fffffff };
static const struct sr_range first_half = { 0x100000000, 0x13fffffff };
static const struct sr_range second_half = { 0x140000000, 0x17fffffff };

static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, whole);
	return snapshot;
}

/* The same inside a window, in a committed region. */
static struct sr_snapshot *contained_machine(void)
{
	struct sr_snapshot *snapshot = machine();

	build_window(snapshot, whole);
	build_region(snapshot, whole, SR_YES);
	return snapshot;
}

static void is_lost(const struct sr_snapshot *snapshot, uint64_t lost, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	ok(report->ranges.items[0].lost.known, "what is lost is known");
	is_number(report->ranges.items[0].lost.value, lost, what);
	is_number(report->totals.lost_bytes, lost, "and in all");
	is_number(report->totals.lost, lost != 0, "and how many ranges");
}

static void is_not_known_lost(const struct sr_snapshot *snapshot, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	ok(!report->ranges.items[0].lost.known, what);
	is_number(report->totals.lost_bytes, 0, "and counts nowhere");
	is_number(report->totals.lost, 0, "and counts nowhere");
	is_number(report->totals.unknown_bytes, 0x80000000, "but as unknown");
}

static void test_each_owner(void)
{
	sr_auto_snapshot struct sr_snapshot *none = machine();
	sr_auto_snapshot struct sr_snapshot *cxl = machine();
	sr_auto_snapshot struct sr_snapshot *pmem = machine();
	sr_auto_snapshot struct sr_snapshot *hmem = machine();
	sr_auto_snapshot struct sr_snapshot *mixed = machine();

	is_verdict(none, "none lost: NO_WINDOW NO_OWNER", "nobody");
	is_lost(none, 0x80000000, "all of it");
	build_in_use(cxl, CXL, whole);
	is_verdict(cxl, "cxl ok: NO_WINDOW", "CXL");
	is_lost(cxl, 0, "nothing");
	build_in_use(pmem, SR_DAX_HOLDER_PMEM, whole);
	is_verdict(pmem, "cxl ok: NO_WINDOW", "a pmem region's is CXL's");
	build_in_use(hmem, HMEM, whole);
	is_verdict(hmem, "hmem ok: NO_WINDOW", "hmem");
	build_in_use(mixed, HMEM, first_half);
	build_in_use(mixed, CXL, second_half);
	is_verdict(mixed, "mixed ok: NO_WINDOW", "a part each");
	is_lost(mixed, 0, "nothing");
}

static void test_partly(void)
{
	sr_auto_snapshot struct sr_snapshot *start = machine();
	sr_auto_snapshot struct sr_snapshot *end = machine();
	sr_auto_snapshot struct sr_snapshot *byte = machine();

	build_in_use(start, HMEM, first_half);
	is_verdict(start, "hmem lost: NO_WINDOW PARTLY_WITHOUT_OWNER", "the first half");
	is_lost(start, 0x40000000, "the second half");
	build_in_use(end, CXL, second_half);
	is_verdict(end, "cxl lost: NO_WINDOW PARTLY_WITHOUT_OWNER", "the second half");
	is_lost(end, 0x40000000, "the first half");
	build_in_use(byte, HMEM, whole);
	byte->dax_regions.items[0].size.value--;
	byte->dax_devices.items[0].ranges.items[0].end--;
	is_lost(byte, 1, "a byte");
}

/* The dax region holds its range without any device; a device holds its own alone. */
static void test_what_holds(void)
{
	sr_auto_snapshot struct sr_snapshot *region = machine();
	sr_auto_snapshot struct sr_snapshot *device = machine();
	sr_auto_snapshot struct sr_snapshot *unbound = machine();
	sr_auto_snapshot struct sr_snapshot *elsewhere = machine();

	build_dax_region(region, HMEM, whole, "hmem");
	is_verdict(region, "hmem idle: NO_WINDOW NO_DAX_DEVICE", "a dax region alone");
	build_dax_device(device, HMEM, whole, "device_dax");
	is_verdict(device, "hmem ok: NO_WINDOW", "a dax device alone");
	build_dax_region(unbound, HMEM, whole, NULL);
	is_verdict(unbound, "none lost: NO_WINDOW NO_OWNER", "a dax region without a driver");
	build_in_use(elsewhere, HMEM, span(whole.end + 1, whole.end + BLOCK_SIZE));
	build_in_use(elsewhere, CXL, span(whole.start - BLOCK_SIZE, whole.start - 1));
	is_verdict(elsewhere, "none lost: NO_WINDOW NO_OWNER", "its neighbours");
}

static void test_though_contained(void)
{
	sr_auto_snapshot struct sr_snapshot *hmem = contained_machine();
	sr_auto_snapshot struct sr_snapshot *mixed = contained_machine();
	sr_auto_snapshot struct sr_snapshot *cxl = contained_machine();

	build_in_use(hmem, HMEM, whole);
	is_verdict(hmem, "hmem ok: HMEM_THOUGH_CONTAINED NO_DAX_REGION", "hmem came first");
	build_in_use(mixed, HMEM, first_half);
	build_in_use(mixed, CXL, second_half);
	is_verdict(mixed, "mixed ok: HMEM_THOUGH_CONTAINED", "for a part of it");
	build_in_use(cxl, CXL, whole);
	is_verdict(cxl, "cxl ok", "as it should be");
}

static void test_why_not_cxl(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = contained_machine();
	struct sr_region *region = &snapshot->regions.items[0];

	is_verdict(snapshot, "none lost: NO_DAX_REGION NO_OWNER", "no dax region was made");
	region->mode = sr_text_of("pmem");
	is_verdict(snapshot, "none lost: REGION_NOT_RAM NO_OWNER", "it is not ram");
	region->driver = sr_text_of(NULL);
	is_verdict(snapshot, "none lost: REGION_NOT_RAM NO_OWNER", "that comes first");
	region->mode = sr_text_of(NULL);
	is_verdict(snapshot, "none lost: REGION_NO_DRIVER NO_OWNER", "no driver, no mode");
	region->mode = (struct sr_text){ 0 };
	region->driver = (struct sr_text){ 0 };
	is_verdict(snapshot, "none lost: NO_OWNER", "neither mode nor driver is known");
	region->driver = sr_text_of("cxl_region");
	build_dax_region(snapshot, CXL, whole, NULL);
	is_verdict(snapshot, "none lost: DAX_REGION_NO_DRIVER NO_OWNER", "dax_cxl is absent");
	snapshot->dax_regions.items[0].region = "region7";
	is_verdict(snapshot, "none lost: DAX_REGION_NO_DRIVER NO_OWNER", "is it to have one?");
	region->mode = sr_text_of("ram");
	is_verdict(snapshot, "none lost: NO_DAX_REGION DAX_REGION_NO_DRIVER NO_OWNER", "another's");
	snapshot->dax_regions.items[0].region = NULL;
	is_verdict(snapshot, "none lost: DAX_REGION_NO_DRIVER NO_OWNER", "who knows whose");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	snapshot->dax_regions.items[0].region = "region7";
	is_verdict(snapshot, "none lost: DAX_REGION_NO_DRIVER NO_OWNER", "no list of them");
	build_in_use(snapshot, HMEM, whole);
	is_verdict(snapshot, "hmem ok: HMEM_THOUGH_CONTAINED DAX_REGION_NO_DRIVER",
		   "as hmem has it");
}

/* A driverless dax region tells only about what it overlaps, and only where CXL lacks. */
static void test_driverless(void)
{
	sr_auto_snapshot struct sr_snapshot *other = machine();
	sr_auto_snapshot struct sr_snapshot *hmem = machine();
	sr_auto_snapshot struct sr_snapshot *cxl = machine();

	build_dax_region(other, CXL, span(whole.end + 1, whole.end + 1), NULL);
	is_verdict(other, "none lost: NO_WINDOW NO_OWNER", "the byte behind");
	build_dax_region(other, CXL, span(whole.end, whole.end), NULL);
	is_verdict(other, "none lost: NO_WINDOW DAX_REGION_NO_DRIVER NO_OWNER", "the last byte");
	build_dax_region(hmem, HMEM, whole, NULL);
	is_verdict(hmem, "none lost: NO_WINDOW NO_OWNER", "hmem's is another matter");
	build_in_use(cxl, CXL, whole);
	build_dax_region(cxl, CXL, first_half, NULL);
	is_verdict(cxl, "cxl ok: NO_WINDOW", "CXL has it all the same");
}

static void test_unknown_holder(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	build_dax_device(snapshot, SR_DAX_HOLDER_UNKNOWN, first_half, "device_dax");
	is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN",
		   "a device that cannot be placed in a dax region");
	is_not_known_lost(snapshot, "what is unknown is not lost");
	build_in_use(snapshot, HMEM, whole);
	is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "beside a known one");
}

/* Something that could be there: whoever it is, the range is not known to be nobody's. */
static void test_unplaced(void)
{
	sr_auto_snapshot struct sr_snapshot *device = machine();
	sr_auto_snapshot struct sr_snapshot *region = machine();
	sr_auto_snapshot struct sr_snapshot *driver = machine();
	sr_auto_snapshot struct sr_snapshot *partly = machine();

	build_dax_device(device, HMEM, span(0, 0xfff), "kmem")->ranges_known = false;
	is_verdict(device, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "a device's ranges");
	is_not_known_lost(device, "is not lost");
	build_dax_region(region, CXL, whole, "cxl_dax_region")->start.known = false;
	is_verdict(region, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "a dax region's start");
	build_dax_region(driver, CXL, whole, NULL)->driver.known = false;
	is_verdict(driver, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "a dax region's driver");
	build_in_use(partly, HMEM, first_half);
	build_dax_region(partly, CXL, whole, "x")->size.known = false;
	is_verdict(partly, "hmem unknown: NO_WINDOW OWNER_UNKNOWN", "the other half");
	is_not_known_lost(partly, "is not lost");
}

static void test_sources(void)
{
	static const enum sr_source_id sources[] = { SR_SOURCE_DAX, SR_SOURCE_HMEM, SR_SOURCE_CXL };
	static const char *const names[] = { "dax", "hmem", "cxl" };
	sr_auto_snapshot struct sr_snapshot *partial = machine();

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = machine();

		build_source(snapshot, sources[i], SR_SOURCE_UNREADABLE);
		is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", names[i]);
		build_source(snapshot, sources[i], SR_SOURCE_HIDDEN);
		is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", names[i]);
		build_source(snapshot, sources[i], SR_SOURCE_ABSENT);
		is_verdict(snapshot, "none lost: NO_WINDOW NO_OWNER", names[i]);
		build_source(snapshot, sources[i], SR_SOURCE_UNREADABLE);
		build_in_use(snapshot, HMEM, whole);
		is_verdict(snapshot, "hmem ok: NO_WINDOW", "what was seen is there");
	}
	build_source(partial, SR_SOURCE_HMEM, SR_SOURCE_PARTIAL);
	is_verdict(partial, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "not all of hmem");
}

/* Before devices are made sysfs shows the size of an hmem device, not its start. */
static void test_by_size(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	struct sr_dax_region *region = build_dax_region(snapshot, HMEM, whole, "hmem");

	region->start.known = false;
	is_verdict(snapshot, "hmem idle: NO_WINDOW HMEM_PLACED_BY_SIZE NO_DAX_DEVICE",
		   "the only range of its size");
	region->size.value--;
	is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "a byte less");
	region->size.known = false;
	is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "size unknown");
	region->size = sr_u64_of(0x80000000);
	region->driver.known = false;
	is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN",
		   "perhaps without a driver, then it holds nothing");
	region->driver = sr_text_of("hmem");
	region->holder = CXL;
	is_verdict(snapshot, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "CXL's");
}

static void test_not_by_size(void)
{
	sr_auto_snapshot struct sr_snapshot *two = machine();
	sr_auto_snapshot struct sr_snapshot *held = machine();
	sr_auto_snapshot struct sr_snapshot *twice = machine();
	sr_auto_report struct sr_report *report = NULL;

	build_soft_reserved(two, span(0x200000000, 0x27fffffff));
	build_dax_region(two, HMEM, whole, "hmem")->start.known = false;
	report = judge(two);
	is_text(verdict_of(&report->ranges.items[0]), "unknown unknown: NO_WINDOW OWNER_UNKNOWN",
		"two ranges of its size: the first");
	is_text(verdict_of(&report->ranges.items[1]), "unknown unknown: NO_WINDOW OWNER_UNKNOWN",
		"two ranges of its size: the second");
	build_dax_region(held, HMEM, whole, "hmem")->start.known = false;
	build_in_use(held, CXL, first_half);
	is_verdict(held, "cxl unknown: NO_WINDOW OWNER_UNKNOWN", "somebody holds a part of it");
	build_dax_region(twice, HMEM, whole, "hmem")->start.known = false;
	build_dax_region(twice, HMEM, whole, "hmem")->start.known = false;
	is_verdict(twice, "unknown unknown: NO_WINDOW OWNER_UNKNOWN", "two of its size");
}

int main(void)
{
	test_each_owner();
	test_partly();
	test_what_holds();
	test_though_contained();
	test_why_not_cxl();
	test_driverless();
	test_unknown_holder();
	test_unplaced();
	test_sources();
	test_by_size();
	test_not_by_size();
	return tap_done();
}
