// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The operations on the running kernel. Modules are libkmod's work. Devices are written to
 * directly, where libdaxctl and libcxl would do more than a step says:
 * daxctl_dev_enable_ram() loads modules and writes new_id, which binds every other device
 * that matches too (do_id_store(), drivers/dax/bus.c); daxctl_dev_disable() and
 * cxl_region_disable() unbind without a look at the memory that is online, which is the leak;
 * daxctl_region_create_dev() does not tell which device it made.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "apply/machine.h"
#include "apply/modules.h"
#include "base/cleanup.h"
#include "base/file.h"

static int live_path(void *data, const char *path, char *buffer, size_t size)
{
	const struct sr_machine machine = { .root = data };

	return sr_machine_path(&machine, path, buffer, size);
}

/* @path in two: its folder, which stays in @buffer, and the name behind it. */
static int live_split(void *data, const char *path, char *buffer, size_t size,
		      const char **ret_name)
{
	int error = live_path(data, path, buffer, size);
	char *slash = error ? NULL : strrchr(buffer, '/');

	if (error)
		return error;
	if (!slash || slash == buffer)
		return -EINVAL;
	*slash = '\0';
	*ret_name = slash + 1;
	return 0;
}

static int live_read(void *data, const char *path, char *buffer, size_t size)
{
	char folder[PATH_MAX];
	const char *name;
	int error = live_split(data, path, folder, sizeof(folder), &name);

	return error ? error : sr_attribute_read(folder, name, buffer, size);
}

static int live_file(void *data, const char *path, size_t limit, char **ret_text)
{
	char real[PATH_MAX];
	int error = live_path(data, path, real, sizeof(real));

	return error ? error : sr_file_read(real, limit, ret_text, NULL);
}

static int live_link(void *data, const char *path, char *buffer, size_t size)
{
	char folder[PATH_MAX];
	const char *name;
	int error = live_split(data, path, folder, sizeof(folder), &name);

	return error ? error : sr_link_read(folder, name, buffer, size);
}

static int live_list(void *data, const char *path, const char *pattern, size_t limit,
		     struct sr_names *ret_names)
{
	char real[PATH_MAX];
	int error = live_path(data, path, real, sizeof(real));

	return error ? error : sr_names_read(real, pattern, limit, ret_names);
}

/* An attribute; on the running machine nothing but sysfs has one. */
static int check_attribute(int fd, bool is_live)
{
	struct stat status;
	struct statfs system;

	if (fstat(fd, &status) < 0 || fstatfs(fd, &system) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -EINVAL;
	return is_live && system.f_type != SYSFS_MAGIC ? -EXDEV : 0;
}

static int live_write(void *data, const char *path, const char *value)
{
	const char *root = data;
	sr_auto_close int fd = -1;
	char real[PATH_MAX];
	ssize_t written;
	int error = live_path(data, path, real, sizeof(real));

	if (error)
		return error;
	fd = open(real, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	error = check_attribute(fd, !*root);
	if (error)
		return error;
	written = write(fd, value, strlen(value));
	if (written < 0)
		return -errno;
	return (size_t)written == strlen(value) ? 0 : -EIO;
}

static int live_load(void *data, const char *module, struct sr_reason *reason)
{
	(void)data;
	return sr_module_load(module, reason);
}

static int live_unload(void *data, const char *module, struct sr_reason *reason)
{
	(void)data;
	return sr_module_unload(module, reason);
}

static void live_pause(void *data, unsigned int milliseconds)
{
	const struct timespec time = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = (long)(milliseconds % 1000) * 1000000,
	};

	(void)data;
	nanosleep(&time, NULL);
}

static uint64_t live_now(void *data)
{
	struct timespec time = { 0 };

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

struct sr_machine sr_machine_live(const char *root)
{
	static const struct sr_machine_ops ops = {
		.read = live_read,
		.file = live_file,
		.link = live_link,
		.list = live_list,
		.write = live_write,
		.load = live_load,
		.unload = live_unload,
		.pause = live_pause,
		.now = live_now,
	};

	return (struct sr_machine){ .ops = &ops, .data = (void *)(uintptr_t)root, .root = root };
}
