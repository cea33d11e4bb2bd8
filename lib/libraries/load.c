// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libraries/load.h"

#include <dlfcn.h>
#include <string.h>

_Static_assert(sizeof(void *) == sizeof(void (*)(void)), "POSIX has it so, for dlsym(3)");

/* Not closed again: libraries that it brings along have exit handlers. */
int sr_library_load(const struct sr_library *library, void *ret_functions, struct sr_reason *reason)
{
	void *handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);

	if (!handle)
		return sr_fail(reason, -ENOPKG, "%s; %s has it", dlerror(), library->install);
	/* All or none. */
	for (size_t i = 0; i < library->count; i++) {
		if (!dlsym(handle, library->names[i]))
			return sr_fail(reason, -ENOPKG, "%s has no %s: it is too old",
				       library->soname, library->names[i]);
	}
	for (size_t i = 0; i < library->count; i++) {
		void *function = dlsym(handle, library->names[i]);

		memcpy((char *)ret_functions + i * sizeof(function), &function, sizeof(function));
	}
	return 0;
}
