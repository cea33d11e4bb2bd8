// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is at work, or is known to be tried again. */
#include <errno.h>
#include <string.h>

#include "base/comma-list.h"
#include "base/range-list.h"
#include "judgement/settling.h"
#include "judgement/stages.h"

/* "hmem.3", "dax_region0", "ACPI0017:00": one of @stems and behind it a digit. */
static bool is_ours(const char *device)
{
	static const char *const stems[] = {
		"mem", "port",	"endpoint",   "decoder",	"region",
		"dax", "hmem.", "dax_region", "hmem_platform.", "ACPI0017:",
	};

	for (size_t i = 0; i < sizeof(stems) / sizeof(*stems); i++) {
		size_t length = strlen(stems[i]);

		if (strncmp(device, stems[i], length) == 0 && device[length] >= '0' &&
		    device[length] <= '9')
			return true;
	}
	return false;
}

/* An accelerator's function is told by its driver's reason: it waits for CXL. */
static bool concerns_us(const struct sr_settling *settling, const struct sr_deferred_probe *probe)
{
	return is_ours(probe->device) || sr_name_set_has(&settling->functions, probe->device) ||
	       (probe->reason && strcasestr(probe->reason, "cxl"));
}

static int judge_deferred(struct sr_settling *settling)
{
	struct sr_settle_sign sign = {
		.name = "deferred-probes",
		.path = "/sys/kernel/debug/devices_deferred",
		.settled = SR_YES,
		.text = "none is of CXL, dax or hmem",
	};
	struct sr_settle_count count = { 0 };
	enum sr_truth known = settling->snapshot->enumeration.deferred_known;
	const struct sr_deferred_probe *probe;
	const char *names;

	sr_for_each (probe, &settling->snapshot->enumeration.deferred) {
		if (concerns_us(settling, probe))
			sr_settle_count_pending(&count, probe->device);
	}
	if (count.pending) {
		names = sr_settle_names(settling, count.first_pending, count.pending);
		if (!names)
			return -ENOMEM;
		sign.settled = SR_NO;
		sign.pending = true;
		sign.text = sr_pool_format(settling->signs->pool, "to be probed again: %s", names);
	} else if (known != SR_YES) {
		sign.settled = SR_UNKNOWN;
		sign.text = known == SR_NO
				    ? "the list could be read in part only"
				    : "the list could not be read: it takes root and debugfs";
	}
	return sr_settle_add(settling, sign, true);
}

static int judge_modules(struct sr_settling *settling)
{
	struct sr_settle_sign sign = {
		.name = "modules",
		.path = "/sys/module",
		.settled = SR_YES,
		.text = "none is being loaded",
	};
	size_t count = settling->snapshot->enumeration.coming.count;
	const char *names;

	if (count) {
		names = sr_settle_names(settling, *settling->snapshot->enumeration.coming.items,
					count);
		if (!names)
			return -ENOMEM;
		sign.settled = SR_NO;
		sign.pending = true;
		sign.text = sr_pool_format(settling->signs->pool, "being loaded: %s", names);
	} else if (!sr_source_was_read(settling->snapshot, SR_SOURCE_MODULES)) {
		sign.settled = SR_UNKNOWN;
		sign.text = "modules could not be read";
	}
	return sr_settle_add(settling, sign, true);
}

static int find_windows(const struct sr_snapshot *snapshot, sr_range_list *windows)
{
	const struct sr_iomem_node *node;
	const struct sr_root_decoder *decoder;
	struct sr_range range;

	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_CXL_WINDOW && sr_range_list_add(windows, node->range))
			return -ENOMEM;
	}
	sr_for_each (decoder, &snapshot->root_decoders) {
		if (sr_root_decoder_range(decoder, &range) && sr_range_list_add(windows, range))
			return -ENOMEM;
	}
	sr_range_list_join(windows);
	return 0;
}

static bool soft_reserved_touches(const struct sr_snapshot *snapshot, const sr_range_list *windows)
{
	const struct sr_memory_map_entry *entry;
	const struct sr_iomem_node *node;

	sr_for_each (entry, &snapshot->memory_map) {
		if (entry->soft_reserved && sr_range_list_overlaps(windows, entry->range))
			return true;
	}
	sr_for_each (node, &snapshot->iomem) {
		if (node->kind == SR_IOMEM_SOFT_RESERVED &&
		    sr_range_list_overlaps(windows, node->range))
			return true;
	}
	return false;
}

static bool hmem_touches(const struct sr_snapshot *snapshot, const sr_range_list *windows)
{
	const struct sr_dax_region *dax_region;
	struct sr_range range;

	sr_for_each (dax_region, &snapshot->dax_regions) {
		if (dax_region->holder == SR_DAX_HOLDER_HMEM &&
		    sr_dax_region_range(dax_region, &range) &&
		    sr_range_list_overlaps(windows, range))
			return true;
	}
	return false;
}

/*
 * Whether dax_hmem decides in work of its own, after the probes that it waits for: since
 * v7.1, when dax_cxl came to need a symbol of it and hmem.N became children of its
 * platform device.
 */
