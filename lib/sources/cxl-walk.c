// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/cxl-walk.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "base/file.h"
#include "libraries/libcxl.h"

#define DEVICES_PATH "/sys/bus/cxl/devices"

/* Far above any machine; a bound for trees that are made to never end. */
#define DEVICE_LIMIT 65536

struct walk {
	struct sr_pool *pool;
	struct sr_libcxl libcxl;
	struct sr_cxl_devices devices;
	/*
	 * How many devices libcxl may still return: each has a name in @DEVICES_PATH, so
	 * more of them come from a link that leads back, as to a folder above.
	 */
	size_t room;
};

struct udev_queue;

/*
 * libcxl waits for udev's queue before each enumeration, 5 seconds at a time and
 * without a setter (cxl_wait_probe() in libcxl.c): ten times on a busy machine,
 * almost a minute. What udev does changes nothing that is read here, so this
 * definition, which the dynamic linker prefers to libudev's, calls the queue empty.
 */
__attribute__((visibility("default"))) int udev_queue_get_queue_is_empty(
	struct udev_queue *udev_queue);

int udev_queue_get_queue_is_empty(struct udev_queue *udev_queue)
{
	(void)udev_queue;
	return 1;
}

static int take_room(struct walk *walk)
{
	if (walk->room == 0)
		return -E2BIG;
	walk->room--;
	return 0;
}

static int add_device(struct walk *walk, enum sr_cxl_kind kind, const char *name,
		      const char *parent)
{
	struct sr_cxl_device *device;

	if (!name)
		return 0;
	if (take_room(walk))
		return -E2BIG;
	device = sr_list_add(&walk->devices.lists[kind]);
	if (!device)
		return -ENOMEM;
	device->name = sr_pool_text(walk->pool, name);
	device->parent = parent ? sr_pool_text(walk->pool, parent) : NULL;
	if (!device->name || (parent && !device->parent))
		return -ENOMEM;
	return 0;
}

static int walk_regions(struct walk *walk, struct cxl_decoder *decoder)
{
	const struct sr_libcxl *libcxl = &walk->libcxl;
	const char *parent = libcxl->decoder_get_devname(decoder);

	for (struct cxl_region *region = libcxl->region_get_first(decoder); region;
	     region = libcxl->region_get_next(region)) {
		const char *name = libcxl->region_get_devname(region);
		int error = add_device(walk, SR_CXL_REGION, name, parent);

		if (error)
			return error;
	}
	return 0;
}

static int walk_root_decoders(struct walk *walk, struct cxl_port *root)
{
	const struct sr_libcxl *libcxl = &walk->libcxl;
	const char *parent = libcxl->port_get_devname(root);

	for (struct cxl_decoder *decoder = libcxl->decoder_get_first(root); decoder;
	     decoder = libcxl->decoder_get_next(decoder)) {
		const char *name = libcxl->decoder_get_devname(decoder);
		int error = add_device(walk, SR_CXL_ROOT_DECODER, name, parent);

		if (!error)
			error = walk_regions(walk, decoder);
		if (error)
			return error;
	}
	return 0;
}

static int walk_bus(struct walk *walk, struct cxl_bus *bus)
{
	int error = take_room(walk);

	return error ? error : walk_root_decoders(walk, walk->libcxl.bus_get_port(bus));
}

static int walk_buses(struct walk *walk, struct cxl_ctx *context)
{
	const struct sr_libcxl *libcxl = &walk->libcxl;

	/* It writes to stderr; what it leaves out is found by counting. */
	libcxl->set_log_priority(context, LOG_EMERG);
	for (struct cxl_bus *bus = libcxl->bus_get_first(context); bus;
	     bus = libcxl->bus_get_next(bus)) {
		int error = walk_bus(walk, bus);

		if (error)
			return error;
	}
	return 0;
}

/* sr_snapshot_read() has loaded it, and said what is to be done where that was not possible. */
static int walk_library(struct walk *walk)
{
	struct cxl_ctx *context;
	int error = sr_libcxl_load(&walk->libcxl, NULL);

	if (!error)
		error = walk->libcxl.new(&context);
	if (error)
		return error;
	error = walk_buses(walk, context);
	walk->libcxl.unref(context);
	return error;
}

static int compare_devices(const void *a, const void *b)
{
	return strverscmp(((const struct sr_cxl_device *)a)->name,
			  ((const struct sr_cxl_device *)b)->name);
}

static void sort_devices(struct sr_cxl_devices *devices)
{
	sr_cxl_device_list *list;

	for (int kind = 0; kind < SR_CXL_KIND_COUNT; kind++) {
		list = &devices->lists[kind];
		if (list->count)
			qsort(list->items, list->count, sizeof(*list->items), compare_devices);
	}
}

