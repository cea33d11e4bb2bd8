/* SPDX-License-Identifier: GPL-2.0-only */
/* Makes ACPI tables, right ones and wrong ones, byte by byte. */
#pragma once

#include <stdlib.h>

#include "mutation.h"
#include "snapshot/snapshot.h"
#include "tap.h"

#define TABLE_ROOM 4096

struct made_table {
	uint8_t bytes[TABLE_ROOM];
	size_t length;
};

static inline void put_at(struct made_table *table, size_t at, uint64_t value, size_t size)
{
	if (at + size > TABLE_ROOM)
		abort();
	for (size_t i = 0; i < size; i++)
		table->bytes[at + i] = (uint8_t)(value >> (8 * i));
}

static inline void put(struct made_table *table, uint64_t value, size_t size)
{
	put_at(table, table->length, value, size);
	table->length += size;
}

static inline void put_zeros(struct made_table *table, size_t count)
{
	while (count--)
		put(table, 0, 1);
}

/* Length and checksum, as they should be. */
static inline void finish_table(struct made_table *table)
{
	uint8_t sum = 0;

	put_at(table, 4, table->length, 4);
	table->bytes[9] = 0;
	for (size_t i = 0; i < table->length; i++)
		sum = (uint8_t)(sum + table->bytes[i]);
	table->bytes[9] = (uint8_t)-sum;
}

/* The header of ACPI 6.5, 5.2.6, and @more bytes of the table's own. */
static inline struct made_table begin_table(const char *signature, uint8_t revision, size_t more)
{
	struct made_table table = { .length = 0 };

	memcpy(table.bytes, signature, 4);
	table.length = 8;
	put(&table, revision, 1);
	put_zeros(&table, 27 + more);
	return table;
}

static inline struct made_table begin_srat(uint8_t revision)
{
	return begin_table("SRAT", revision, 12);
}

/* ACPI 6.5, 5.2.16.2 */
static inline void put_memory(struct made_table *table, uint64_t base, uint64_t size,
			      uint32_t domain, uint32_t flags)
{
	put(table, 1, 1);
	put(table, 40, 1);
	put(table, domain, 4);
	put(table, 0, 2);
	put(table, base, 8);
	put(table, size, 8);
	put(table, 0, 4);
	put(table, flags, 4);
	put(table, 0, 8);
}

/* ACPI 6.5, 5.2.16.1: four bytes of the domain in two places */
static inline void put_processor(struct made_table *table, uint32_t domain, uint32_t flags)
{
	put(table, 0, 1);
	put(table, 16, 1);
	put(table, domain & 0xff, 1);
	put(table, 0, 1);
	put(table, flags, 4);
	put(table, 0xee, 1); /* Local SAPIC EID */
	put(table, domain >> 8, 3);
	put(table, 0, 4);
}

static inline struct made_table begin_hmat(uint8_t revision)
{
	return begin_table("HMAT", revision, 4);
}

static inline void put_hmat_header(struct made_table *table, uint16_t type, uint32_t length)
{
	put(table, type, 2);
	put(table, 0, 2);
	put(table, length, 4);
}

/* ACPI 6.5, 5.2.28.3 */
static inline void put_proximity(struct made_table *table, uint16_t flags, uint32_t processor,
				 uint32_t memory)
{
	put_hmat_header(table, 0, 40);
	put(table, flags, 2);
	put(table, 0, 2);
	put(table, processor, 4);
	put(table, memory, 4);
	put_zeros(table, 20);
}

/* ACPI 6.5, 5.2.28.4, with zeros for its lists: @length in all */
static inline void put_locality(struct made_table *table, uint32_t initiators, uint32_t targets,
				uint32_t length)
{
	put_hmat_header(table, 1, length);
	put(table, 0, 4);
	put(table, initiators, 4);
	put(table, targets, 4);
	put_zeros(table, length - 20);
}

/* ACPI 6.5, 5.2.28.5 */
static inline void put_cache(struct made_table *table, uint32_t length)
{
	put_hmat_header(table, 2, length);
	put_zeros(table, length - 8);
}

static inline struct made_table begin_cedt(void)
{
	return begin_table("CEDT", 1, 0);
}

/* CXL 3.1, 9.18.1.2 */
static inline void put_host_bridge(struct made_table *table, uint32_t uid)
{
	put(table, 0, 2);
	put(table, 32, 2);
	put(table, uid, 4);
	put(table, 1, 4);
	put_zeros(table, 20);
}

/* CXL 3.1, 9.18.1.3; targets 100, 101, ... */
static inline void put_window(struct made_table *table, uint64_t base, uint64_t size,
			      uint8_t ways_code, uint32_t granularity_code, unsigned int targets)
{
	put(table, 1, 2);
	put(table, 36 + 4 * targets, 2);
	put(table, 0, 4);
	put(table, base, 8);
	put(table, size, 8);
	put(table, ways_code, 1);
	put(table, 0, 3);
	put(table, granularity_code, 4);
	put(table, SR_WINDOW_TYPE3 | SR_WINDOW_VOLATILE, 2);
	put(table, 7, 2);
	for (unsigned int i = 0; i < targets; i++)
		put(table, 100 + i, 4);
}

/*
 * A damaged copy without a byte to spare, so that a sanitizer or valgrind sees what is read
 * beyond it; two of three times with a header that says the length it has. To be freed.
 */
static inline uint8_t *damage_table(const struct made_table *table, size_t *ret_length,
				    uint64_t *state)
{
	struct made_table copy = { .length = 0 };
	char bytes[TABLE_ROOM + 1];
	uint8_t *exact;

	copy.length = mutate((const char *)table->bytes, table->length, bytes, state);
	memcpy(copy.bytes, bytes, copy.length);
	if (copy.length > 12 && next_random(state) % 3) {
		memcpy(copy.bytes, table->bytes, 4);
		finish_table(&copy);
	}
	exact = malloc(copy.length ? copy.length : 1);
	if (!exact)
		abort();
	memcpy(exact, copy.bytes, copy.length);
	*ret_length = copy.length;
	return exact;
}

/* The first @length bytes of @table, likewise. */
static inline uint8_t *cut_table(const struct made_table *table, size_t length)
{
	uint8_t *exact = malloc(length ? length : 1);

	if (!exact)
		abort();
	memcpy(exact, table->bytes, length);
	return exact;
}

static inline bool has_fault(const struct sr_acpi *acpi, const char *table, const char *text)
{
	const struct sr_table_fault *fault;

	sr_for_each (fault, &acpi->faults) {
		if (strcmp(fault->table, table) == 0 && strstr(fault->text, text))
			return true;
	}
	return false;
}

/* Prints what faults there are, where a check of them failed. */
static inline void show_faults(const struct sr_acpi *acpi)
{
	const struct sr_table_fault *fault;

	sr_for_each (fault, &acpi->faults)
		printf("# %s: %s\n", fault->table, fault->text);
}