static enum sr_truth decides_late(const struct sr_snapshot *snapshot)
{
	const struct sr_module *module = sr_snapshot_module(snapshot, "dax_cxl");
	const struct sr_dax_region *dax_region;

	sr_for_each (dax_region, &snapshot->dax_regions) {
		if (dax_region->holder == SR_DAX_HOLDER_HMEM && dax_region->path &&
		    strstr(dax_region->path, "/hmem_platform."))
			return SR_YES;
	}
	if (!module)
		return SR_UNKNOWN;
	if (module->depends.known && module->depends.value)
		return sr_comma_list_has(module->depends.value, strlen(module->depends.value),
					 "dax_hmem")
			       ? SR_YES
			       : SR_NO;
	return module->depends.known || module->state == SR_MODULE_MISSING ? SR_NO : SR_UNKNOWN;
}

static bool has_bound_platform(const struct sr_snapshot *snapshot)
{
	const struct sr_platform_device *platform;

	sr_for_each (platform, &snapshot->hmem_platforms) {
		if (platform->driver.value || !platform->driver.known)
			return true;
	}
	return false;
}

/* Without dax_cxl only what came of the work tells that it is done. */
static int judge_hmem_alone(struct sr_settling *settling, struct sr_settle_sign *sign)
{
	sr_auto_range_list sr_range_list windows = { 0 };
	const struct sr_snapshot *snapshot = settling->snapshot;

	if (find_windows(snapshot, &windows))
		return -ENOMEM;
	sign->settled = SR_YES;
	if (decides_late(snapshot) == SR_NO) {
		sign->text = "this kernel's dax_hmem decides at once";
	} else if (!has_bound_platform(snapshot)) {
		sign->text = "dax_hmem has nothing to decide";
	} else if (hmem_touches(snapshot, &windows)) {
		sign->text = "dax_hmem has decided";
	} else if (!soft_reserved_touches(snapshot, &windows) && sr_map_is_whole(snapshot)) {
		sign->text = "no Soft Reserved range touches a CXL window";
	} else {
		sign->settled = SR_UNKNOWN;
		sign->text = "dax_cxl, whose driver would tell, is not loaded";
	}
	return 0;
}

/*
 * The driver cxl_dax_region registers when dax_hmem's work is flushed (drivers/dax/cxl.c,
 * v7.1), and at once on kernels before.
 */
static int judge_hmem_work(struct sr_settling *settling)
{
	const struct sr_module *module = sr_snapshot_module(settling->snapshot, "dax_cxl");
	enum sr_truth registered = settling->snapshot->enumeration.dax_region_driver;
	struct sr_settle_sign sign = {
		.name = "hmem-work",
		.path = "/sys/bus/cxl/drivers/cxl_dax_region",
	};

	if (registered == SR_YES) {
		sign.settled = SR_YES;
		sign.text = "dax_cxl has registered its driver";
	} else if (!module ||
		   (module->state != SR_MODULE_LOADED && module->state != SR_MODULE_BUILT_IN)) {
		if (judge_hmem_alone(settling, &sign))
			return -ENOMEM;
	} else if (registered == SR_NO) {
		sign.settled = SR_NO;
		sign.pending = true;
		sign.text = "dax_cxl waits until dax_hmem has decided";
	} else {
		sign.text = "the drivers of the CXL bus could not be read";
	}
	return sr_settle_add(settling, sign, false);
}

int sr_settle_judge_pending(struct sr_settling *settling)
{
	if (judge_deferred(settling) || judge_modules(settling))
		return -ENOMEM;
	return judge_hmem_work(settling);
}

/* udev's rules load kmem, and on many distributions bring memory online. */
static bool has_idle_memory(const struct sr_snapshot *snapshot)
{
	const struct sr_dax_device *device;
	const struct sr_memory_block *block;

	sr_for_each (device, &snapshot->dax_devices) {
		if (!device->driver.value)
			return true;
	}
	sr_for_each (block, &snapshot->memory_blocks) {
		if (block->state == SR_BLOCK_OFFLINE)
			return true;
	}
	return false;
}

/*
 * Its queue is the whole machine's: where everything of CXL is attached and in use, other
 * devices' events change nothing.
 */
int sr_settle_judge_udev(struct sr_settling *settling)
{
	enum sr_truth busy = settling->snapshot->enumeration.udev_busy;
	bool matters = settling->incomplete || settling->unknown ||
		       has_idle_memory(settling->snapshot);
	struct sr_settle_sign sign = {
		.name = "udev",
		.path = "/run/udev/queue",
		.settled = SR_YES,
		.text = "its queue is empty",
	};

	if (busy == SR_UNKNOWN) {
		sign.settled = SR_UNKNOWN;
		sign.text = "whether events wait in its queue is not known";
	} else if (busy == SR_YES && matters) {
		sign.settled = SR_NO;
		sign.pending = true;
		sign.text = "events wait in its queue";
	} else if (busy == SR_YES) {
		sign.text = "events wait in its queue, but not for what is looked at here";
	}
	return sr_settle_add(settling, sign, true);
}
