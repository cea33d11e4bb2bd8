/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files of our own that nobody else can have put there: no link is followed, the owner is
 * whom we run as (root, but in tests), and others cannot write them, nor read what is private.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * The folder @path below @root (apply/secure-way.h), opened. Where it is missing and @make is
 * set, it is made, without @forbidden_mode, in a folder that must exist. The fd, or -EPERM
 * for another owner, any of @forbidden_mode, or a way that others can change, -ENOTDIR for a
 * link, -errno.
 */
int sr_secure_folder(const char *root, const char *path, unsigned int forbidden_mode, bool make);

/* Whether the open @fd is a regular file of ours: 0, -EPERM, -EINVAL, -errno. */
int sr_secure_check(int fd, unsigned int forbidden_mode);

/*
 * All of @name in the open @folder, with a NUL behind it, the caller's to free. -ENOENT,
 * -EPERM (owner, any of @forbidden_mode, more than one name), -ELOOP for a link, -EINVAL for
 * no regular file or a NUL inside, -EFBIG above @limit bytes, -errno.
 */
int sr_secure_read(int folder, const char *name, unsigned int forbidden_mode, size_t limit,
		   char **ret_text);

/*
 * Makes @text the content of @name, all or nothing, and returns when it is on the disk:
 * written beside it, with @mode whatever the umask is, then renamed. 0 or -errno, with the
 * file as it was.
 */
int sr_secure_replace(int folder, const char *name, unsigned int mode, const char *text,
		      size_t length);
