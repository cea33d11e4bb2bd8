/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CXL Early Discovery Table (CXL 3.1, 9.18.1): the fixed memory windows in it. */
#pragma once

#include "snapshot/snapshot.h"

/*
 * Appends the table's windows to acpi->windows, in its order, and what is wrong with it to
 * acpi->faults; sets acpi->windows_known. Only -ENOMEM.
 */
int sr_cedt_parse(struct sr_acpi *acpi, struct sr_pool *pool, const void *bytes, size_t length);
