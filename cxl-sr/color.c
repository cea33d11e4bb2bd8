// SPDX-License-Identifier: GPL-2.0-only
#include "color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool color_choose(const char *when, enum color_mode *ret_mode)
{
	static const char *const names[] = {
		[COLOR_AUTO] = "auto",
		[COLOR_ALWAYS] = "always",
		[COLOR_NEVER] = "never",
	};

	for (int i = 0; i < (int)(sizeof(names) / sizeof(*names)); i++) {
		if (strcmp(when ? when : "always", names[i]) == 0) {
			*ret_mode = i;
			return true;
		}
	}
	return false;
}

/* NO_COLOR: https://no-color.org, as util-linux has it. */
bool color_is_wanted(enum color_mode mode)
{
	const char *no_color = getenv("NO_COLOR");

	if (mode != COLOR_AUTO)
		return mode == COLOR_ALWAYS;
	return (!no_color || !*no_color) && isatty(STDOUT_FILENO);
}
