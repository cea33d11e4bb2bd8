/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The manifest: a text of lines, words in which are separated by tabs. */
#pragma once

#include "capture/members.h"

/* What made this version's captures; the manifest tells, and a capture of a capture keeps it. */
extern const char sr_manifest_tool[];

/* The text of @capture's manifest, to be freed; NULL: no memory. */
char *sr_manifest_text(const struct sr_capture *capture);

/*
 * Takes over from the manifest of a capture that is captured what cannot be seen of it
 * any more. 0 (also where there is no manifest), -ENOMEM, or -EINVAL and the reason.
 */
int sr_manifest_carry(struct sr_capture *capture);
