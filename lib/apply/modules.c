// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/modules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/cleanup.h"
#include "libraries/libkmod.h"

struct handle {
	struct sr_libkmod libkmod;
	struct kmod_ctx *kmod;
	struct kmod_module *module;
};

static void handle_done(struct handle *handle)
{
	if (handle->module)
		handle->libkmod.module_unref(handle->module);
	if (handle->kmod)
		handle->libkmod.unref(handle->kmod);
}

#define sr_auto_handle sr_cleanup(handle_done)

/* What libkmod has to say would go to stderr. */
static void say_nothing(void *data, int priority, const char *file, int line, const char *function,
			const char *format, va_list arguments)
{
	(void)data, (void)priority, (void)file, (void)line, (void)function, (void)format;
	(void)arguments;
}

/* While it reads modprobe.d it can be hushed by its environment only. */
static int open_module(const char *name, const char *folder, struct handle *handle,
		       struct sr_reason *reason)
{
	const char *folders[] = { folder, NULL };
	int error = sr_libkmod_load(&handle->libkmod, reason);
	bool quiet;

	if (error)
		return error;
	quiet = !getenv("KMOD_LOG") && setenv("KMOD_LOG", "0", false) == 0;
	handle->kmod = handle->libkmod.new(NULL, folder ? folders : NULL);
	if (quiet)
		unsetenv("KMOD_LOG");
	if (!handle->kmod)
		return sr_fail(reason, -ENOMEM, "libkmod could not be set up");
	handle->libkmod.set_log_fn(handle->kmod, say_nothing, NULL);
	handle->libkmod.set_log_priority(handle->kmod, LOG_EMERG);
	error = handle->libkmod.module_new_from_name(handle->kmod, name, &handle->module);
	if (error < 0)
		return sr_fail(reason, error, "%s: %s", name, strerror(-error));
	return 0;
}

/* modprobe.d(5) may say `install NAME COMMAND`; this runs as root, and the plan has no command. */
static int refuse_command(struct kmod_module *module, const char *command, void *data)
{
	(void)module, (void)command, (void)data;
	return -EPERM;
}

int sr_module_load(const char *name, struct sr_reason *reason)
{
	sr_auto_handle struct handle handle = { 0 };
	int error = open_module(name, NULL, &handle, reason);

	if (error)
		return error;
	error = handle.libkmod.module_probe_insert_module(handle.module, 0, NULL, refuse_command,
							  NULL, NULL);
	if (error == -EPERM)
		return sr_fail(reason, error,
			       "%s: the kernel does not permit it, or an `install %s` line below "
			       "modprobe.d names a command to be run instead",
			       name, name);
	/* Above 0 are the reasons not to load it: KMOD_PROBE_APPLY_BLACKLIST and others. */
	if (error > 0)
		error = -EPERM;
	return error ? sr_fail(reason, error, "%s: %s", name, strerror(-error)) : 0;
}

int sr_module_unload(const char *name, struct sr_reason *reason)
{
	sr_auto_handle struct handle handle = { 0 };
	int error = open_module(name, NULL, &handle, reason);

	if (error)
		return error;
	error = handle.libkmod.module_remove_module(handle.module, 0);
	return error < 0 ? sr_fail(reason, error, "%s: %s", name, strerror(-error)) : 0;
}

/* Whether the first softdep of the module, which alone counts, names any: then no `install` does.
 */
static bool has_softdep(const struct handle *handle, const char *name)
{
	const struct sr_libkmod *libkmod = &handle->libkmod;
	struct kmod_config_iter *softdeps = libkmod->config_get_softdeps(handle->kmod);
	const char *value = "";
	bool has;

	while (softdeps && libkmod->config_iter_next(softdeps)) {
		if (strcmp(libkmod->config_iter_get_key(softdeps), name) != 0)
			continue;
		value = libkmod->config_iter_get_value(softdeps);
		value = value ? value : "";
		break;
	}
	/* "pre: a post: b", of which the words may stand alone. */
	while (*(value += strspn(value, " \t"))) {
		size_t length = strcspn(value, " \t");

		if (value[length - 1] != ':')
			break;
		value += length;
	}
	has = *value;
	if (softdeps)
		libkmod->config_iter_free_iter(softdeps);
	return has;
}

int sr_module_is_stopped(const char *name, const char *folder, bool *ret_stopped,
			 struct sr_reason *reason)
{
	sr_auto_handle struct handle handle = { 0 };
	int error = open_module(name, folder, &handle, reason);
	const char *command = error ? NULL
				    : handle.libkmod.module_get_install_commands(handle.module);

	if (!error)
		*ret_stopped = command && strcmp(command, "/bin/false") == 0 &&
			       !has_softdep(&handle, name);
	return error;
}
