// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/acpi-table.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

/* A table made of nothing but faults must not fill the report. */
#define MOST_FAULTS 64

uint16_t sr_table_u16(const uint8_t *bytes, size_t offset)
{
	uint16_t value;

	memcpy(&value, bytes + offset, sizeof(value));
	return le16toh(value);
}

uint32_t sr_table_u32(const uint8_t *bytes, size_t offset)
{
	uint32_t value;

	memcpy(&value, bytes + offset, sizeof(value));
	return le32toh(value);
}

uint64_t sr_table_u64(const uint8_t *bytes, size_t offset)
{
	uint64_t value;

	memcpy(&value, bytes + offset, sizeof(value));
	return le64toh(value);
}

static int add_fault(struct sr_table *table, const char *text)
{
	struct sr_table_fault *fault;

	if (!text)
		return -ENOMEM;
	fault = sr_list_add(&table->acpi->faults);
	if (!fault)
		return -ENOMEM;
	*fault = (struct sr_table_fault){ .table = table->format->signature, .text = text };
	return 0;
}

int sr_table_fault(struct sr_table *table, const char *format, ...)
{
	va_list arguments;
	const char *text;

	if (table->fault_count++ == MOST_FAULTS)
		return add_fault(table, sr_pool_text(table->pool, "there are more faults"));
	if (table->fault_count > MOST_FAULTS)
		return 0;
	va_start(arguments, format);
	text = sr_pool_vformat(table->pool, format, arguments);
	va_end(arguments);
	return add_fault(table, text);
}

/* The bytes of a table add up to 0 (ACPI 6.5, 5.2.6); the kernel warns and goes on. */
static int check_sum(struct sr_table *table)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < table->length; i++)
		sum = (uint8_t)(sum + table->bytes[i]);
	return sum ? sr_table_fault(table, "its checksum is wrong") : 0;
}

int sr_table_open(struct sr_table *table, const void *bytes, size_t length)
{
	const char *signature = table->format->signature;
	size_t claimed;
	int error;

	if (length < SR_TABLE_HEADER)
		return sr_table_fault(table, "%zu bytes, less than a header", length);
	table->bytes = bytes;
	if (memcmp(bytes, signature, strlen(signature)) != 0)
		return sr_table_fault(table, "its signature is not %s", signature);
	claimed = sr_table_u32(bytes, 4);
	if (claimed < table->format->header_length)
		return sr_table_fault(table, "its length is %zu, less than its header", claimed);
	table->revision = table->bytes[8];
	table->cut = claimed > length;
	table->length = table->cut ? length : claimed;
	table->offset = table->format->header_length;
	if (table->cut)
		error = sr_table_fault(table, "its length is %zu, but there are only %zu bytes",
				       claimed, length);
	else
		error = check_sum(table);
	return error ? error : 1;
}

/* ACPI 6.5: 5.2.16 (SRAT), 5.2.28 (HMAT); CXL 3.1: 9.18.1.1 (CEDT). */
static struct sr_structure structure_at(const struct sr_table *table)
{
	const uint8_t *bytes = table->bytes + table->offset;
	struct sr_structure structure = { .offset = table->offset, .bytes = bytes };

	switch (table->format->structure_header_length) {
	case 2:
		structure.type = bytes[0];
		structure.length = bytes[1];
		break;
	case 4:
		structure.type = bytes[0];
		structure.length = sr_table_u16(bytes, 2);
		break;
	default:
		structure.type = sr_table_u16(bytes, 0);
		structure.length = sr_table_u32(bytes, 4);
	}
	return structure;
}

static int check_structure(struct sr_table *table, const struct sr_structure *structure)
{
	if (structure->length < table->format->structure_header_length)
		return sr_table_fault(
			table,
			"the structure at byte %zu has a length of %zu, less than its header",
			structure->offset, structure->length);
	if (structure->length > structure->present && !table->cut)
		return sr_table_fault(table,
				      "the structure at byte %zu has a length of %zu, but the table"
				      " ends after %zu",
				      structure->offset, structure->length, structure->present);
	return 0;
}

/*
 * As the kernel does it: what is no longer than a structure's header is not looked at,
 * no length ends the walk with an error, any other leads on, even a length that is too
 * small or leaves the table.
 */
int sr_table_next(struct sr_table *table, struct sr_structure *ret_structure)
{
	size_t left = table->length > table->offset ? table->length - table->offset : 0;
	struct sr_structure structure;
	int error;

	if (table->zero_length || left <= table->format->structure_header_length)
		return 0;
	structure = structure_at(table);
	if (!structure.length) {
		table->zero_length = true;
		return sr_table_fault(
			table, "the structure at byte %zu has no length, the rest is not read",
			structure.offset);
	}
	structure.present = structure.length < left ? structure.length : left;
	error = check_structure(table, &structure);
	if (error)
		return error;
	table->offset += structure.present;
	*ret_structure = structure;
	return 1;
}
