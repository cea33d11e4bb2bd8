/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A tar archive written member by member, the same bytes for the same members: nobody
 * owns them, and they are of no time.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/reason.h"

enum sr_pack_format {
	SR_PACK_TAR,
	SR_PACK_TAR_GZIP,
	SR_PACK_TAR_XZ,
	SR_PACK_TAR_ZSTD,
	SR_PACK_FORMAT_COUNT
};

struct sr_packer;

/* Writes to @fd, which stays the caller's. -ENOPKG where libarchive cannot, -ENOMEM; the reason. */
int sr_pack_begin(int fd, enum sr_pack_format format, struct sr_packer **ret_packer,
		  struct sr_reason *reason);

/*
 * Makes the folder @name, one part, in which all that is packed from now on is. -errno of
 * writing, with the reason.
 */
int sr_pack_enter(struct sr_packer *packer, const char *name);

/* -errno of writing, with the reason. */
int sr_pack_folder(struct sr_packer *packer, const char *path);
int sr_pack_file(struct sr_packer *packer, const char *path, const char *bytes, size_t length);
int sr_pack_link(struct sr_packer *packer, const char *path, const char *target);

/* An empty file that nobody may read: sr_file_is_barred(). */
int sr_pack_barred(struct sr_packer *packer, const char *path);

/* Writes the end of it, where it is @whole, and frees @packer. -errno and the reason. */
int sr_pack_end(struct sr_packer *packer, bool whole);
