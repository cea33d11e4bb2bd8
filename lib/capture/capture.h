/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A machine packed for others: taken, redacted where that is wanted, and written. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/reason.h"
#include "sysroot/pack.h"

struct sr_capture;

/*
 * Takes @sysroot (a folder or an archive laid out like /), or this machine where that is
 * NULL. Reading changes nothing. A capture of a capture is the same again.
 *
 * 0 and the capture, owned by the caller; -ENODATA where nothing of a machine is there,
 * -EFBIG above a limit, or as sr_sysroot_enter(); with the reason.
 */
int sr_capture_take(const char *sysroot, struct sr_capture **ret_capture, struct sr_reason *reason);

/*
 * Takes away what tells one machine of a kind from another, the same way everywhere, so
 * that what is compared stays comparable. 0 or -ENOMEM.
 */
int sr_capture_redact(struct sr_capture *capture);

/* How many files its maker was not permitted to read. */
size_t sr_capture_barred_count(const struct sr_capture *capture);

/* Writes the archive to @fd. -ENOPKG where libarchive lacks it or @format, -errno; the reason. */
int sr_capture_write(const struct sr_capture *capture, int fd, enum sr_pack_format format,
		     struct sr_reason *reason);

/* A file that is no machine's, to go with a capture. */
struct sr_capture_page {
	const char *name;
	const char *text;
	size_t length;
};

/*
 * The same, all of it in a folder, and before it the pages. What reads captures passes over
 * them (sr_name_is_wanted()).
 */
#define SR_CAPTURE_BUNDLE "cxl-sr-bundle"
int sr_capture_write_bundle(const struct sr_capture *capture, const struct sr_capture_page *pages,
			    size_t count, int fd, enum sr_pack_format format,
			    struct sr_reason *reason);

struct sr_capture *sr_capture_free(struct sr_capture *capture);

static inline void sr_capture_guard(struct sr_capture **capture)
{
	sr_capture_free(*capture);
}

#define sr_auto_capture __attribute__((cleanup(sr_capture_guard)))
