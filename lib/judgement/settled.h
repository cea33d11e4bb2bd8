/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether CXL enumeration has come to its end, as far as user space can see: the
 * kernel waits for its own probes (wait_for_device_probe()), which nothing shows. Each
 * sign is looked at by itself.
 *
 * A sign that says no is one of two things. It is pending where the kernel or udev is
 * at work: it will change without anybody's doing, and one such sign is enough for
 * "not settled". Or something is merely incomplete, as a region whose assembly failed:
 * that may never change, and what it means for the memory is for the report to judge.
 */
#pragma once

#include "snapshot/snapshot.h"

struct sr_settle_sign {
	const char *name;      /* stable: "memdevs", "ports", "decoders", ... */
	enum sr_truth settled; /* SR_UNKNOWN: it could not be read */
	bool pending;	       /* of SR_NO: it is still under way */
	const char *path;      /* where it is read */
	const char *text;      /* what was found, one clause */
};

struct sr_settle_signs {
	struct sr_pool *pool;
	/*
	 * SR_NO: a sign is pending. SR_YES: none is, and everything that was found is
	 * attached, or else all that would tell of work under way could be read.
	 */
	enum sr_truth settled;
	SR_LIST(struct sr_settle_sign) signs; /* none on a machine without CXL and hmem */
};

/* 0 and the signs, owned by the caller, or -ENOMEM. Pure. */
int sr_settle_judge(const struct sr_snapshot *snapshot, struct sr_settle_signs **ret_signs);

struct sr_settle_signs *sr_settle_signs_free(struct sr_settle_signs *signs);

static inline void sr_settle_signs_guard(struct sr_settle_signs **signs)
{
	sr_settle_signs_free(*signs);
}

#define sr_auto_settle_signs __attribute__((cleanup(sr_settle_signs_guard)))
