// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sysroot/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "libraries/libarchive.h"

struct sr_packer {
	struct sr_libarchive library;
	struct archive *archive;
	struct sr_reason *reason;
	char *folder; /* that all is in, with its slash; NULL: none */
};

/* For what failed after errno was set to 0: archive_errno() cannot be named in a table. */
static int refuse(struct sr_packer *packer)
{
	int error = errno;
	const char *detail = packer->library.error_string(packer->archive);

	if (error == ENOMEM)
		return sr_fail(packer->reason, -ENOMEM, "out of memory");
	return sr_fail(packer->reason, error > 0 ? -error : -EIO, "%s",
		       error > 0 ? strerror(error)
		       : detail	 ? detail
				 : "unknown error");
}

/* ARCHIVE_WARN tells that another program would have to compress. */
static bool add_filter(const struct sr_libarchive *library, struct archive *archive,
		       enum sr_pack_format format)
{
	switch (format) {
	case SR_PACK_TAR_GZIP:
		/* It has the time of day in its head otherwise. */
		return library->write_add_filter_gzip(archive) == ARCHIVE_OK &&
		       library->write_set_filter_option(archive, "gzip", "timestamp", NULL) ==
			       ARCHIVE_OK;
	case SR_PACK_TAR_XZ:
		return library->write_add_filter_xz(archive) == ARCHIVE_OK;
	case SR_PACK_TAR_ZSTD:
		return library->write_add_filter_zstd(archive) == ARCHIVE_OK;
	default:
		return true;
	}
}

static int set_up(struct sr_packer *packer, int fd, enum sr_pack_format format)
{
	const struct sr_libarchive *library = &packer->library;

	if (!packer->archive)
		return sr_fail(packer->reason, -ENOMEM, "out of memory");
	errno = 0;
	if (!add_filter(library, packer->archive, format))
		return sr_fail(packer->reason, -ENOPKG,
			       "this libarchive cannot compress like that; choose another suffix, "
			       ".tar works always");
	if (library->write_set_format_pax_restricted(packer->archive) != ARCHIVE_OK ||
	    library->write_set_bytes_in_last_block(packer->archive, 1) != ARCHIVE_OK ||
	    library->write_open_fd(packer->archive, fd) != ARCHIVE_OK)
		return refuse(packer);
	return 0;
}

int sr_pack_begin(int fd, enum sr_pack_format format, struct sr_packer **ret_packer,
		  struct sr_reason *reason)
{
	struct sr_packer *packer = calloc(1, sizeof(*packer));
	int error;

	if (!packer)
		return sr_fail(reason, -ENOMEM, "out of memory");
	packer->reason = reason;
	error = sr_libarchive_load(&packer->library, reason);
	if (error) {
		free(packer);
		return error;
	}
	packer->archive = packer->library.write_new();
	error = set_up(packer, fd, format);
	if (error) {
		sr_pack_end(packer, false);
		return error;
	}
	*ret_packer = packer;
	return 0;
}

/* @bytes are a file's; a link's are in @entry already. */
static int write_entry(struct sr_packer *packer, struct archive_entry *entry, const char *bytes,
		       size_t length)
{
	const struct sr_libarchive *library = &packer->library;
	int error = 0;

	errno = 0;
	if (library->write_header(packer->archive, entry) != ARCHIVE_OK ||
	    (length && library->write_data(packer->archive, bytes, length) != (la_ssize_t)length))
		error = refuse(packer);
	library->entry_free(entry);
	return error;
}

static struct archive_entry *make_entry(struct sr_packer *packer, const char *path,
					unsigned int type, unsigned int mode)
{
	const struct sr_libarchive *library = &packer->library;
	struct archive_entry *entry = library->entry_new();
	sr_auto_free char *name = NULL;

	if (entry && asprintf(&name, "%s%s", packer->folder ? packer->folder : "", path) < 0) {
		name = NULL;
		library->entry_free(entry);
		entry = NULL;
	}
	if (!entry) {
		sr_fail(packer->reason, -ENOMEM, "out of memory");
		return NULL;
	}
	library->entry_set_pathname(entry, name);
	library->entry_set_filetype(entry, type);
	library->entry_set_perm(entry, mode);
	library->entry_set_size(entry, 0);
	library->entry_set_mtime(entry, 0, 0);
	return entry;
}

int sr_pack_folder(struct sr_packer *packer, const char *path)
{
	struct archive_entry *entry = make_entry(packer, path, AE_IFDIR, 0755);

	return entry ? write_entry(packer, entry, NULL, 0) : -ENOMEM;
}

int sr_pack_enter(struct sr_packer *packer, const char *name)
{
	int error = sr_pack_folder(packer, name);

	if (error)
		return error;
	if (asprintf(&packer->folder, "%s/", name) < 0) {
		packer->folder = NULL;
		return sr_fail(packer->reason, -ENOMEM, "out of memory");
	}
	return 0;
}

int sr_pack_file(struct sr_packer *packer, const char *path, const char *bytes, size_t length)
{
	struct archive_entry *entry = make_entry(packer, path, AE_IFREG, 0644);

	if (!entry)
		return -ENOMEM;
	packer->library.entry_set_size(entry, (la_int64_t)length);
	return write_entry(packer, entry, bytes, length);
}

int sr_pack_barred(struct sr_packer *packer, const char *path)
{
	struct archive_entry *entry = make_entry(packer, path, AE_IFREG, 0);

	return entry ? write_entry(packer, entry, NULL, 0) : -ENOMEM;
}

int sr_pack_link(struct sr_packer *packer, const char *path, const char *target)
{
	struct archive_entry *entry = make_entry(packer, path, AE_IFLNK, 0777);

	if (!entry)
		return -ENOMEM;
	packer->library.entry_set_symlink(entry, target);
	return write_entry(packer, entry, NULL, 0);
}

int sr_pack_end(struct sr_packer *packer, bool whole)
{
	const struct sr_libarchive *library = &packer->library;
	int error = 0;

	errno = 0;
	if (packer->archive && !whole)
		library->write_fail(packer->archive);
	else if (packer->archive && library->write_close(packer->archive) != ARCHIVE_OK)
		error = refuse(packer);
	if (packer->archive)
		library->write_free(packer->archive);
	free(packer->folder);
	free(packer);
	return error;
}
