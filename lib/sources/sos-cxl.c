// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The source cxl of a sosreport: what `cxl list -vvv` printed, held against the list of all
 * devices and /proc/iomem, since libcxl leaves devices out without a word (cxl-walk.h). One
 * that was left out is there, with all of it unknown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "base/file.h"
#include "sources/sos-cxl-json.h"
#include "sources/sos-devices.h"
#include "sources/sos.h"

#define LIST_PATH  "/sos_commands/cxl/cxl_list_-vvv"
#define TEXT_LIMIT ((size_t)64 << 20)

struct reading {
	struct sr_snapshot *snapshot;
	const struct sr_sos_devices *devices;
	struct sr_unreadable unreadable;
	struct sr_unreadable left_out;
};

bool sr_sos_is(void)
{
	return access(SR_SOS_COMMANDS, F_OK) == 0 && access("/sys/bus/cxl/devices", F_OK) < 0 &&
	       access("/sys/bus/dax/devices", F_OK) < 0;
}

static int compare_regions(const void *a, const void *b)
{
	return strverscmp(((const struct sr_region *)a)->name, ((const struct sr_region *)b)->name);
}

/* What two looks at the same device, one after the other, agree on. */
static void join_driver(struct sr_text *driver, struct sr_text other)
{
	if (driver->known && !driver->value != !other.value)
		*driver = (struct sr_text){ 0 };
	else
		*driver = other;
}

static const char *parent_of(struct sr_pool *pool, const struct sr_sos_device *device)
{
	const char *end = device->name - 1, *start = end;

	while (start > device->path && start[-1] != '/')
		start--;
	return sr_pool_text_n(pool, start, (size_t)(end - start));
}

#define find_named(list, wanted)                                         \
	({                                                               \
		__typeof__((list)->items) item_, found_ = NULL;          \
		sr_for_each (item_, list)                                \
			if (!found_ && strcmp(item_->name, wanted) == 0) \
				found_ = item_;                          \
		found_;                                                  \
	})

/* The device @wanted of the list, added where it is not in it; NULL where memory ran out. */
#define need_named(reading, list, wanted)                                   \
	({                                                                  \
		__typeof__((list)->items) need_ = find_named(list, wanted); \
		if (!need_ && (need_ = sr_list_add(list))) {                \
			need_->name = wanted;                               \
			sr_unreadable_add(&(reading)->left_out, wanted);    \
		}                                                           \
		need_;                                                      \
	})

static int join_region(struct reading *reading, const struct sr_sos_device *device)
{
	struct sr_region *region = need_named(reading, &reading->snapshot->regions, device->name);
	const char *parent = parent_of(reading->snapshot->pool, device);

	if (!region || !parent)
		return -ENOMEM;
	if (!region->root_decoder)
		region->root_decoder = parent;
	if (!region->size.known)
		region->has_resource = true;
	join_driver(&region->driver, device->driver);
	return 0;
}

static int join_memdev(struct reading *reading, const struct sr_sos_device *device)
{
	struct sr_memdev *memdev = need_named(reading, &reading->snapshot->memdevs, device->name);
	const char *parent = parent_of(reading->snapshot->pool, device);
	const struct sr_sos_device *host;

	if (!memdev || !parent)
		return -ENOMEM;
	memdev->host = sr_text_of(parent);
	host = sr_sos_device_find(reading->devices, "pci", parent);
	if (host) {
		memdev->host_driver = host->driver;
		memdev->host_class = host->pci_class;
	}
	join_driver(&memdev->driver, device->driver);
	return 0;
}

static int join_port(struct reading *reading, const struct sr_sos_device *device)
{
	struct sr_port *port =
		need_named(reading, &reading->snapshot->enumeration.ports, device->name);

	if (!port)
		return -ENOMEM;
	port->endpoint = *device->name == 'e';
	join_driver(&port->driver, device->driver);
	return 0;
}

static int join_decoder(struct reading *reading, const struct sr_sos_device *device)
{
	struct sr_snapshot *snapshot = reading->snapshot;
	const char *parent = parent_of(snapshot->pool, device);
	struct sr_endpoint_decoder *decoder;

	if (!parent)
		return -ENOMEM;
	if (sr_name_matches(parent, "root#"))
		return need_named(reading, &snapshot->root_decoders, device->name) ? 0 : -ENOMEM;
	if (!sr_name_matches(parent, "endpoint#"))
		return 0;
	decoder = need_named(reading, &snapshot->endpoint_decoders, device->name);
	if (!decoder)
		return -ENOMEM;
	decoder->port = parent;
	return 0;
}

