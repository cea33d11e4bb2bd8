// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the SRAT as drivers/acpi/numa/srat.c and hmat.c of the kernel do; pure, no I/O. */
#include "sources/acpi-srat.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "sources/acpi-table.h"

/*
 * The kernel's NR_NODE_MEMBLKS, beyond which it refuses the table, is 2 * MAX_NUMNODES,
 * 2048 at most (include/linux/numa_memblks.h).
 */
#define MOST_MEMORY 4096

#define TYPE_PROCESSOR	  0
#define TYPE_MEMORY	  1
#define TYPE_GENERIC_PORT 6

#define FLAG_ENABLED	   (1U << 0)
#define FLAG_HOT_PLUGGABLE (1U << 1)
#define FLAG_NON_VOLATILE  (1U << 2)

static const struct sr_table_format format = {
	.signature = "SRAT",
	.header_length = SR_TABLE_HEADER + 12,
	.structure_header_length = 2,
};

/*
 * Where the structures that put something into a domain have the domain and their flags,
 * by type (ACPI 6.5, 5.2.16.1 to 5.2.16.8): processor, memory, x2APIC, GICC, -, generic
 * initiator, generic port, RINTC. In the flags of all of them bit 0 is "enabled".
 */
static const struct layout {
	uint8_t length, domain, flags;
} layouts[] = {
	{ 16, 2, 4 }, { 40, 2, 28 }, { 24, 4, 12 }, { 18, 2, 10 },
	{ 0 },	      { 32, 4, 24 }, { 32, 4, 24 }, { 20, 4, 12 },
};

struct parser {
	struct sr_table table;
	struct sr_srat srat;
	size_t memory_count;
	bool incomplete; /* a memory structure could not be read */
};

static void parser_free(struct parser *parser)
{
	sr_srat_free(&parser->srat);
}

void sr_srat_free(struct sr_srat *srat)
{
	sr_list_free(&srat->memory);
	sr_list_free(&srat->nodes);
}

static int add_domain(sr_domain_list *domains, uint32_t domain)
{
	uint32_t *added;

	/* Structures of one domain mostly stand together. */
	if (domains->count && domains->items[domains->count - 1] == domain)
		return 0;
	added = sr_list_add(domains);
	if (!added)
		return -ENOMEM;
	*added = domain;
	return 0;
}

/* Revision 1 has one byte for it, and other bytes of it may hold anything. */
static uint32_t domain_of(const struct parser *parser, const struct sr_structure *structure)
{
	const uint8_t *bytes = structure->bytes;
	size_t offset = layouts[structure->type].domain;
	bool is_short = parser->table.revision <= 1;

	if (structure->type == TYPE_PROCESSOR)
		return is_short ? bytes[2] : bytes[2] | (sr_table_u32(bytes, 8) & 0xffffff00);
	if (structure->type == TYPE_MEMORY && is_short)
		return bytes[offset];
	return sr_table_u32(bytes, offset);
}

/*
 * The kernel reads what is there and says "SRAT not used" of a memory structure that
 * calls itself shorter (acpi_numa_memory_affinity_init()). What it makes of the others
 * differs between architectures.
 */
static int note_short(struct parser *parser, const struct sr_structure *structure)
{
	bool is_memory = structure->type == TYPE_MEMORY;
	uint8_t wanted = layouts[structure->type].length;

	parser->incomplete |= is_memory;
	if (is_memory && structure->length < wanted)
		parser->srat.taken = SR_NO;
	else if (parser->srat.taken == SR_YES)
		parser->srat.taken = SR_UNKNOWN;
	if (structure->length >= wanted)
		return 0; /* the table ends within it, and that is told */
	return sr_table_fault(&parser->table,
			      "the structure at byte %zu, of type %u, has a length of %zu, not %u",
			      structure->offset, structure->type, structure->length, wanted);
}

static int add_range(struct parser *parser, const struct sr_structure *structure,
		     struct sr_range range, uint32_t domain)
{
	uint32_t flags = sr_table_u32(structure->bytes, 28);
	struct sr_memory_affinity *memory;

