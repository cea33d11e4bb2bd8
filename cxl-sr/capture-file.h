/* SPDX-License-Identifier: GPL-2.0-only */
/* Where `cxl-sr capture` writes to, and how the name of that tells the format. */
#pragma once

#include <stdbool.h>

#include "capture/capture.h"

/* Written where no name is given. */
#define CAPTURE_DEFAULT "cxl-sr-capture.tar.zst"

/* False where the suffix of @path is none that is known. */
bool capture_format(const char *path, enum sr_pack_format *ret_format);

/*
 * Writes @capture to @path, "-" for stdout. A file is there whole or not at all, for its
 * owner only; where there is one, it is replaced if @replace, else -EEXIST. What is no file,
 * as a device, is written to. -errno and the reason.
 */
int capture_write(const struct sr_capture *capture, const char *path, bool replace,
		  enum sr_pack_format format, struct sr_reason *reason);
