/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What `cxl-sr capture` adds to a machine's tree: a manifest, and what is no file, or none
 * that could be packed as it is.
 */
#pragma once

#include <stdbool.h>

#include "base/reason.h"

#define SR_RECORDED_MANIFEST "/cxl-sr/manifest"
#define SR_RECORDED_NODES    "/cxl-sr/dev" /* see lib/sysroot/supply.c */
#define SR_RECORDED_KMSG     "/cxl-sr/kmsg"
#define SR_RECORDED_JOURNAL  "/cxl-sr/journal"

/* The first line of every manifest; the number is the format's. */
#define SR_RECORDED_FORMAT "cxl-sr capture 1"

/* Its line that says what was captured: a machine, or another capture. */
#define SR_RECORDED_OF	       "of\t"
#define SR_RECORDED_OF_MACHINE SR_RECORDED_OF "machine"
#define SR_RECORDED_OF_CAPTURE SR_RECORDED_OF "capture"

#define SR_RECORDED_MANIFEST_LIMIT ((size_t)16 << 20)

/*
 * Whether what is below / was captured of a machine as it ran, so that all of it means
 * what it meant there; false for captures without a manifest. -EINVAL and the reason for a
 * manifest of another format, -ENOMEM.
 */
int sr_recorded_of_machine(bool *ret_of_machine, struct sr_reason *reason);
