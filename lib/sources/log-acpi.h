/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a kernel log tells of the ACPI tables; pure, no I/O. */
#pragma once

#include "snapshot/snapshot.h"
#include "sources/log-line.h"

struct sr_log_acpi {
	SR_LIST(struct sr_memory_affinity) memory; /* in the order of the SRAT */
	bool memory_lost;			   /* lines of it are missing or not understood */
	bool names_tables;			   /* any: it tells which ones there are */
	bool names_srat, names_hmat, names_cedt;
	bool srat_refused; /* "SRAT not used" */
	bool hmat_read;	   /* hmat_init() of drivers/acpi/numa/hmat.c said something */
	bool hmat_ignored; /* and that it ignores the table */
	bool has_started;  /* the text goes on beyond the initcalls */
};

/*
 * Reads one message (sr_log_message()) of a boot; @cut_off: it may lack its end. Those
 * that do not concern us do nothing. 0 or -ENOMEM.
 */
int sr_log_acpi_read(struct sr_log_acpi *log, struct sr_piece message, bool cut_off);

/*
 * Tells @acpi what the log does, of a log that has its beginning; @has_maps: also the end
 * of setup_arch(), in which the kernel prints which tables and which memory there are.
 * 0 or -ENOMEM.
 */
int sr_log_acpi_tell(const struct sr_log_acpi *log, bool has_maps, struct sr_acpi *acpi);

void sr_log_acpi_free(struct sr_log_acpi *log);
