// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What tells whether CXL enumeration has come to its end: ports and endpoints, PCI
 * functions of CXL, probes that the kernel will try again, modules that are still
 * loading, and udev's queue. Nothing is looked at on a machine without CXL or hmem.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "sources/deferred-text.h"
#include "sources/source.h"
#include "sources/sysfs.h"

#define DEVICES_PATH   "/sys/bus/cxl/devices"
#define DRIVERS_PATH   "/sys/bus/cxl/drivers"
#define FUNCTIONS_PATH "/sys/bus/pci/devices"
#define DEFERRED_PATH  "/sys/kernel/debug/devices_deferred"

/* Far above any machine; bounds for trees that are made to never end. */
#define DEVICE_LIMIT   65536
#define DRIVER_LIMIT   4096
#define DEFERRED_LIMIT (1U << 20)

/* What else is wrong goes before what only root may read. */
static void keep_failure(int *failure, int error)
{
	if (!*failure || sr_state_of_error(*failure) == SR_SOURCE_HIDDEN)
		*failure = error;
}

static int add_port(struct sr_snapshot *snapshot, const char *name, bool endpoint)
{
	struct sr_port *port = sr_list_add(&snapshot->enumeration.ports);
	char path[PATH_MAX];

	if (!port)
		return -ENOMEM;
	port->endpoint = endpoint;
	port->name = sr_pool_text(snapshot->pool, name);
	if (!port->name)
		return -ENOMEM;
	if (!sr_device_path(path, sizeof(path), DEVICES_PATH, name))
		return 0;
	if (sr_sysfs_driver(snapshot->pool, path, &port->driver))
		return -ENOMEM;
	return sr_sysfs_link(snapshot->pool, path, "uport", &port->uport);
}

static int read_ports(struct sr_snapshot *snapshot, int *ret_failure)
{
	static const char *const patterns[] = { "port#", "endpoint#" };

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		sr_auto_names struct sr_names names = { 0 };
		int error = sr_names_read(DEVICES_PATH, patterns[i], DEVICE_LIMIT, &names);
		char **name;

		if (error == -ENOMEM)
			return error;
		if (error)
			keep_failure(ret_failure, error);
		sr_for_each (name, &names.list) {
			if (add_port(snapshot, *name, i == 1))
				return -ENOMEM;
		}
	}
	return 0;
}

/* PCI_CLASS_MEMORY_CXL of include/linux/pci_ids.h, without its programming interface. */
static bool is_cxl_class(struct sr_u64 class_code)
{
	return class_code.known && class_code.value >> 8 == 0x0502;
}

static struct sr_pci_function *add_function(struct sr_snapshot *snapshot, const char *name,
					    struct sr_u64 class_code)
{
	struct sr_pci_function *function = sr_list_add(&snapshot->enumeration.functions);

	if (!function)
		return NULL;
	function->class_code = (uint32_t)class_code.value;
	function->name = sr_pool_text(snapshot->pool, name);
	return function->name ? function : NULL;
}

static int read_function(struct sr_snapshot *snapshot, const char *name)
{
	struct sr_pci_function *function;
	struct sr_u64 class_code;
	char path[PATH_MAX];

	if (!sr_device_path(path, sizeof(path), FUNCTIONS_PATH, name))
		return 0;
	class_code = sr_attribute_u64(path, "class");
	if (!class_code.known)
		snapshot->enumeration.functions_known = false;
	if (!is_cxl_class(class_code))
		return 0;
	function = add_function(snapshot, name, class_code);
	if (!function)
		return -ENOMEM;
	return sr_sysfs_driver(snapshot->pool, path, &function->driver);
}

/* Few captures have the PCI bus; then at least the functions that have a memdev are known. */
static int add_hosts(struct sr_snapshot *snapshot)
{
	const struct sr_memdev *memdev;

	sr_for_each (memdev, &snapshot->memdevs) {
		struct sr_pci_function *function;

		if (!memdev->host.value || !is_cxl_class(memdev->host_class))
			continue;
		function = add_function(snapshot, memdev->host.value, memdev->host_class);
		if (!function)
			return -ENOMEM;
		function->driver = memdev->host_driver;
	}
	return 0;
}

