// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Members as cxl/json.c of ndctl writes them, of which many are left out where libcxl does not
 * know them, or where they are 0. So what is absent is unknown here.
 */
#include "sources/sos-cxl-json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/directory.h"
#include "sources/sos-json.h"

/* Far above any machine; a bound for lists that are made to be long. */
#define DEVICE_LIMIT 8192

/* CXL 3.1, 8.2.4.20.7: a region has at most 16 ways. */
#define TARGET_LIMIT 16

#define NAME_SIZE 64

struct walk {
	struct sr_snapshot *snapshot;
	struct sr_unreadable *unreadable;
	size_t count;
	const char *parent; /* of the array at hand: "root0" of "decoders:root0" */
};

/*
 * The name of the device: the member @member, as @pattern wants it. 1 and the name, 0 where it
 * has no such name, -ENOMEM.
 */
static int name_of(struct walk *walk, const struct sr_json *object, const char *member,
		   const char *pattern, const char **ret_name)
{
	char name[NAME_SIZE];

	if (!sr_json_text(object, member, name, sizeof(name)) || !sr_name_matches(name, pattern)) {
		sr_unreadable_add(walk->unreadable, "a device without a name");
		return 0;
	}
	*ret_name = sr_pool_text(walk->snapshot->pool, name);
	return *ret_name ? 1 : -ENOMEM;
}

/* True is told, and false is not: nor is what could not be read. */
static enum sr_truth flag(const struct sr_json *object, const char *member)
{
	return sr_json_member(object, member) ? SR_YES : SR_UNKNOWN;
}

static int read_root_decoder(struct walk *walk, const struct sr_json *object, const char *name)
{
	struct sr_root_decoder *decoder = sr_list_add(&walk->snapshot->root_decoders);

	if (!decoder)
		return -ENOMEM;
	*decoder = (struct sr_root_decoder){
		.name = name,
		.start = sr_json_u64(object, "resource"),
		.size = sr_json_u64(object, "size"),
		.capable_ram = flag(object, "volatile_capable"),
		.capable_pmem = flag(object, "pmem_capable"),
		.capable_type2 = flag(object, "accelmem_capable"),
		.interleave_ways = sr_json_u64(object, "interleave_ways"),
		.interleave_granularity = sr_json_u64(object, "interleave_granularity"),
	};
	if (!decoder->start.known || !decoder->size.known)
		sr_unreadable_add(walk->unreadable, name);
	return 0;
}

static int read_endpoint_decoder(struct walk *walk, const struct sr_json *object, const char *name)
{
	struct sr_pool *pool = walk->snapshot->pool;
	struct sr_endpoint_decoder *decoder = sr_list_add(&walk->snapshot->endpoint_decoders);

	if (!decoder)
		return -ENOMEM;
	decoder->name = name;
	decoder->port = walk->parent;
	/* Of size 0; no size is told then. */
	if (sr_json_text_is(object, "state", "disabled") == SR_YES) {
		decoder->size = sr_u64_of(0);
		return 0;
	}
	decoder->start = sr_json_u64(object, "resource");
	decoder->size = sr_json_u64(object, "size");
	decoder->dpa_start = sr_json_u64(object, "dpa_resource");
	decoder->dpa_size = sr_json_u64(object, "dpa_size");
	decoder->interleave_ways = sr_json_u64(object, "interleave_ways");
	if (sr_json_pool_text(pool, object, "region", &decoder->region))
		return -ENOMEM;
	return sr_json_pool_text(pool, object, "mode", &decoder->mode);
}

static int read_decoder(struct walk *walk, const struct sr_json *object)
{
	const char *name;
	int found = name_of(walk, object, "decoder", "decoder#.#", &name);

	if (found <= 0)
		return found;
	if (walk->parent && sr_name_matches(walk->parent, "root#"))
		return read_root_decoder(walk, object, name);
	if (walk->parent && sr_name_matches(walk->parent, "endpoint#"))
		return read_endpoint_decoder(walk, object, name);
	if (!walk->parent || !sr_name_matches(walk->parent, "port#"))
		sr_unreadable_add(walk->unreadable, name);
	return 0;
}

