// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/sysfs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/directory.h"

bool sr_device_path(char *path, size_t size, const char *directory, const char *name)
{
	int length = snprintf(path, size, "%s/%s", directory, name);

	return length >= 0 && (size_t)length < size;
}

bool sr_bus_is_left_out(const char *folder, const char *const modules[])
{
	char path[PATH_MAX];

	if (access(folder, F_OK) == 0 || access("/sys/bus", F_OK) < 0)
		return true;
	for (; *modules; modules++) {
		if (sr_device_path(path, sizeof(path), "/sys/module", *modules) &&
		    access(path, F_OK) == 0)
			return true;
	}
	return false;
}

static int keep_text(struct sr_pool *pool, const char *text, struct sr_text *ret_text)
{
	const char *copy = NULL;

	if (*text) {
		copy = sr_pool_text(pool, text);
		if (!copy)
			return -ENOMEM;
	}
	*ret_text = sr_text_of(copy);
	return 0;
}

int sr_sysfs_text(struct sr_pool *pool, const char *device, const char *name,
		  struct sr_text *ret_text)
{
	char text[SR_ATTRIBUTE_SIZE];

	if (sr_attribute_read(device, name, text, sizeof(text)) != 0)
		return 0;
	return keep_text(pool, text, ret_text);
}

int sr_sysfs_link(struct sr_pool *pool, const char *device, const char *name,
		  struct sr_text *ret_target)
{
	char target[NAME_MAX + 1];
	int result = sr_link_base(device, name, target, sizeof(target));

	/* A device that went while it was looked at has no links, and no answer. */
	if (result < 0 || (result > 0 && access(device, F_OK) < 0))
		return 0;
	return keep_text(pool, result == 0 ? target : "", ret_target);
}

int sr_sysfs_driver(struct sr_pool *pool, const char *device, struct sr_text *ret_driver)
{
	return sr_sysfs_link(pool, device, "driver", ret_driver);
}

int sr_sysfs_real_path(struct sr_pool *pool, const char *device, const char **ret_path)
{
	char path[PATH_MAX];
	const char *copy;

	if (!realpath(device, path))
		return -errno;
	copy = sr_pool_text(pool, path);
	if (!copy)
		return -ENOMEM;
	*ret_path = copy;
	return 0;
}

int sr_path_component(struct sr_pool *pool, const char *path, const char *pattern,
		      const char **ret_component)
{
	char copy[PATH_MAX];
	const char *found = NULL;
	char *rest = copy, *component;

	if (strlen(path) >= sizeof(copy))
		return -ENAMETOOLONG;
	memcpy(copy, path, strlen(path) + 1);
	while ((component = strsep(&rest, "/"))) {
		if (sr_name_matches(component, pattern))
			found = component;
	}
	if (found) {
		found = sr_pool_text(pool, found);
		if (!found)
			return -ENOMEM;
	}
	*ret_component = found;
	return 0;
}

int sr_platform_devices_read(struct sr_pool *pool, const char *pattern,
			     sr_platform_device_list *list)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(SR_PLATFORM_PATH, pattern, 4096, &names);
	char path[PATH_MAX];
	char **name;

	if (error)
		return error;
	sr_for_each (name, &names.list) {
		struct sr_platform_device *device = sr_list_add(list);

		if (!device)
			return -ENOMEM;
		device->name = sr_pool_text(pool, *name);
		if (!device->name)
			return -ENOMEM;
		if (sr_device_path(path, sizeof(path), SR_PLATFORM_PATH, *name) &&
		    sr_sysfs_driver(pool, path, &device->driver))
			return -ENOMEM;
	}
	return 0;
}
