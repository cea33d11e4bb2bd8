/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What libcxl and libdaxctl look for and no capture has: /dev and /sys/dev/char. */
#pragma once

#include "base/reason.h"

/* Makes them in the tree at /, a stage or copy of ours. -errno and the reason. */
int sr_supply_devices(struct sr_reason *reason);
