/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The frame of an ACPI table (ACPI 6.5, 5.2.6): its header, and the structures that
 * stand one behind the other after it. Pure, no I/O. Tables come from firmware and
 * from captures, so nothing that they say of themselves is taken for granted.
 */
#pragma once

#include "snapshot/snapshot.h"

/* A table without structures or other fields of its own. */
#define SR_TABLE_HEADER 36

/* How one kind of table is built. */
struct sr_table_format {
	const char *signature;
	size_t header_length;		/* of the table: its first structure stands there */
	size_t structure_header_length; /* 2 (SRAT), 4 (CEDT) or 8 (HMAT): sr_table_next() */
};

/* A table that is being read. Faults go to @acpi, their texts to @pool. */
struct sr_table {
	const struct sr_table_format *format;
	struct sr_acpi *acpi;
	struct sr_pool *pool;
	const uint8_t *bytes;
	size_t length; /* what there is of it, at most what its header says */
	size_t offset; /* where sr_table_next() goes on */
	uint8_t revision;
	bool cut;	  /* there is less of it than its header says */
	bool zero_length; /* the walk ended at a structure without a length */
	size_t fault_count;
};

struct sr_structure {
	unsigned int type;
	size_t offset; /* in its table */
	size_t length; /* as it says itself */
	const uint8_t *bytes;
	size_t present; /* of its bytes: the table may end before it does */
};

/*
 * Looks at the header of @length bytes; @table has its first three fields from the
 * caller. 1 where the table can be walked, 0 where it is none (a fault tells), -ENOMEM.
 */
int sr_table_open(struct sr_table *table, const void *bytes, size_t length);

/*
 * The next structure, as acpi_parse_entries_array() of the kernel (lib/fw_table.c)
 * comes to it: 1, or 0 at the end, or -ENOMEM.
 */
int sr_table_next(struct sr_table *table, struct sr_structure *ret_structure);

/* Whether the walk came to all there is: known at its end. */
static inline bool sr_table_is_whole(const struct sr_table *table)
{
	return !table->cut && !table->zero_length;
}

/* Notes what is wrong with the table; from a number on, only that there is more. 0 or -ENOMEM. */
int sr_table_fault(struct sr_table *table, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Little-endian fields; the caller has looked whether they are there. */
uint16_t sr_table_u16(const uint8_t *bytes, size_t offset);
uint32_t sr_table_u32(const uint8_t *bytes, size_t offset);
uint64_t sr_table_u64(const uint8_t *bytes, size_t offset);
