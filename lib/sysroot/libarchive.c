// SPDX-License-Identifier: LGPL-2.1-or-later
/* libarchive, loaded only when there is an archive to read. */
#include "sysroot/libarchive.h"

#include <dlfcn.h>

/* The last one that is not there is named in *missing. */
static void *find(void *handle, const char *name, const char **missing)
{
	void *function = dlsym(handle, name);

	if (!function)
		*missing = name;
	return function;
}

/* Not closed again: libraries that it brings along have exit handlers. */
int sr_libarchive_load(struct sr_libarchive *ret_library, struct sr_reason *reason)
{
	void *handle = dlopen("libarchive.so.13", RTLD_LAZY | RTLD_LOCAL);
	struct sr_libarchive library;
	const char *missing = NULL;

	if (!handle)
		return sr_fail(
			reason, -ENOPKG,
			"an archive needs libarchive.so.13; install libarchive13 "
			"(Fedora: libarchive), or, to read one, unpack it and name the folder: %s",
			dlerror());
	library = (struct sr_libarchive){
#define ROW(name) .name = find(handle, "archive_" #name, &missing),
		SR_LIBARCHIVE_FUNCTIONS(ROW)
#undef ROW
	};
	if (missing)
		return sr_fail(reason, -ENOPKG, "libarchive.so.13 has no %s: it is too old",
			       missing);
	*ret_library = library;
	return 0;
}

/*
 * Not all that libarchive knows: every parser is one more that hostile bytes reach,
 * mtree opens files of this machine by name, and some filters start programs.
 */
struct archive *sr_libarchive_reader(const struct sr_libarchive *library)
{
	struct archive *archive = library->read_new();

	if (!archive)
		return NULL;
	library->read_support_filter_bzip2(archive);
	library->read_support_filter_compress(archive);
	library->read_support_filter_gzip(archive);
	library->read_support_filter_lz4(archive);
	library->read_support_filter_lzip(archive);
	library->read_support_filter_lzma(archive);
	library->read_support_filter_xz(archive);
	library->read_support_filter_zstd(archive);
	library->read_support_format_7zip(archive);
	library->read_support_format_cpio(archive);
	library->read_support_format_tar(archive);
	library->read_support_format_zip(archive);
	return archive;
}
