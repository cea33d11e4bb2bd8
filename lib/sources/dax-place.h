/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where dax regions and dax devices are, of which the kernel does not show all addresses. */
#pragma once

#include "snapshot/snapshot.h"

/*
 * Who made @device, and in which dax region it is, from its path alone. 0, -ENOMEM,
 * -ENAMETOOLONG.
 */
int sr_dax_holder_read(struct sr_pool *pool, struct sr_dax_device *device);

/* NULL where there is none of that name. */
struct sr_dax_region *sr_dax_region_find(const struct sr_snapshot *snapshot, const char *name);

/* Before v7.0 the resource of hmem.N stands in /proc/iomem under its name. */
bool sr_hmem_in_iomem(const struct sr_snapshot *snapshot, const char *name,
		      struct sr_range *ret_range);

/*
 * Gives a device whose ranges are not known that of its dax region, where it is as large.
 * 0 or -ENOMEM.
 */
int sr_dax_device_place(const struct sr_snapshot *snapshot, struct sr_dax_device *device);

/*
 * Sysfs has the size of an hmem device's dax region but not its start. Its dax devices
 * tell, where they fill it without a gap, or where one is empty.
 */
void sr_dax_hmem_place(struct sr_snapshot *snapshot);

/* The dax region of a region covers all of it: cxl_dax_region_alloc(), core/region.c. */
void sr_cxl_dax_region_place(const struct sr_snapshot *snapshot, struct sr_dax_region *dax_region);
