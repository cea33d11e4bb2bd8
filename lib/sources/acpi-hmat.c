// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/acpi-hmat.h"

#include <errno.h>

#include "sources/acpi-table.h"

#define TYPE_PROXIMITY 0
#define TYPE_LOCALITY  1
#define TYPE_CACHE     2

/* ACPI 6.5: 5.2.28.3, 5.2.28.4 without its lists, 5.2.28.5 without its handles. */
#define PROXIMITY_LENGTH 40
#define LOCALITY_LENGTH	 32
#define CACHE_LENGTH	 32

#define FLAG_PROCESSOR_VALID (1U << 0)
#define FLAG_MEMORY_VALID    (1U << 1) /* in revision 1; reserved since */

static const struct sr_table_format format = {
	.signature = "HMAT",
	.header_length = SR_TABLE_HEADER + 4,
	.structure_header_length = 8,
};

struct parser {
	struct sr_table table;
	struct sr_hmat hmat;
	const sr_domain_list *memory, *nodes; /* NULL: unknown */
	bool numa_off;
};

/* One structure that is refused is the end of the table, also after one that is unclear. */
static void weigh(struct parser *parser, enum sr_truth parses)
{
	if (parses == SR_NO || (parses == SR_UNKNOWN && parser->hmat.taken == SR_YES))
		parser->hmat.taken = parses;
}

static int refuse_length(struct parser *parser, const struct sr_structure *structure,
			 uint64_t wanted)
{
	weigh(parser, SR_NO);
	return sr_table_fault(&parser->table,
			      "the structure at byte %zu, of type %u, has a length of %zu, not %ju",
			      structure->offset, structure->type, structure->length,
			      (uintmax_t)wanted);
}

static int refuse_domain(struct parser *parser, const struct sr_structure *structure,
			 const char *kind, uint32_t domain)
{
	weigh(parser, SR_NO);
	return sr_table_fault(&parser->table,
			      "the structure at byte %zu names %s domain %u, the SRAT does not",
			      structure->offset, kind, domain);
}

/* pxm_to_node(): a domain gets its node from the SRAT, and none where NUMA is off. */
static int check_processor(struct parser *parser, const struct sr_structure *structure)
{
	uint32_t domain = sr_table_u32(structure->bytes, 12);

	if (parser->numa_off)
		weigh(parser, SR_NO);
	else if (!parser->nodes)
		weigh(parser, SR_UNKNOWN);
	else if (!sr_domain_list_has(parser->nodes, domain))
		return refuse_domain(parser, structure, "processor", domain);
	return 0;
}

/* hmat_parse_proximity_domain(); the first kernels with it looked at no domain of revision 2. */
static int check_proximity(struct parser *parser, const struct sr_structure *structure)
{
	uint32_t flags, domain;

	if (structure->length != PROXIMITY_LENGTH)
		return refuse_length(parser, structure, PROXIMITY_LENGTH);
	/* Of revision 1 and of the other types newer kernels print nothing. */
	parser->hmat.is_logged |= parser->table.revision == 2;
	if (structure->present < PROXIMITY_LENGTH) {
		weigh(parser, SR_UNKNOWN);
		return 0;
	}
	flags = sr_table_u16(structure->bytes, 8);
	domain = sr_table_u32(structure->bytes, 16);
	if (parser->table.revision == 1 && !(flags & FLAG_MEMORY_VALID))
		return 0;
	if (!parser->memory)
		weigh(parser, SR_UNKNOWN);
	else if (!sr_domain_list_has(parser->memory, domain))
		return refuse_domain(parser, structure, "memory", domain);
	return (flags & FLAG_PROCESSOR_VALID) ? check_processor(parser, structure) : 0;
}

/* 4 bytes for each initiator and target, 2 for each pair; UINT64_MAX for what is too much. */
static uint64_t locality_length(uint64_t initiators, uint64_t targets)
{
	uint64_t length;

	if (__builtin_mul_overflow(2 * initiators, targets, &length) ||
	    __builtin_add_overflow(length, LOCALITY_LENGTH + 4 * (initiators + targets), &length))
		return UINT64_MAX;
	return length;
}

/* hmat_parse_locality() */
static int check_locality(struct parser *parser, const struct sr_structure *structure)
{
	uint64_t wanted;

	if (structure->length < LOCALITY_LENGTH)
		return refuse_length(parser, structure, LOCALITY_LENGTH);
	if (structure->present < LOCALITY_LENGTH) {
		weigh(parser, SR_UNKNOWN);
		return 0;
	}
	wanted = locality_length(sr_table_u32(structure->bytes, 12),
				 sr_table_u32(structure->bytes, 16));
	return structure->length < wanted ? refuse_length(parser, structure, wanted) : 0;
}

/* hmat_parse_subtable(); other types are not looked for. */
static int check_structure(struct parser *parser, const struct sr_structure *structure)
{
	switch (structure->type) {
	case TYPE_PROXIMITY:
		return check_proximity(parser, structure);
	case TYPE_LOCALITY:
		return check_locality(parser, structure);
	case TYPE_CACHE:
		if (structure->length < CACHE_LENGTH)
			return refuse_length(parser, structure, CACHE_LENGTH);
	}
	return 0;
}

static int walk(struct parser *parser)
{
	struct sr_structure structure;
	int found, error;

	while ((found = sr_table_next(&parser->table, &structure)) > 0) {
		error = check_structure(parser, &structure);
		if (error)
			return error;
	}
	if (parser->table.zero_length)
		weigh(parser, SR_NO);
	if (parser->table.cut)
		weigh(parser, SR_UNKNOWN);
	parser->hmat.whole = sr_table_is_whole(&parser->table);
	return found;
}

static int read_table(struct parser *parser)
{
	unsigned int revision = parser->table.revision;

	if (revision != 1 && revision != 2) {
		parser->hmat = (struct sr_hmat){ .whole = !parser->table.cut, .taken = SR_NO };
		return sr_table_fault(&parser->table,
				      "its revision is %u, the kernel takes 1 and 2", revision);
	}
	parser->hmat.taken = SR_YES;
	return walk(parser);
}

int sr_hmat_parse(struct sr_acpi *acpi, struct sr_pool *pool, const void *bytes, size_t length,
		  const struct sr_srat *srat, bool numa_off, struct sr_hmat *ret_hmat)
{
	/* With structures of the SRAT unread, a domain that is missing may be in those. */
	bool is_known = srat && srat->whole && srat->taken != SR_UNKNOWN;
	struct parser parser = {
		.table = { .format = &format, .acpi = acpi, .pool = pool },
		.memory = is_known ? &srat->memory : NULL,
		.nodes = is_known ? &srat->nodes : NULL,
		.numa_off = numa_off,
	};
	int result = sr_table_open(&parser.table, bytes, length);

	if (result > 0)
		result = read_table(&parser);
	if (result < 0)
		return result;
	*ret_hmat = parser.hmat;
	return 0;
}
