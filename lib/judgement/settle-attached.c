// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devices that lack what enumeration gives them: a driver, an endpoint, a region. The
 * `driver` link is made before the probe and taken off where that fails (really_probe(),
 * drivers/base/dd.c), so what a probe makes can be missing behind a bound driver only
 * while the probe runs: then it is under way. Without a driver it may be so for good.
 */
#include <errno.h>
#include <string.h>

#include "judgement/settling.h"

/* cxl_mem_pci_tbl of drivers/cxl/pci.c: cxl_pci takes this class and no other. */
#define EXPANDER_CLASS 0x050210

static void count_driver(struct sr_settle_count *count, const char *name, struct sr_text driver)
{
	count->total++;
	if (!driver.known)
		sr_settle_count_unknown(count, name);
	else if (!driver.value)
		sr_settle_count_incomplete(count, name);
}

static void count_roots(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_platform_device *root;

	sr_for_each (root, &settling->snapshot->cxl_roots)
		count_driver(count, root->name, root->driver);
}

/* Without the link of a memdev in sysfs, its PCI function is any of those that have none. */
static bool are_hosts_known(const struct sr_snapshot *snapshot)
{
	const struct sr_memdev *memdev;

	sr_for_each (memdev, &snapshot->memdevs) {
		if (!memdev->host.known)
			return false;
	}
	return sr_source_is_whole(snapshot, SR_SOURCE_CXL);
}

/* cxl_pci_probe() waits up to a minute for the media, and makes the memdev behind that. */
static void count_functions(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_pci_function *function;
	bool known = are_hosts_known(settling->snapshot);

	sr_for_each (function, &settling->snapshot->enumeration.functions) {
		const char *driver = function->driver.value;

		if (function->driver.known && !driver && function->class_code != EXPANDER_CLASS)
			continue;
		count_driver(count, function->name, function->driver);
		if (!driver || strcmp(driver, "cxl_pci") != 0 ||
		    sr_name_set_has(&settling->with_memdev, function->name))
			continue;
		if (known)
			sr_settle_count_pending(count, function->name);
		else
			sr_settle_count_unknown(count, function->name);
	}
	if (!settling->snapshot->enumeration.functions_known)
		sr_settle_count_unknown(count, "functions without a memdev");
}

/* The same of an endpoint, whose link tells of which memdev it is. */
static bool are_endpoints_known(const struct sr_snapshot *snapshot)
{
	const struct sr_port *port;

	sr_for_each (port, &snapshot->enumeration.ports) {
		if (port->endpoint && !port->uport.known)
			return false;
	}
	return sr_source_is_whole(snapshot, SR_SOURCE_CXL) &&
	       sr_source_is_whole(snapshot, SR_SOURCE_ENUMERATION);
}

/* cxl_mem_probe() makes the endpoint; where that goes, the memdev's driver goes, too. */
static void count_memdevs(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_snapshot *snapshot = settling->snapshot;
	const struct sr_memdev *memdev;
	bool known = are_endpoints_known(snapshot);

	sr_for_each (memdev, &snapshot->memdevs) {
		count_driver(count, memdev->name, memdev->driver);
		if (!memdev->driver.value ||
		    sr_name_set_has(&settling->with_endpoint, memdev->name))
			continue;
		if (known)
			sr_settle_count_pending(count, memdev->name);
		else
			sr_settle_count_unknown(count, memdev->name);
	}
}

static void count_ports(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_port *port;

	sr_for_each (port, &settling->snapshot->enumeration.ports)
		count_driver(count, port->name, port->driver);
}

static void count_decoders(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &settling->snapshot->endpoint_decoders) {
		if (decoder->size.known && decoder->size.value == 0)
			continue;
		count->total++;
		if (!decoder->size.known || !decoder->region.known)
			sr_settle_count_unknown(count, decoder->name);
		else if (!decoder->region.value)
			sr_settle_count_incomplete(count, decoder->name);
	}
}

static enum sr_truth is_assembled(const struct sr_region *region)
{
	const struct sr_region_target *target;
	enum sr_truth whole = SR_YES;

	if (region->committed == SR_NO || (region->driver.known && !region->driver.value))
		return SR_NO;
	if (region->committed == SR_UNKNOWN || !region->driver.known || !region->start.known)
		whole = SR_UNKNOWN;
	sr_for_each (target, &region->targets) {
		if (target->decoder.known && !target->decoder.value)
			return SR_NO;
		if (!target->decoder.known)
			whole = SR_UNKNOWN;
	}
	return whole;
}

static void count_regions(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_region *region;

	sr_for_each (region, &settling->snapshot->regions) {
		enum sr_truth assembled = is_assembled(region);

		if (!region->has_resource)
			continue;
		count->total++;
		if (assembled == SR_UNKNOWN)
			sr_settle_count_unknown(count, region->name);
		else if (assembled == SR_NO)
			sr_settle_count_incomplete(count, region->name);
	}
}

static bool is_accelerator(const struct sr_settling *settling, const struct sr_region *region)
{
	const struct sr_region_target *target;

	sr_for_each (target, &region->targets) {
		if (sr_name_set_has(&settling->accelerators, target->decoder.value))
			return true;
	}
	return false;
}

/* cxl_region_probe() makes one for memory of expanders in ram mode. */
static bool makes_dax_region(const struct sr_settling *settling, const struct sr_region *region)
{
	return region->committed == SR_YES && region->driver.value && region->mode.value &&
	       strcmp(region->mode.value, "ram") == 0 && !is_accelerator(settling, region);
}

