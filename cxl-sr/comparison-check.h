/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether JSON that anybody may have written is what the table of comparison-shapes.h says. */
#pragma once

#include <json.h>
#include <stdbool.h>

#include "comparison-shapes.h"

/* A text that this program could have written: printable ASCII and not long. */
bool json_is_text(struct json_object *value);

bool json_is_member(struct json_object *item, const struct member *member);
