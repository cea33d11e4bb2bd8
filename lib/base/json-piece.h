/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How JSON is handed to json-c, so that it can be told when that had no memory. */
#pragma once

#include <stddef.h>

/*
 * How much of the text a call of json_tokener_parse_ex() may take: up to the next one of , : ] and
 * }, at least a byte where there is one.
 *
 * It does not look whether memory for a name, a member or the bytes of a string was there: up to
 * 0.16 for none of them, in 0.17 not for members. They are left out then, or end the process once
 * the value of that name has been read. Only errno tells, which is set to 0 where a number ends. In
 * such a piece nothing is allocated before the end of a number, and no name is followed by a value.
 */
size_t sr_json_piece(const char *text, size_t length);
