// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/module-configuration.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/cleanup.h"
#include "libraries/libkmod.h"

struct sr_module_kmod {
	struct sr_libkmod libkmod;
	struct kmod_ctx *context;
};

/*
 * It writes to stderr, and does so already while it reads modprobe.d, when it can be
 * hushed by its environment only.
 */
static int open_kmod(struct sr_module_kmod *kmod, const char *folder)
{
	bool quiet = !getenv("KMOD_LOG") && setenv("KMOD_LOG", "0", false) == 0;

	kmod->context = kmod->libkmod.new(folder, NULL);
	if (quiet)
		unsetenv("KMOD_LOG");
	if (!kmod->context)
		return -ENOMEM;
	kmod->libkmod.set_log_priority(kmod->context, LOG_EMERG);
	return 0;
}

static int add_setting(struct sr_pool *pool, const char *module, const char *value,
		       sr_module_settings *settings)
{
	struct sr_module_setting *setting = sr_list_add(settings);

	if (!setting)
		return -ENOMEM;
	setting->module = sr_pool_text(pool, module);
	setting->value = value ? sr_pool_text(pool, value) : NULL;
	return setting->module && (setting->value || !value) ? 0 : -ENOMEM;
}

/* Takes @iterator, NULL where memory ran out. @has_value: what libkmod is asked for makes text. */
static int add_settings(const struct sr_libkmod *libkmod, struct sr_pool *pool,
			struct kmod_config_iter *iterator, bool has_value,
			sr_module_settings *settings)
{
	int error = iterator ? 0 : -ENOMEM;

	while (!error && libkmod->config_iter_next(iterator)) {
		const char *value = has_value ? libkmod->config_iter_get_value(iterator) : NULL;

		error = has_value && !value
				? -ENOMEM
				: add_setting(pool, libkmod->config_iter_get_key(iterator), value,
					      settings);
	}
	/* It takes no NULL. */
	if (iterator)
		libkmod->config_iter_free_iter(iterator);
	return error;
}

static int read_settings(struct sr_pool *pool, struct sr_module_configuration *configuration)
{
	const struct sr_libkmod *libkmod = &configuration->kmod->libkmod;
	struct kmod_ctx *context = configuration->kmod->context;
	int error = add_settings(libkmod, pool, libkmod->config_get_blacklists(context), false,
				 &configuration->blacklists);

	/*
	 * kmod_module_get_softdeps() would resolve each name in the binary indexes and leave
	 * out those that it does not find; the configuration has the names as they are.
	 */
	return error ? error
		     : add_settings(libkmod, pool, libkmod->config_get_softdeps(context), true,
				    &configuration->softdeps);
}

int sr_module_configuration_read(struct sr_pool *pool, const char *folder,
				 struct sr_module_configuration *ret_configuration)
{
	sr_cleanup(sr_module_configuration_free) struct sr_module_configuration read = {
		.kmod = calloc(1, sizeof(*read.kmod)),
	};
	int error = read.kmod ? sr_libkmod_load(&read.kmod->libkmod, NULL) : -ENOMEM;

	if (!error)
		error = open_kmod(read.kmod, folder);
	if (!error)
		error = read_settings(pool, &read);
	if (error)
		return error;
	*ret_configuration = read;
	read = (struct sr_module_configuration){ 0 };
	return 0;
}

void sr_module_configuration_free(struct sr_module_configuration *configuration)
{
	struct sr_module_kmod *kmod = configuration->kmod;

	sr_list_free(&configuration->blacklists);
	sr_list_free(&configuration->softdeps);
	if (kmod && kmod->context)
		kmod->libkmod.unref(kmod->context);
	free(kmod);
}

bool sr_module_is_blacklisted(const struct sr_module_configuration *configuration, const char *name)
{
	struct sr_module_setting *setting;

	sr_for_each (setting, &configuration->blacklists) {
		if (strcmp(setting->module, name) == 0)
			return true;
	}
	return false;
}

/* Whether "pre: cxl_port post:" names any module. */
static bool names_modules(const char *value)
{
	while (*value) {
		size_t length = strcspn(value, " \t");

		if (length && value[length - 1] != ':')
			return true;
		value += length;
		value += strspn(value, " \t");
	}
	return false;
}

/*
 * kmod runs no `install` command for a module that has a softdep (ignorecmd in its
 * libkmod/libkmod-module.c), as cxl_acpi has since v6.3; the first softdep of a module counts.
 */
static bool has_softdep(const struct sr_module_configuration *configuration, const char *name)
{
	struct sr_module_setting *setting;

	sr_for_each (setting, &configuration->softdeps) {
		if (strcmp(setting->module, name) == 0)
			return names_modules(setting->value);
	}
	return false;
}

/* A line may name a pattern, which libkmod compares. */
int sr_module_is_blocked(const struct sr_module_configuration *configuration, const char *name)
{
	const struct sr_libkmod *libkmod = &configuration->kmod->libkmod;
	struct kmod_module *module = NULL;
	const char *command;
	bool blocks;
	int error = libkmod->module_new_from_name(configuration->kmod->context, name, &module);

	if (error < 0)
		return error == -ENOMEM ? error : 0;
	command = libkmod->module_get_install_commands(module);
	blocks = command && (strstr(command, "/false") || strstr(command, "/true"));
	libkmod->module_unref(module);
	return blocks && !has_softdep(configuration, name);
}
