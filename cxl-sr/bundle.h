/* SPDX-License-Identifier: GPL-2.0-only */
/* A capture with what there is to say about it, all made from what redaction left. */
#pragma once

#include "capture/capture.h"

#define BUNDLE_PAGES 6

struct bundle {
	const struct sr_capture *capture; /* redacted; not owned */
	struct sr_capture_page pages[BUNDLE_PAGES];
	char *texts[BUNDLE_PAGES];
};

/*
 * Reads @capture as any other command reads a capture, and renders the pages. 0; -ENODATA
 * where it has nothing of a machine's memory; -errno and the reason. To be given to
 * bundle_done() in any case.
 */
int bundle_make(const struct sr_capture *capture, struct bundle *bundle, struct sr_reason *reason);

void bundle_done(struct bundle *bundle);

/* An archive_writer. */
int bundle_write(const void *bundle, int fd, enum sr_pack_format format, struct sr_reason *reason);
