// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of sources, and the one loop over it. */
#include "sources/sources.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "libraries/libcxl.h"
#include "libraries/libdaxctl.h"
#include "libraries/libkmod.h"
#include "snapshot/handed.h"
#include "sources/recorded.h"
#include "sources/sos-devices.h"
#include "sources/sos.h"
#include "sources/source.h"
#include "sysroot/run.h"

const struct sr_source sr_sources[SR_SOURCE_COUNT] = {
	[SR_SOURCE_KERNEL] = { "kernel", "release and command line" },
	[SR_SOURCE_IOMEM] = { "iomem", "the tree of /proc/iomem" },
	[SR_SOURCE_FIRMWARE_MEMMAP] = { "firmware-memmap", "the firmware's memory map" },
	[SR_SOURCE_KERNEL_LOG] = { "kernel-log", "the last memory map in the kernel log" },
	[SR_SOURCE_CXL] = { "cxl", "windows, regions, decoders and memdevs" },
	[SR_SOURCE_HMEM] = { "hmem", "platform devices of dax_hmem" },
	[SR_SOURCE_DAX] = { "dax", "dax regions and dax devices" },
	[SR_SOURCE_MEMORY_BLOCKS] = { "memory-blocks",
				      "which memory is online, and in which zone" },
	[SR_SOURCE_MODULES] = { "modules", "modules that take part, and their parameters" },
	[SR_SOURCE_ACPI] = { "acpi", "the tables SRAT, HMAT and CEDT" },
	[SR_SOURCE_ENUMERATION] = { "enumeration", "ports, PCI functions and deferred probes" },
	[SR_SOURCE_DMI] = { "dmi", "vendor, product and firmware version" },
};

/* In the order of enum sr_source_id: later ones look at what earlier ones found. */
static int (*const readers[SR_SOURCE_COUNT])(struct sr_source_context *) = {
	[SR_SOURCE_KERNEL] = sr_read_kernel,
	[SR_SOURCE_IOMEM] = sr_read_iomem,
	[SR_SOURCE_FIRMWARE_MEMMAP] = sr_read_firmware_memmap,
	[SR_SOURCE_KERNEL_LOG] = sr_read_kernel_log,
	[SR_SOURCE_CXL] = sr_read_cxl,
	[SR_SOURCE_HMEM] = sr_read_hmem,
	[SR_SOURCE_DAX] = sr_read_dax,
	[SR_SOURCE_MEMORY_BLOCKS] = sr_read_memory_blocks,
	[SR_SOURCE_MODULES] = sr_read_modules,
	[SR_SOURCE_ACPI] = sr_read_acpi,
	[SR_SOURCE_ENUMERATION] = sr_read_enumeration,
	[SR_SOURCE_DMI] = sr_read_dmi,
};

/* Those that a sosreport has other texts for. */
static int (*const sos_readers[SR_SOURCE_COUNT])(struct sr_source_context *) = {
	[SR_SOURCE_CXL] = sr_sos_read_cxl,
	[SR_SOURCE_HMEM] = sr_sos_read_hmem,
	[SR_SOURCE_DAX] = sr_sos_read_dax,
	[SR_SOURCE_MEMORY_BLOCKS] = sr_sos_read_memory_blocks,
	[SR_SOURCE_ENUMERATION] = sr_sos_read_enumeration,
};

int sr_note(struct sr_source_context *context, enum sr_source_id source, enum sr_source_state state,
	    const char *path, const char *format, ...)
{
	struct sr_source_note *note = &context->snapshot->notes[source];
	struct sr_pool *pool = context->snapshot->pool;
	va_list arguments;

	*note = (struct sr_source_note){ .state = state };
	if (path) {
		note->path = sr_pool_text(pool, path);
		if (!note->path)
			return -ENOMEM;
	}
	if (!format)
		return 0;
	va_start(arguments, format);
	note->detail = sr_pool_vformat(pool, format, arguments);
	va_end(arguments);
	return note->detail ? 0 : -ENOMEM;
}

void sr_unreadable_add(struct sr_unreadable *unreadable, const char *name)
{
	if (unreadable->count++ == 0)
		unreadable->first = name;
}