static int join_device(struct reading *reading, const struct sr_sos_device *device)
{
	static const struct {
		const char *pattern;
		int (*join)(struct reading *, const struct sr_sos_device *);
	} kinds[] = {
		{ "region#", join_region }, { "mem#", join_memdev },	    { "port#", join_port },
		{ "endpoint#", join_port }, { "decoder#.#", join_decoder },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (sr_name_matches(device->name, kinds[i].pattern))
			return kinds[i].join(reading, device);
	return 0;
}

static int join_devices(struct reading *reading)
{
	const struct sr_sos_device *device;

	sr_for_each (device, &reading->devices->list) {
		if (strcmp(device->subsystem, "cxl") == 0 && join_device(reading, device))
			return -ENOMEM;
	}
	return 0;
}

static struct sr_region *find_sorted(const struct sr_snapshot *snapshot, size_t count,
				     const char *name)
{
	const struct sr_region key = { .name = name };

	return count ? bsearch(&key, snapshot->regions.items, count, sizeof(key), compare_regions)
		     : NULL;
}

/*
 * A region has a node of its own name: construct_region() of drivers/cxl/core/region.c. The
 * regions are sorted; nodes there can be by the million.
 */
static int join_iomem(struct reading *reading)
{
	struct sr_snapshot *snapshot = reading->snapshot;
	const size_t count = snapshot->regions.count;
	const struct sr_iomem_node *node;

	sr_for_each (node, &snapshot->iomem) {
		struct sr_region *region;

		if (node->kind != SR_IOMEM_REGION || !sr_name_matches(node->label, "region#"))
			continue;
		region = find_sorted(snapshot, count, node->label);
		if (!region) {
			region = sr_list_add(&snapshot->regions);
			if (!region)
				return -ENOMEM;
			region->name = node->label;
			sr_unreadable_add(&reading->left_out, node->label);
		}
		if (region->size.known)
			continue;
		region->has_resource = true;
		region->start = sr_u64_of(node->range.start);
		region->size = sr_u64_of(sr_range_size(node->range));
	}
	return 0;
}

static int read_roots(struct reading *reading)
{
	const struct sr_sos_device *device;

	sr_for_each (device, &reading->devices->list) {
		struct sr_platform_device *root;

		if (strcmp(device->subsystem, "platform") != 0 ||
		    !sr_name_matches(device->name, "ACPI0017:#"))
			continue;
		root = sr_list_add(&reading->snapshot->cxl_roots);
		if (!root)
			return -ENOMEM;
		*root = (struct sr_platform_device){ device->name, device->driver };
	}
	return 0;
}

static bool has_bus(const struct reading *reading)
{
	const struct sr_sos_device *device;
	const struct sr_iomem_node *node;

	sr_for_each (device, &reading->devices->list) {
		if (strcmp(device->subsystem, "cxl") == 0)
			return true;
	}
	sr_for_each (node, &reading->snapshot->iomem) {
		if (node->kind == SR_IOMEM_CXL_WINDOW || node->kind == SR_IOMEM_REGION)
			return true;
	}
	return !reading->devices->whole || access("/sys/module/cxl_core", F_OK) == 0;
}

static const char *describe_error(int error)
{
	switch (-error) {
	case ENODATA:
		return "lists nothing";
	case EINVAL:
		return "is not what cxl list prints";
	case EEXIST:
		return "lists a device twice";
	case E2BIG:
	case EFBIG:
		return "is too large";
	case ENOENT:
		return "is missing: the plugin cxl did not run, or there was no cxl";
	default:
		return strerror(-error);
	}
}

static int note_error(struct sr_source_context *context, const struct reading *reading, int error)
{
	if ((error == -ENOENT || error == -ENODATA) && !has_bus(reading))
		return sr_note(context, SR_SOURCE_CXL, SR_SOURCE_ABSENT, LIST_PATH,
			       "no CXL bus: cxl_core is neither loaded nor built in");
	return sr_note(context, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE, LIST_PATH, "it %s",
		       describe_error(error));
}

/* With neither, a region can be missing that nothing stands for. */
static bool can_be_checked(const struct reading *reading)
{
	return reading->devices->whole || sr_source_is_whole(reading->snapshot, SR_SOURCE_IOMEM);
}

static int note_read(struct sr_source_context *context, const struct reading *reading)
{
	const struct sr_unreadable *lacking = reading->left_out.count ? &reading->left_out
								      : &reading->unreadable;
	char detail[160] = "";

	if (!can_be_checked(reading))
		return sr_note(context, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE, LIST_PATH,
			       "nothing tells whether it lists all regions: no /proc/iomem, no "
			       "list of devices");
	if (lacking->count)
		snprintf(detail, sizeof(detail), "; of %.64s and %zu more it does not tell all",
			 lacking->first, lacking->count - 1);
	return sr_note(context, SR_SOURCE_CXL, SR_SOURCE_PARTIAL, LIST_PATH,
		       "a sosreport has no /sys/bus/cxl: what is locked, and what decoders are "
		       "for, is not known%s",
		       detail);
}

int sr_sos_read_cxl(struct sr_source_context *context)
{
	struct reading reading = {
		.snapshot = context->snapshot,
		.devices = context->sos_devices,
	};
	sr_auto_free char *text = NULL;
	size_t length;
	int error = sr_file_read(LIST_PATH, TEXT_LIMIT, &text, &length);

	if (read_roots(&reading))
		return -ENOMEM;
	if (!error)
		error = sr_sos_cxl_parse(context->snapshot, text, length, &reading.unreadable);
	if (error == -ENOMEM || join_devices(&reading))
		return -ENOMEM;
	/* Others look for regions by name. */
	sr_sos_cxl_sort(context->snapshot);
	if (join_iomem(&reading))
		return -ENOMEM;
	sr_sos_cxl_sort(context->snapshot);
	return error ? note_error(context, &reading, error) : note_read(context, &reading);
}
