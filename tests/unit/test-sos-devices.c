// SPDX-License-Identifier: GPL-2.0-only
/* sources/sos-devices.h: what `udevadm info --export-db` prints, good and broken. */
#include "sources/sos-devices.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "sos-texts.h"
#include "tap.h"

#define ROUNDS 4000

static void parse(struct sr_pool *pool, const char *text, size_t length,
		  struct sr_sos_devices *devices)
{
	*devices = (struct sr_sos_devices){ 0 };
	if (sr_sos_devices_parse(pool, text, length, devices))
		abort();
}

static void test_good(struct sr_pool *pool)
{
	struct sr_sos_devices devices;
	const struct sr_sos_device *device;

	parse(pool, sos_udevadm, sizeof(sos_udevadm) - 1, &devices);
	ok(devices.whole && !devices.why, "what udevadm prints");
	is_number(devices.list.count, 5, "those of CXL and dax");
	device = sr_sos_device_find(&devices, "pci", "0000:0d:00.0");
	ok(device && device->pci_class.known && device->pci_class.value == 0x050210, "PCI class");
	device = sr_sos_device_find(&devices, "platform", "hmem.2");
	is_text(device ? device->path : NULL, "/sys/devices/platform/hmem_platform.0/hmem.2",
		"its path in sysfs");
	is_text(device ? device->driver.value : NULL, "hmem", "its driver");
	device = sr_sos_device_find(&devices, "cxl", "region0");
	ok(device && device->driver.known && !device->driver.value, "none is told: it has none");
	ok(!sr_sos_device_find(&devices, "cxl", "mem0"), "of another subsystem");
	ok(sr_sos_device_find(&devices, "dax", "dax2.0"), "a dax device");
	sr_sos_devices_free(&devices);
}

static void is_not_whole(struct sr_pool *pool, const char *text, const char *what)
{
	struct sr_sos_devices devices;

	parse(pool, text, strlen(text), &devices);
	ok(!devices.whole && devices.why && !devices.list.count, what);
	sr_sos_devices_free(&devices);
}

static void test_broken(struct sr_pool *pool)
{
	is_not_whole(pool, "", "nothing");
	is_not_whole(pool, "P: /devices/a\nE: SUBSYSTEM=cxl\n", "the last record has no end");
	is_not_whole(pool, "P: /devices/a\nE: SUBSYSTEM=cxl\n\nP: /dev", "cut off in a line");
	is_not_whole(pool, "E: SUBSYSTEM=cxl\n\n", "a record without a path: its head is lost");
	is_not_whole(pool, "P: /etc/passwd\nE: SUBSYSTEM=cxl\n\n", "a path of no device");
	is_not_whole(pool, "P: /devices/\033[2J\nE: SUBSYSTEM=cxl\n\n",
		     "one that steers a terminal");
	is_not_whole(pool, "P: /devices/a/\nE: SUBSYSTEM=pci\n\n", "a path without a name");
	is_not_whole(pool, "P: /devices/a\nP: /devices/b\nE: SUBSYSTEM=cxl\n\n", "two in one");
	is_not_whole(pool, "P: /devices/a\nE: SUBSYSTEM=cxl\nE: DRIVER=\n\n", "an empty driver");
	is_not_whole(pool,
		     "P: /devices/a/mem0\nE: SUBSYSTEM=cxl\n\n"
		     "P: /devices/b/mem0\nE: SUBSYSTEM=cxl\n\n",
		     "a name twice on a bus");
}

static void test_damaged(struct sr_pool *pool)
{
	uint64_t state = 20260301;
	size_t insane = 0, whole = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_free char *copy = build_need(malloc(sizeof(sos_udevadm)));
		struct sr_sos_devices devices;
		size_t length = mutate(sos_udevadm, sizeof(sos_udevadm) - 1, copy, &state);
		const struct sr_sos_device *device;

		parse(pool, copy, length, &devices);
		sr_for_each (device, &devices.list)
			insane += !device->path || !device->name || !device->subsystem;
		insane += devices.whole != !devices.why;
		whole += devices.whole;
		sr_sos_devices_free(&devices);
	}
	is_number(insane, 0, "damaged lists");
	ok(whole > 100, "of which some can be read");
}

int main(void)
{
	struct sr_pool *pool = build_need(sr_pool_new());

	test_good(pool);
	test_broken(pool);
	test_damaged(pool);
	sr_pool_free(pool);
	return tap_done();
}
