/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sizes for people. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Room for every size that sr_size_text() writes, with its NUL. */
#define SR_SIZE_TEXT_LENGTH 32

/*
 * A size in the largest unit (binary, of 1024) that leaves one digit before the
 * point, with one digit behind it where the size is no whole number of units:
 * "512M" and "1.5G", or with @long_unit "512MiB" and "1.5GiB". Returns @buffer.
 */
const char *sr_size_text(uint64_t bytes, bool long_unit, char buffer[static SR_SIZE_TEXT_LENGTH]);
