/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What `cxl list -vvv` prints, as the devices that the source cxl would have found. */
#pragma once

#include <stddef.h>

#include "sources/source.h"

/*
 * Adds root decoders, regions, endpoint decoders, memdevs and ports to @snapshot, sorted by
 * name. Each object is a device, and where it stands tells what it hangs on: "decoders:root0"
 * are those of root0. Values that decide and were not read are told in @unreadable.
 *
 * -ENODATA: it lists nothing; -EINVAL: it is no JSON; -EEXIST: it has a device twice; -E2BIG:
 * too many; -ENOMEM. With an error no device is added.
 */
int sr_sos_cxl_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		     struct sr_unreadable *unreadable);

/* Sorts them all by name again; -EEXIST where two have the same. */
int sr_sos_cxl_sort(struct sr_snapshot *snapshot);
