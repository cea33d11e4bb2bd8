/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Libraries that are loaded where they are needed. Linked, libcxl, libdaxctl, libkmod and what
 * these bring along (libcrypto) would be two thirds of the time of a command that reads nothing,
 * and libarchive a third of a report's.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"

struct sr_library {
	const char *soname;
	const char *install; /* packages, for the reason */
	const char *const *names;
	size_t count; /* of names */
};

/*
 * Loads @library for the rest of the process and sets the @count pointers of which
 * @ret_functions is the first, in the order of the names. -ENOPKG where it cannot be had, or
 * lacks one of them. Once it was loaded, this needs no file: it works in another root, too.
 */
int sr_library_load(const struct sr_library *library, void *ret_functions,
		    struct sr_reason *reason);

/* A struct of pointers to functions, each called as the function is without @prefix. */
#define SR_LIBRARY_MEMBER(prefix, name) __typeof__(prefix##name) *(name);

/*
 * Tells package tools what nothing else in the program does: the note of the UAPI group's
 * specification "Package Metadata for Executable Files" for dlopen(3). In @json, an array.
 */
#define SR_LIBRARY_NOTE(json)                                                 \
	static const struct {                                                 \
		uint32_t owner_size, json_size, type;                         \
		char owner[4];                                                \
		_Alignas(uint32_t) char text[sizeof(json)];                   \
	} note __attribute__((used, section(".note.dlopen"), aligned(4))) = { \
		sizeof("FDO"), sizeof(json), 0x407c0c0a, "FDO", json,         \
	}
