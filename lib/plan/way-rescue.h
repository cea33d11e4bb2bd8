/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How CXL gets the memory of its committed regions. */
#pragma once

#include "plan/planning.h"

/* Whether dax_cxl is loaded or may be, with no other consequence; SR_UNKNOWN: not known. */
enum sr_truth sr_dax_cxl_at_hand(const struct sr_report *report);

/*
 * The next way for a unit that lacks something: dax_hmem lets go of what regions contain
 * or nobody can use, and the regions make dax devices; or a device that is cut is divided.
 */
int sr_rescue_for_cxl(struct sr_planning *planning, const struct sr_range_report *unit);
