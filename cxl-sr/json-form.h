/* SPDX-License-Identifier: GPL-2.0-only */
/* How JSON is laid out, where it is wanted at all. */
#pragma once

enum json_form {
	JSON_NONE = 0, /* text instead */
	JSON_PRETTY,
	JSON_COMPACT, /* one line */
};
