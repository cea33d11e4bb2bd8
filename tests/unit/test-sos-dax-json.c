// SPDX-License-Identifier: GPL-2.0-only
/* sources/sos-dax-json.h: what `daxctl list -iDRM` prints, good and broken. */
#include "sources/sos-dax-json.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "sos-texts.h"
#include "tap.h"

#define ROUNDS 4000

static int parse(struct sr_snapshot *snapshot, const char *text, size_t *ret_unreadable)
{
	struct sr_unreadable unreadable = { 0 };
	int error = sr_sos_dax_parse(snapshot, text, strlen(text), &unreadable);

	*ret_unreadable = unreadable.count;
	return error;
}

static void test_devices(const struct sr_snapshot *snapshot)
{
	const struct sr_dax_device *device = snapshot->dax_devices.items;

	is_number(snapshot->dax_devices.count, 3, "dax devices");
	is_text(device[0].path,
		"/sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/dax0.0",
		"their place in sysfs");
	is_number(device[0].holder, SR_DAX_HOLDER_CXL, "from which it follows who made them");
	is_text(device[0].driver.value, "kmem", "system-ram is kmem's");
	ok(device[0].ranges_known && device[0].ranges.count == 1 &&
		   device[0].ranges.items[0].start == 0x1290000000,
	   "where they are");
	is_number(device[1].holder, SR_DAX_HOLDER_HMEM, "sorted by name: dax2.0");
	ok(!device[1].driver.known, "which driver has an enabled devdax is not told");
	ok(device[2].driver.known && !device[2].driver.value, "disabled is without one");
	ok(device[2].ranges_known && !device[2].ranges.count, "of size 0 it is nowhere");
}

static void test_good(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	struct sr_region *region = build_add(&snapshot->regions);
	const struct sr_dax_region *dax_region;
	size_t unreadable;

	*region = (struct sr_region){ .name = "region0",
				      .start = sr_u64_of(0x1290000000),
				      .size = sr_u64_of(0x20000000),
				      .has_resource = true };
	is_number(parse(snapshot, sos_daxctl_list, &unreadable), 0, "what daxctl list prints");
	is_number(unreadable, 0, "of which all is read");
	test_devices(snapshot);
	dax_region = snapshot->dax_regions.items;
	is_number(snapshot->dax_regions.count, 2, "dax regions");
	is_text(dax_region[0].name, "dax_region0", "of CXL");
	is_text(dax_region[0].region, "region0", "which belongs to its region");
	is_number(dax_region[0].start.value, 0x1290000000, "and is where that is");
	is_text(dax_region[0].driver.value, "cxl_dax_region", "one that is listed is bound");
	is_text(dax_region[1].name, "hmem.2", "and of hmem");
	ok(!dax_region[1].start.known, "of which no start is told");
	is_number(dax_region[1].available_size.value, 134217728, "how much of it is left");
}

#define DEVICE(members) \
	"[{\"path\":\"/platform/hmem.0\",\"devices\":[{\"chardev\":\"dax0.0\"," members "}]}]"

static void test_unplaced(const char *text, const char *what)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	size_t unreadable;

	ok(parse(snapshot, text, &unreadable) == 0 && snapshot->dax_devices.count == 1 &&
		   !snapshot->dax_devices.items[0].ranges_known && unreadable == 1,
	   what);
}

static void test_unknown(void)
{
	test_unplaced(DEVICE("\"size\":4096"), "no mappings");
	test_unplaced(DEVICE("\"size\":4096,\"mappings\":[{\"start\":0,\"end\":2047}]"),
		      "mappings that do not add up to the size");
	test_unplaced(DEVICE("\"size\":4096,\"mappings\":[{\"start\":4096,\"end\":0}]"),
		      "a mapping that ends before its start");
	test_unplaced(DEVICE("\"size\":4096,\"mappings\":[{\"start\":\"0\",\"end\":4095}]"),
		      "a text for a number");
	test_unplaced(DEVICE("\"size\":-4096,\"mappings\":[{\"start\":0,\"end\":4095}]"),
		      "a negative size");
	test_unplaced(DEVICE("\"mappings\":[{\"start\":0,\"end\":4095}]"), "no size");
}

static void test_refused(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	size_t unreadable;

	is_number(parse(snapshot, "", &unreadable), -ENODATA, "nothing");
	is_number(parse(snapshot, "[]", &unreadable), -ENODATA, "no device");
	is_number(parse(snapshot, "[{\"path\":\"/a\"", &unreadable), -EINVAL, "cut off");
	is_number(parse(snapshot,
			"[{\"devices\":[{\"chardev\":\"dax0.0\"},{\"chardev\":\"dax0.0\"}]}]",
			&unreadable),
		  -EEXIST, "a device twice");
}

static void test_damaged(void)
{
	uint64_t state = 20260301;
	size_t insane = 0, found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
		sr_auto_free char *copy = build_need(malloc(sizeof(sos_daxctl_list)));
		struct sr_unreadable unreadable = { 0 };
		size_t length = mutate(sos_daxctl_list, sizeof(sos_daxctl_list) - 1, copy, &state);
		const struct sr_dax_device *device;

		if (sr_sos_dax_parse(snapshot, copy, length, &unreadable) == -ENOMEM)
			abort();
		sr_for_each (device, &snapshot->dax_devices)
			insane += !device->name || (device->ranges_known && device->size.value &&
						    !device->ranges.count);
		found += snapshot->dax_devices.count;
	}
	is_number(insane, 0, "damaged lists");
	ok(found > 100, "of which some can be read");
}

int main(void)
{
	test_good();
	test_unknown();
	test_refused();
	test_damaged();
	return tap_done();
}
