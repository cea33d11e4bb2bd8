// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The modules that take part in who owns Soft Reserved memory: whether they are
 * there, what keeps them away, and their parameters.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/directory.h"
#include "base/file.h"
#include "snapshot/command-line.h"
#include "sources/module-configuration.h"
#include "sources/module-files.h"
#include "sources/sos-modinfo.h"
#include "sources/source.h"
#include "sources/sysfs.h"

#define MODULE_PATH  "/sys/module"
#define OUTPUT_LIMIT ((size_t)64 << 20)

static const char *const module_names[] = {
	"cxl_acpi", "cxl_core", "cxl_mem",     "cxl_pci",    "cxl_port",
	"dax_cxl",  "dax_hmem", "device_hmem", "device_dax", "kmem",
};

struct reading {
	struct sr_snapshot *snapshot;
	struct sr_module_configuration configuration;
	bool configured; /* the configuration was read */
	struct sr_module_files files;
	char *modinfo; /* of a sosreport, as what follows; NULL: it has none */
	char *lsmod;
	bool lacks_softdeps; /* modules.softdep, where depmod puts those of the modules */
};

static void reading_done(struct reading *reading)
{
	sr_module_files_free(&reading->files);
	free(reading->modinfo);
	free(reading->lsmod);
	sr_module_configuration_free(&reading->configuration);
}

/* There is no such folder: -ENOENT where that is so, and else why it could not be seen. */
static int folder_error(const char *path)
{
	return access(path, F_OK) == 0 ? 0 : -errno;
}

/*
 * /sys/module/NAME has `initstate` for a loaded module, none for a built-in one. 0, and
 * -ENOENT without that folder, also where it went while it was looked at.
 */
static int sysfs_state(const char *name, enum sr_module_state *ret_state)
{
	char path[PATH_MAX], text[32];
	int error, folder;

	if (!sr_device_path(path, sizeof(path), MODULE_PATH, name))
		return -ENAMETOOLONG;
	folder = folder_error(path);
	if (folder)
		return folder;
	error = sr_attribute_read(path, "initstate", text, sizeof(text));
	folder = folder_error(path);
	if (folder)
		return folder;
	*ret_state = error == -ENOENT			   ? SR_MODULE_BUILT_IN
		     : !error && strcmp(text, "live") == 0 ? SR_MODULE_LOADED
							   : SR_MODULE_UNKNOWN;
	return 0;
}

/*
 * lsmod lists what sos copied of /sys/module, or else these files are not whole, as where it
 * was told to skip some.
 */
static bool is_contradicted(const struct reading *reading, const char *name,
			    enum sr_module_state state)
{
	return reading->lsmod && (state == SR_MODULE_LOADED) != sr_lsmod_has(reading->lsmod, name);
}

/* @listed: modules.dep has it. Only where all files speak is "missing" an answer. */
static enum sr_module_state module_state(const struct reading *reading, const char *name,
					 bool listed)
{
	enum sr_module_state state = SR_MODULE_UNKNOWN;
	int error = sysfs_state(name, &state);

	if (is_contradicted(reading, name, state))
		return SR_MODULE_UNKNOWN;
	if (error != -ENOENT)
		return state;
	if (sr_module_is_built_in(&reading->files, name))
		return SR_MODULE_BUILT_IN;
	if (access(MODULE_PATH, F_OK))
		return SR_MODULE_UNKNOWN;
	if (listed)
		return SR_MODULE_NOT_LOADED;
	if (reading->files.dependencies && reading->files.built_in)
		return SR_MODULE_MISSING;
	return SR_MODULE_UNKNOWN;
}

static int read_parameters(struct sr_pool *pool, struct sr_module *module)
{
	sr_auto_names struct sr_names names = { 0 };
	char path[PATH_MAX];
	char **name;
	int error;

	snprintf(path, sizeof(path), MODULE_PATH "/%s/parameters", module->name);
	error = sr_names_read(path, NULL, 256, &names);
	if (error)
		return error == -ENOMEM ? error : 0;
	sr_for_each (name, &names.list) {
		struct sr_module_parameter *parameter = sr_list_add(&module->parameters);

		if (!parameter)
			return -ENOMEM;
		parameter->name = sr_pool_text(pool, *name);
		if (!parameter->name || sr_sysfs_text(pool, path, *name, &parameter->value))
			return -ENOMEM;
	}
	return 0;
}

/* "pre: cxl_acpi cxl_port post: x" adds "cxl_acpi,cxl_port". 0 or -ENOMEM. */
static int add_softdep(struct sr_pool *pool, const char *value, const char **joined)
{
	bool before = false;

	while (*value) {
		size_t length = strcspn(value, " \t");

		if (length == 4 && strncmp(value, "pre:", length) == 0) {
			before = true;
		} else if (length == 5 && strncmp(value, "post:", length) == 0) {
			before = false;
		} else if (before && length) {
			*joined = sr_pool_format(pool, "%s%s%.*s", *joined ? *joined : "",
						 *joined ? "," : "", (int)length, value);
			if (!*joined)
				return -ENOMEM;
		}
		value += length;
		value += strspn(value, " \t");
	}
	return 0;
}