int sr_note_devices(struct sr_source_context *context, enum sr_source_id source, const char *path,
		    const struct sr_unreadable *unreadable, const char *library, size_t left_out,
		    const char *left_out_first)
{
	char more[48] = "";
	size_t count = unreadable->count ? unreadable->count : left_out;

	if (count > 1)
		snprintf(more, sizeof(more), " and %zu more", count - 1);
	if (unreadable->count)
		return sr_note(context, source, SR_SOURCE_PARTIAL, path,
			       "attributes of %s%s could not be read; root can read them all",
			       unreadable->first, more);
	if (left_out)
		return sr_note(context, source, SR_SOURCE_OK, path,
			       "%s left out %s%s, read from sysfs instead", library, left_out_first,
			       more);
	return sr_note(context, source, SR_SOURCE_OK, path, NULL);
}

enum sr_source_state sr_state_of_error(int error)
{
	switch (-error) {
	case ENOENT:
	case ENOTDIR:
		return SR_SOURCE_ABSENT;
	case EACCES:
	case EPERM:
		return SR_SOURCE_HIDDEN;
	default:
		return SR_SOURCE_UNREADABLE;
	}
}

static int read_all(struct sr_source_context *context, struct sr_reason *reason)
{
	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		bool other = context->sos_devices && sos_readers[i];
		int error = other ? sos_readers[i](context) : readers[i](context);

		if (error)
			return sr_fail(reason, error, "out of memory while reading %s",
				       sr_sources[i].name);
	}
	return 0;
}

static void sos_devices_guard(struct sr_sos_devices *devices)
{
	sr_sos_devices_free(devices);
}

static int read_captured(struct sr_source_context *context, struct sr_reason *reason)
{
	__attribute__((cleanup(sos_devices_guard))) struct sr_sos_devices devices = { 0 };
	int error;

	if (!context->recorded && sr_sos_is()) {
		if (sr_sos_devices_read(context->snapshot->pool, &devices))
			return sr_fail(reason, -ENOMEM, "out of memory");
		context->sos_devices = &devices;
	}
	error = read_all(context, reason);
	context->sos_devices = NULL;
	return error;
}

int sr_sources_read_captured(struct sr_snapshot *snapshot, const char *path,
			     struct sr_reason *reason)
{
	struct sr_source_context context = { .snapshot = snapshot };
	struct sr_reason detail = { "" };
	int error = sr_recorded_of_machine(&context.recorded, &detail);

	context.live = context.recorded;
	if (error)
		return sr_fail(reason, error, "cannot use %s: %s", path, detail.text);
	return read_captured(&context, reason);
}

/* In the sandbox, whose snapshot it is; see read_sysroot(). */
static int read_inside(void *data, FILE *out, struct sr_reason *reason)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	int error;

	if (!snapshot)
		return sr_fail(reason, -ENOMEM, "out of memory");
	error = sr_sources_read_captured(snapshot, data, reason);
	if (!error)
		sr_snapshot_hand(out, snapshot);
	return error;
}

static int read_sysroot(struct sr_snapshot *snapshot, const char *path, struct sr_reason *reason)
{
	struct sr_found found;
	int error = sr_sysroot_run(path, read_inside, (void *)path, &found, reason);

	if (error)
		return error;
	error = sr_snapshot_receive((struct sr_wire_bytes){ found.bytes, found.length }, snapshot);
	free(found.bytes);
	if (error == -ENOMEM)
		return sr_fail(reason, error, "out of memory");
	return error ? sr_fail(reason, error, "cannot use %s: its reader made no sense", path) : 0;
}

/*
 * Here, where it can be said what is missing, and where no other tree is the root yet. Of a
 * capture nobody knows what it has until it is opened.
 */
static int load_libraries(bool captured, struct sr_reason *reason)
{
	struct sr_libdaxctl libdaxctl;
	struct sr_libkmod libkmod;
	struct sr_libcxl libcxl;
	int error = sr_libkmod_load(&libkmod, reason);

	if (!error && (captured || access("/sys/bus/cxl", F_OK) == 0))
		error = sr_libcxl_load(&libcxl, reason);
	if (!error && (captured || access("/sys/bus/dax", F_OK) == 0))
		error = sr_libdaxctl_load(&libdaxctl, reason);
	return error;
}

int sr_snapshot_read(const char *sysroot, struct sr_snapshot **ret_snapshot,
		     struct sr_reason *reason)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	int error;

	if (!snapshot)
		return sr_fail(reason, -ENOMEM, "out of memory");
	error = load_libraries(sysroot, reason);
	if (error)
		return error;
	if (sysroot) {
		error = read_sysroot(snapshot, sysroot, reason);
	} else {
		struct sr_source_context context = { .snapshot = snapshot, .live = true };

		error = read_all(&context, reason);
	}
	if (error)
		return error;
	*ret_snapshot = snapshot;
	snapshot = NULL;
	return 0;
}