/* The component above the last in the target of a link in @DEVICES_PATH. */
static int parent_of(const char *name, char *parent, size_t size)
{
	char target[PATH_MAX];
	char *slash;
	int error = sr_link_read(DEVICES_PATH, name, target, sizeof(target));

	if (error)
		return error;
	slash = strrchr(target, '/');
	if (!slash)
		return -EINVAL;
	*slash = '\0';
	slash = strrchr(target, '/');
	if (!slash || strlen(slash + 1) >= size)
		return -EINVAL;
	memcpy(parent, slash + 1, strlen(slash + 1) + 1);
	return 0;
}

/* SR_CXL_KIND_COUNT for what is no concern of ours, as ports and their decoders. */
static enum sr_cxl_kind kind_of(const char *name, const char *parent)
{
	if (sr_name_matches(name, "region#"))
		return SR_CXL_REGION;
	if (sr_name_matches(name, "mem#"))
		return SR_CXL_MEMDEV;
	if (sr_name_matches(name, "decoder#.#") && sr_name_matches(parent, "root#"))
		return SR_CXL_ROOT_DECODER;
	if (sr_name_matches(name, "decoder#.#") && sr_name_matches(parent, "endpoint#"))
		return SR_CXL_ENDPOINT_DECODER;
	return SR_CXL_KIND_COUNT;
}

static bool is_among(const sr_cxl_device_list *list, size_t count, const char *name)
{
	struct sr_cxl_device key = { .name = name };

	return count && bsearch(&key, list->items, count, sizeof(key), compare_devices);
}

/*
 * Of the others sysfs tells all that libcxl would. To list them, libcxl reads ten attributes
 * of each decoder of each endpoint, and looks for a module of each memdev and port in the
 * indexes of this kernel, which makes most of its time on a large machine.
 */
static bool is_of_libcxl(enum sr_cxl_kind kind)
{
	return kind == SR_CXL_ROOT_DECODER || kind == SR_CXL_REGION;
}

static void note_left_out(struct walk *walk, const char *name)
{
	walk->devices.left_out++;
	if (!walk->devices.left_out_first)
		walk->devices.left_out_first = sr_pool_text(walk->pool, name);
}

/* @counts: how many of each list are libcxl's, and therefore sorted. */
static int add_left_out(struct walk *walk, const size_t *counts, const char *name)
{
	struct sr_cxl_devices *devices = &walk->devices;
	char parent[NAME_MAX + 1] = "";
	int error = parent_of(name, parent, sizeof(parent));
	enum sr_cxl_kind kind = kind_of(name, parent);

	if (kind == SR_CXL_KIND_COUNT || is_among(&devices->lists[kind], counts[kind], name))
		return 0;
	if (is_of_libcxl(kind))
		note_left_out(walk, name);
	return add_device(walk, kind, name, error ? NULL : parent);
}

static int add_all_left_out(struct walk *walk, const struct sr_names *names)
{
	size_t counts[SR_CXL_KIND_COUNT];
	char **name;

	for (int kind = 0; kind < SR_CXL_KIND_COUNT; kind++)
		counts[kind] = walk->devices.lists[kind].count;
	sr_for_each (name, &names->list) {
		int error = add_left_out(walk, counts, *name);

		if (error)
			return error;
	}
	return 0;
}

static void walk_guard(struct walk *walk)
{
	sr_cxl_devices_free(&walk->devices);
}

int sr_cxl_walk(struct sr_pool *pool, struct sr_cxl_devices *ret_devices)
{
	__attribute__((cleanup(walk_guard))) struct walk walk = { .pool = pool };
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(DEVICES_PATH, NULL, DEVICE_LIMIT, &names), listed;

	if (error)
		return error;
	walk.room = names.list.count;
	error = walk_library(&walk);
	if (error == -ENOMEM)
		return error;
	/* Once more: libcxl waited for what was being added. */
	sr_names_free(&names);
	names = (struct sr_names){ 0 };
	listed = sr_names_read(DEVICES_PATH, NULL, DEVICE_LIMIT, &names);
	if (listed)
		return listed;
	/* Whatever else libcxl says, sysfs is asked as well; and alone where it goes in circles. */
	for (int kind = 0; error && kind < SR_CXL_KIND_COUNT; kind++)
		walk.devices.lists[kind].count = 0;
	walk.room = DEVICE_LIMIT;
	sort_devices(&walk.devices);
	error = add_all_left_out(&walk, &names);
	if (error)
		return error;
	sort_devices(&walk.devices);
	*ret_devices = walk.devices;
	walk.devices = (struct sr_cxl_devices){ 0 };
	return 0;
}

void sr_cxl_devices_free(struct sr_cxl_devices *devices)
{
	for (int kind = 0; kind < SR_CXL_KIND_COUNT; kind++)
		sr_list_free(&devices->lists[kind]);
}
