/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The Heterogeneous Memory Attribute Table (ACPI 6.5, 5.2.28): not what it says of
 * memory, only whether the kernel takes it or leaves it (hmat_init() of
 * drivers/acpi/numa/hmat.c).
 */
#pragma once

#include "sources/acpi-srat.h"

struct sr_hmat {
	bool whole; /* all of its structures were read */
	enum sr_truth taken;
	bool is_logged; /* the kernel prints at least a line of it when it reads it */
};

/*
 * @srat tells the domains there are; NULL: unknown. With @numa_off (numa=off) none has a
 * node. What is wrong with the table goes to acpi->faults. Only -ENOMEM.
 */
int sr_hmat_parse(struct sr_acpi *acpi, struct sr_pool *pool, const void *bytes, size_t length,
		  const struct sr_srat *srat, bool numa_off, struct sr_hmat *ret_hmat);
