/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What this machine tells that is no file: its kernel log, and what other programs say. */
#pragma once

#include "capture/members.h"

/* 0, -ENOMEM or -EFBIG. */
int sr_outputs_take(struct sr_capture *capture);