/* libcxl leaves out a position where nobody is attached, and one that it cannot read. */
static int read_targets(struct walk *walk, const struct sr_json *object, struct sr_region *region)
{
	const struct sr_json *mappings = sr_json_member(object, "mappings");
	uint64_t ways = region->interleave_ways.known ? region->interleave_ways.value : 0;

	for (unsigned int i = 0; i < ways && i < TARGET_LIMIT; i++) {
		struct sr_region_target *target = sr_list_add(&region->targets);

		if (!target)
			return -ENOMEM;
		target->position = i;
	}
	for (size_t i = 0; i < sr_json_count(mappings) && i < TARGET_LIMIT; i++) {
		const struct sr_json *mapping = sr_json_at(mappings, i);
		struct sr_u64 position = sr_json_u64(mapping, "position");
		struct sr_region_target *target;

		if (!position.known || position.value >= region->targets.count)
			continue;
		target = &region->targets.items[position.value];
		if (sr_json_pool_text(walk->snapshot->pool, mapping, "decoder", &target->decoder) ||
		    sr_json_pool_text(walk->snapshot->pool, mapping, "memdev", &target->memdev))
			return -ENOMEM;
	}
	return 0;
}

/*
 * libcxl makes 0 of a start that it could not read, and of that of a region without one, which
 * has the size 0 too (resource_show() and size_show() of drivers/cxl/core/region.c).
 */
static void read_place(struct sr_region *region, const struct sr_json *object)
{
	region->start = sr_json_u64(object, "resource");
	region->size = sr_json_u64(object, "size");
	if (region->start.known && region->start.value == 0)
		region->start = (struct sr_u64){ 0 };
	region->has_resource = !region->size.known || region->size.value != 0;
}

/* "reset" is also what libcxl makes of an attribute that it could not read; not so of both. */
static enum sr_truth committed(const struct sr_region *region, const struct sr_json *object)
{
	enum sr_truth reset = sr_json_text_is(object, "decode_state", "reset");

	if (sr_json_text_is(object, "decode_state", "commit") == SR_YES)
		return SR_YES;
	return reset == SR_YES && region->size.known ? SR_NO : SR_UNKNOWN;
}

/*
 * The driver @driver, where the device can have no other, since it is bound by the kind of
 * the device (cxl_bus_match() of drivers/cxl/core/port.c).
 */
static struct sr_text driver_of(const struct sr_json *object, const char *driver)
{
	const struct sr_json *state = sr_json_member(object, "state");

	if (!state)
		return sr_text_of(driver);
	return sr_json_text_is(object, "state", "disabled") == SR_YES ? sr_text_of(NULL)
								      : (struct sr_text){ 0 };
}

static int read_region(struct walk *walk, const struct sr_json *object)
{
	struct sr_region *region;
	const char *name;
	int found = name_of(walk, object, "region", "region#", &name);

	if (found <= 0)
		return found;
	region = sr_list_add(&walk->snapshot->regions);
	if (!region)
		return -ENOMEM;
	region->name = name;
	if (walk->parent && sr_name_matches(walk->parent, "decoder#.#"))
		region->root_decoder = walk->parent;
	read_place(region, object);
	region->committed = committed(region, object);
	region->interleave_ways = sr_json_u64(object, "interleave_ways");
	region->interleave_granularity = sr_json_u64(object, "interleave_granularity");
	region->driver = driver_of(object, "cxl_region");
	if (!region->size.known || (region->has_resource && !region->start.known) ||
	    region->committed == SR_UNKNOWN)
		sr_unreadable_add(walk->unreadable, name);
	if (sr_json_pool_text(walk->snapshot->pool, object, "type", &region->mode))
		return -ENOMEM;
	return read_targets(walk, object, region);
}

