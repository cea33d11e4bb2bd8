/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Members handed from the process that reads a capture to the one that packs them. */
#pragma once

#include <stdio.h>

#include "base/wire.h"
#include "capture/members.h"

/* What could not be written, ferror(3) of @out tells. */
void sr_capture_hand(FILE *out, const struct sr_capture *capture);

/* Into one that is new. 0, -ENOMEM, or -EBADMSG where these are no members. */
int sr_capture_receive(struct sr_wire_bytes bytes, struct sr_capture *capture);
