/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A snapshot handed from the process that reads a capture to the one that judges. */
#pragma once

#include <stdio.h>

#include "base/wire.h"
#include "snapshot/snapshot.h"

/* What could not be written, ferror(3) of @out tells. */
void sr_snapshot_hand(FILE *out, const struct sr_snapshot *snapshot);

/* Into one that is new. 0, -ENOMEM, or -EBADMSG where this is no snapshot. */
int sr_snapshot_receive(struct sr_wire_bytes bytes, struct sr_snapshot *snapshot);