static void count_dax_regions(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_region *region;

	sr_for_each (region, &settling->snapshot->regions) {
		if (region->committed == SR_YES && !region->mode.known)
			sr_settle_count_unknown(count, region->name);
		if (!makes_dax_region(settling, region))
			continue;
		count->total++;
		if (sr_name_set_has(&settling->with_dax, region->name))
			continue;
		if (sr_name_set_has(&settling->with_unknown, region->name))
			sr_settle_count_unknown(count, region->name);
		else
			sr_settle_count_incomplete(count, region->name);
	}
}

static void count_hmem(const struct sr_settling *settling, struct sr_settle_count *count)
{
	const struct sr_platform_device *platform;
	const struct sr_dax_region *dax_region;

	sr_for_each (platform, &settling->snapshot->hmem_platforms)
		count_driver(count, platform->name, platform->driver);
	sr_for_each (dax_region, &settling->snapshot->dax_regions) {
		if (dax_region->holder == SR_DAX_HOLDER_HMEM)
			count_driver(count, dax_region->name, dax_region->driver);
	}
}

/* Why a driver is missing, as far as its module tells; "" where that is there. */
static const char *module_text(struct sr_settling *settling, const char *name)
{
	const struct sr_module *module = name ? sr_snapshot_module(settling->snapshot, name) : NULL;
	const char *state;

	if (!module)
		return "";
	if (module->state == SR_MODULE_MISSING)
		state = "missing";
	else if (module->state == SR_MODULE_NOT_LOADED)
		state = module->blocked ? "blocked" : "not loaded";
	else
		return "";
	return sr_pool_format(settling->signs->pool, "; %s is %s", name, state);
}

struct sign_kind {
	const char *name, *path;
	enum sr_source_id source;
	const char *module; /* of the driver that is missing; NULL: none is */
	const char *good, *missing;
	bool hint;
	void (*count)(const struct sr_settling *settling, struct sr_settle_count *count);
};

/* What the sign says where it does not say yes: of the worst that was found. */
static int add_counted(struct sr_settling *settling, const struct sign_kind *kind,
		       const struct sr_settle_count *count)
{
	struct sr_settle_sign sign = {
		.name = kind->name,
		.path = kind->path,
		.settled = count->pending || count->incomplete ? SR_NO : SR_UNKNOWN,
		.pending = count->pending,
	};
	const char *what = "not known", *first = count->first_unknown, *module = "", *names;
	size_t number = count->unknown;

	if (count->pending) {
		what = "being probed";
		first = count->first_pending;
		number = count->pending;
	} else if (count->incomplete) {
		what = kind->missing;
		first = count->first_incomplete;
		number = count->incomplete;
		module = module_text(settling, kind->module);
	}
	names = sr_settle_names(settling, first, number);
	if (!names || !module)
		return -ENOMEM;
	sign.text = sr_pool_format(settling->signs->pool, "%s: %s%s", what, names, module);
	return sr_settle_add(settling, sign, kind->hint);
}

static int judge_kind(struct sr_settling *settling, const struct sign_kind *kind)
{
	enum sr_source_state state = settling->snapshot->notes[kind->source].state;
	struct sr_settle_sign sign = { .name = kind->name, .path = kind->path };
	struct sr_settle_count count = { 0 };

	kind->count(settling, &count);
	if (state != SR_SOURCE_OK && state != SR_SOURCE_PARTIAL && state != SR_SOURCE_ABSENT)
		sr_settle_count_unknown(&count, "whether there are any");
	if (count.pending || count.incomplete || count.unknown)
		return add_counted(settling, kind, &count);
	sign.settled = SR_YES;
	sign.text = count.total ? sr_pool_format(settling->signs->pool, "%zu %s", count.total,
						 kind->good)
				: "there is none";
	return sr_settle_add(settling, sign, kind->hint);
}

#define PLATFORM_PATH "/sys/devices/platform"
#define CXL_PATH      "/sys/bus/cxl/devices"

static const struct sign_kind kinds[] = {
	{ "cxl-acpi", PLATFORM_PATH, SR_SOURCE_CXL, "cxl_acpi", "bound", "without a driver", false,
	  count_roots },
	{ "pci-functions", "/sys/bus/pci/devices", SR_SOURCE_CXL, "cxl_pci", "bound",
	  "without a driver", true, count_functions },
	{ "memdevs", CXL_PATH, SR_SOURCE_CXL, "cxl_mem", "attached", "not attached", false,
	  count_memdevs },
	{ "ports", CXL_PATH, SR_SOURCE_ENUMERATION, "cxl_port", "bound", "without a driver", false,
	  count_ports },
	{ "decoders", CXL_PATH, SR_SOURCE_CXL, NULL, "in a region", "enabled, yet in no region",
	  false, count_decoders },
	{ "regions", CXL_PATH, SR_SOURCE_CXL, NULL, "assembled",
	  "not assembled, or without a driver", false, count_regions },
	{ "dax-regions", CXL_PATH, SR_SOURCE_CXL, "dax_cxl", "with a dax region",
	  "without a dax region that is bound", false, count_dax_regions },
	{ "hmem", PLATFORM_PATH, SR_SOURCE_HMEM, "dax_hmem", "bound", "without a driver", false,
	  count_hmem },
};

int sr_settle_judge_attached(struct sr_settling *settling)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (judge_kind(settling, &kinds[i]))
			return -ENOMEM;
	}
	return 0;
}
