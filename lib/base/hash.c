// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/hash.h"

#define FNV_PRIME 0x100000001b3ULL

uint64_t sr_hash_add(uint64_t hash, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ byte[i]) * FNV_PRIME;
	return hash;
}
