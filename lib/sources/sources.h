/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a machine, this one or a capture of another, into a snapshot. */
#pragma once

#include "base/reason.h"
#include "snapshot/snapshot.h"

/* One row for each enum sr_source_id, in its order. */
struct sr_source {
	const char *name; /* stable: JSON `sources` */
	const char *help;
};

extern const struct sr_source sr_sources[SR_SOURCE_COUNT];

/*
 * Reads @sysroot (a folder or an archive laid out like /), or this machine where
 * that is NULL. All sources are read even where some fail; their notes tell.
 * Reading changes nothing, beyond the flush that libcxl writes on a live machine.
 *
 * A sysroot is read in a sandbox (sysroot/run.h). Returns 0 and a snapshot, owned by the
 * caller, and in the reason what that sandbox lacks, nothing as a rule; or -errno and the
 * reason: a sysroot that cannot be entered or unpacked, or no memory.
 */
int sr_snapshot_read(const char *sysroot, struct sr_snapshot **ret_snapshot,
		     struct sr_reason *reason);

/*
 * Reads what is at / of this process into a new snapshot, as a machine that was captured;
 * @path is what it is called in a reason. -EINVAL for a manifest of another format, -ENOMEM.
 */
int sr_sources_read_captured(struct sr_snapshot *snapshot, const char *path,
			     struct sr_reason *reason);
