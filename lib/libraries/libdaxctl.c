// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libraries/libdaxctl.h"

static const char *const names[] = {
#define ROW(name) "daxctl_" #name,
	SR_LIBDAXCTL_FUNCTIONS(ROW)
#undef ROW
};

static const struct sr_library library = {
	.soname = "libdaxctl.so.1",
	.install = "libdaxctl1 (Fedora: daxctl-libs)",
	.names = names,
	.count = sizeof(names) / sizeof(*names),
};

SR_LIBRARY_NOTE("[{\"feature\":\"libdaxctl\",\"description\":\"Reads DAX devices\","
		"\"priority\":\"required\",\"soname\":[\"libdaxctl.so.1\"]}]");

int sr_libdaxctl_load(struct sr_libdaxctl *ret_library, struct sr_reason *reason)
{
	return sr_library_load(&library, ret_library, reason);
}
