/* SPDX-License-Identifier: GPL-2.0-only */
/* The codes of every report: what each means, whose problem it is, what to do next. */
#pragma once

#include "json-form.h"

/* All of them, as text for people. 0, or -errno. */
int list_codes(void);

/* The same as JSON, "cxl-sr.codes/1". 0, or -errno. */
int list_codes_json(enum json_form form);
