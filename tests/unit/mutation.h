/* SPDX-License-Identifier: GPL-2.0-only */
/* Damages a text the same way in every run, to see what a parser does with it. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* xorshift64*; never 0. */
static inline uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1dULL;
}

/*
 * A copy of @text in @copy (@length + 1 bytes) with up to eight flipped bytes,
 * every fourth time cut off; returns its length, with a NUL behind it.
 */
static inline size_t mutate(const char *text, size_t length, char *copy, uint64_t *state)
{
	size_t flips = 1 + next_random(state) % 8;

	memcpy(copy, text, length);
	for (size_t i = 0; i < flips; i++) {
		size_t at = next_random(state) % length;

		if (next_random(state) % 2)
			copy[at] = (char)next_random(state);
		else
			copy[at] ^= (char)(1 << next_random(state) % 7);
	}
	if (next_random(state) % 4 == 0)
		length = next_random(state) % length;
	copy[length] = '\0';
	return length;
}
