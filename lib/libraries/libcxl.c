// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libraries/libcxl.h"

static const char *const names[] = {
#define ROW(name) "cxl_" #name,
	SR_LIBCXL_FUNCTIONS(ROW)
#undef ROW
};

static const struct sr_library library = {
	.soname = "libcxl.so.1",
	.install = "libcxl1 (Fedora: cxl-libs)",
	.names = names,
	.count = sizeof(names) / sizeof(*names),
};

SR_LIBRARY_NOTE("[{\"feature\":\"libcxl\",\"description\":\"Reads CXL windows and regions\","
		"\"priority\":\"required\",\"soname\":[\"libcxl.so.1\"]}]");

int sr_libcxl_load(struct sr_libcxl *ret_library, struct sr_reason *reason)
{
	return sr_library_load(&library, ret_library, reason);
}
