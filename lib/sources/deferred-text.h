/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text of /sys/kernel/debug/devices_deferred: probes that will be tried again. */
#pragma once

#include <stddef.h>

#include "snapshot/snapshot.h"

/*
 * Adds what the lines of @text say to the snapshot's deferred probes, and sets
 * deferred_known: SR_NO where a line was not understood, as one that another runs into.
 * 0 or -ENOMEM. The text may hold any bytes.
 */
int sr_deferred_parse(struct sr_snapshot *snapshot, const char *text, size_t length);
