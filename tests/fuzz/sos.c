// SPDX-License-Identifier: GPL-2.0-only
/*
 * What tools printed into a sosreport: `cxl list`, `daxctl list`, lsmem, udevadm, modinfo, lsmod.
 * Ranges are ranges, names are printable, sorted and there once; what is refused adds nothing.
 */
#include <string.h>

#include "base/cleanup.h"
#include "sources/sos-cxl-json.h"
#include "sources/sos-dax-json.h"
#include "sources/sos-devices.h"
#include "sources/sos-json.h"
#include "sources/sos-lsmem.h"
#include "sources/sos-modinfo.h"
#include "targets.h"

static void check_name(const char *name)
{
	must(name && *name, "no name");
	fuzz_must_be_printable(name, strlen(name), false);
	must(!strchr(name, '\n'), "a name of two lines");
}

#define check_names(list)                                                         \
	do {                                                                      \
		for (size_t i_ = 0; i_ < (list)->count; i_++) {                   \
			check_name((list)->items[i_].name);                       \
			must(!i_ || strverscmp((list)->items[i_ - 1].name,        \
					       (list)->items[i_].name) < 0,       \
			     "not sorted, or twice: %s", (list)->items[i_].name); \
		}                                                                 \
	} while (0)

static void check_cxl(const struct sr_snapshot *snapshot)
{
	const struct sr_region *region;
	struct sr_range range;

	check_names(&snapshot->root_decoders);
	check_names(&snapshot->regions);
	check_names(&snapshot->endpoint_decoders);
	check_names(&snapshot->memdevs);
	sr_for_each (region, &snapshot->regions) {
		if (sr_region_range(region, &range))
			must(range.start <= range.end, "a range ends before it starts");
	}
}

FUZZ_RUN(fuzz_sos_cxl)
{
	sr_auto_free char *text = fuzz_text(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct sr_unreadable unreadable = { 0 };
	int error = sr_sos_cxl_parse(snapshot, text, size, &unreadable);

	must(error != -ENOMEM, "no memory");
	if (error) {
		must(!snapshot->regions.count && !snapshot->memdevs.count &&
			     !snapshot->root_decoders.count && !snapshot->endpoint_decoders.count,
		     "refused, and something added: %d", error);
		return;
	}
	check_cxl(snapshot);
}

FUZZ_RUN(fuzz_sos_dax)
{
	sr_auto_free char *text = fuzz_text(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct sr_unreadable unreadable = { 0 };
	const struct sr_dax_device *device;
	const struct sr_range *range;

	if (sr_sos_dax_parse(snapshot, text, size, &unreadable))
		return;
	check_names(&snapshot->dax_devices);
	sr_for_each (device, &snapshot->dax_devices) {
		sr_for_each (range, &device->ranges)
			must(range->start <= range->end, "a range ends before it starts");
	}
}

FUZZ_RUN(fuzz_lsmem)
{
	struct sr_range all = { 0, UINT64_MAX };
	const sr_range_list wanted = { .items = &all, .count = 1 };
	sr_auto_free char *text = fuzz_text(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	const struct sr_memory_block *block;
	size_t unreadable = 0;
	int error = sr_lsmem_parse(snapshot, text, size, &wanted, &unreadable);

	if (error) {
		must(error == -EINVAL && !snapshot->memory_blocks.count, "refused, and added");
		return;
	}
	must(snapshot->memory_block_size.known && snapshot->memory_block_size.value, "no size");
	must(snapshot->memory_blocks.count <= size, "more blocks than bytes");
	must(unreadable <= snapshot->memory_blocks.count, "more unknown than there are");
	sr_for_each (block, &snapshot->memory_blocks)
		must(block->range.start <= block->range.end, "a range ends before it starts");
}

FUZZ_RUN(fuzz_sos_devices)
{
	static const char *const subsystems[] = { "cxl", "dax", "platform", "pci" };
	sr_auto_free char *text = fuzz_text(data, size);
	struct sr_pool *pool = sr_pool_new();
	struct sr_sos_devices devices = { 0 };
	const struct sr_sos_device *device;

	must(!sr_sos_devices_parse(pool, text, size, &devices), "no memory");
	must(devices.whole == !devices.why, "whole, and why it is not");
	must(devices.whole || !devices.list.count, "not whole, and used");
	sr_for_each (device, &devices.list) {
		check_name(device->name);
		must(strncmp(device->path, "/sys/", 5) == 0, "leads to %s", device->path);
		must(sr_sos_device_find(&devices, device->subsystem, device->name), "not found");
	}
	for (size_t i = 0; i < 4; i++)
		sr_sos_device_find(&devices, subsystems[i], "region0");
	sr_sos_devices_free(&devices);
	sr_pool_free(pool);
}

FUZZ_RUN(fuzz_modinfo)
{
	sr_auto_free char *text = fuzz_text(data, size);
	const char *at = NULL, *before = text;
	size_t length;
	bool has;

	while ((at = sr_modinfo_softdep(text, "dax_hmem", at, &length, &has))) {
		must(at >= before && at + length <= text + size, "not of the text");
		must(has, "a softdep of no module");
		before = at;
	}
	if (sr_lsmod_is_whole(text))
		sr_lsmod_has(text, "dax_hmem");
}
