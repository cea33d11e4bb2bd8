/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * FNV-1a, 64 bits (draft-eastlake-fnv): tells apart what differs by accident. Whoever wants
 * two texts with one hash finds them; nothing that is trusted may hang on it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define SR_HASH_START 0xcbf29ce484222325ULL

/* The hash of what @hash stands for with @count bytes behind it. */
uint64_t sr_hash_add(uint64_t hash, const void *bytes, size_t count);
