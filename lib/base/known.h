/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Values that know whether they are known. A file that could not be read leaves
 * `known` false; it never turns into 0, ~0 or "none", as libcxl and libdaxctl do.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum sr_truth {
	SR_UNKNOWN = 0,
	SR_NO,
	SR_YES,
};

static inline enum sr_truth sr_truth_not(enum sr_truth truth)
{
	return truth == SR_UNKNOWN ? SR_UNKNOWN : truth == SR_YES ? SR_NO : SR_YES;
}

/* Yes where both are, no where one is not. */
static inline enum sr_truth sr_truth_and(enum sr_truth a, enum sr_truth b)
{
	if (a == SR_NO || b == SR_NO)
		return SR_NO;
	return a == SR_YES && b == SR_YES ? SR_YES : SR_UNKNOWN;
}

struct sr_u64 {
	uint64_t value;
	bool known;
};

struct sr_s64 {
	int64_t value;
	bool known;
};

/* A text; known and NULL means that there is none (for instance no driver). */
struct sr_text {
	const char *value;
	bool known;
};

static inline struct sr_u64 sr_u64_of(uint64_t value)
{
	return (struct sr_u64){ .value = value, .known = true };
}

/* A sum with an unknown part is unknown. */
static inline void sr_u64_add(struct sr_u64 *sum, struct sr_u64 part)
{
	sum->known &= part.known;
	sum->value += part.value;
}

static inline struct sr_text sr_text_of(const char *value)
{
	return (struct sr_text){ .value = value, .known = true };
}
