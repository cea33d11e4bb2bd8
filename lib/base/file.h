/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading with a bound. Files come from captures as well as from a kernel, so a
 * FIFO must not hang us, nor a huge file fill the memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/known.h"

/*
 * Whether it is an empty file that nobody may read, which is how a capture says that its
 * maker was not permitted to read it. Root is not, either: to read nothing is no answer.
 */
bool sr_file_is_barred(const struct stat *status);

/*
 * The whole of @path with a NUL behind it, to be freed by the caller. @limit is
 * in bytes. A file with NUL bytes inside is returned as it is; @ret_length
 * (may be NULL) tells its length.
 *
 * -EFBIG above the limit, -EINVAL where it is not a regular file (procfs and
 * sysfs files are), -EACCES for a barred one, else the errno of open(2) or read(2).
 */
int sr_file_read(const char *path, size_t limit, char **ret_text, size_t *ret_length);

/*
 * A sysfs attribute of at most @size - 1 bytes, in @buffer, without the trailing
 * newline. Errors as sr_file_read(); -ENODATA where it is empty, -EILSEQ where it holds a
 * NUL byte. What it is counts only where it has no text: a kernel has no FIFO or device here,
 * and a capture with one is refused before it is read (sysroot/special.h).
 */
int sr_attribute_read(const char *directory, const char *name, char *buffer, size_t size);

/* The same as a number; unknown for every error. */
struct sr_u64 sr_attribute_u64(const char *directory, const char *name);
struct sr_s64 sr_attribute_s64(const char *directory, const char *name);

/* 0 is no, 1 is yes; anything else, or nothing readable, is unknown. */
enum sr_truth sr_attribute_truth(const char *directory, const char *name);

/*
 * The target of the link @directory/@name: 0 and the text, 1 where there is no
 * such link, -errno (-EINVAL: not a link, -ENAMETOOLONG).
 */
int sr_link_read(const char *directory, const char *name, char *buffer, size_t size);

/*
 * The last component of the link @directory/@name; otherwise as
 * sr_link_read().
 */
int sr_link_base(const char *directory, const char *name, char *buffer, size_t size);
