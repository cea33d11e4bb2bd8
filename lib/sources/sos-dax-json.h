/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What `daxctl list -iDRM` prints, as the devices that the source dax would have found. */
#pragma once

#include <stddef.h>

#include "sources/source.h"

/*
 * Adds dax devices to @snapshot, and the dax regions that it does not have, those of CXL and
 * of hmem; of those that it has only the sizes, where they are not known. Devices of which the
 * place or the maker is not known are told in @unreadable.
 *
 * -ENODATA: it lists nothing; -EINVAL: it is no JSON; -EEXIST: it has a device twice; -E2BIG:
 * too many; -ENOMEM.
 */
int sr_sos_dax_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		     struct sr_unreadable *unreadable);

/* Sorts the dax devices by name again; -EEXIST where two have the same. */
int sr_sos_dax_sort(struct sr_snapshot *snapshot);
