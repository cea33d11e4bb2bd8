// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/sos-devices.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/number.h"

#define TEXT_LIMIT   ((size_t)64 << 20)
#define DEVICE_LIMIT 16384

/* A record under way: "P: /devices/...", then "E: NAME=VALUE" and others, then a blank line. */
struct record {
	struct sr_pool *pool;
	struct sr_sos_devices *devices;
	struct sr_sos_device device;
	bool broken;
};

/* The value of the property @name in the line "E: NAME=VALUE"; NULL for another line. */
static const char *property(const char *line, size_t length, const char *name)
{
	size_t wanted = strlen(name);

	if (length < wanted + 4 || memcmp(line, "E: ", 3) != 0 ||
	    memcmp(line + 3, name, wanted) != 0 || line[3 + wanted] != '=')
		return NULL;
	return line + 4 + wanted;
}

static bool is_printable(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] >= 0x7f)
			return false;
	return true;
}

static int take_path(struct record *record, const char *path, size_t length)
{
	struct sr_sos_device *device = &record->device;

	if (device->path || length + sizeof("/sys") > PATH_MAX || length < 9 ||
	    memcmp(path, "/devices/", 9) != 0 || path[length - 1] == '/' ||
	    !is_printable(path, length)) {
		record->broken = true;
		return 0;
	}
	device->path = sr_pool_format(record->pool, "/sys%.*s", (int)length, path);
	if (!device->path)
		return -ENOMEM;
	device->name = strrchr(device->path, '/') + 1;
	/* udev prints DRIVER of every device that has one: dev_uevent(), drivers/base/core.c. */
	device->driver = sr_text_of(NULL);
	return 0;
}

static int take_text(struct record *record, const char *value, const char *end,
		     const char **ret_text)
{
	size_t length = (size_t)(end - value);

	if (!length || length > NAME_MAX || !is_printable(value, length)) {
		record->broken = true;
		return 0;
	}
	*ret_text = sr_pool_text_n(record->pool, value, length);
	return *ret_text ? 0 : -ENOMEM;
}

static int take_line(struct record *record, const char *line, size_t length)
{
	const char *end = line + length, *value;

	if (length > 3 && memcmp(line, "P: ", 3) == 0)
		return take_path(record, line + 3, length - 3);
	if (!record->device.path) {
		record->broken = true;
		return 0;
	}
	value = property(line, length, "SUBSYSTEM");
	if (value)
		return take_text(record, value, end, &record->device.subsystem);
	value = property(line, length, "DRIVER");
	if (value)
		return take_text(record, value, end, &record->device.driver.value);
	value = property(line, length, "PCI_CLASS");
	if (value && sr_number_scan(&value, 16, &record->device.pci_class.value) == 0)
		record->device.pci_class.known = value == end;
	return 0;
}

static bool is_wanted(const struct sr_sos_device *device)
{
	if (!device->subsystem)
		return false;
	if (strcmp(device->subsystem, "cxl") == 0 || strcmp(device->subsystem, "dax") == 0)
		return true;
	/* PCI_CLASS_MEMORY_CXL of include/linux/pci_ids.h; and what a memdev hangs on. */
	if (strcmp(device->subsystem, "pci") == 0)
		return true;
	return strcmp(device->subsystem, "platform") == 0 &&
	       (sr_name_matches(device->name, "hmem.#") ||
		sr_name_matches(device->name, "hmem_platform.#") ||
		sr_name_matches(device->name, "ACPI0017:#"));
}

static int end_record(struct record *record)
{
	struct sr_sos_device *item;

	if (is_wanted(&record->device)) {
		item = record->devices->list.count < DEVICE_LIMIT
			       ? sr_list_add(&record->devices->list)
			       : NULL;
		if (!item)
			return record->devices->list.count < DEVICE_LIMIT ? -ENOMEM : -E2BIG;
		*item = record->device;
	}
	record->device = (struct sr_sos_device){ 0 };
	return 0;
}

static int compare_devices(const void *a, const void *b)
{
	const struct sr_sos_device *left = a, *right = b;

	return strcmp(left->subsystem, right->subsystem) ?: strverscmp(left->name, right->name);
}

static bool has_twice(const struct sr_sos_devices *devices)
{
	for (size_t i = 1; i < devices->list.count; i++) {
		const struct sr_sos_device *item = &devices->list.items[i];

		if (compare_devices(item - 1, item) == 0)
			return true;
	}
	return false;
}

static int take_lines(struct record *record, const char *text, const char *end)
{
	int error = 0;

	while (!error && text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t length = (size_t)((newline ? newline : end) - text);

		if (length == 0)
			error = end_record(record);
		else
			error = take_line(record, text, length);
		record->broken |= !newline;
		text += length + 1;
	}
	return error;
}

int sr_sos_devices_parse(struct sr_pool *pool, const char *text, size_t length,
			 struct sr_sos_devices *devices)
{
	struct record record = { .pool = pool, .devices = devices };
	int error = take_lines(&record, text, text + length);

	if (error == -ENOMEM)
		return error;
	if (devices->list.count)
		qsort(devices->list.items, devices->list.count, sizeof(*devices->list.items),
		      compare_devices);
	if (error == -E2BIG)
		devices->why = "it has too many devices";
	else if (length == 0)
		devices->why = "it is empty";
	else if (record.broken || record.device.path)
		devices->why = "it is not whole, or not understood";
	else if (has_twice(devices))
		devices->why = "it has a device twice";
	devices->whole = !devices->why;
	if (!devices->whole)
		devices->list.count = 0;
	return 0;
}

int sr_sos_devices_read(struct sr_pool *pool, struct sr_sos_devices *devices)
{
	sr_auto_free char *text = NULL;
	size_t length;
	int error = sr_file_read(SR_SOS_DEVICES_PATH, TEXT_LIMIT, &text, &length);

	if (error == -ENOMEM)
		return error;
	if (error) {
		devices->why = "it is missing";
		return 0;
	}
	return sr_sos_devices_parse(pool, text, length, devices);
}

void sr_sos_devices_free(struct sr_sos_devices *devices)
{
	sr_list_free(&devices->list);
	*devices = (struct sr_sos_devices){ 0 };
}

const struct sr_sos_device *sr_sos_device_find(const struct sr_sos_devices *devices,
					       const char *subsystem, const char *name)
{
	const struct sr_sos_device key = { .name = name, .subsystem = subsystem };

	if (!devices->list.count)
		return NULL;
	return bsearch(&key, devices->list.items, devices->list.count, sizeof(key),
		       compare_devices);
}
