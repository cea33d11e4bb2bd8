/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What modprobe.d(5) and the kernel command line say of modules, by libkmod, which loads nothing.
 */
#pragma once

#include <stdbool.h>

#include "base/list.h"
#include "base/pool.h"

struct sr_module_setting {
	const char *module; /* by its name, or by a pattern where a line of `install` has one */
	const char *value;  /* "pre: cxl_port post:" of a softdep; NULL of a blacklist */
};

typedef SR_LIST(struct sr_module_setting) sr_module_settings;

/* Texts are the pool's. */
struct sr_module_configuration {
	sr_module_settings blacklists;
	sr_module_settings softdeps; /* those of the modules too, from modules.softdep */
	struct sr_module_kmod *kmod;
};

/*
 * Of the kernel whose modules are in @folder. 0; -ENOMEM; another negative errno where libkmod
 * cannot be had, and nothing is known then. sr_snapshot_read() has loaded it.
 */
int sr_module_configuration_read(struct sr_pool *pool, const char *folder,
				 struct sr_module_configuration *ret_configuration);

void sr_module_configuration_free(struct sr_module_configuration *configuration);

bool sr_module_is_blacklisted(const struct sr_module_configuration *configuration,
			      const char *name);

/* Whether `install NAME /bin/false`, or true, keeps it from being loaded. -ENOMEM. */
int sr_module_is_blocked(const struct sr_module_configuration *configuration, const char *name);
