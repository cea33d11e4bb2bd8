/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a policy asks of a report again and again: the regions that CXL can own memory by,
 * what each of them lacks, and what dax_hmem holds.
 */
#pragma once

#include "base/range-list.h"
#include "judgement/claim.h"
#include "judgement/report.h"

/* In the order of what is done first; the last ones end it. */
enum sr_lack {
	SR_LACKS_NOTHING,
	SR_LACKS_CUT,	 /* its dax device cannot be claimed as it is */
	SR_LACKS_PROBE,	 /* its dax region has no driver */
	SR_LACKS_REGION, /* it has a driver and no dax region */
	SR_LACKS_DRIVER, /* it is disabled */
	SR_LACKS_REBOOT, /* memory of its dax device leaked */
	SR_LACKS_CLAIM,	 /* somebody else claimed its memory */
	SR_LACKS_KNOWLEDGE,
};

/* Whether CXL could own its memory: committed, in ram mode, of no accelerator. */
bool sr_region_is_able(const struct sr_report *report, const struct sr_region *region,
		       struct sr_range *ret_range);

/* The able regions' ranges, as a set. 0 or -ENOMEM. */
int sr_list_able(const struct sr_report *report, sr_range_list *ret_ranges);

/* Whether a set has all of @range. */
bool sr_set_contains(const sr_range_list *set, struct sr_range range);

/*
 * What an able region lacks for its memory to be CXL's and usable. *ret_device: the dax
 * device that is in want, NULL where none is. 0 or -ENOMEM.
 */
int sr_region_lack(const struct sr_report *report, const struct sr_region *region,
		   enum sr_lack *ret_lack, const struct sr_dax_device **ret_device);

/* The dax region of a region; NULL: none. */
const struct sr_dax_region *sr_region_dax_region(const struct sr_snapshot *snapshot,
						 const struct sr_region *region);

/* Whether it is hmem's and holds memory, or may. */
bool sr_is_held_by_hmem(const struct sr_dax_region *dax_region);

/* What the devices of a dax region come to; one that has none could have one. */
struct sr_holding {
	bool usable;  /* some of it is in use, or could be */
	bool leaked;  /* some of it is online, and only a reboot helps */
	bool unknown; /* either may be */
};

int sr_look_at_holding(const struct sr_report *report, const struct sr_dax_region *dax_region,
		       struct sr_holding *ret_holding);

/* What is wrong with a device that has no driver. */
enum sr_lack sr_device_lack(const struct sr_report *report, const struct sr_claims *claims,
			    const struct sr_dax_device *device);
