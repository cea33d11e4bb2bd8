/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Structures written as bytes and read again by another process of this machine, which does
 * not trust who wrote them: a table says of each member what it may be. What is read is safe
 * to use (no pointer, number of an enumeration, bool or range is made up); whether it is true
 * only the writer knows.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/known.h"
#include "base/pool.h"
#include "base/range.h"

enum sr_wire_kind {
	SR_WIRE_NUMBER,
	SR_WIRE_BOOL,
	SR_WIRE_ENUM,
	SR_WIRE_STRING, /* or NULL */
	SR_WIRE_NAME,	/* a string that is never NULL */
	SR_WIRE_BYTES,	/* or NULL; the length is in another member */
	SR_WIRE_TEXT,
	SR_WIRE_U64,
	SR_WIRE_S64,
	SR_WIRE_RANGE,
	SR_WIRE_LIST,  /* an SR_LIST() */
	SR_WIRE_ARRAY, /* of a fixed length */
};

struct sr_wire_field {
	enum sr_wire_kind kind;
	size_t offset, size;
	uint32_t last;			   /* of an enumeration */
	size_t length;			   /* of bytes: the offset of their size_t */
	const struct sr_wire_shape *items; /* of a list or an array */
};

struct sr_wire_shape {
	size_t size;
	const struct sr_wire_field *fields;
	size_t count;
};

#define SR_WIRE_SHAPE(type, table)                         \
	{                                                  \
		.size = sizeof(type), .fields = (table),   \
		.count = sizeof(table) / sizeof(*(table)), \
	}

#define SR_WIRE_PLACE(type, member) \
	.offset = offsetof(type, member), .size = sizeof(((type *)0)->member)

/*
 * A member whose type says all. An enumeration is none of these, and does not compile: C
 * takes it for an unsigned int.
 */
#define SR_WIRE_FIELD(type, member)                            \
	{                                                      \
		.kind = _Generic(((type *)0)->member,        \
			   bool: SR_WIRE_BOOL,         \
			   uint64_t: SR_WIRE_NUMBER,   \
			   uint16_t: SR_WIRE_NUMBER,   \
			   const char *: SR_WIRE_STRING, \
			   struct sr_text: SR_WIRE_TEXT, \
			   struct sr_u64: SR_WIRE_U64, \
			   struct sr_s64: SR_WIRE_S64, \
			   struct sr_range: SR_WIRE_RANGE), \
	  SR_WIRE_PLACE(type, member) \
	}

#define SR_WIRE_NUMBER_FIELD(type, member)                          \
	{                                                           \
		.kind = SR_WIRE_NUMBER, SR_WIRE_PLACE(type, member) \
	}

#define SR_WIRE_NAME_FIELD(type, member)                          \
	{                                                         \
		.kind = SR_WIRE_NAME, SR_WIRE_PLACE(type, member) \
	}

#define SR_WIRE_ENUM_FIELD(type, member, last_)                                    \
	{                                                                          \
		.kind = SR_WIRE_ENUM, SR_WIRE_PLACE(type, member), .last = (last_) \
	}

#define SR_WIRE_TRUTH_FIELD(type, member) SR_WIRE_ENUM_FIELD(type, member, SR_YES)

#define SR_WIRE_BYTES_FIELD(type, member, length_)                  \
	{                                                           \
		.kind = SR_WIRE_BYTES, SR_WIRE_PLACE(type, member), \
		.length = offsetof(type, length_)                   \
	}

#define SR_WIRE_LIST_FIELD(type, member, items_)                                     \
	{                                                                            \
		.kind = SR_WIRE_LIST, SR_WIRE_PLACE(type, member), .items = (items_) \
	}

#define SR_WIRE_ARRAY_FIELD(type, member, items_)                                     \
	{                                                                             \
		.kind = SR_WIRE_ARRAY, SR_WIRE_PLACE(type, member), .items = (items_) \
	}

/* What could not be written, ferror(3) of @out tells. */
void sr_wire_write(FILE *out, const struct sr_wire_shape *shape, const void *item);

struct sr_wire_bytes {
	const char *at;
	size_t left;
};

/*
 * Reads one item behind @bytes, with its texts in @pool, into zeroes. 0, -ENOMEM or
 * -EBADMSG; also then @item holds nothing but what is sound, and its lists are to be freed.
 */
int sr_wire_read(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		 const struct sr_wire_shape *shape, void *item);
