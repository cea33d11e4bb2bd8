// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/wire.h"

#include <errno.h>
#include <string.h>

#include "base/list.h"

/* As SR_LIST() makes it of any type. */
struct any_list {
	void *items;
	size_t count, room;
};

static void write_number(FILE *out, uint64_t value)
{
	fwrite(&value, sizeof(value), 1, out);
}

/* The length comes first, one more than it is: 0 is NULL. */
static void write_bytes(FILE *out, const char *bytes, size_t length)
{
	write_number(out, bytes ? length + 1 : 0);
	if (bytes)
		fwrite(bytes, 1, length, out);
}

static void write_string(FILE *out, const char *const *string)
{
	write_bytes(out, *string, *string ? strlen(*string) : 0);
}

static void write_items(FILE *out, const struct sr_wire_shape *shape, const char *items,
			size_t count)
{
	for (size_t i = 0; i < count; i++)
		sr_wire_write(out, shape, items + i * shape->size);
}

static void write_list(FILE *out, const struct sr_wire_shape *shape, const void *place)
{
	struct any_list list;

	memcpy(&list, place, sizeof(list));
	write_number(out, list.count);
	write_items(out, shape, list.items, list.count);
}

static void write_field(FILE *out, const struct sr_wire_field *field, const char *item)
{
	const char *place = item + field->offset;
	size_t length;

	switch (field->kind) {
	case SR_WIRE_NUMBER:
	case SR_WIRE_BOOL:
	case SR_WIRE_ENUM:
	case SR_WIRE_RANGE:
		fwrite(place, 1, field->size, out);
		break;
	case SR_WIRE_STRING:
	case SR_WIRE_NAME:
		write_string(out, (const char *const *)place);
		break;
	case SR_WIRE_BYTES:
		memcpy(&length, item + field->length, sizeof(length));
		write_bytes(out, *(const char *const *)place, length);
		break;
	case SR_WIRE_TEXT:
		write_string(out, &((const struct sr_text *)place)->value);
		write_number(out, ((const struct sr_text *)place)->known);
		break;
	case SR_WIRE_U64:
		write_number(out, ((const struct sr_u64 *)place)->value);
		write_number(out, ((const struct sr_u64 *)place)->known);
		break;
	case SR_WIRE_S64:
		write_number(out, (uint64_t)((const struct sr_s64 *)place)->value);
		write_number(out, ((const struct sr_s64 *)place)->known);
		break;
	case SR_WIRE_LIST:
		write_list(out, field->items, place);
		break;
	case SR_WIRE_ARRAY:
		write_items(out, field->items, place, field->size / field->items->size);
		break;
	}
}

void sr_wire_write(FILE *out, const struct sr_wire_shape *shape, const void *item)
{
	for (size_t i = 0; i < shape->count; i++)
		write_field(out, &shape->fields[i], item);
}

static int take(struct sr_wire_bytes *bytes, void *to, size_t size)
{
	if (size > bytes->left)
		return -EBADMSG;
	memcpy(to, bytes->at, size);
	bytes->at += size;
	bytes->left -= size;
	return 0;
}

static int read_number(struct sr_wire_bytes *bytes, uint64_t *ret_value)
{
	return take(bytes, ret_value, sizeof(*ret_value));
}

static int read_known(struct sr_wire_bytes *bytes, bool *ret_known)
{
	uint64_t value;
	int error = read_number(bytes, &value);

	if (!error && value > 1)
		return -EBADMSG;
	if (!error)
		*ret_known = value;
	return error;
}

static int read_bytes(struct sr_wire_bytes *bytes, struct sr_pool *pool, const char **ret_bytes,
		      size_t *ret_length)
{
	uint64_t length;
	const char *copy;
	int error = read_number(bytes, &length);

	if (error || length == 0)
		return error;
	length--;
	if (length > bytes->left)
		return -EBADMSG;
	copy = sr_pool_text_n(pool, bytes->at, length);
	if (!copy)
		return -ENOMEM;
	bytes->at += length;
	bytes->left -= length;
	*ret_bytes = copy;
	*ret_length = length;
	return 0;
}

static int read_string(struct sr_wire_bytes *bytes, struct sr_pool *pool, const char **ret_string)
{
	size_t length;

	return read_bytes(bytes, pool, ret_string, &length);
}