static int read_memdev(struct walk *walk, const struct sr_json *object)
{
	struct sr_memdev *memdev;
	struct sr_u64 node;
	const char *name;
	int found = name_of(walk, object, "memdev", "mem#", &name);

	if (found <= 0)
		return found;
	memdev = sr_list_add(&walk->snapshot->memdevs);
	if (!memdev)
		return -ENOMEM;
	node = sr_json_u64(object, "numa_node");
	*memdev = (struct sr_memdev){
		.name = name,
		.driver = driver_of(object, "cxl_mem"),
		.serial = sr_json_u64(object, "serial"),
		.ram_size = sr_json_u64(object, "ram_size"),
		.pmem_size = sr_json_u64(object, "pmem_size"),
		.numa_node = { .value = (int64_t)node.value,
			       .known = node.known && node.value <= INT_MAX },
	};
	return sr_json_pool_text(walk->snapshot->pool, object, "host", &memdev->host);
}

static int read_port(struct walk *walk, const struct sr_json *object, const char *member,
		     const char *pattern)
{
	struct sr_port *port;
	const char *name;
	int found = name_of(walk, object, member, pattern, &name);

	if (found <= 0)
		return found;
	port = sr_list_add(&walk->snapshot->enumeration.ports);
	if (!port)
		return -ENOMEM;
	port->name = name;
	port->endpoint = *member == 'e';
	port->driver = driver_of(object, "cxl_port");
	return sr_json_pool_text(walk->snapshot->pool, object, "host", &port->uport);
}

/* What an object is follows from the name of its array, or, at the top, from what it has. */
static const char *kind_of(const struct sr_json *object, const char *array)
{
	static const char *const kinds[][2] = {
		{ "decoders", "decoder" }, { "regions", "region" }, { "endpoints", "endpoint" },
		{ "ports", "port" },	   { "memdevs", "memdev" }, { "anon memdevs", "memdev" },
		{ "memdev", "memdev" },	   { "buses", "bus" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		size_t length = strlen(kinds[i][0]);

		if (array ? strncmp(array, kinds[i][0], length) == 0 &&
				    (array[length] == '\0' || array[length] == ':')
			  : sr_json_member(object, kinds[i][1]) != NULL)
			return kinds[i][1];
	}
	return "";
}

static int read_object(struct walk *walk, const struct sr_json *object, const char *array)
{
	const char *kind = kind_of(object, array);

	if (walk->count++ >= DEVICE_LIMIT)
		return -E2BIG;
	if (strcmp(kind, "decoder") == 0)
		return read_decoder(walk, object);
	if (strcmp(kind, "region") == 0)
		return read_region(walk, object);
	if (strcmp(kind, "memdev") == 0)
		return read_memdev(walk, object);
	if (strcmp(kind, "endpoint") == 0)
		return read_port(walk, object, "endpoint", "endpoint#");
	if (strcmp(kind, "port") == 0)
		return read_port(walk, object, "port", "port#");
	return 0;
}

static int walk_value(void *context, const char *name, const struct sr_json *value);

static int walk_array(struct walk *walk, const char *name, const struct sr_json *array)
{
	int error = 0;

	for (size_t i = 0; !error && i < sr_json_count(array); i++) {
		const struct sr_json *object = sr_json_at(array, i);

		if (!sr_json_is_object(object))
			continue;
		error = read_object(walk, object, name);
		if (!error)
			error = sr_json_each(object, walk_value, walk);
	}
	return error;
}

/* Members that are no list of devices are lists of no concern: dports, targets, mappings. */
static bool is_other(const char *name)
{
	static const char *const others[] = { "dports", "targets",	"mappings",
					      "health", "alert_config", "partition_info" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(name, others[i]) == 0)
			return true;
	return false;
}

static int walk_value(void *context, const char *name, const struct sr_json *value)
{
	struct walk *walk = context;
	const char *before = walk->parent, *colon = strchr(name, ':');
	int error = 0;

	if (is_other(name))
		return 0;
	if (sr_json_is_object(value)) {
		error = read_object(walk, value, name);
		return error ? error : sr_json_each(value, walk_value, walk);
	}
	if (!sr_json_count(value))
		return 0;
	walk->parent = colon ? sr_pool_text(walk->snapshot->pool, colon + 1) : NULL;
	if (colon && !walk->parent)
		return -ENOMEM;
	error = walk_array(walk, name, value);
	walk->parent = before;
	return error;
}

/* Each begins with its name. */
static int compare_names(const void *a, const void *b)
{
	return strverscmp(*(const char *const *)a, *(const char *const *)b);
}

static bool sort(void *items, size_t count, size_t size)
{
	const char *item = items;

	if (!count)
		return true;
	qsort(items, count, size, compare_names);
	for (size_t i = 1; i < count; i++)
		if (compare_names(item + (i - 1) * size, item + i * size) == 0)
			return false;
	return true;
}

#define sort_list(list) sort((list)->items, (list)->count, sizeof(*(list)->items))

int sr_sos_cxl_sort(struct sr_snapshot *snapshot)
{
	bool unique = sort_list(&snapshot->root_decoders) & sort_list(&snapshot->regions) &
		      sort_list(&snapshot->endpoint_decoders) & sort_list(&snapshot->memdevs) &
		      sort_list(&snapshot->enumeration.ports);

	return unique ? 0 : -EEXIST;
}

static const struct sr_port *find_port(const struct sr_snapshot *snapshot, const char *name)
{
	const struct sr_port key = { .name = name };

	if (!name || !snapshot->enumeration.ports.count)
		return NULL;
	return bsearch(&key, snapshot->enumeration.ports.items, snapshot->enumeration.ports.count,
		       sizeof(key), compare_names);
}

/* The device behind an endpoint is its memdev. */
static void give_memdevs(struct sr_snapshot *snapshot)
{
	struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &snapshot->endpoint_decoders) {
		const struct sr_port *port = find_port(snapshot, decoder->port);

		if (port && port->uport.value && sr_name_matches(port->uport.value, "mem#"))
			decoder->memdev = port->uport;
	}
}

