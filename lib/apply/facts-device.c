// SPDX-License-Identifier: LGPL-2.1-or-later
/* Devices by their links in /sys/bus: who their driver is, and below what they are. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/facts.h"

#define BUS_DEVICES "/sys/bus/%s/devices"

int sr_device_exists(const struct sr_machine *machine, const char *bus, const char *name)
{
	char path[PATH_MAX], target[PATH_MAX];
	int found;

	snprintf(path, sizeof(path), BUS_DEVICES "/%s", bus, name);
	found = machine->ops->link(machine->data, path, target, sizeof(target));
	return found < 0 ? found : found == 0;
}

int sr_device_driver(const struct sr_machine *machine, const char *bus, const char *name,
		     char driver[static SR_DEVICE_NAME_SIZE])
{
	char folder[PATH_MAX];
	int there = sr_device_exists(machine, bus, name);

	driver[0] = '\0';
	if (there <= 0)
		return there ? there : -ENODEV;
	snprintf(folder, sizeof(folder), BUS_DEVICES "/%s", bus, name);
	return sr_machine_link_base(machine, folder, "driver", driver, SR_DEVICE_NAME_SIZE);
}

/* "../../../devices/x" in /sys/bus/dax/devices is /sys/devices/x; all buses are as deep. */
int sr_device_real_path(const struct sr_machine *machine, const char *bus, const char *name,
			char *buffer, size_t size)
{
	static const char up[] = "../../../";
	char path[PATH_MAX], target[PATH_MAX];
	int found, length;

	snprintf(path, sizeof(path), BUS_DEVICES "/%s", bus, name);
	found = machine->ops->link(machine->data, path, target, sizeof(target));
	if (found)
		return found < 0 ? found : -ENODEV;
	if (strncmp(target, up, strlen(up)) != 0 || strstr(target + strlen(up), ".."))
		return -EBADMSG;
	length = snprintf(buffer, size, "/sys/%s", target + strlen(up));
	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

int sr_path_part(const char *path, const char *pattern, char part[static SR_DEVICE_NAME_SIZE])
{
	int found = 0;

	while (*path) {
		size_t length = strcspn(path, "/");
		char component[SR_DEVICE_NAME_SIZE];

		if (length && length < sizeof(component)) {
			memcpy(component, path, length);
			component[length] = '\0';
			if (sr_name_matches(component, pattern)) {
				memcpy(part, component, length + 1);
				found = 1;
			}
		}
		path += length + (path[length] == '/');
	}
	return found;
}

static int add_name(struct sr_names *names, const char *name)
{
	char **item = sr_list_add(&names->list);

	if (!item)
		return -ENOMEM;
	*item = strdup(name);
	return *item ? 0 : -ENOMEM;
}

int sr_dax_devices_below(const struct sr_machine *machine, const char *pattern,
			 struct sr_names *ret_names)
{
	sr_auto_names struct sr_names all = { 0 }, below = { 0 };
	char path[PATH_MAX], part[SR_DEVICE_NAME_SIZE];
	int error = machine->ops->list(machine->data, "/sys/bus/dax/devices", "dax#.#",
				       SR_DEVICE_LIMIT, &all);
	char **name;

	if (error && error != -ENOENT)
		return error;
	sr_for_each (name, &all.list) {
		error = sr_device_real_path(machine, "dax", *name, path, sizeof(path));
		if (error == -ENODEV)
			continue; /* it went away meanwhile */
		if (error)
			return error;
		if (sr_path_part(path, pattern, part) && add_name(&below, *name))
			return -ENOMEM;
	}
	*ret_names = below;
	below = (struct sr_names){ 0 };
	return 0;
}
