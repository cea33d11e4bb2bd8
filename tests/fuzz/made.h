/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The generators of machines of the unit tests, with an input for their choices: mutating one
 * byte changes one thing on a machine. To be included before any of them.
 */
#pragma once

#include "targets.h"

static struct fuzz_bytes made_bytes;

/* Behind the end of the input come numbers that are the same each time. */
#define PICK_NUMBER(state) \
	(fuzz_left(&made_bytes) ? fuzz_byte(&made_bytes) : next_random(state) >> 11)

#define MADE_SEED 20261123
