/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words in one text, separated by commas. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether @word is one of the words in the first @length bytes of @list. */
bool sr_comma_list_has(const char *list, size_t length, const char *word);