static int read_name(struct sr_wire_bytes *bytes, struct sr_pool *pool, const char **ret_name)
{
	int error = read_string(bytes, pool, ret_name);

	return !error && !*ret_name ? -EBADMSG : error;
}

/* The text is the pool's, and ends with a NUL; what is said of its length must be so. */
static int read_block(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		      const struct sr_wire_field *field, char *item)
{
	size_t length = 0;
	int error = read_bytes(bytes, pool, (const char **)(item + field->offset), &length);

	if (!error)
		memcpy(item + field->length, &length, sizeof(length));
	return error;
}

static int read_enum(struct sr_wire_bytes *bytes, const struct sr_wire_field *field, char *place)
{
	uint32_t value;
	int error = take(bytes, &value, sizeof(value));

	if (error)
		return error;
	if (value > field->last)
		return -EBADMSG;
	memcpy(place, &value, sizeof(value));
	return 0;
}

static int read_bool(struct sr_wire_bytes *bytes, bool *ret_value)
{
	unsigned char value;
	int error = take(bytes, &value, sizeof(value));

	if (!error && value > 1)
		return -EBADMSG;
	if (!error)
		*ret_value = value;
	return error;
}

static int read_range(struct sr_wire_bytes *bytes, struct sr_range *ret_range)
{
	struct sr_range range;
	int error = take(bytes, &range, sizeof(range));

	if (error)
		return error;
	return sr_range_make(range.start, range.end, ret_range) ? -EBADMSG : 0;
}

static int read_items(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		      const struct sr_wire_shape *shape, char *items, size_t count)
{
	int error = 0;

	for (size_t i = 0; i < count && !error; i++)
		error = sr_wire_read(bytes, pool, shape, items + i * shape->size);
	return error;
}

/* No count is believed: the list grows by what is there, and each item takes bytes. */
static int read_list(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		     const struct sr_wire_shape *shape, char *place)
{
	uint64_t count;
	int error = read_number(bytes, &count);

	for (uint64_t i = 0; !error && i < count; i++) {
		struct any_list list;
		void *item;

		if (bytes->left == 0)
			return -EBADMSG;
		memcpy(&list, place, sizeof(list));
		item = sr_list_grow(&list.items, &list.count, &list.room, shape->size);
		memcpy(place, &list, sizeof(list));
		error = item ? sr_wire_read(bytes, pool, shape, item) : -ENOMEM;
	}
	return error;
}

static int read_value(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		      const struct sr_wire_field *field, void *place)
{
	struct sr_text *text = place;
	struct sr_u64 *number = place;
	int error;

	if (field->kind == SR_WIRE_TEXT) {
		error = read_string(bytes, pool, &text->value);
		return error ? error : read_known(bytes, &text->known);
	}
	/* struct sr_s64 is laid out the same. */
	error = read_number(bytes, &number->value);
	return error ? error : read_known(bytes, &number->known);
}

static int read_field(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		      const struct sr_wire_field *field, char *item)
{
	char *place = item + field->offset;

	switch (field->kind) {
	case SR_WIRE_NUMBER:
		return take(bytes, place, field->size);
	case SR_WIRE_BOOL:
		return read_bool(bytes, (bool *)place);
	case SR_WIRE_ENUM:
		return read_enum(bytes, field, place);
	case SR_WIRE_STRING:
		return read_string(bytes, pool, (const char **)place);
	case SR_WIRE_NAME:
		return read_name(bytes, pool, (const char **)place);
	case SR_WIRE_BYTES:
		return read_block(bytes, pool, field, item);
	case SR_WIRE_TEXT:
	case SR_WIRE_U64:
	case SR_WIRE_S64:
		return read_value(bytes, pool, field, place);
	case SR_WIRE_RANGE:
		return read_range(bytes, (struct sr_range *)place);
	case SR_WIRE_LIST:
		return read_list(bytes, pool, field->items, place);
	case SR_WIRE_ARRAY:
		return read_items(bytes, pool, field->items, place,
				  field->size / field->items->size);
	}
	return -EBADMSG;
}

int sr_wire_read(struct sr_wire_bytes *bytes, struct sr_pool *pool,
		 const struct sr_wire_shape *shape, void *item)
{
	int error = 0;

	for (size_t i = 0; i < shape->count && !error; i++)
		error = read_field(bytes, pool, &shape->fields[i], item);
	return error;
}