static int read_functions(struct sr_snapshot *snapshot, int *ret_failure)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(FUNCTIONS_PATH, NULL, DEVICE_LIMIT, &names);
	char **name;

	if (error == -ENOMEM)
		return error;
	if (error && sr_state_of_error(error) != SR_SOURCE_ABSENT)
		keep_failure(ret_failure, error);
	if (error)
		return add_hosts(snapshot);
	snapshot->enumeration.functions_known = true;
	sr_for_each (name, &names.list) {
		if (read_function(snapshot, *name))
			return -ENOMEM;
	}
	return 0;
}

/* debugfs is root's, and many captures do not have it: that is not worth a word. */
static int read_deferred(struct sr_snapshot *snapshot, int *ret_failure)
{
	sr_auto_free char *text = NULL;
	size_t length;
	int error = sr_file_read(DEFERRED_PATH, DEFERRED_LIMIT, &text, &length);

	if (error == -ENOMEM)
		return error;
	if (error && sr_state_of_error(error) != SR_SOURCE_ABSENT)
		keep_failure(ret_failure, error);
	return error ? 0 : sr_deferred_parse(snapshot, text, length);
}

/*
 * cxl_dax_region: since v7.1 it is registered by work of dax_cxl that first waits for
 * dax_hmem to decide (commit 1eaef15b2349). A folder without any driver was emptied by
 * whatever made the capture: cxl_core has drivers of its own.
 */
static int read_dax_region_driver(struct sr_snapshot *snapshot)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(DRIVERS_PATH, NULL, DRIVER_LIMIT, &names);
	size_t index;

	if (error == -ENOMEM)
		return error;
	if (error || names.list.count == 0)
		return 0;
	snapshot->enumeration.dax_region_driver =
		sr_names_find(&names, "cxl_dax_region", &index) ? SR_YES : SR_NO;
	return 0;
}

/* "coming" while its init function runs: show_initstate(), kernel/module/sysfs.c or before. */
static int read_coming(struct sr_snapshot *snapshot)
{
	const struct sr_module *module;
	char path[PATH_MAX], state[32];

	sr_for_each (module, &snapshot->modules) {
		const char **item;

		if (!sr_device_path(path, sizeof(path), "/sys/module", module->name) ||
		    sr_attribute_read(path, "initstate", state, sizeof(state)) != 0 ||
		    strcmp(state, "coming") != 0)
			continue;
		item = sr_list_add(&snapshot->enumeration.coming);
		if (!item)
			return -ENOMEM;
		*item = module->name;
	}
	return 0;
}

/* systemd-udevd keeps this file while it has events; a foreign capture's is of any moment. */
static enum sr_truth udev_busy(const struct sr_source_context *context)
{
	if (!context->live || access("/run/udev", F_OK) < 0)
		return SR_UNKNOWN;
	return access("/run/udev/queue", F_OK) == 0 ? SR_YES : SR_NO;
}

static int note_failure(struct sr_source_context *context, int failure)
{
	if (!failure)
		return sr_note(context, SR_SOURCE_ENUMERATION, SR_SOURCE_OK, DEVICES_PATH, NULL);
	if (sr_state_of_error(failure) == SR_SOURCE_HIDDEN)
		return sr_note(context, SR_SOURCE_ENUMERATION, SR_SOURCE_OK, DEVICES_PATH,
			       "which probes are deferred is shown to root only");
	return sr_note(context, SR_SOURCE_ENUMERATION, SR_SOURCE_PARTIAL, DEVICES_PATH, "%s",
		       strerror(-failure));
}

int sr_read_enumeration(struct sr_source_context *context)
{
	struct sr_snapshot *snapshot = context->snapshot;
	const struct sr_source_note *bus = &snapshot->notes[SR_SOURCE_CXL];
	bool has_cxl = sr_snapshot_has_cxl(snapshot);
	int failure = 0;

	if (has_cxl || snapshot->hmem_platforms.count || snapshot->dax_regions.count) {
		snapshot->enumeration.udev_busy = udev_busy(context);
		if (read_deferred(snapshot, &failure) || read_coming(snapshot))
			return -ENOMEM;
	}
	if (has_cxl && read_functions(snapshot, &failure))
		return -ENOMEM;
	if (!sr_source_was_read(snapshot, SR_SOURCE_CXL))
		return sr_note(context, SR_SOURCE_ENUMERATION, bus->state, bus->path, "%s",
			       bus->detail ? bus->detail : "no CXL bus");
	if (read_ports(snapshot, &failure) || read_dax_region_driver(snapshot))
		return -ENOMEM;
	return note_failure(context, failure);
}
