/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What several sources read of a device in sysfs, into texts of the snapshot. */
#pragma once

#include "base/file.h"
#include "base/known.h"
#include "base/pool.h"
#include "snapshot/snapshot.h"

/* Longer attributes than a kernel's page (fs/sysfs/file.c) do not exist. */
#define SR_ATTRIBUTE_SIZE 4096

/* "DIRECTORY/NAME"; false where that is longer than a path may be. */
bool sr_device_path(char *path, size_t size, const char *directory, const char *name);

/*
 * Whether a bus whose devices cannot be found was left out of a capture, instead of
 * missing in its kernel: @folder, the bus itself, is there; or one of @modules, none of
 * which does without it (NULL ends them), is; or there is no /sys/bus at all.
 */
bool sr_bus_is_left_out(const char *folder, const char *const modules[]);

#define SR_LEFT_OUT "missing: left out of the capture, or /sys is not mounted"

/*
 * The attribute as a text; an empty one is known and NULL. @ret_text stays unknown
 * where it cannot be read. 0 or -ENOMEM.
 */
int sr_sysfs_text(struct sr_pool *pool, const char *device, const char *name,
		  struct sr_text *ret_text);

/* What the link @name points to, its last component; known and NULL: none. 0 or -ENOMEM. */
int sr_sysfs_link(struct sr_pool *pool, const char *device, const char *name,
		  struct sr_text *ret_target);

/* The name of the driver; known and NULL where none is bound. 0 or -ENOMEM. */
int sr_sysfs_driver(struct sr_pool *pool, const char *device, struct sr_text *ret_driver);

/*
 * The real path of a device, through all links: 0 and the path, -errno of
 * realpath(3), -ENOMEM.
 */
int sr_sysfs_real_path(struct sr_pool *pool, const char *device, const char **ret_path);

/* Where devices without another parent are. */
#define SR_PLATFORM_PATH "/sys/devices/platform"

/*
 * Adds the platform devices whose names match @pattern (base/directory.h): 0, -errno of
 * reading their folder, -ENOMEM.
 */
int sr_platform_devices_read(struct sr_pool *pool, const char *pattern,
			     sr_platform_device_list *list);

/*
 * The last component of @path that matches @pattern (base/directory.h), copied to
 * the pool: 0 and the text, NULL where none matches; -ENOMEM.
 */
int sr_path_component(struct sr_pool *pool, const char *path, const char *pattern,
		      const char **ret_component);
