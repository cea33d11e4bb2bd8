/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "libraries/load.h"

/* Each member is archive_<name> of the library. */
#define SR_LIBARCHIVE_FUNCTIONS(X)       \
	X(entry_filetype)                \
	X(entry_free)                    \
	X(entry_hardlink)                \
	X(entry_new)                     \
	X(entry_pathname)                \
	X(entry_perm)                    \
	X(entry_set_filetype)            \
	X(entry_set_mtime)               \
	X(entry_set_pathname)            \
	X(entry_set_perm)                \
	X(entry_set_size)                \
	X(entry_set_symlink)             \
	X(entry_size)                    \
	X(entry_symlink)                 \
	X(error_string)                  \
	X(filter_bytes)                  \
	X(filter_count)                  \
	X(format)                        \
	X(read_data_block)               \
	X(read_free)                     \
	X(read_header_position)          \
	X(read_new)                      \
	X(read_next_header)              \
	X(read_open_fd)                  \
	X(read_support_filter_bzip2)     \
	X(read_support_filter_compress)  \
	X(read_support_filter_gzip)      \
	X(read_support_filter_lz4)       \
	X(read_support_filter_lzip)      \
	X(read_support_filter_lzma)      \
	X(read_support_filter_xz)        \
	X(read_support_filter_zstd)      \
	X(read_support_format_7zip)      \
	X(read_support_format_cpio)      \
	X(read_support_format_tar)       \
	X(read_support_format_zip)       \
	X(write_add_filter_gzip)         \
	X(write_add_filter_xz)           \
	X(write_add_filter_zstd)         \
	X(write_close)                   \
	X(write_data)                    \
	X(write_fail)                    \
	X(write_free)                    \
	X(write_header)                  \
	X(write_new)                     \
	X(write_open_fd)                 \
	X(write_set_bytes_in_last_block) \
	X(write_set_filter_option)       \
	X(write_set_format_pax_restricted)

struct sr_libarchive {
#define SR_LIBARCHIVE_MEMBER(name) SR_LIBRARY_MEMBER(archive_, name)
	SR_LIBARCHIVE_FUNCTIONS(SR_LIBARCHIVE_MEMBER)
#undef SR_LIBARCHIVE_MEMBER
};

/* Loads it for the rest of the process. -ENOPKG where it cannot be had. */
int sr_libarchive_load(struct sr_libarchive *ret_library, struct sr_reason *reason);

/*
 * A reader to be freed with read_free(), NULL where memory ran out. It knows tar,
 * cpio, zip and 7zip, in one of the usual compressions.
 */
struct archive *sr_libarchive_reader(const struct sr_libarchive *functions);
