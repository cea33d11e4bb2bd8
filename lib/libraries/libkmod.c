// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libraries/libkmod.h"

static const char *const names[] = {
#define ROW(name) "kmod_" #name,
	SR_LIBKMOD_FUNCTIONS(ROW)
#undef ROW
};

static const struct sr_library library = {
	.soname = "libkmod.so.2",
	.install = "libkmod2 (Fedora: kmod-libs)",
	.names = names,
	.count = sizeof(names) / sizeof(*names),
};

SR_LIBRARY_NOTE("[{\"feature\":\"libkmod\",\"description\":\"Reads how kernel modules are "
		"configured, loads and unloads them\","
		"\"priority\":\"required\",\"soname\":[\"libkmod.so.2\"]}]");

int sr_libkmod_load(struct sr_libkmod *ret_library, struct sr_reason *reason)
{
	return sr_library_load(&library, ret_library, reason);
}
