// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define CHUNK_SIZE 16384

struct chunk {
	struct chunk *next;
	size_t used;
	size_t room;
	char bytes[];
};

struct sr_pool {
	struct chunk *chunks;
};

struct sr_pool *sr_pool_new(void)
{
	return calloc(1, sizeof(struct sr_pool));
}

struct sr_pool *sr_pool_free(struct sr_pool *pool)
{
	struct chunk *chunk = pool ? pool->chunks : NULL;

	while (chunk) {
		struct chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	free(pool);
	return NULL;
}

static char *pool_take(struct sr_pool *pool, size_t size)
{
	struct chunk *chunk = pool->chunks;
	char *bytes;

	if (!chunk || chunk->room - chunk->used < size) {
		size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;

		chunk = malloc(sizeof(*chunk) + room);
		if (!chunk)
			return NULL;
		*chunk = (struct chunk){ .next = pool->chunks, .room = room };
		pool->chunks = chunk;
	}
	bytes = chunk->bytes + chunk->used;
	chunk->used += size;
	return bytes;
}

const char *sr_pool_text_n(struct sr_pool *pool, const char *text, size_t length)
{
	char *copy = pool_take(pool, length + 1);

	if (!copy)
		return NULL;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

const char *sr_pool_text(struct sr_pool *pool, const char *text)
{
	return sr_pool_text_n(pool, text, strlen(text));
}

const char *sr_pool_vformat(struct sr_pool *pool, const char *format, va_list arguments)
{
	sr_auto_free char *text = NULL;
	int length = vasprintf(&text, format, arguments);

	if (length < 0) {
		text = NULL; /* vasprintf leaves it undefined */
		return NULL;
	}
	return sr_pool_text_n(pool, text, (size_t)length);
}

const char *sr_pool_format(struct sr_pool *pool, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = sr_pool_vformat(pool, format, arguments);
	va_end(arguments);
	return text;
}