/* Those of the module itself, which modinfo tells of modules that were loaded. */
static int add_own_softdeps(struct reading *reading, const char *name, const char **joined,
			    bool *known)
{
	struct sr_pool *pool = reading->snapshot->pool;
	const char *at = NULL;
	size_t length;

	while ((at = sr_modinfo_softdep(reading->modinfo, name, at, &length, known))) {
		const char *value = sr_pool_text_n(pool, at, length);

		if (!value || add_softdep(pool, value, joined))
			return -ENOMEM;
	}
	return 0;
}

static int read_softdep(struct reading *reading, struct sr_module *module)
{
	bool known = !reading->lacks_softdeps;
	const char *joined = NULL;
	struct sr_module_setting *setting;
	int error = 0;

	sr_for_each (setting, &reading->configuration.softdeps) {
		if (!error && strcmp(setting->module, module->name) == 0)
			error = add_softdep(reading->snapshot->pool, setting->value, &joined);
	}
	if (!error && reading->lacks_softdeps && reading->modinfo)
		error = add_own_softdeps(reading, module->name, &joined, &known);
	if (!error && known)
		module->softdep = sr_text_of(joined);
	return error;
}

static int read_configuration(struct reading *reading, struct sr_module *module)
{
	int blocked;

	if (!reading->configured)
		return 0;
	module->blacklisted = sr_module_is_blacklisted(&reading->configuration, module->name);
	blocked = sr_module_is_blocked(&reading->configuration, module->name);
	if (blocked < 0)
		return blocked;
	module->blocked = blocked;
	return read_softdep(reading, module);
}

static int read_module(struct reading *reading, const char *name)
{
	struct sr_pool *pool = reading->snapshot->pool;
	struct sr_module *module = sr_list_add(&reading->snapshot->modules);
	int listed, error;

	if (!module)
		return -ENOMEM;
	module->name = name;
	listed = sr_module_depends(&reading->files, pool, name, &module->depends);
	if (listed < 0)
		return listed;
	module->state = module_state(reading, name, listed);
	error = read_configuration(reading, module);
	if (error)
		return error;
	/* kernel-parameters.txt: the kernel itself refuses to load these. */
	module->blocked |=
		sr_kernel_has_word(&reading->snapshot->kernel, "module_blacklist=", name);
	return read_parameters(pool, module);
}

static int read_modules(struct reading *reading)
{
	for (size_t i = 0; i < sizeof(module_names) / sizeof(*module_names); i++) {
		int error = read_module(reading, module_names[i]);

		if (error)
			return error;
	}
	return 0;
}

/* What commands printed, where there is a sosreport; less than all of it is as good as none. */
static int read_outputs(struct reading *reading, const char *folder)
{
	char path[PATH_MAX];
	int error = sr_file_read(SR_MODINFO_PATH, OUTPUT_LIMIT, &reading->modinfo, NULL);

	if (error != -ENOMEM)
		error = sr_file_read(SR_LSMOD_PATH, OUTPUT_LIMIT, &reading->lsmod, NULL);
	if (error == -ENOMEM)
		return error;
	if (reading->lsmod && !sr_lsmod_is_whole(reading->lsmod)) {
		free(reading->lsmod);
		reading->lsmod = NULL;
	}
	reading->lacks_softdeps = !sr_device_path(path, sizeof(path), folder, "modules.softdep") ||
				  access(path, F_OK) < 0;
	return 0;
}

static int note_files(struct sr_source_context *context, const struct reading *reading,
		      const char *folder)
{
	if (!reading->configured)
		return sr_note(context, SR_SOURCE_MODULES, SR_SOURCE_PARTIAL, folder,
			       "libkmod could not be used: what modprobe.d says is not known");
	if (!reading->files.dependencies)
		return sr_note(context, SR_SOURCE_MODULES,
			       access(MODULE_PATH, F_OK) ? SR_SOURCE_ABSENT : SR_SOURCE_PARTIAL,
			       folder, "modules.dep could not be read");
	if (reading->lacks_softdeps)
		return sr_note(context, SR_SOURCE_MODULES, SR_SOURCE_PARTIAL, folder,
			       "a sosreport has no modules.softdep: what modules ask for is known "
			       "only of those that were loaded");
	return sr_note(context, SR_SOURCE_MODULES, SR_SOURCE_OK, folder, NULL);
}

int sr_read_modules(struct sr_source_context *context)
{
	__attribute__((cleanup(reading_done))) struct reading reading = {
		.snapshot = context->snapshot,
	};
	const char *release = context->snapshot->kernel.release.value;
	char folder[PATH_MAX] = "/lib/modules";
	int error;

	/* A release is one name; with a slash in it, it comes from a made capture. */
	if (release && !strchr(release, '/') && strlen(release) < NAME_MAX)
		snprintf(folder, sizeof(folder), "/lib/modules/%s", release);
	error = sr_module_configuration_read(context->snapshot->pool, folder,
					     &reading.configuration);
	if (error == -ENOMEM)
		return error;
	reading.configured = !error;
	error = sr_module_files_read(folder, &reading.files);
	if (!error && context->sos_devices)
		error = read_outputs(&reading, folder);
	if (!error)
		error = read_modules(&reading);
	return error ? error : note_files(context, &reading, folder);
}
