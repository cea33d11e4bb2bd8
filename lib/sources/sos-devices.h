/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The devices of a sosreport: `udevadm info --export-db`, which its plugin devices keeps.
 * It lists every device that the kernel had, with its driver; of these, what concerns CXL
 * and dax is kept.
 */
#pragma once

#include "base/list.h"
#include "base/known.h"
#include "base/pool.h"

#define SR_SOS_DEVICES_PATH "/sos_commands/devices/udevadm_info_--export-db"

struct sr_sos_device {
	const char *path; /* in sysfs, "/sys/devices/..." */
	const char *name;
	const char *subsystem; /* "cxl", "dax", "platform" or "pci" */
	struct sr_text driver;
	struct sr_u64 pci_class;
};

struct sr_sos_devices {
	bool whole;	 /* what is not in the list did not exist; else the list is empty */
	const char *why; /* it is not, in words; NULL: it is */
	SR_LIST(struct sr_sos_device) list;
};

/*
 * Reads the text; what is not understood makes it not whole. Texts are the pool's.
 * 0 or -ENOMEM.
 */
int sr_sos_devices_parse(struct sr_pool *pool, const char *text, size_t length,
			 struct sr_sos_devices *devices);

/* The same of the file; one that is not there is not whole. 0 or -ENOMEM. */
int sr_sos_devices_read(struct sr_pool *pool, struct sr_sos_devices *devices);

void sr_sos_devices_free(struct sr_sos_devices *devices);

/* The device @name of @subsystem; NULL where there is none in the list. */
const struct sr_sos_device *sr_sos_device_find(const struct sr_sos_devices *devices,
					       const char *subsystem, const char *name);
