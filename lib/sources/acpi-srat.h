/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The System Resource Affinity Table (ACPI 6.5, 5.2.16): which memory is in which domain. */
#pragma once

#include "snapshot/snapshot.h"

/* Proximity domains; sorted once sr_srat_parse() has returned. */
typedef SR_LIST(uint32_t) sr_domain_list;

/* What is to be said of the table besides its memory. */
struct sr_srat {
	bool whole; /* all of its structures were read */
	/*
	 * Whether hmat_init() gets past it: a structure without a length and what makes
	 * the kernel say "SRAT not used" keep the HMAT from being looked at, too.
	 */
	enum sr_truth taken;
	sr_domain_list memory; /* domains that the HMAT may name as a target */
	sr_domain_list nodes;  /* domains for which the kernel makes a node */
};

/*
 * Appends the enabled memory affinity structures of the table to acpi->memory and what
 * is wrong with it to acpi->faults. Only -ENOMEM; @ret_srat is to be freed otherwise.
 */
int sr_srat_parse(struct sr_acpi *acpi, struct sr_pool *pool, const void *bytes, size_t length,
		  struct sr_srat *ret_srat);

bool sr_domain_list_has(const sr_domain_list *domains, uint32_t domain);

void sr_srat_free(struct sr_srat *srat);
