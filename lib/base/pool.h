/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts that live as long as their snapshot or report and are freed with it at once. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct sr_pool;

/* NULL where memory ran out. */
struct sr_pool *sr_pool_new(void);
struct sr_pool *sr_pool_free(struct sr_pool *pool);

/* Copies owned by the pool; NULL where memory ran out. */
const char *sr_pool_text(struct sr_pool *pool, const char *text);
const char *sr_pool_text_n(struct sr_pool *pool, const char *text, size_t length);
const char *sr_pool_format(struct sr_pool *pool, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
const char *sr_pool_vformat(struct sr_pool *pool, const char *format, va_list arguments);
