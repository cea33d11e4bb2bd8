/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libkmod.h>

#include "libraries/load.h"

/* Each member is kmod_<name> of the library. */
#define SR_LIBKMOD_FUNCTIONS(X)        \
	X(config_get_blacklists)       \
	X(config_get_softdeps)         \
	X(config_iter_free_iter)       \
	X(config_iter_get_key)         \
	X(config_iter_get_value)       \
	X(config_iter_next)            \
	X(module_get_install_commands) \
	X(module_get_name)             \
	X(module_new_from_name)        \
	X(module_probe_insert_module)  \
	X(module_remove_module)        \
	X(module_unref)                \
	X(new)                         \
	X(set_log_fn)                  \
	X(set_log_priority)            \
	X(unref)

struct sr_libkmod {
#define SR_LIBKMOD_MEMBER(name) SR_LIBRARY_MEMBER(kmod_, name)
	SR_LIBKMOD_FUNCTIONS(SR_LIBKMOD_MEMBER)
#undef SR_LIBKMOD_MEMBER
};

/* Loads it for the rest of the process. -ENOPKG where it cannot be had. */
int sr_libkmod_load(struct sr_libkmod *ret_library, struct sr_reason *reason);
