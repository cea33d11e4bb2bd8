/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether to colour what is printed. */
#pragma once

#include <stdbool.h>

enum color_mode {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

/* Reads the argument of --color, NULL where it has none; false: there is no such mode. */
bool color_choose(const char *when, enum color_mode *ret_mode);

/* For stdout. */
bool color_is_wanted(enum color_mode mode);
