/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All memory to dax_hmem, with all of CXL out of the way. */
#pragma once

#include "plan/planning.h"

/* In the order in which they go: each before those that it needs (modules.dep). */
#define SR_CXL_MODULE_COUNT 4
extern const char *const sr_cxl_modules[SR_CXL_MODULE_COUNT];