static struct sr_region *find_region(const struct sr_snapshot *snapshot, const char *name)
{
	const struct sr_region key = { .name = name };

	if (!name || !snapshot->regions.count)
		return NULL;
	return bsearch(&key, snapshot->regions.items, snapshot->regions.count, sizeof(key),
		       compare_names);
}

/*
 * Releases of ndctl before 78 do not tell the mode of a region. It is that of the decoders in
 * it: cxl_region_attach() of drivers/cxl/core/region.c takes no others.
 */
static void give_modes(struct sr_snapshot *snapshot)
{
	const struct sr_endpoint_decoder *decoder;

	sr_for_each (decoder, &snapshot->endpoint_decoders) {
		struct sr_region *region = find_region(snapshot, decoder->region.value);

		if (!region || !decoder->mode.value)
			continue;
		if (!region->mode.value)
			region->mode = decoder->mode;
		else if (strcmp(region->mode.value, decoder->mode.value) != 0)
			region->mode.known = false;
	}
}

static void forget(struct sr_snapshot *snapshot)
{
	struct sr_region *region;

	sr_for_each (region, &snapshot->regions)
		sr_list_free(&region->targets);
	snapshot->root_decoders.count = snapshot->regions.count = 0;
	snapshot->endpoint_decoders.count = snapshot->memdevs.count = 0;
	snapshot->enumeration.ports.count = 0;
}

int sr_sos_cxl_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		     struct sr_unreadable *unreadable)
{
	struct walk walk = { .snapshot = snapshot, .unreadable = unreadable };
	sr_auto_json struct sr_json *json = NULL;
	int error = sr_json_parse(text, length, &json);

	if (!error)
		error = walk_array(&walk, NULL, json);
	if (!error)
		error = sr_sos_cxl_sort(snapshot);
	if (error) {
		forget(snapshot);
		return error;
	}
	give_memdevs(snapshot);
	give_modes(snapshot);
	return walk.count ? 0 : -ENODATA;
}
