// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Stand-ins for device nodes. libcxl and libdaxctl only stat(2) them, so empty
 * files do; their st_rdev is 0:0, and one link under that number in /sys/dev/char
 * says of all of them what libdaxctl wants to hear: a device of /sys/bus/dax. There
 * is one for each device on the bus, but where the capture has the names of the nodes that
 * the machine had, for these: without its node a library leaves a device out.
 */
#include "sysroot/supply.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"

#define DEVICES_MAX 65536
#define NODES_PATH  "/cxl-sr/dev"

static int refuse(const char *path, struct sr_reason *reason)
{
	int error = errno == ENOSPC ? -EFBIG : -errno;

	return sr_fail(reason, error, "cannot supply %s to it: %s", path, strerror(errno));
}

static int make_folder(const char *path, struct sr_reason *reason)
{
	return mkdir(path, 0755) < 0 && errno != EEXIST ? refuse(path, reason) : 0;
}

static int make_file(const char *path, struct sr_reason *reason)
{
	sr_auto_close int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);

	return fd < 0 && errno != EEXIST ? refuse(path, reason) : 0;
}

/* Behind the digits at @text; NULL where there are none. */
static const char *skip_digits(const char *text)
{
	if (!isdigit((unsigned char)*text))
		return NULL;
	while (isdigit((unsigned char)*text))
		text++;
	return text;
}

/* memN */
static bool is_memdev(const char *name)
{
	const char *end = strncmp(name, "mem", 3) == 0 ? skip_digits(name + 3) : NULL;

	return end && *end == '\0';
}

/* daxX.Y */
static bool is_dax_device(const char *name)
{
	const char *end = strncmp(name, "dax", 3) == 0 ? skip_digits(name + 3) : NULL;

	if (!end || *end != '.')
		return false;
	end = skip_digits(end + 1);
	return end && *end == '\0';
}

/* One file in the folder @nodes for each device on a bus. */
static int make_nodes(const char *devices, bool (*is_device)(const char *name), const char *nodes,
		      struct sr_reason *reason)
{
	sr_auto_dir DIR *directory = opendir(devices);
	unsigned int seen = 0;
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		char path[NAME_MAX + 32];
		int error;

		if (!is_device(entry->d_name))
			continue;
		if (++seen > DEVICES_MAX)
			return sr_fail(reason, -EFBIG, "its %s has more than %d devices", devices,
				       DEVICES_MAX);
		snprintf(path, sizeof(path), "%s/%s", nodes, entry->d_name);
		error = make_file(path, reason);
		if (error)
			return error;
	}
	return 0;
}

static int make_char_link(struct sr_reason *reason)
{
	static const char *const folders[] = { "/sys/dev", "/sys/dev/char", "/sys/dev/char/0:0" };
	static const char path[] = "/sys/dev/char/0:0/subsystem";
	struct stat status;

	if (lstat("/sys", &status) < 0 || !S_ISDIR(status.st_mode))
		return 0;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		int error = make_folder(folders[i], reason);

		if (error)
			return error;
	}
	return symlink("../../../bus/dax", path) < 0 ? refuse(path, reason) : 0;
}

int sr_supply_devices(struct sr_reason *reason)
{
	const bool told = access(NODES_PATH, F_OK) == 0;
	int error = make_folder("/dev", reason);

	if (!error)
		error = make_folder("/dev/cxl", reason);
	if (!error)
		error = make_file("/dev/null", reason);
	if (!error)
		error = make_nodes(told ? NODES_PATH "/cxl" : "/sys/bus/cxl/devices", is_memdev,
				   "/dev/cxl", reason);
	if (!error)
		error = make_nodes(told ? NODES_PATH : "/sys/bus/dax/devices", is_dax_device,
				   "/dev", reason);
	if (!error)
		error = make_char_link(reason);
	return error;
}