	if (parser->memory_count++ >= MOST_MEMORY) {
		parser->incomplete = true;
		return parser->memory_count > MOST_MEMORY + 1
			       ? 0
			       : sr_table_fault(&parser->table,
						"more than %u ranges, the rest is left out",
						MOST_MEMORY);
	}
	memory = sr_list_add(&parser->table.acpi->memory);
	if (!memory)
		return -ENOMEM;
	*memory = (struct sr_memory_affinity){
		.range = range,
		.offset = sr_u64_of(structure->offset),
		.proximity_domain = domain,
		.hot_pluggable = flags & FLAG_HOT_PLUGGABLE,
		.non_volatile = flags & FLAG_NON_VOLATILE,
		.source = SR_SOURCE_ACPI,
	};
	return 0;
}

/* The kernel leaves such ranges out, too: numa_add_memblk(), __request_region(). */
static int read_memory(struct parser *parser, const struct sr_structure *structure, uint32_t domain)
{
	uint64_t base = sr_table_u64(structure->bytes, 8);
	uint64_t size = sr_table_u64(structure->bytes, 16);
	struct sr_range range;

	if (!size)
		return sr_table_fault(&parser->table,
				      "the memory structure at byte %zu is enabled and of size 0",
				      structure->offset);
	if (sr_range_make_sized(base, size, &range) != 0)
		return sr_table_fault(&parser->table,
				      "the memory structure at byte %zu leaves 64 bits",
				      structure->offset);
	return add_range(parser, structure, range, domain);
}

static bool is_target(const struct sr_structure *structure)
{
	/* srat_parse_genport_affinity() of hmat.c: only with an ACPI device handle. */
	return structure->type == TYPE_MEMORY ||
	       (structure->type == TYPE_GENERIC_PORT && structure->bytes[3] == 0);
}

static int read_structure(struct parser *parser, const struct sr_structure *structure)
{
	const struct layout *layout = &layouts[structure->type];
	uint32_t domain;
	int error;

	if (structure->length < layout->length || structure->present < layout->length)
		return note_short(parser, structure);
	if (!(sr_table_u32(structure->bytes, layout->flags) & FLAG_ENABLED))
		return 0;
	domain = domain_of(parser, structure);
	error = structure->type == TYPE_GENERIC_PORT ? 0 : add_domain(&parser->srat.nodes, domain);
	if (!error && is_target(structure))
		error = add_domain(&parser->srat.memory, domain);
	if (!error && structure->type == TYPE_MEMORY)
		error = read_memory(parser, structure, domain);
	return error;
}

static int compare_domains(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

	return one < other ? -1 : one > other;
}

static void sort_domains(sr_domain_list *domains)
{
	if (domains->count)
		qsort(domains->items, domains->count, sizeof(*domains->items), compare_domains);
}

bool sr_domain_list_has(const sr_domain_list *domains, uint32_t domain)
{
	return domains->count && bsearch(&domain, domains->items, domains->count,
					 sizeof(*domains->items), compare_domains);
}

static int walk(struct parser *parser)
{
	struct sr_structure structure;
	int found;

	parser->srat.taken = SR_YES;
	while ((found = sr_table_next(&parser->table, &structure)) > 0) {
		bool is_known = structure.type < sizeof(layouts) / sizeof(*layouts) &&
				layouts[structure.type].length;
		int error = is_known ? read_structure(parser, &structure) : 0;

		if (error)
			return error;
	}
	return found;
}

/* acpi_table_parse_entries() fails where a structure has no length, so hmat_init() gives up. */
static void conclude(struct parser *parser)
{
	struct sr_srat *srat = &parser->srat;

	if (parser->table.zero_length)
		srat->taken = SR_NO;
	else if (parser->table.cut && srat->taken == SR_YES)
		srat->taken = SR_UNKNOWN;
	srat->whole = sr_table_is_whole(&parser->table) && !parser->incomplete;
	sort_domains(&srat->memory);
	sort_domains(&srat->nodes);
}

int sr_srat_parse(struct sr_acpi *acpi, struct sr_pool *pool, const void *bytes, size_t length,
		  struct sr_srat *ret_srat)
{
	sr_cleanup(parser_free) struct parser parser = {
		.table = { .format = &format, .acpi = acpi, .pool = pool },
	};
	int result = sr_table_open(&parser.table, bytes, length);

	if (result > 0) {
		result = walk(&parser);
		conclude(&parser);
	}
	if (result < 0)
		return result;
	*ret_srat = parser.srat;
	parser.srat = (struct sr_srat){ 0 };
	return 0;
}
