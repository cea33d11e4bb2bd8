/* SPDX-License-Identifier: GPL-2.0-only */
/* One event of `watch` as one line on stdout, which the caller flushes. */
#pragma once

#include "watch-events.h"

/* 0, -ENOMEM, or -EIO. */
int render_watch_text(const struct watch_event *event);
int render_watch_json(const struct watch_event *event);
