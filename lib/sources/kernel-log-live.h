/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The log of the running kernel: its ring buffer, and what the journal kept of it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A kernel log as text, with a NUL behind it; the text is the caller's to free. */
struct sr_log_copy {
	char *text;
	size_t length;
	bool lacks_records; /* known to: the first ones, or some in between */
};

#define SR_LOG_LIMIT ((size_t)64 << 20)

/*
 * The kernel's own records from /dev/kmsg, a line each and without time stamps.
 * -EPERM or -EACCES where only root may read them, -EFBIG above SR_LOG_LIMIT,
 * else the errno of open(2) or read(2).
 */
int sr_kmsg_read(const char *path, struct sr_log_copy *ret_copy);

/*
 * The records themselves, "priority,sequence,time,flags;text", a line each, for
 * sr_kmsg_recorded_read(), which makes of them what sr_kmsg_read() made; those of
 * programs without their text.
 */
int sr_kmsg_record(const char *path, struct sr_log_copy *ret_copy);
int sr_kmsg_recorded_read(const char *path, struct sr_log_copy *ret_copy);

/*
 * What journalctl tells of this boot's kernel. -ENOENT where there is no
 * journalctl, -ENODATA where it tells nothing or fails, -ETIME where it does not
 * end in time, -EFBIG above SR_LOG_LIMIT.
 */
int sr_journal_read(const char *path, struct sr_log_copy *ret_copy);
