/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which CXL devices there are and what belongs to what: by libcxl and sysfs. */
#pragma once

#include "base/list.h"
#include "base/pool.h"

/* A device on the CXL bus; texts belong to the pool given to sr_cxl_walk(). */
struct sr_cxl_device {
	const char *name;
	const char *parent; /* next component of its sysfs path; NULL unknown */
};

enum sr_cxl_kind {
	SR_CXL_ROOT_DECODER,
	SR_CXL_REGION,
	SR_CXL_ENDPOINT_DECODER,
	SR_CXL_MEMDEV,
	SR_CXL_KIND_COUNT,
};

typedef SR_LIST(struct sr_cxl_device) sr_cxl_device_list;

struct sr_cxl_devices {
	sr_cxl_device_list lists[SR_CXL_KIND_COUNT]; /* sorted as strverscmp(3) does */
	size_t left_out;	    /* root decoders and regions that libcxl did not return */
	const char *left_out_first; /* the name of one of them */
};

/*
 * Asks libcxl for root decoders and regions, then adds what else is in
 * /sys/bus/cxl/devices: endpoint decoders, memdevs, and what was left out, as libcxl drops
 * a region without a readable uuid without a word to its caller.
 *
 * 0; -ENOENT: no CXL bus; -errno of reading its folder; -ENOMEM.
 */
int sr_cxl_walk(struct sr_pool *pool, struct sr_cxl_devices *ret_devices);

void sr_cxl_devices_free(struct sr_cxl_devices *devices);

#define sr_auto_cxl_devices __attribute__((cleanup(sr_cxl_devices_free)))
